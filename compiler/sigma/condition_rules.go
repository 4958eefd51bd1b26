package sigma

import (
	"fmt"
	"slices"
	"strings"
)

// expression reads the condition of a temporal correlation over the names of rules (spec section 9.8), in the grammar
// of a detection's condition.
func (r *correlationReader) expression(e entry) {
	c := &r.c.Condition
	c.Text = e.value.Value
	switch {
	case strings.TrimSpace(c.Text) == "":
		r.diags.Errorf("condition/empty", c.At, "the condition is empty")
		return
	case len(c.Text) > maxConditionBytes:
		r.diags.Errorf("condition/too-long", r.nodeSpan(e.key), "the condition is longer than %d bytes", maxConditionBytes)
		return
	}
	_, places := r.scalar(e.value)
	p := conditionReader{document: r.document, places: places, rules: set(r.c.Rules)}
	before := r.diags.Errors()
	expr := p.read(c.Text)
	if expr == nil || r.diags.Errors() > before {
		return
	}
	x := ruleExpression{correlationReader: r, seen: map[string]bool{}}
	if x.walk(expr); x.broken {
		return
	}
	x.compare()
	if r.diags.Errors() > before {
		return
	}
	if holdsForNone(expr) {
		r.diags.Errorf("correlation/no-event", c.At, "the condition holds when no rule has found anything: then there is no event to fire at").
			Hint = `join it by "and" with a rule that must find something`
		return
	}
	c.Expr = expr
}

// ruleExpression looks up the names in a condition over rules.
type ruleExpression struct {
	*correlationReader
	names  []Text // each once, in the order of the condition
	seen   map[string]bool
	broken bool
}

func (x *ruleExpression) walk(c Cond) {
	ordered := x.c.Type.Value == "temporal_ordered"
	switch c := c.(type) {
	case *CondAnd:
		x.walkAll(c.X)
	case *CondOr:
		x.noOrder(ordered, c, "or")
		x.walkAll(c.X)
	case *CondNot:
		x.noOrder(ordered, c, "not")
		x.walk(c.X)
	case *CondRef:
		if !x.seen[c.Name] {
			x.seen[c.Name] = true
			x.names = append(x.names, Text{Value: c.Name, At: c.At})
		}
	case *CondQuant:
		x.broken = true
		x.diags.Errorf("correlation/quantifier", c.At, `quantifiers are not allowed over rules: join their names with "and" and "or"`)
	default:
		panic(fmt.Sprintf("sigma: no case for %T", c))
	}
}

func (x *ruleExpression) walkAll(cs []Cond) {
	for _, c := range cs {
		x.walk(c)
	}
}

// noOrder reports words that have no meaning where the rules must follow each other.
func (x *ruleExpression) noOrder(ordered bool, c Cond, word string) {
	if ordered && !x.broken {
		x.broken = true
		x.diags.Errorf("correlation/ordered-condition", c.Span(), `the condition of an ordered correlation joins rules with "and" only, not with %q`, word)
	}
}

// compare takes the names for the rules when none are listed; otherwise the two must agree (spec section 9.8). Where
// rules are listed by id, their names are not known here.
func (x *ruleExpression) compare() {
	if !x.body["rules"].given() {
		x.c.Rules = x.names
		return
	}
	if slices.ContainsFunc(x.c.Rules, isID) {
		return
	}
	listed, unknown := set(x.c.Rules), false
	for _, t := range x.names {
		if !isID(t) && !listed[t.Value] {
			unknown = true
			x.unknownWord(x.diags.Errorf("correlation/unlisted-rule", t.At, `the rule %q is not listed in "rules"`, t.Value), t, values(x.c.Rules))
		}
	}
	if unknown || slices.ContainsFunc(x.names, isID) {
		return
	}
	for _, t := range x.c.Rules {
		if !x.seen[t.Value] {
			x.diags.Errorf("correlation/unused-rule", t.At, "the condition does not use the rule %q", t.Value)
		}
	}
}

// set returns the texts for looking them up.
func set(ts []Text) map[string]bool {
	out := make(map[string]bool, len(ts))
	for _, t := range ts {
		out[t.Value] = true
	}
	return out
}

// holdsForNone evaluates a condition for a group in which no rule has found anything.
func holdsForNone(c Cond) bool {
	switch c := c.(type) {
	case *CondAnd:
		return !slices.ContainsFunc(c.X, func(x Cond) bool { return !holdsForNone(x) })
	case *CondOr:
		return slices.ContainsFunc(c.X, holdsForNone)
	case *CondNot:
		return !holdsForNone(c.X)
	}
	return false
}
