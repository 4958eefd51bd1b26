package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
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
	facts := tables[b.log.Name]
	b.show(b.log.Time)
	for _, ref := range b.bound.Triage() {
		b.show(b.column(ref))
	}
	if len(b.bound.Triage()) == 0 {
		for _, canonical := range facts.columns {
			b.show(b.column(b.resolve(canonical)))
		}
	}
	all := entitiesOf(b.bound.Log)
	entities := make([]Entity, 0, len(all))
	for _, e := range all {
		out := Entity{Type: e.kind, Identifiers: make([]Identifier, 0, len(e.identifiers))}
		for _, id := range e.identifiers {
			col, of := b.identifier(id)
			b.show(col)
			out.Identifiers = append(out.Identifiers, Identifier{id.name, col, of})
		}
		entities = append(entities, out)
	}
	b.tested(func(ref target.Ref) { b.show(b.column(ref)) })
	for _, canonical := range facts.always {
		b.show(b.column(b.resolve(canonical)))
	}
	b.splitColumns()
	p := &kql.Project{Columns: make([]kql.Assign, len(b.projected))}
	for i, c := range b.projected {
		p.Columns[i].X = name(c)
	}
	b.ops = append(b.ops, p)
	return entities
}

// tested visits the fields that the rule has tested, each once, but for those of which it demands one value: that tells
// nothing. What is inside an array is seen in the array. Of a rule that says what it asks to see, only stored columns are
// added.
func (b *builder) tested(visit func(target.Ref)) {
	e := ir.Simplify(b.bound.Expr)
	conjuncts := []ir.Expr{e}
	if a, ok := e.(*ir.And); ok {
		conjuncts = a.X
	}
	seen := map[*ir.Field]bool{} // the values of a list share their field
	for _, c := range conjuncts {
		if l, ok := c.(*ir.Like); ok {
			if shape, _ := l.Pattern.Shape(); shape == ir.Exact {
				continue
			}
		}
		ir.Walk(c, func(e ir.Expr) bool {
			f, other := ir.FieldsOf(e)
			for _, f := range [...]*ir.Field{f, other} {
				if f == nil || seen[f] {
					continue
				}
				seen[f] = true
				if ref := b.bound.Ref(f); len(ref.Steps) == 0 || len(b.bound.Triage()) == 0 {
					visit(ref)
				}
			}
			_, inside := e.(*ir.Each)
			return !inside
		})
	}
}

func (b *builder) show(column string) {
	if !slices.Contains(b.projected, column) {
		b.projected = append(b.projected, column)
	}
}

// resolve finds a field that this package itself names. The facts of the table are tested to name real fields.
func (b *builder) resolve(canonical string) target.Ref {
	r, ok := b.bound.Log.Resolve(nil, canonical)
	if !ok {
		panic("kusto: " + b.bound.Log.Name + " has no field " + canonical)
	}
	return target.Ref{Column: r.Column, Steps: r.Steps, Node: r.Node, Canonical: r.Canonical}
}

// column returns the column that shows a field: the one it is stored in, or one computed of the path. Of a field inside
// arrays the whole array is shown.
func (b *builder) column(ref target.Ref) string {
	if homes.Computed(b.bound.Log, ref.Column) != nil {
		return b.value(ref, scope{}).text().(*kql.Name).Name
	}
	simple := len(ref.Steps) > 0 && !ref.Node.Array
	for _, s := range ref.Steps {
		simple = simple && s.Kind != schema.Members
	}
	if !simple {
		return b.read(ref.Column).(*kql.Name).Name
	}
	return b.value(ref, scope{}).text().(*kql.Name).Name
}

// identifier returns the column of an identifier, and the one that it is a part of: a part gets a column of its own.
func (b *builder) identifier(id identifier) (column, of string) {
	column = b.column(b.resolve(id.field))
	if id.half == whole {
		return column, ""
	}
	return b.compute(id.field+"@"+id.name, id.half.of(column, id.field)).(*kql.Name).Name, column
}

// splitColumns adds the columns that the projection needs and that conditions did not. A column made of another
// computed one needs an extend of its own, after the first.
func (b *builder) splitColumns() {
	var first, second []kql.Assign
	fresh := map[string]bool{}
	for _, c := range b.extend {
		fresh[c.Name] = true
	}
	for _, c := range b.extend {
		if uses(c.X, fresh) {
			second = append(second, c)
		} else {
			first = append(first, c)
		}
	}
	b.extend = first
	b.addColumns()
	b.extend = second
	b.addColumns()
}

// uses reports whether the expression, a call over names, names one of the columns.
func uses(x kql.Expr, columns map[string]bool) bool {
	switch x := x.(type) {
	case *kql.Name:
		return columns[x.Name]
	case *kql.Call:
		return slices.ContainsFunc(x.Args, func(a kql.Expr) bool { return uses(a, columns) })
	case *kql.Index:
		return uses(x.X, columns)
	case *kql.Member:
		return uses(x.X, columns)
	default:
		return false
	}
}
