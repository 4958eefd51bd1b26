package target

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/list"
)

// Reading is how a target reads a log that puts several together.
type Reading int

const (
	Together Reading = iota // in one query
	Apart                   // with a query for each
	First                   // the first alone, because the user wants no more
)

// reading is how the target reads the log of a rule.
func (t *Target) reading(m *ir.Meta) Reading {
	if t.Reads == nil {
		return Together
	}
	return t.Reads(t, m)
}

// Parts returns what the target binds of a rule: the rule, or the rule over single logs of those that its own puts
// together. It is given up together with the rule.
func (t *Target) Parts(l *Located, diags *diag.List) []*Located {
	if one := t.member(l, diags); one != l || l.parts == nil || t.reading(l.Rule.Meta) != Apart {
		only := l.shared.take().parts.Take(1)
		only[0] = one
		return only
	}
	return l.parts
}

// member returns what the target binds of a rule that is a member of a correlation, whose events stay together. Where the
// platform keeps but one of the logs that the rule means, it is bound over that one.
func (t *Target) member(l *Located, diags *diag.List) *Located {
	switch {
	case l.parts == nil:
		return l
	case t.reading(l.Rule.Meta) == First:
		return l.parts[0]
	case t.Keeps(l.Log):
		return l
	}
	var kept []*Located
	for _, part := range l.parts {
		if t.Keeps(part.Log) {
			kept = append(kept, part)
		}
	}
	if len(kept) != 1 {
		return l
	}
	t.keepsOne(l, kept[0], diags)
	return kept[0]
}

// locateParts finds the fields in each of the logs that the log of the rule puts together. They are all there, and what
// there is to say has been said.
func (l *Located) locateParts() {
	for _, log := range l.Log.Parts {
		part := locate(l.Rule, log, nil)
		part.shared = l.shared
		l.parts = append(l.parts, part)
	}
}

// Compare says what lists the rule may compare with, over whichever of its logs a target binds it.
func (l *Located) Compare(lists map[string]*list.List) {
	l.Lists = lists
	for _, part := range l.parts {
		part.Lists = lists
	}
}
