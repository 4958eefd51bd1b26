package sigma

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
	"gopkg.in/yaml.v3"
)

// Limits of a condition (spec section 8.10). Real ones have some hundred characters and three levels.
const (
	maxConditionBytes = 64 << 10
	maxConditionDepth = 64
)

// conditions reads the value of "condition": a string, or a list of strings that are alternatives.
func (d *document) conditions(key, v *yaml.Node, det *Detection) {
	nodes := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		nodes = v.Content
		if len(nodes) == 0 {
			d.diags.Errorf("condition/empty", d.spanOr(v, key), "the condition is empty")
		}
	}
	budget := maxConditionBytes
	for _, n := range nodes {
		if n.Kind != yaml.ScalarNode {
			d.diags.Errorf("rule/bad-type", d.spanOr(n, key), "a condition must be a string, not %s", describe(n))
			continue
		}
		if budget -= len(n.Value); budget < 0 {
			d.diags.Errorf("condition/too-long", d.nodeSpan(key), "the condition is longer than %d bytes", maxConditionBytes)
			return
		}
		c := &Condition{Text: n.Value, At: d.spanOr(n, key)}
		if strings.TrimSpace(n.Value) == "" || n.ShortTag() == "!!null" {
			d.diags.Errorf("condition/empty", c.At, "the condition is empty")
		} else {
			_, m := d.scalar(n)
			p := conditionReader{document: d, places: m, isName: func(name string) bool { return det.Search(name) != nil }}
			c.Expr = p.read(n.Value)
		}
		det.Conditions = append(det.Conditions, c)
	}
	d.checkConditions(det)
}

// conditionReader reads one condition.
type conditionReader struct {
	*document
	places source.Map
	isName func(string) bool // a name that looks like a keyword
	rules  bool              // the names are those of rules, and keywords can have any case (spec section 9.8)
}

func (p *conditionReader) span(t lexer.Token) source.Span {
	return p.places.Span(t.Pos.Offset, t.Pos.Offset+len(t.Value))
}

// read returns nil when the text is no condition.
func (p *conditionReader) read(text string) Cond {
	if !p.rules {
		text = p.cutAggregation(text)
	}
	tokens := lexCondition(text)
	text = p.lowerKeywords(text, tokens)
	if strings.TrimSpace(text) == "" || !p.balanced(tokens) {
		return nil
	}
	tree, err := conditionParser.ParseString("", text)
	if err != nil {
		p.syntaxError(tokens, err)
		return nil
	}
	c, _ := p.or(tree)
	return c
}

// aggregations names, for each aggregation of Sigma 1, the correlation that took its place (spec section 8.9). The
// first that fits counts.
var aggregations = []struct{ call, advice string }{
	{"near", `write a correlation rule of type "temporal" that refers to the rules`},
	{"count()", `write a correlation rule of type "event_count" that refers to this rule`},
	{"count", `write a correlation rule of type "value_count" that refers to this rule`},
	{"sum", `write a correlation rule of type "value_sum" that refers to this rule`},
	{"avg", `write a correlation rule of type "value_avg" that refers to this rule`},
	{"min", "no correlation rule compares the least value of a field"},
	{"max", "no correlation rule compares the greatest value of a field"},
	{"", `write a correlation rule, of type "event_count", "value_count" or "temporal", that refers to this rule`},
}

// cutAggregation reports an aggregation and returns what stands before it.
func (p *conditionReader) cutAggregation(text string) string {
	before, after, found := strings.Cut(text, "|")
	if !found {
		return text
	}
	at := p.places.Span(len(before), len(strings.TrimRight(text, " \n")))
	d := p.diags.Errorf("condition/aggregation", at, `aggregations with "|" are no longer part of a condition`)
	call := strings.Join(strings.Fields(after), "")
	for _, a := range aggregations {
		if strings.HasPrefix(call, a.call) {
			d.Hint = a.advice
			break
		}
	}
	return before
}

// lowerKeywords reports keywords that are not in lower case (spec section 8.4), unless they may be, and mends them in the tokens and in the
// text, which it returns.
func (p *conditionReader) lowerKeywords(text string, tokens []lexer.Token) string {
	mended := []byte(text)
	for i, t := range tokens {
		lower := strings.ToLower(t.Value)
		if _, ok := keywords[lower]; !ok || lower == t.Value || p.isName(t.Value) {
			continue
		}
		if at := p.span(t); !p.rules {
			p.diags.Errorf("condition/upper-case-keyword", at, "write %q in lower case", t.Value).Fixes = replace(Text{Value: t.Value, At: at}, lower)
		}
		copy(mended[t.Pos.Offset:], lower)
		tokens[i].Value = lower
		tokens[i] = tagKeyword(tokens[i])
	}
	return string(mended)
}

// balanced checks the parentheses and the depth before the grammar does, which is recursive and would call a missing
// parenthesis just another unexpected token.
func (p *conditionReader) balanced(tokens []lexer.Token) bool {
	var open []lexer.Token
	nots := 0
	for _, t := range tokens {
		switch t.Type {
		case tokenOpen:
			open = append(open, t)
		case tokenClose:
			if len(open) == 0 {
				p.diags.Errorf("condition/syntax", p.span(t), `")" without a "(" before it`)
				return false
			}
			open = open[:len(open)-1]
		case tokenNot:
			nots++
		default:
			nots = 0
		}
		if len(open)+nots > maxConditionDepth {
			p.diags.Errorf("condition/too-deep", p.span(t), "the condition is nested too deeply: at most %d levels are allowed", maxConditionDepth)
			return false
		}
	}
	if len(open) > 0 {
		p.diags.Errorf("condition/syntax", p.span(open[len(open)-1]), `unclosed "("`)
		return false
	}
	return true
}

// syntaxError says what was found and, going by the word before it, what could have stood there. The parser's own
// messages speak of the types of our grammar.
func (p *conditionReader) syntaxError(tokens []lexer.Token, err error) {
	var unexpected participle.Error
	if !errors.As(err, &unexpected) {
		panic(fmt.Sprintf("sigma: unknown error of the condition parser: %v", err))
	}
	offset := unexpected.Position().Offset
	var before, at lexer.Token
	for _, t := range tokens {
		at = t
		if t.Pos.Offset >= offset {
			break
		}
		before = t
	}
	want := `a search, "not", "(" or a quantifier such as "1 of"`
	if p.rules {
		want = `the name of a rule, "not" or "("`
	}
	switch before.Type {
	case tokenWord, tokenNumber, tokenThem, tokenClose:
		want = `"and" or "or"`
	case tokenAll, tokenAny:
		want = `"of"`
	case tokenOf:
		want = `"them" or the name of a search, which may hold "*"`
	}
	switch {
	case at.EOF():
		p.diags.Errorf("condition/syntax", p.span(before), "the condition ends after %q, where %s is expected", before.Value, want)
	case before.Value == "":
		p.diags.Errorf("condition/syntax", p.span(at), "the condition begins with %q, where %s is expected", at.Value, want)
	default:
		p.diags.Errorf("condition/syntax", p.span(at), "%q follows %q, where %s is expected", at.Value, before.Value, want)
	}
}

// The functions below turn the parser's tree into ours. Each returns, beside the node, its place with the parentheses
// around it, of which the place of the node above is made.

func (p *conditionReader) or(x *orExpr) (Cond, source.Span) {
	first, at := p.and(x.X[0])
	if len(x.X) == 1 {
		return first, at
	}
	c := &CondOr{X: []Cond{first}}
	for _, y := range x.X[1:] {
		next, span := p.and(y)
		c.X = append(c.X, next)
		at = at.To(span)
	}
	c.At = at
	return c, at
}

func (p *conditionReader) and(x *andExpr) (Cond, source.Span) {
	first, at := p.not(x.X[0])
	if len(x.X) == 1 {
		return first, at
	}
	c := &CondAnd{X: []Cond{first}}
	for _, y := range x.X[1:] {
		next, span := p.not(y)
		c.X = append(c.X, next)
		at = at.To(span)
	}
	c.At = at
	return c, at
}

func (p *conditionReader) not(x *notExpr) (Cond, source.Span) {
	if x.Not == nil {
		return p.prim(x.Prim)
	}
	inner, span := p.not(x.X)
	at := p.span(*x.Not).To(span)
	return &CondNot{X: inner, At: at}, at
}

func (p *conditionReader) prim(x *primExpr) (Cond, source.Span) {
	switch {
	case x.Group != nil:
		c, _ := p.or(x.Group)
		return c, p.span(*x.Open).To(p.span(*x.Close))
	case x.Quant != nil:
		c := p.quant(x.Quant)
		return c, c.At
	default:
		at := p.span(*x.Name)
		return &CondRef{Name: x.Name.Value, At: at}, at
	}
}

func (p *conditionReader) quant(x *quantExpr) *CondQuant {
	c := &CondQuant{At: p.span(x.Count)}
	switch x.Count.Type {
	case tokenAll:
		c.All = true
	case tokenAny:
		c.Count = 1
	default:
		n, err := strconv.Atoi(x.Count.Value)
		if err != nil || n < 1 {
			p.diags.Errorf("condition/syntax", p.span(x.Count), `%q is no count of searches: write 1 or more, "any" or "all"`, x.Count.Value)
			n = 1
		}
		c.Count = n
	}
	if x.Them != nil {
		c.Them = true
		c.Target = p.span(*x.Them)
	} else {
		c.Pattern = x.Target.Value
		c.Target = p.span(*x.Target)
	}
	c.At = c.At.To(c.Target)
	return c
}
