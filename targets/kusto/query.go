package kusto

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// Query is a rule in KQL, and which of its result columns name the things that an incident is about.
type Query struct {
	Entities []Entity
	Columns  []string // of the result, in order

	text    string                // of the query
	guarded func(Schedule) string // the text that tells only what is new to the current run; of several tables it keeps the tree
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
	b.short = short
	b.filter(ir.Simplify(bound.Expr))
	q := &Query{Entities: b.project(), Columns: b.projected}
	text, ops := b.whole().Print()
	q.text = text
	if len(b.log.Tables()) == 1 {
		q.guarded = guardAt(text, ops, b.log)
	} else {
		q.guarded = func(s Schedule) string { return b.whole(s.guard(b.log)).String() }
	}
	return q
}

// guardAt is what a query over one table becomes with a guard, which is the first of its operators: those begin at an
// offset of the text. It needs no tree.
func guardAt(text string, ops int, log *schema.Log) func(Schedule) string {
	return func(s Schedule) string {
		guard := (&kql.Query{Ops: []kql.Operator{s.guard(log)}}).String()
		return text[:ops] + "\n| " + strings.TrimRight(guard, "\n") + text[ops:]
	}
}

// whole is the query with its comment and what it reads besides the tables.
func (b *builder) whole(first ...kql.Operator) *kql.Query {
	out := b.query(first...)
	out.Header, out.Lets = header(&b.bound.Rule.Meta), b.watchlists.lets
	return out
}

// header is the comment above the query: what it is, whose it is, and what its licence asks to be told.
func header(r *ir.Meta) []string {
	lines := append(make([]string, 0, 4), r.Title.Value)
	switch id, author := r.ID.Value, r.Author.Value; {
	case id != "" && author != "":
		lines = append(lines, strings.TrimSpace("rule "+id+" by "+author))
	case id != "":
		lines = append(lines, "rule "+id)
	case author != "":
		lines = append(lines, strings.TrimSpace("by "+author))
	}
	if len(r.References) > 0 {
		lines = append(lines, "source: "+r.References[0].Value)
	}
	if r.License.Value != "" {
		lines = append(lines, "license: "+r.License.Value)
	}
	return lines
}

// builder writes one query.
type builder struct {
	bound      *target.Bound
	log        *schema.Log
	watchlists *watchlists

	columns  map[string]string // canonical name of a path → the computed column that holds its text
	taken    map[string]bool   // names that columns have, beside those of the table
	numbered map[string]int    // the number that a name was last given, where there are several
	extend   []kql.Assign      // computed columns that no operator adds yet

	// What most of a query is made of.
	tests    slab.Of[test]
	listings slab.Of[listing]
	exprs    slab.Of[kql.Expr]
	binaries slab.Of[kql.Binary]
	strings  slab.Of[kql.String]
	names    slab.Of[kql.Name]

	short   bool             // what is easier to read counts less than what is short
	parsed  []*schema.Column // that some table of the log has as JSON text
	touched bool             // one of them has been read, since this was last set to false
	last    reached          // by the test before

	early     []kql.Operator // a condition on columns as they are stored
	ops       []kql.Operator
	projected []string
}

func newBuilder(bound *target.Bound, w *watchlists) *builder {
	b := &builder{bound: bound, log: bound.Log, watchlists: w, ops: make([]kql.Operator, 0, 4)}
	for _, name := range w.names {
		b.take(name)
	}
	return b
}

func (b *builder) binary(x kql.Expr, op string, y kql.Expr) kql.Expr {
	return b.binaries.New(kql.Binary{Op: op, X: x, Y: y})
}

func (b *builder) str(s string) kql.Expr { return b.strings.New(kql.String{Value: s}) }

func (b *builder) name(s string) kql.Expr { return b.names.New(kql.Name{Name: s}) }

// has reports whether a name is that of a column already, of the table or of the query.
func (b *builder) has(name string) bool {
	if b.taken[name] || name == newColumn {
		return true
	}
	c := b.log.Column(name)
	return c != nil && homes.Computed(b.log, c) == nil
}

// Conditions are tested in this order: what the storage has an index for comes first, what needs arrays last.
const (
	onEquality = iota
	onColumns
	onParsed
	onComputed
	onArrays
	onImplied // of later ones, on stored columns: tested with these
)

// expect makes room for what most conditions are: comparisons of a field with texts, of which those that are equal to one
// become one test.
func (b *builder) expect(e ir.Expr) {
	texts, tests, lists := 0, 0, 0
	var last *ir.Field
	ir.Walk(e, func(e ir.Expr) bool {
		like, ok := e.(*ir.Like)
		if !ok {
			return true
		}
		texts++
		shape, _ := like.Pattern.Shape()
		switch {
		case shape != ir.Exact:
			tests++
		case like.Field != last:
			tests++
			lists++
		}
		last = like.Field
		return true
	})
	b.strings.Expect(texts)
	b.tests.Expect(tests)
	b.binaries.Expect(tests)
	b.listings.Expect(lists)
	b.exprs.Expect(lists)
}

// filter writes the condition of the rule.
func (b *builder) filter(e ir.Expr) {
	b.expect(e)
	conjuncts := conjunctsOf(e)
	all := make([]staged, 0, len(conjuncts))
	var implied []staged
	for _, c := range conjuncts {
		b.touched = false
		n := b.condition(c, scope{})
		if t, ok := n.(*truth); ok && t.value {
			continue
		}
		s := stage(n)
		if b.touched {
			s = max(s, onParsed)
		}
		all = append(all, staged{n, s})
		if s > onColumns && !b.touched {
			if first := b.implied(n); first != nil && len(key(expr(first, false))) <= maxRepeated {
				implied = append(implied, staged{first, onImplied})
			}
		}
	}
	all = append(all, implied...)
	b.early = where(nil, at(all, onEquality, onColumns, onImplied))
	b.where(at(all, onParsed))
	b.addColumns()
	b.where(at(all, onComputed))
	arrays := at(all, onArrays)
	b.blocks(arrays)
	b.where(arrays)
}

// conjunctsOf are the conditions that must all hold.
func conjunctsOf(e ir.Expr) []ir.Expr {
	if a, ok := e.(*ir.And); ok {
		return a.X
	}
	return []ir.Expr{e}
}

// staged is a condition and its stage.
type staged struct {
	node
	stage int
}

// at are the conditions of some stages, in the order of these.
func at(all []staged, stages ...int) []node {
	var out []node
	for _, s := range stages {
		for _, n := range all {
			if n.stage != s {
				continue
			}
			if out == nil {
				out = make([]node, 0, len(all))
			}
			out = append(out, n.node)
		}
	}
	return out
}

// implied is what a condition that needs more than stored columns asks of these at least: nil for nothing. It is asked
// first, so that most rows need no more.
func (b *builder) implied(n node) node {
	switch n := n.(type) {
	case *test:
		if !n.computed {
			return n
		}
	case *not:
		if stage(n) <= onColumns {
			return n
		}
	case *and:
		out := &and{}
		for _, x := range n.x {
			if first := b.implied(x); first != nil {
				out.x = append(out.x, first)
			}
		}
		if len(out.x) == 1 {
			return out.x[0]
		}
		if len(out.x) > 1 {
			return out
		}
	case *or:
		out := &or{}
		for _, x := range n.x {
			first := b.implied(x)
			if first == nil {
				return nil
			}
			out.x = append(out.x, first)
		}
		return b.join(out)
	}
	return nil
}

func stage(n node) int {
	s := onEquality
	if _, isTest := n.(*test); !isTest {
		s = onColumns
	}
	walk(n, func(n node) {
		switch n := n.(type) {
		case *each:
			s = max(s, onArrays)
		case *test:
			switch {
			case n.computed:
				s = max(s, onComputed)
			case !n.equality:
				s = max(s, onColumns)
			}
		}
	})
	return s
}

func (b *builder) where(conjuncts []node) { b.ops = where(b.ops, conjuncts) }

// where adds an operator, but none where there is no condition.
func where(ops []kql.Operator, conjuncts []node) []kql.Operator {
	switch len(conjuncts) {
	case 0:
		return ops
	case 1:
		return append(ops, &kql.Where{X: expr(conjuncts[0], false)})
	default:
		return append(ops, &kql.Where{X: &kql.And{X: exprs(conjuncts, false)}})
	}
}

func (b *builder) addColumns() {
	if len(b.extend) > 0 {
		b.ops = append(b.ops, &kql.Extend{Columns: b.extend})
		b.extend = nil
	}
}
