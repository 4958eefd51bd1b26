package kusto

import (
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// guardRoom is how many characters the guard of a query may add for each table, see [Schedule.Guard].
const guardRoom = 100

// NewWithin writes a bound rule as KQL for a platform that takes queries up to a length, in characters. Where the query
// that reads best is longer, it is one in which a regular expression does for many tests of one column.
func NewWithin(bound *target.Bound, limit int) *Query {
	q := New(bound)
	if utf8.RuneCountInString(q.text)+guardsRoom(bound.Log) <= limit {
		return q
	}
	if short := newQuery(bound, true); len(short.text) < len(q.text) {
		return short
	}
	return q
}

// SurelyFits reports that the query of a rule, with its guard, has no more than so many characters. Where it does not, the
// query may still.
func SurelyFits(c *target.Compiled, limit int) bool {
	return c.Bound != nil && len(c.Text)+guardsRoom(c.Log) <= limit
}

// guardsRoom is how many characters the guards of a query over the tables of a log may add.
func guardsRoom(log *schema.Log) int { return guardRoom * len(log.Tables()) }

// shorter joins the alternatives that test one column with patterns in a regular expression.
func shorter(alternatives []node) []node {
	type group struct {
		first    *test
		patterns []ir.Pattern
	}
	groups := map[string]*group{}
	var out []node
	for _, n := range alternatives {
		t, ok := n.(*test)
		if ok && t.listing != nil {
			n = t.brief()
		}
		if !ok || t.pattern == nil {
			out = append(out, n)
			continue
		}
		key := pick(t.pattern.Cased, "cased ", "") + t.pattern.subject
		g := groups[key]
		if g == nil {
			first := *t
			g = &group{first: &first}
			groups[key] = g
			out = append(out, g.first)
		}
		g.patterns = append(g.patterns, *t.pattern.Pattern)
	}
	for _, g := range groups {
		if len(g.patterns) > 1 {
			g.first.x = binary(g.first.pattern.value, "matches regex", str(ir.AnyRegex(g.patterns)))
		}
	}
	return out
}

// many is how many texts a list has at least for which a regular expression is written instead.
const many = 50

// brief is a test with a long list of texts as one with a regular expression, which needs no quotes around each and has the
// endings of files once.
func (t *test) brief() *test {
	fold := t.listing.op == "in~"
	if len(t.listing.literals) < many || !fold && t.listing.op != "in" {
		return t
	}
	texts := make([]string, len(t.listing.literals))
	for i, x := range t.listing.literals {
		s, ok := x.(*kql.String)
		if !ok {
			return t
		}
		texts[i] = s.Value
	}
	return &test{x: binary(t.listing.value, "matches regex", str(ir.OneOfRegex(texts, fold))), computed: t.computed}
}
