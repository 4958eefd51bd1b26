package sigma

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"

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
	det.Conditions = make([]*Condition, 0, len(nodes))
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
		c := d.made.conditions.New(Condition{Text: n.Value, At: d.spanOr(n, key)})
		if strings.TrimSpace(n.Value) == "" || n.ShortTag() == "!!null" {
			d.diags.Errorf("condition/empty", c.At, "the condition is empty")
		} else {
			_, m := d.scalar(n)
			p := conditionReader{document: d, places: m, det: det}
			c.Expr = p.read(n.Value)
		}
		det.Conditions = append(det.Conditions, c)
	}
	d.checkConditions(det)
}

// conditionReader reads one condition, from the tokens that its reader has cut it into.
type conditionReader struct {
	*document
	places source.Map
	det    *Detection      // whose searches the condition names; nil when it names rules, and keywords can have any case (spec section 9.8)
	rules  map[string]bool // that it may name

	next  int // the token that is to be read
	wrong int // the first that cannot stand where it does; negative when all can

	noCounts []token // numbers before "of" of which there are no so many searches
}

func (p *conditionReader) span(t token) source.Span {
	return p.places.Span(t.at, t.at+len(t.value))
}

// read returns nil when the text is no condition.
func (p *conditionReader) read(text string) Cond {
	if p.det != nil {
		text = p.cutAggregation(text)
	}
	p.tokens, p.next, p.wrong = lexCondition(text, p.tokens[:0]), 0, -1
	p.lowerKeywords()
	if p.peek() == tokenEnd || !p.balanced() {
		return nil
	}
	c, _ := p.or()
	if p.peek() != tokenEnd {
		p.fail()
	}
	if p.wrong >= 0 {
		p.syntaxError()
		return nil
	}
	for _, t := range p.noCounts {
		p.diags.Errorf("condition/syntax", p.span(t), `%q is no count of searches: write 1 or more, "any" or "all"`, t.value)
	}
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

// isName reports whether a word that looks like a keyword is a name.
func (p *conditionReader) isName(word string) bool {
	if p.det != nil {
		return p.det.Search(word) != nil
	}
	return p.rules[word]
}

// lowerKeywords reports keywords that are not in lower case (spec section 8.4), unless they may be, and mends them.
func (p *conditionReader) lowerKeywords() {
	for i, t := range p.tokens {
		if len(t.value) > longestKeyword {
			continue
		}
		lower := strings.ToLower(t.value)
		if _, ok := keyword(lower); !ok || lower == t.value || p.isName(t.value) {
			continue
		}
		if at := p.span(t); p.det != nil {
			p.diags.Errorf("condition/upper-case-keyword", at, "write %q in lower case", t.value).Fixes = replace(Text{Value: t.value, At: at}, lower)
		}
		p.tokens[i].value, p.tokens[i].kind = lower, wordKind(lower)
	}
}

// balanced checks the parentheses and the depth before the grammar does, which is recursive and would call a missing
// parenthesis just another unexpected token.
func (p *conditionReader) balanced() bool {
	var open []token
	nots := 0
	for _, t := range p.tokens {
		switch t.kind {
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

// syntaxError says what was found and, going by the word before it, what could have stood there.
func (p *conditionReader) syntaxError() {
	at, before := p.tokens[p.wrong], token{}
	if p.wrong > 0 {
		before = p.tokens[p.wrong-1]
	}
	want := `a search, "not", "(" or a quantifier such as "1 of"`
	if p.det == nil {
		want = `the name of a rule, "not" or "("`
	}
	switch before.kind {
	case tokenWord, tokenNumber, tokenThem, tokenClose:
		want = `"and" or "or"`
	case tokenAll, tokenAny:
		want = `"of"`
	case tokenOf:
		want = `"them" or the name of a search, which may hold "*"`
	}
	switch {
	case at.kind == tokenEnd:
		p.diags.Errorf("condition/syntax", p.span(before), "the condition ends after %q, where %s is expected", before.value, want)
	case p.wrong == 0:
		p.diags.Errorf("condition/syntax", p.span(at), "the condition begins with %q, where %s is expected", at.value, want)
	default:
		p.diags.Errorf("condition/syntax", p.span(at), "%q follows %q, where %s is expected", at.value, before.value, want)
	}
}
