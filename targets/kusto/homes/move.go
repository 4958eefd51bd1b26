package homes

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// OptionName is the option by which users choose among tables.
const OptionName = "tables"

// Option is the choice among tables, whose default is a list of families.
func Option(families ...string) target.Option {
	return target.Option{
		Name: OptionName,
		Doc: "which tables may answer rules about logs that live in several, the preferred first, of which the first that has all fields of a rule is taken: " + strings.Join(Families(), ", ") +
			"; asim is the parsers of the normalized schemas (_Im_WebSession), searched as late as records may come, native the tables of single products (W3CIISLog, CommonSecurityLog)",
		Default: strings.Join(families, ","),
		Check:   wrong,
		PerRule: true,
	}
}

// wrong says what a value of the option must be that it is not.
func wrong(value string) string {
	families := slices.Collect(choice(value))
	if len(families) == 0 || slices.ContainsFunc(families, func(f string) bool { return !slices.Contains(Families(), f) }) {
		return "a list of " + strings.Join(Families(), ", ")
	}
	return ""
}

func choice(value string) iter.Seq[string] {
	return strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == ' ' })
}

// Move puts a rule into the terms of the first table of the user's choice that can tell all that it asks.
func Move(t *target.Target, l *target.Located, diags *diag.List) *target.Located {
	homes := Of(l.Log)
	if len(homes) == 0 {
		return l
	}
	families := slices.Values(load().families)
	if _, ok := t.Option(OptionName); ok {
		families = choice(t.SettingFor(l.Rule.Meta, OptionName))
	}
	var able, first *mover
	look := func(family string) bool {
		for _, h := range homes {
			if h.Family != family || able != nil {
				continue
			}
			switch m := moverTo(h, l); {
			case len(m.problems) == 0 && !m.textless:
				able = m
			case len(m.problems) == 0 || first == nil:
				first = m
			}
		}
		return able == nil
	}
	families(look)
	look("") // a table without a family is the only one that its logs have
	switch {
	case able != nil:
		able.note(t, diags)
		return able.located()
	case first != nil && len(first.problems) == 0: // Bind says what the target does not support
		return first.located()
	}
	chosen := slices.Collect(families)
	var others []*Home // that could, if the user chose them
	for _, family := range load().families {
		for _, h := range homes {
			if h.Family == family && !slices.Contains(chosen, family) && len(moverTo(h, l).problems) == 0 {
				others = append(others, h)
			}
		}
	}
	report(t, l, first, others, diags)
	return nil
}

// note says what the table cannot tell, and what it never has.
func (m *mover) note(t *target.Target, diags *diag.List) {
	if m.Loses != "" {
		diags.Notef("target/approximated", m.l.Rule.Logsource.At, "%s: %s", t.Name, m.Loses).Target = t.Name
	}
	for _, p := range m.losses {
		diags.Notef("target/approximated", p.at, "%s: %s", t.Name, p.why).Target = t.Name
	}
	for _, p := range m.never {
		diags.Warnf("target/never-found", p.at, "%s: %s", t.Name, p.why).Target = t.Name
	}
}

// report says why no table of the user's choice takes the rule: what the preferred one lacks, and which other has it.
func report(t *target.Target, l *target.Located, first *mover, others []*Home, diags *diag.List) {
	hint := ""
	if len(others) > 0 {
		hint = fmt.Sprintf("the table %s can tell: -O %s=%s", others[0].Table.Name, OptionName, others[0].Family)
	}
	if first == nil {
		d := diags.Errorf("target/no-table", l.Rule.Logsource.At, "none of the tables that %s may use keeps the logsource %s", t.Name, l.Rule.Logsource)
		d.Target, d.Hint = t.Name, hint
		return
	}
	for _, p := range first.problems {
		d := diags.Errorf(p.id, p.at, "%s", p.message(t.Name))
		if d.Target, d.Hint = t.Name, hint; hint == "" {
			d.Hint = first.elsewhere(p)
		}
	}
}

// elsewhere names a table that can tell what this one cannot, and what it cannot tell itself; "" when there is none.
func (m *mover) elsewhere(p problem) string {
	for _, h := range Of(m.l.Log) {
		other := moverTo(h, m.l)
		if h == m.Home || len(other.problems) == 0 || slices.ContainsFunc(other.problems, func(o problem) bool { return o.about == p.about }) {
			continue
		}
		if lacks := other.problems[0]; lacks.field != "" {
			return fmt.Sprintf("the table %s can tell, but has no field for %q", h.Table.Name, lacks.field)
		}
		return fmt.Sprintf("the table %s can tell, but not the rest of the rule", h.Table.Name)
	}
	return ""
}

// mover moves one rule to one home.
type mover struct {
	*Home
	l        *target.Located
	problems []problem
	losses   []problem
	never    []problem       // values that the columns cannot have,
	told     map[string]bool // by what is said of them
	moved    ir.Expr
	textless bool // there is no column in which to look for a keyword

	last   *ir.Field // the values of a list share their field,
	to     *Field    // what it is here,
	became *ir.Field // and the column that it has become

	likes slab.Of[ir.Like]
}

// moverTo moves a rule to a home, once for all targets.
func moverTo(h *Home, l *target.Located) *mover {
	return l.Once(h, func() any {
		m := &mover{Home: h, l: l}
		m.likes.Expect(likes(l.Expr))
		m.moved = m.move(l.Expr)
		for _, a := range l.Asked() {
			name, ok := h.Column(a.Ref.Canonical)
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

// likes is how many comparisons with a text there are.
func likes(e ir.Expr) int {
	n := 0
	ir.Walk(e, func(e ir.Expr) bool {
		if _, ok := e.(*ir.Like); ok {
			n++
		}
		return true
	})
	return n
}

// located is the rule in the table: its rows of the log, and of those the ones for which the condition holds.
func (m *mover) located() *target.Located {
	return m.l.Once(m, func() any {
		e := &ir.And{X: append(slices.Clip(m.rows), m.moved), At: m.moved.Span()}
		return m.l.In(m.Table, ir.Simplify(e), m.show(), m.Column)
	}).(*target.Located)
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
		out := make([]target.Ref, 0, len(asked))
		for _, ref := range asked {
			out = m.Home.show(out, ref)
		}
		return out
	}
	out := append(make([]target.Ref, 0, len(m.shown)+4), m.shown...)
	var last *ir.Field // the values of a list share their field
	ir.Walk(m.l.Expr, func(e ir.Expr) bool {
		f, other := ir.FieldsOf(e)
		for _, f := range [...]*ir.Field{f, other} {
			if f == nil || f == last {
				continue
			}
			last = f
			if ref := m.l.Ref(f); ref.Column != nil { // and not a member of an array
				out = m.Home.show(out, ref)
			}
		}
		return true
	})
	return out
}

// move rewrites a condition on the log to one on the rows of the table.
func (m *mover) move(e ir.Expr) ir.Expr { return ir.Replace(e, m.single) }

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
	to := m.fields[ref.Column.Name]
	switch {
	case to.Missing != "":
		m.missing(f, to.Missing)
		return nil
	case len(ref.Steps) == 0:
		return to
	case !to.whole():
		m.missing(f, "the table "+m.Table.Name+" has no column for a part of a field")
		return nil
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
	if c := m.names[column]; c != nil {
		return c
	}
	return ir.NewField(column, f.At)
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
	out := *e
	out.Field = m.at(e.Field, to)
	out.Body = ir.Unlist(e.Body, func(*ir.Listed) bool { return false })
	return &out
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
func (m *mover) typeOf(column string) schema.Type {
	r, ok := m.Table.Resolve(nil, column)
	if !ok { // a position in an array
		return schema.Dynamic
	}
	return r.Node.Type
}
