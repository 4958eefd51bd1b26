package sigma

import (
	"slices"
	"strings"
)

// checkConditions looks up the names in the conditions of a detection, and reports searches that none of them reaches
// (spec section 8.7).
func (d *document) checkConditions(det *Detection) {
	d.used = append(d.used[:0], make([]bool, len(det.Searches))...)
	c := conditionCheck{document: d, det: det}
	complete := len(det.Conditions) > 0
	for _, condition := range det.Conditions {
		if condition.Expr == nil {
			complete = false
			continue
		}
		c.check(condition.Expr)
	}
	if !complete || c.unknown {
		return // what is unused cannot be told from what is misspelt
	}
	for i, s := range det.Searches {
		if !c.used[i] {
			d.diags.Warnf("detection/unused-search", s.Name.At, "the condition does not use the search %q", s.Name.Value)
		}
	}
}

type conditionCheck struct {
	*document
	det     *Detection
	unknown bool // a name was not found
}

func (c *conditionCheck) check(x Cond) {
	switch x := x.(type) {
	case *CondAnd:
		for _, y := range x.X {
			c.check(y)
		}
	case *CondOr:
		for _, y := range x.X {
			c.check(y)
		}
	case *CondNot:
		c.check(x.X)
	case *CondRef:
		c.name(Text{Value: x.Name, At: x.At})
	case *CondQuant:
		c.quant(x)
	}
}

func (c *conditionCheck) name(t Text) {
	if i := slices.IndexFunc(c.det.Searches, func(s *Search) bool { return s.Name.Value == t.Value }); i >= 0 {
		c.used[i] = true
		return
	}
	c.unknown = true
	found := c.diags.Errorf("condition/unknown-search", t.At, "search %q is not defined in this detection", t.Value)
	if strings.Contains(t.Value, "*") {
		found.Hint = `a pattern needs a quantifier: "1 of ` + t.Value + `" or "all of ` + t.Value + `"`
		return
	}
	var names []string
	for _, s := range c.det.Searches {
		names = append(names, s.Name.Value)
	}
	c.unknownWord(found, t, names)
}

func (c *conditionCheck) quant(q *CondQuant) {
	if !q.Them && !strings.Contains(q.Pattern, "*") {
		c.name(Text{Value: q.Pattern, At: q.Target})
		c.tooMany(q, 1)
		return
	}
	fit := 0
	for i, s := range c.det.Searches {
		if q.Fits(s.Name.Value) {
			c.used[i] = true
			fit++
		}
	}
	switch {
	case fit == 0:
		c.unknown = true
		found := c.diags.Errorf("condition/no-match", q.Target, "no search fits %q", q.Target.Text())
		if q.hides(c.det) {
			found.Hint = `names that begin with "_" are fitted only by patterns that do so too`
		}
	case q.Them && q.All && fit > 1:
		c.diags.Notef("condition/all-of-them", q.At, `"all of them" also takes in every search added later: name the searches, or use a pattern`)
	}
	c.tooMany(q, fit)
}

// tooMany reports a count that can never be reached.
func (c *conditionCheck) tooMany(q *CondQuant, n int) {
	if n > 0 && q.Count > n {
		c.diags.Errorf("condition/no-match", q.At, "the condition asks for %d searches, but %q fits only %d", q.Count, q.Target.Text(), n)
	}
}
