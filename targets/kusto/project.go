package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Entity is a thing that an incident is about, and the result columns that identify it.
type Entity struct {
	Type        string
	Identifiers []Identifier
}

// Identifier is a result column and what it identifies an entity by.
type Identifier struct {
	Name   string // in Sentinel's terms: UPNSuffix, Address, …
	Column string
	Of     string // the column that it is a part of; "" when it is all of its own
}

// project ends the query with the columns of its result: the time, what the rule asks to see or else what is customary
// for the log, what the entities need, and what the rule has tested.
func (b *builder) project() []Entity {
	customs := customsOf(b.log)
	b.projected = b.texts.Take(32)[:0]
	b.show(b.log.Time)
	shown := b.bound.Triage()
	for _, ref := range shown {
		b.show(b.column(ref))
	}
	if len(shown) == 0 {
		b.showAll(customs.columns)
	}
	entities := b.entities(customs)
	for _, ref := range b.noted {
		if len(ref.Steps) == 0 || len(shown) == 0 { // of a rule that says what it asks to see, no column is computed
			b.show(b.column(ref))
		}
	}
	b.showAll(customs.always)
	b.splitColumns()
	columns := b.assigns.Take(len(b.projected))
	for i, c := range b.projected {
		columns[i].X = b.name(c)
	}
	b.ops = append(b.ops, b.projects.New(kql.Project{Columns: columns}))
	return entities
}

// entities shows what identifies the entities.
func (b *builder) entities(customs *customs) []Entity {
	found := b.identifiers.Take(len(customs.identifiers))
	for i := range customs.identifiers {
		id := &customs.identifiers[i]
		column, of := b.identifier(id)
		b.show(column)
		found[i] = Identifier{id.name, column, of}
	}
	if slices.Equal(found, customs.usual) {
		return customs.entities
	}
	return customs.identifiedBy(slices.Clone(found))
}

// tellsMore reports whether what the rule has tested is worth showing: of a field of which it demands one value, that tells
// nothing.
func tellsMore(condition ir.Expr) bool {
	if l, ok := condition.(*ir.Like); ok {
		shape, _ := l.Pattern.Shape()
		return shape != ir.Exact
	}
	return true
}

func (b *builder) show(column string) {
	if !slices.Contains(b.projected, column) {
		b.projected = append(b.projected, column)
	}
}

func (b *builder) showAll(fields []customField) {
	for i := range fields {
		b.show(b.customColumn(&fields[i]))
	}
}

// column returns the column that shows a field: the one it is stored in, or one computed of the path.
func (b *builder) column(ref target.Ref) string {
	if isStored(ref, b.computed(ref.Column)) {
		b.noteText(ref.Column)
		return ref.Column.Name
	}
	v := b.value(ref, scope{})
	if v.made {
		return v.raw.(*kql.Name).Name
	}
	return b.text(v).(*kql.Name).Name
}

// customColumn is column for a field of which is known whether it is stored.
func (b *builder) customColumn(f *customField) string {
	if !f.stored {
		return b.column(f.ref)
	}
	b.noteText(f.ref.Column)
	return f.ref.Column.Name
}

// identifier returns the column of an identifier, and the one that it is a part of: a part gets a column of its own.
func (b *builder) identifier(id *customIdentifier) (column, of string) {
	column = b.customColumn(&id.customField)
	if id.half == whole {
		return column, ""
	}
	if part, ok := b.columns[id.key]; ok {
		return part, column
	}
	part := id.part
	if part == nil {
		part = id.half.of(column, id.field)
	}
	return b.add(id.called, id.key, part), column
}

// splitColumns adds the columns that the projection needs and that conditions did not. A column made of another
// computed one needs an extend of its own, after the first.
func (b *builder) splitColumns() {
	madeOfFresh := func(c kql.Assign) bool { return b.isFresh(c.X) }
	if slices.ContainsFunc(b.extend, madeOfFresh) {
		second := slices.DeleteFunc(slices.Clone(b.extend), func(c kql.Assign) bool { return !madeOfFresh(c) })
		b.extend = slices.DeleteFunc(b.extend, madeOfFresh)
		b.addColumns()
		b.extend = second
	}
	b.addColumns()
}

// isFresh reports whether the expression, a call over names, names a computed column that no operator adds yet. What is
// printed once is made of stored columns.
func (b *builder) isFresh(x kql.Expr) bool {
	switch x := x.(type) {
	case *kql.Name:
		return b.taken[x.Name] == b.round+1
	case *kql.Call:
		return slices.ContainsFunc(x.Args, b.isFresh)
	case *kql.Index:
		return b.isFresh(x.X)
	case *kql.Member:
		return b.isFresh(x.X)
	default:
		return false
	}
}
