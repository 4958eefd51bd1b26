package kusto

import (
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target"
)

// An event that has several values in a group-by field is in each of their groups, once: it becomes a row for each of
// them. "mv-apply" with "summarize by" makes these rows, of one event at a time, so that nothing is said twice. An event
// without a value becomes none.

// several reports whether an event can have several values there.
func several(ref target.Ref) bool {
	for i := range ref.Steps {
		if opensText(ref, i) {
			return true
		}
	}
	return ref.Several()
}

// spread makes a row of each value that the fields of the correlation have in an event, and remembers their columns.
func (s *streamer) spread() {
	s.columns = map[string]kql.Expr{}
	for _, f := range s.c.fields() {
		if ref := f.refs[s.part.members[0]]; several(ref) {
			s.spreadField(f.column, ref)
		}
	}
}

func (s *streamer) spreadField(column string, ref target.Ref) {
	as := s.b.unique(column)
	s.columns[column] = name(as)
	var leaf *value
	n := s.b.members(ref, scope{}, false, func(v *value) node { leaf = v; return &truth{} })
	ops := s.values(n, as, leaf)
	last := ops[len(ops)-1].(*kql.MvApply)
	last.Query.Ops = append(last.Query.Ops, &kql.Where{X: call("isnotempty", name(as))})
	s.b.ops = append(s.b.ops, ops...)
}

// values are the operators that make a row of each of the texts that blocks inside each other lead to.
func (s *streamer) values(n node, as string, leaf *value) []kql.Operator {
	e, ok := n.(*each)
	if !ok {
		return []kql.Operator{&kql.Summarize{By: []kql.Assign{{Name: as, X: s.b.text(leaf)}}}}
	}
	inner := s.values(e.body, as, leaf)
	if _, distinct := inner[len(inner)-1].(*kql.Summarize); !distinct {
		inner = append(inner, &kql.Summarize{By: []kql.Assign{{X: name(as)}}})
	}
	var out []kql.Operator
	if e.array.source != nil {
		out = append(out, &kql.Extend{Columns: []kql.Assign{{Name: e.array.temp, X: e.array.source}}})
	}
	return append(out, &kql.MvApply{Columns: []kql.MvColumn{{Name: e.array.member, X: e.array.x}}, Query: &kql.Query{Ops: inner}})
}

// field is the text of a field of the correlation in the rows as they are now.
func (s *streamer) field(column string, ref target.Ref) kql.Expr {
	if x, ok := s.columns[column]; ok {
		return x
	}
	return s.text(ref)
}

// has tests that a field of a row has a value: one of its values is that.
func (s *streamer) has(ref target.Ref, text kql.Expr) node {
	return s.b.members(ref, scope{}, false, func(v *value) node { return &test{x: binary(s.b.text(v), "==", text), computed: true} })
}
