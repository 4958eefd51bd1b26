package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// customs are what is customary for the rows of a log, with all of it that is the same for every rule: the fields are
// found, and the parts of columns are written.
type customs struct {
	columns, always []customField
	identifiers     []customIdentifier // of all entities, one after the other

	// The entities and their identifiers, where these have the columns that they have in most queries: no other column
	// has the name.
	entities []Entity
	usual    []Identifier
}

// customField is a field, and whether a column shows it that is stored.
type customField struct {
	ref    target.Ref
	stored bool
}

// customIdentifier is an identifier and its field. Of a part of a field, key and called are its key and its name as a
// column, and part is how it is computed, where the field itself need not be.
type customIdentifier struct {
	identifier
	customField
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
	c := &customs{columns: customFields(log, facts.columns), always: customFields(log, facts.always)}
	for _, e := range entitiesOf(log) {
		for _, id := range e.identifiers {
			i := customIdentifier{identifier: id, customField: customFieldOf(log, id.field)}
			column, of := columnName(i.ref.Canonical), ""
			if i.stored {
				column = i.ref.Column.Name
			}
			if id.half != whole {
				i.key = id.field + "@" + id.name
				i.called = columnName(i.key)
				if i.stored {
					i.part = kql.PrintOnce(id.half.of(column, id.field))
				}
				column, of = i.called, column
			}
			c.identifiers = append(c.identifiers, i)
			c.usual = append(c.usual, Identifier{id.name, column, of})
		}
	}
	rest := c.usual
	for _, e := range entitiesOf(log) {
		n := len(e.identifiers)
		c.entities = append(c.entities, Entity{e.kind, rest[:n:n]})
		rest = rest[n:]
	}
	return c
}

// identifiedBy returns the entities with other identifiers, one after the other.
func (c *customs) identifiedBy(identifiers []Identifier) []Entity {
	out := slices.Clone(c.entities)
	for i, e := range out {
		n := len(e.Identifiers)
		out[i].Identifiers, identifiers = identifiers[:n:n], identifiers[n:]
	}
	return out
}

func customFields(log *schema.Log, fields []string) []customField {
	var out []customField
	for _, f := range fields {
		out = append(out, customFieldOf(log, f))
	}
	return out
}

func customFieldOf(log *schema.Log, field string) customField {
	ref := resolve(log, field)
	return customField{ref, isStored(ref, homes.Computed(log, ref.Column))}
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
// path. Of a field inside arrays the whole array is shown. computed is what the column itself is computed of, if it is.
func isStored(ref target.Ref, computed kql.Expr) bool {
	if computed != nil {
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
