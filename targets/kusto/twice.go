package kusto

import (
	"github.com/sigc-rules/sigc/compiler/kql"
)

// twice sees to events that members of other streams match too, over the same log or one that shares a table with it. If
// they are of the same group there, they are one event: the first of the streams has it, and says so of all members.
func (s *streamer) twice(same []*part) {
	if len(same) == 0 {
		return
	}
	var others []int // that matter: where an event is of an earlier stream, or is a hit of a later one
	earlier := map[int]bool{}
	for _, p := range same {
		before := p.members[0] < s.part.members[0]
		for _, m := range p.members {
			if earlier[m] = before; before || s.c.temporal() {
				others = append(others, m)
			}
		}
	}
	if len(others) == 0 {
		return
	}
	s.b.touched = false
	conditions := s.conditions(others)
	for i, m := range others {
		conditions[i] = s.alike(m, conditions[i])
	}
	s.b.addColumns()
	s.b.blocks([]node{&or{x: conditions}})
	gone := &kql.Or{}
	for i, m := range others {
		x := s.b.coalesceFalse(conditions[i])
		if all, ok := x.(*kql.And); ok {
			x = single(all)
		}
		if earlier[m] {
			gone.X = append(gone.X, x)
		} else {
			s.flags[m] = x
		}
	}
	s.b.addColumns()
	if len(gone.X) > 0 {
		s.b.narrow(&kql.Not{X: single(gone)})
	}
}

// alike is the condition of another member, for an event that has the same values there.
func (s *streamer) alike(member int, condition node) node {
	both := &and{[]node{condition}}
	if its := s.c.bound.Rules[member].Log; s.b.log != its && s.b.log.Has(its) {
		both.x = append(both.x, &test{x: binary(name("Type"), "==", str(its.Name))})
	}
	for _, f := range s.c.fields() {
		mine, its := f.refs[s.part.members[0]], f.refs[member]
		switch x := s.field(f.column, mine); {
		case mine.Canonical == its.Canonical:
		case several(its):
			both.x = append(both.x, s.has(its, x))
		default:
			both.x = append(both.x, &test{x: binary(x, "==", s.text(its))})
		}
	}
	return both
}
