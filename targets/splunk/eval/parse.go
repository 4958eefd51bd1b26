package eval

import (
	"fmt"
	"slices"
	"strings"
)

type parser struct {
	tokens []token
	at     int
	app    App
	depth  int
}

func parse(spl string, app App) ([]command, error) {
	tokens, err := lex(spl)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens, app: app}
	first, err := p.first()
	if err != nil {
		return nil, err
	}
	out := []command{first}
	for p.at < len(p.tokens) {
		if err := p.sign("|"); err != nil {
			return nil, err
		}
		c, err := p.command()
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// first reads the command that finds the events. All but search have a name, behind a pipe.
func (p *parser) first() (command, error) {
	if p.take("|") {
		if !p.take("tstats") {
			return nil, fmt.Errorf("the search begins with %q", p.peek().text)
		}
		return p.tstatsCommand()
	}
	t, err := p.terms()
	return &searchCommand{t}, err
}

func (p *parser) peek() token {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return token{}
}

func (p *parser) next() token {
	t := p.peek()
	p.at = min(p.at+1, len(p.tokens))
	return t
}

func (p *parser) end() bool { return p.at >= len(p.tokens) || p.peek().is("|") }

func (p *parser) take(s string) bool {
	if p.at < len(p.tokens) && p.peek().is(s) {
		p.at++
		return true
	}
	return false
}

func (p *parser) sign(s string) error {
	if !p.take(s) {
		return fmt.Errorf("token %d is %q, want %q", p.at, p.peek().text, s)
	}
	return nil
}

// terms reads a conjunction: AND is implied by a space, and OR binds tighter (SM, boolean expressions).
func (p *parser) terms() (term, error) {
	var out allOf
	for !p.end() && !p.peek().is(")") {
		p.take("AND")
		t, err := p.alternatives()
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("token %d: a search term belongs here", p.at)
	}
	return out, nil
}

func (p *parser) alternatives() (term, error) {
	var out someOf
	for {
		t, err := p.term()
		if err != nil {
			return nil, err
		}
		out = append(out, t)
		if !p.take("OR") {
			return out, nil
		}
	}
}

func (p *parser) term() (term, error) {
	t := p.next()
	switch {
	case t.is("NOT"):
		x, err := p.term()
		return noneOf{x}, err
	case t.is("("):
		x, err := p.terms()
		if err != nil {
			return nil, err
		}
		return x, p.sign(")")
	case t.quote == '`':
		return p.macro(t.text)
	case t.quote == '\'' || t.quote == 0 && !isName(t.text):
		return nil, fmt.Errorf("token %d: %q is no search term", p.at-1, t.text)
	case p.take("="):
		fits, err := p.operand()
		return &compared{name(t), []func(string) bool{fits}}, err
	case p.take("IN"):
		if err := p.sign("("); err != nil {
			return nil, err
		}
		c := &compared{field: name(t)}
		for {
			fits, err := p.operand()
			if err != nil {
				return nil, err
			}
			c.fits = append(c.fits, fits)
			if !p.take(",") {
				return c, p.sign(")")
			}
		}
	case t.quote == '"':
		return phraseOf(t.text)
	default:
		return nil, fmt.Errorf("token %d: bare word %q", p.at-1, t.text)
	}
}

// operand reads the value of a comparison. A bare one, as in the definition of a macro, goes on to the next space.
func (p *parser) operand() (func(string) bool, error) {
	if p.end() || p.peek().is(")") {
		return nil, fmt.Errorf("token %d: a value belongs here", p.at)
	}
	t := p.next()
	s := t.text
	for t.quote == 0 && p.at < len(p.tokens) && p.peek().glued && p.peek().quote == 0 && !p.peek().is(")") && !p.peek().is(",") {
		s += p.next().text
	}
	return fitting(s, t.quote != 0), nil
}

func (p *parser) macro(name string) (term, error) {
	definition, ok := p.app.Macros[name]
	if !ok || p.depth > 8 {
		return nil, fmt.Errorf("macro %q is not defined", name)
	}
	tokens, err := lex(definition)
	if err != nil {
		return nil, err
	}
	inner := &parser{tokens: tokens, app: p.app, depth: p.depth + 1}
	return inner.terms()
}

func isName(s string) bool {
	return s != "" && (s[0] == '_' || s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z')
}

// name is the name of a field, bare or quoted.
func name(t token) string {
	if t.quote == 0 {
		return t.text
	}
	return unescape(t.text)
}

func (p *parser) command() (command, error) {
	switch word := p.next(); word.text {
	case "where":
		x, err := p.expr()
		return &whereCommand{x}, err
	case "eval":
		return p.evalCommand()
	case "spath":
		return p.spathCommand()
	case "lookup":
		return p.lookupCommand()
	case "mvexpand":
		return &mvexpandCommand{p.field()}, nil
	case "streamstats":
		return p.streamstatsCommand()
	case "stats":
		return p.statsCommand()
	case "sort":
		return p.sortCommand()
	case "bin":
		return p.binCommand()
	case "addinfo":
		return &addinfoCommand{}, nil
	case "fields":
		c := &fieldsCommand{drop: p.take("-")}
		if c.fields = p.fieldList(); slices.Contains(c.fields, "") {
			return nil, fmt.Errorf("token %d: a field belongs here", p.at)
		}
		return c, nil
	case "eventstats":
		return p.eventstatsCommand()
	case "dedup":
		return &dedupCommand{p.field()}, nil
	case "rename":
		c := &renameCommand{}
		for {
			c.from = append(c.from, p.field())
			if err := p.sign("AS"); err != nil {
				return nil, err
			}
			c.to = append(c.to, p.field())
			if !p.take(",") {
				return c, nil
			}
		}
	case "table":
		return &tableCommand{p.fieldList()}, nil
	default:
		return nil, fmt.Errorf("token %d: no command %q", p.at-1, word.text)
	}
}

// field reads the name of a field outside of expressions: bare, with dots, or in double quotes.
func (p *parser) field() string {
	t := p.next()
	s := name(t)
	for t.quote == 0 && p.peek().is(".") {
		s += p.next().text + p.next().text
	}
	return s
}

func (p *parser) fieldList() []string {
	out := []string{p.field()}
	for p.take(",") {
		out = append(out, p.field())
	}
	return out
}

func (p *parser) evalCommand() (command, error) {
	c := &evalCommand{}
	for {
		c.names = append(c.names, p.next().text)
		if err := p.sign("="); err != nil {
			return nil, err
		}
		x, err := p.expr()
		if err != nil {
			return nil, err
		}
		c.x = append(c.x, x)
		if !p.take(",") {
			return c, nil
		}
	}
}

func (p *parser) spathCommand() (command, error) {
	c := &spathCommand{}
	for !p.end() {
		key := p.next().text
		if err := p.sign("="); err != nil {
			return nil, err
		}
		switch v := p.field(); key {
		case "path":
			c.path = v
		case "output":
			c.output = v
		default:
			return nil, fmt.Errorf("spath has no option %q here", key)
		}
	}
	if c.path == "" || c.output == "" {
		return nil, fmt.Errorf("spath needs a path and an output")
	}
	return c, nil
}

func (p *parser) eventstatsCommand() (command, error) {
	c := &eventstatsCommand{}
	for !p.take("BY") {
		if err := p.sign("max"); err != nil {
			return nil, err
		}
		if err := p.sign("("); err != nil {
			return nil, err
		}
		c.of = append(c.of, p.field())
		if err := p.sign(")"); err != nil {
			return nil, err
		}
		if err := p.sign("AS"); err != nil {
			return nil, err
		}
		c.as = append(c.as, p.field())
	}
	c.by = p.field()
	if len(c.of) == 0 || strings.TrimSpace(c.by) == "" {
		return nil, fmt.Errorf("eventstats needs a function and a field")
	}
	return c, nil
}
