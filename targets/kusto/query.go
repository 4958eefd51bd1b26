package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Query is a rule in KQL, and which of its result columns name the things that an incident is about.
type Query struct {
	Entities []Entity
	Columns  []string // of the result, in order

	text    string
	reading reading               // of a rule
	guarded func(Schedule) string // of a correlation: the text that tells only what is new to the current run
}

// String returns the text of the query.
func (q *Query) String() string { return q.text }

// New writes a bound rule as KQL, once for all targets.
func New(bound *target.Bound) *Query {
	return bound.Once(queryOf{}, func() any { return newQuery(bound, false) }).(*Query)
}

// queryOf is the key of a rule's query.
type queryOf struct{}

func newQuery(bound *target.Bound, short bool) *Query {
	b := newBuilder(bound, watch(bound))
	defer b.release()
	b.short = short
	b.filter(ir.Simplify(bound.Expr))
	entities := b.project()
	whole := b.query()
	whole.Header, whole.Lets = b.header(bound.Rule.Meta), b.watchlists.lets
	text, start, end := whole.Print()
	return &Query{Entities: entities, Columns: slices.Clone(b.projected), text: text, reading: b.reading(start, end)}
}

// header is the comment above the query: what it is, whose it is, and what its licence asks to be told.
func (a *arena) header(r *ir.Meta) []kql.Comment {
	lines := append(a.comments.Take(4)[:0], a.comment(r.Title.Value))
	switch id, author := r.ID.Value, r.Author.Value; {
	case id != "" && author != "":
		lines = append(lines, a.comment("rule ", id, " by ", author))
	case id != "":
		lines = append(lines, a.comment("rule ", id))
	case author != "":
		lines = append(lines, a.comment("by ", author))
	}
	if len(r.References) > 0 {
		lines = append(lines, a.comment("source: ", r.References[0].Value))
	}
	if r.License.Value != "" {
		lines = append(lines, a.comment("license: ", r.License.Value))
	}
	return lines
}

// comment is a comment line of several parts.
func (a *arena) comment(parts ...string) kql.Comment {
	c := a.texts.Take(len(parts))
	copy(c, parts)
	return c
}
