package kusto

import (
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// customs are what is customary for the rows of a log, with all of it that is the same for every rule: the fields are
// found, and the parts of columns are written.
type customs struct {
	columns, always []target.Ref
	entities        []customEntity
	identifiers     int // of all entities together
}

type customEntity struct {
	kind        string
	identifiers []customIdentifier
}

// customIdentifier is an identifier and its field. Of a part of a field, key and called are its key and its name as a
// column, and part is how it is computed, where the field itself need not be.
type customIdentifier struct {
	identifier
	ref         target.Ref
	key, called string
	part        kql.Expr
}

// customsOf returns the customs of a log, which are found once.
func customsOf(log *schema.Log) *customs {
	return log.Once(customsKey{}, func() any { return findCustoms(log) }).(*customs)
}

// customsKey is the key of a log's customs.
type customsKey struct{}

func findCustoms(log *schema.Log) *customs {
	facts := tables[log.Name]
	c := &customs{columns: resolveAll(log, facts.columns), always: resolveAll(log, facts.always)}
	for _, e := range entitiesOf(log) {
		found := customEntity{kind: e.kind}
		for _, id := range e.identifiers {
			i := customIdentifier{identifier: id, ref: resolve(log, id.field)}
			if id.half != whole {
				i.key = id.field + "@" + id.name
				i.called = columnName(i.key)
				if isStored(log, i.ref) {
					i.part = id.half.of(i.ref.Column.Name, id.field)
				}
			}
			found.identifiers = append(found.identifiers, i)
		}
		c.entities = append(c.entities, found)
		c.identifiers += len(found.identifiers)
	}
	return c
}

func resolveAll(log *schema.Log, fields []string) []target.Ref {
	var out []target.Ref
	for _, f := range fields {
		out = append(out, resolve(log, f))
	}
	return out
}

// resolve finds a field that this package itself names. The facts of the table are tested to name real fields.
func resolve(log *schema.Log, canonical string) target.Ref {
	r, ok := log.Resolve(nil, canonical)
	if !ok {
		panic("kusto: " + log.Name + " has no field " + canonical)
	}
	return target.Ref{Column: r.Column, Steps: r.Steps, Node: r.Node, Canonical: r.Canonical}
}

// isStored reports whether a field is shown by the column that it is stored in, and not by one that is computed of its
// path. Of a field inside arrays the whole array is shown.
func isStored(log *schema.Log, ref target.Ref) bool {
	if homes.Computed(log, ref.Column) != nil {
		return false
	}
	if len(ref.Steps) == 0 || ref.Node.Array {
		return true
	}
	for _, s := range ref.Steps {
		if s.Kind == schema.Members {
			return true
		}
	}
	return false
}
