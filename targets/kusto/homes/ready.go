package homes

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// ready ends the making of a home: its table knows it, and what is the same for all rules is made.
func (h *Home) ready() {
	h.Table.SetPlace(platform, h)
	h.names, h.columnOf = map[string]*ir.Field{}, h.Column
	var room ir.Room // which is never reset
	for _, f := range h.fields {
		h.name(&room, f.Column, f.File)
		for _, column := range f.Hashes {
			h.name(&room, column)
		}
	}
	h.rows = h.selects()
	h.shown = nil
	for _, name := range h.Shown {
		if r, ok := h.Log.Resolve(nil, name); ok {
			h.shown = h.show(h.shown, target.Ref{Column: r.Column, Steps: r.Steps, Canonical: r.Canonical})
		}
	}
}

// show adds the column that shows a field of the log, once.
func (h *Home) show(to []target.Ref, field target.Ref) []target.Ref {
	column, ok := h.shows(field)
	if !ok || slices.ContainsFunc(to, func(shown target.Ref) bool { return shown.Canonical == column }) {
		return to
	}
	r, ok := h.Table.Resolve(nil, column)
	if !ok {
		return to
	}
	return append(to, target.Ref{Column: r.Column, Steps: r.Steps, Node: r.Node, Canonical: r.Canonical})
}

func (h *Home) name(room *ir.Room, columns ...string) {
	for _, c := range columns {
		if c != "" && h.names[c] == nil {
			h.names[c] = room.Field(c, source.Span{})
		}
	}
}

// selects are the conditions for the rows of the log.
func (h *Home) selects() []ir.Expr {
	all := &ir.And{}
	for _, c := range h.where {
		all.X = append(all.X, c.holds())
	}
	for _, c := range h.unless {
		all.X = append(all.X, &ir.Not{X: c.holds()})
	}
	m := &mover{Home: h, l: &target.Located{}}
	for _, c := range h.having {
		any := &ir.Or{}
		for _, v := range c.values {
			like := &ir.Like{Field: ir.NewField(c.column, source.Span{}), Pattern: ir.Text(v)}
			any.X = append(any.X, m.put(like, like.Field, m.fields[c.column]))
		}
		all.X = append(all.X, any)
	}
	for _, re := range h.matching {
		all.X = append(all.X, m.put(re, re.Field, m.fields[re.Field.Name]))
	}
	switch e := ir.Simplify(all).(type) {
	case *ir.And:
		return e.X
	default:
		return []ir.Expr{e}
	}
}

func (c condition) holds() ir.Expr {
	any := &ir.Or{}
	for _, v := range c.values {
		any.X = append(any.X, has(c.column, v))
	}
	return any
}

// has says that a column has a value of the file, in which * stands for any text. One that begins and ends with it is the
// pieces between, in any order, which a table finds by its index.
func has(column, v string) ir.Expr {
	many := ir.Part{Wild: ir.Many}
	like := func(p ir.Pattern) ir.Expr {
		p.Cased = true
		return &ir.Like{Field: ir.NewField(column, source.Span{}), Pattern: p}
	}
	if !strings.HasPrefix(v, "*") {
		p := ir.Text(strings.TrimSuffix(v, "*"))
		if strings.HasSuffix(v, "*") {
			p = p.Append(many)
		}
		return like(p)
	}
	all := &ir.And{}
	for _, piece := range strings.FieldsFunc(v, func(r rune) bool { return r == '*' }) {
		all.X = append(all.X, like(ir.Pattern{}.Append(many, ir.Part{Text: piece}, many)))
	}
	return all
}

// shows returns the column that shows a field of the log; of texts without a name, the one that has all of them.
func (h *Home) shows(ref target.Ref) (string, bool) {
	f := h.fields[ref.Column.Name]
	if f.Unnamed && len(ref.Steps) == 0 {
		return f.Column, true
	}
	if f.Plain != nil {
		return f.Plain.Column, true
	}
	if slices.ContainsFunc(ref.Steps, func(s schema.Step) bool { return s.Kind == schema.At }) {
		return h.Column(ref.Canonical)
	}
	return h.column(schema.Resolved{Column: ref.Column, Steps: ref.Steps, Canonical: ref.Canonical})
}
