package eval

import (
	"fmt"
	"strings"
)

// expr is an expression of eval and where.
type expr interface{ expr() }

type (
	logic struct {
		and  bool
		l, r expr
	}
	negation struct{ x expr }
	binary   struct {
		op   string
		l, r expr
	}
	call struct {
		name string
		args []expr
	}
	fieldRef struct{ name string }
	literal  struct{ v value }
)

func (*logic) expr()    {}
func (*negation) expr() {}
func (*binary) expr()   {}
func (*call) expr()     {}
func (*fieldRef) expr() {}
func (*literal) expr()  {}

// expr reads by precedence: NOT, then AND, then OR (SM, boolean expressions with eval and where).
func (p *parser) expr() (expr, error) {
	l, err := p.conjunction()
	for err == nil && p.take("OR") {
		var r expr
		r, err = p.conjunction()
		l = &logic{false, l, r}
	}
	return l, err
}

func (p *parser) conjunction() (expr, error) {
	l, err := p.negation()
	for err == nil && p.take("AND") {
		var r expr
		r, err = p.negation()
		l = &logic{true, l, r}
	}
	return l, err
}

func (p *parser) negation() (expr, error) {
	if !p.take("NOT") {
		return p.comparison()
	}
	x, err := p.negation()
	if b, ok := x.(*binary); ok && err == nil && p.tokens[p.at-1].text != ")" {
		return nil, fmt.Errorf("NOT before %q wants parentheses", b.op)
	}
	return &negation{x}, err
}

func (p *parser) comparison() (expr, error) {
	l, err := p.sum()
	if err != nil || p.end() {
		return l, err
	}
	op := ""
	switch t := p.peek(); {
	case t.is("="):
		op = "="
	case t.is("!") || t.is("<") || t.is(">"):
		op = t.text
	default:
		return l, nil
	}
	p.at++
	if op != "=" && p.peek().is("=") && p.peek().glued {
		p.at++
		op += "="
	}
	r, err := p.sum()
	return &binary{op, l, r}, err
}

// sum reads concatenation, addition and subtraction, from left to right; the searches never mix the first with the others.
func (p *parser) sum() (expr, error) {
	l, err := p.product()
	for err == nil && (p.peek().is(".") || p.peek().is("+") || p.peek().is("-")) {
		op := p.next().text
		var r expr
		r, err = p.product()
		l = &binary{op, l, r}
	}
	return l, err
}

func (p *parser) product() (expr, error) {
	l, err := p.primary()
	for err == nil && (p.peek().is("*") || p.peek().is("/") || p.peek().is("%")) {
		op := p.next().text
		var r expr
		r, err = p.primary()
		l = &binary{op, l, r}
	}
	return l, err
}

func (p *parser) primary() (expr, error) {
	if p.end() {
		return nil, fmt.Errorf("an expression ends too early")
	}
	t := p.next()
	switch {
	case t.is("("):
		x, err := p.expr()
		if err != nil {
			return nil, err
		}
		return x, p.sign(")")
	case t.quote == '"':
		return &literal{str(unescape(t.text))}, nil
	case t.quote == '`':
		return p.macroCall(t.text)
	case t.quote == '\'':
		return &fieldRef{unescape(t.text)}, nil
	case t.is("-"):
		n := p.number(p.next().text)
		n.v.num, n.v.text = -n.v.num, "-"+n.v.text
		return n, nil
	case t.quote == 0 && t.text != "" && t.text[0] >= '0' && t.text[0] <= '9':
		return p.number(t.text), nil
	case t.quote == 0 && isName(t.text) && p.take("("):
		c := &call{name: t.text}
		if p.take(")") {
			return c, nil
		}
		for {
			x, err := p.expr()
			if err != nil {
				return nil, err
			}
			c.args = append(c.args, x)
			if !p.take(",") {
				return c, p.sign(")")
			}
		}
	case t.quote == 0 && isName(t.text):
		return &fieldRef{t.text}, nil
	default:
		return nil, fmt.Errorf("token %d: %q begins no expression", p.at-1, t.text)
	}
}

// macroCall reads the definition of a macro with the name of a field in the place of its argument (SM, search macros).
func (p *parser) macroCall(call string) (expr, error) {
	name, arg, ok := strings.Cut(strings.TrimSuffix(call, ")"), "(")
	f, known := p.app.Functions[name]
	if !ok || !known || !isName(arg) || p.depth > 8 {
		return nil, fmt.Errorf("no macro for the call %q", call)
	}
	tokens, err := lex("| " + strings.ReplaceAll(f.Definition, "$"+f.Arg+"$", arg))
	if err != nil {
		return nil, err
	}
	inner := &parser{tokens: tokens[1:], app: p.app, depth: p.depth + 1}
	x, err := inner.expr()
	if err == nil && !inner.end() {
		err = fmt.Errorf("macro %s: %q is left over", name, inner.peek().text)
	}
	return x, err
}

// number reads a number, whose point is a sign of its own.
func (p *parser) number(s string) *literal {
	if p.peek().is(".") && p.peek().glued {
		s += p.next().text + p.next().text
	}
	f, _ := numeral(s)
	return &literal{value{kind: num, num: f, text: s}}
}
