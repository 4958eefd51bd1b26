package kusto

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// reading is what the text of a query says of the tables that it reads: as much as it takes to write that again, with a
// guard. The tree of the query is gone.
type reading struct {
	log        *schema.Log
	start, end int              // in the text: of the tables, before the operators
	each       []kql.Operator   // what each of several tables is read with
	parsed     []*schema.Column // that some of these have as JSON text
}

// reading returns that of the query.
func (b *builder) reading(start, end int) reading {
	r := reading{log: b.log, start: start, end: end, parsed: b.parsed}
	if together(b.log) && b.parsesEarly() {
		for _, op := range b.early {
			r.each = append(r.each, kql.Written(op, unionDepth))
		}
	}
	return r
}

// unionDepth is how deep the operators of a table stand in a union.
const unionDepth = 2

// guarded returns the text of the query with a guard, which is the first that is asked of each table.
func (r *reading) guarded(text string, guard kql.Operator) string {
	tables := &kql.Query{Source: &kql.Table{Name: r.log.Name}, Ops: []kql.Operator{guard}}
	if together(r.log) {
		each := append([]kql.Operator{guard}, r.each...)
		tables = &kql.Query{Source: union(r.log, each, r.parsed)}
	}
	return text[:r.start] + strings.TrimRight(tables.String(), "\n") + text[r.end:]
}
