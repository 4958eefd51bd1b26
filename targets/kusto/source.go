package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// maxRepeated is how long a condition may be, in bytes, that is written once for every table of a union.
const maxRepeated = 400

// read notes that the query reads a column, and returns it. Where some table of the log has JSON text in its place, the
// text is parsed. The column may be that of another log which shares a table with this one, and has a text where this has
// the value, or a value where this has the text.
func (b *builder) read(c *schema.Column) kql.Expr {
	own := c
	if b.bound.Log != b.log {
		own = b.log.Column(c.Name)
	}
	switch {
	case own == nil || own.JSON == c.JSON:
		b.noteText(c)
		return b.name(c.Name)
	case own.JSON:
		b.touched = true
		return b.call("parse_json", b.name(c.Name))
	default:
		b.noteText(own)
		b.touched = true
		return b.call("tostring", b.name(c.Name))
	}
}

// noteText notes that a column is read which some table of several has as JSON text.
func (b *builder) noteText(c *schema.Column) {
	for _, t := range b.log.Parts {
		if isText(t, c) && !slices.Contains(b.parsed, c) {
			b.parsed = append(b.parsed, c)
		}
		b.touched = b.touched || isText(t, c)
	}
}

// isText reports whether a table of the log has JSON text where the log has the value itself.
func isText(table *schema.Log, c *schema.Column) bool {
	own := table.Column(c.Name)
	return own != nil && own.JSON && !c.JSON
}

// query is the whole query over the tables of the log. first is what each table is read with.
func (b *builder) query(first ...kql.Operator) *kql.Query {
	if !together(b.log) {
		return b.queries.New(kql.Query{Source: b.tables.New(kql.Table{Name: b.log.Name}), Ops: b.concat(first, b.early, b.ops)})
	}
	each, after := first, b.early
	if b.parsesEarly() { // only what is left is worth parsing
		each, after = b.concat(first, b.early), nil
	}
	return b.queries.New(kql.Query{Source: union(b.log, each, b.parsed), Ops: b.concat(after, b.ops)})
}

// together reports whether the log puts several tables together.
func together(log *schema.Log) bool { return len(log.Parts) > 1 }

// parsesEarly reports whether the early condition is asked of each table, because what follows parses its texts.
func (b *builder) parsesEarly() bool { return len(b.parsed) > 0 && textLength(b.early) <= maxRepeated }

// union is the rows of the tables of a log: each is read with the operators, and has what others have as a value as one.
func union(log *schema.Log, each []kql.Operator, parsed []*schema.Column) *kql.Union {
	// A table that a workspace does not have has no events.
	union := &kql.Union{IsFuzzy: true}
	for _, t := range log.Parts {
		q := &kql.Query{Source: &kql.Table{Name: t.Name}, Ops: slices.Clone(each)}
		parse := &kql.Extend{}
		for _, c := range parsed {
			if isText(t, c) {
				parse.Columns = append(parse.Columns, kql.Assign{Name: c.Name, X: call("parse_json", name(c.Name))})
			}
		}
		if len(parse.Columns) > 0 {
			q.Ops = append(q.Ops, parse)
		}
		union.Queries = append(union.Queries, q)
	}
	return union
}

func textLength(ops []kql.Operator) int {
	return len((&kql.Query{Source: &kql.Table{Name: "T"}, Ops: ops}).String())
}
