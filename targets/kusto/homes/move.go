package homes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// mover moves one rule to one home.
type mover struct {
	*Home
	l        *target.Located
	room     *ir.Room // for what it makes; nil for what is made for all rules
	problems []problem
	losses   []problem
	never    []problem       // values that the columns cannot have,
	told     map[string]bool // by what is said of them
	moved    ir.Expr
	textless bool // there is no column in which to look for a keyword

	last   *ir.Field // the values of a list share their field,
	to     *Field    // what it is here,
	became *ir.Field // and the column that it has become
	column *ir.Field // the column that was named last
	typed  *Field    // the field whose type was asked for last,
	typ    schema.Type

	located *target.Located // the rule in the table, once it is chosen
}

// lacks reports whether the table has not even the fields of the rule.
func (h *Home) lacks(l *target.Located) bool {
	return slices.ContainsFunc(l.Named(), func(n target.Named) bool {
		ref := n.Ref()
		return ref.Column != nil && h.lack(ref) != ""
	})
}

// lack says why the table does not have a field.
func (h *Home) lack(ref target.Ref) string {
	to := h.fields[ref.Column.Name]
	switch {
	case to.Missing != "":
		return to.Missing
	case len(ref.Steps) > 0 && !to.whole():
		return "the table " + h.Table.Name + " has no column for a part of a field"
	}
	return ""
}

// moverTo moves a rule to a home, once for all targets.
func moverTo(h *Home, l *target.Located) *mover {
	return l.Once(h, func() any {
		m := &mover{Home: h, l: l, room: l.Room()}
		m.moved = m.move(l.Expr)
		for _, a := range l.Asked() {
			name, ok := h.Column(a.Ref().Canonical)
			if ok {
				_, ok = h.Table.Resolve(nil, name)
			}
			if !ok {
				m.missing(a.Field, fmt.Sprintf("the table %s has no column for it", h.Table.Name))
			}
		}
		return m
	}).(*mover)
}

// rule is the rule in the table: its rows of the log, and of those the ones for which the condition holds.
func (m *mover) rule() *target.Located {
	if m.located == nil {
		rows, moved := m.selected()
		x := m.room.List(len(rows) + 1)
		x[copy(x, rows)] = moved
		e := m.room.Simplify(m.room.And(ir.And{X: x, At: m.moved.Span()}))
		m.located = m.l.In(m.Table, e, m.show(), m.columnOf)
	}
	return m.located
}

// problem is something that the table cannot tell.
type problem struct {
	id    string
	at    source.Span
	field string // "" when it is not the field that lacks
	why   string
	about string // the field of which it is
}

func (p problem) message(target string) string {
	if p.field != "" {
		return fmt.Sprintf("%s has no field for %q: %s", target, p.field, p.why)
	}
	return fmt.Sprintf("%s cannot express this exactly: %s", target, p.why)
}

func (m *mover) missing(f *ir.Field, why string) ir.Expr {
	m.problems = append(m.problems, problem{"target/no-field", f.At, f.Name, why, f.Name})
	return &ir.Const{}
}

func (m *mover) inexact(e ir.Expr, format string, args ...any) ir.Expr {
	about := ""
	if f, _ := ir.FieldsOf(e); f != nil {
		about = f.Name
	}
	m.problems = append(m.problems, problem{"target/inexact", e.Span(), "", fmt.Sprintf(format, args...), about})
	return &ir.Const{}
}

// show are the columns that an analyst wants to see: of the fields that the rule asks to see, or else of those that the
// home shows and that the rule has tested.
func (m *mover) show() []target.Ref {
	if asked := m.l.Triage(); len(asked) > 0 {
		out := m.l.Refs(len(asked))[:0]
		for _, ref := range asked {
			out = m.Home.show(out, ref)
		}
		return out
	}
	tested := m.l.Named()
	out := append(m.l.Refs(len(m.shown) + len(tested))[:0], m.shown...)
	for _, n := range tested {
		if ref := n.Ref(); ref.Column != nil { // and not a member of an array
			out = m.Home.show(out, ref)
		}
	}
	return out
}

// move rewrites a condition on the log to one on the rows of the table.
func (m *mover) move(e ir.Expr) ir.Expr { return m.room.Replace(e, m.single) }

// single rewrites a condition that is not made of others by and, or, not.
func (m *mover) single(e ir.Expr) ir.Expr {
	switch e := e.(type) {
	case *ir.Const:
		return e
	case *ir.Keyword:
		return m.keyword(e)
	case *ir.Listed: // the values are looked at one by one
		return m.move(e.X)
	case *ir.Each:
		return m.each(e)
	case *ir.SameAs:
		return m.same(e)
	default:
		f, _ := ir.FieldsOf(e)
		return m.leaf(e, f)
	}
}

// field returns what a field of the rule is here; nil, and reports it, where the table does not have it. What is below a
// field that the table keeps as it came is below the column, under the same names.
func (m *mover) field(f *ir.Field) *Field {
	if f == m.last && m.to != nil {
		return m.to
	}
	m.last, m.to, m.became = f, m.find(f), nil
	return m.to
}

func (m *mover) find(f *ir.Field) *Field {
	ref := m.l.Ref(f)
	if ref.Column == nil {
		m.missing(f, "the table "+m.Table.Name+" has no column for a part of a field")
		return nil
	}
	if why := m.lack(ref); why != "" {
		m.missing(f, why)
		return nil
	}
	to := m.fields[ref.Column.Name]
	if len(ref.Steps) == 0 {
		return to
	}
	part := *to
	part.Column += strings.TrimPrefix(ref.Canonical, ref.Column.Name)
	return &part
}

// at is the field of the table that a field of the rule, of which it has positions and names of members, is there.
func (m *mover) at(f *ir.Field, to *Field) *ir.Field {
	if f != m.last || to != m.to {
		return m.become(f, to)
	}
	if m.became == nil {
		m.became = m.become(f, to)
	}
	return m.became
}

func (m *mover) become(f *ir.Field, to *Field) *ir.Field {
	ref := m.l.Ref(f)
	if len(ref.Steps) == 0 || !to.whole() {
		return m.named(to.Column, f)
	}
	head, _ := m.l.Log.Resolve(nil, f.Segments[0].Name)
	out := *f
	out.Name = to.Column
	out.Segments = slices.Clone(f.Segments)
	out.Segments[0].Name = m.fields[ref.Column.Name].Column + strings.TrimPrefix(head.Canonical, ref.Column.Name)
	return &out
}

// named is a column in the place of a field of the rule.
func (m *mover) named(column string, f *ir.Field) *ir.Field {
	if m.column == nil || m.column.Name != column {
		m.column = m.names[column]
	}
	if m.column == nil {
		return m.room.Field(column, f.At)
	}
	return m.column
}

// each moves a condition on the members of an array, which the table keeps as they came.
func (m *mover) each(e *ir.Each) ir.Expr {
	to := m.field(e.Field)
	switch {
	case to == nil:
		return &ir.Const{}
	case !to.whole():
		return m.inexact(e, "the table %s does not keep %q as an array", m.Table.Name, e.Field.Name)
	}
	body := ir.Unlist(e.Body, func(*ir.Listed) bool { return false })
	return &ir.Each{Field: m.at(e.Field, to), Quant: e.Quant, Body: body, At: e.At}
}

// lose notes what the table cannot tell, once for each kind.
func (m *mover) lose(at source.Span, why string) {
	if why != "" && !slices.ContainsFunc(m.losses, func(p problem) bool { return p.why == why }) {
		m.losses = append(m.losses, problem{at: at, why: why})
	}
}

// same compares two fields that are columns.
func (m *mover) same(e *ir.SameAs) ir.Expr {
	a, b := m.field(e.Field), m.field(e.Other)
	switch {
	case a == nil || b == nil:
		return &ir.Const{}
	case a.Column == "" || b.Column == "" || a.Values != nil || b.Values != nil || a.Unnamed || b.Unnamed:
		return m.inexact(e, "the table %s has no column with the text of one of the fields", m.Table.Name)
	case e.Cased && (a.Folded || b.Folded):
		return m.inexact(e, "the table %s keeps one of the fields in lower case", m.Table.Name)
	}
	return &ir.SameAs{
		Field: m.at(e.Field, a), Other: m.at(e.Other, b), Shape: e.Shape, Cased: e.Cased, At: e.At,
	}
}

// typeOf is the type of what the table has there.
func (m *mover) typeOf(f *Field) schema.Type {
	if f != m.typed {
		m.typed, m.typ = f, schema.Dynamic // as of a position in an array
		if r, ok := m.Table.Resolve(nil, f.Column); ok {
			m.typ = r.Node.Type
		}
	}
	return m.typ
}
