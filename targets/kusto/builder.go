package kusto

import (
	"sync"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// builder writes one query.
type builder struct {
	arena
	progress
}

// progress is how far a builder has come with its query.
type progress struct {
	bound      *target.Bound
	log        *schema.Log
	home       *homes.Home // of the log
	watchlists watchlists

	extend  []kql.Assign     // computed columns that no operator adds yet
	round   int              // how many operators have added some
	noting  bool             // the fields of the condition are noted
	noted   []target.Ref     // what the condition has tested of the row
	short   bool             // what is easier to read counts less than what is short
	parsed  []*schema.Column // that some table of the log has as JSON text
	touched bool             // one of them has been read, since this was last set to false
	last    reached          // by the test before

	early     []kql.Operator // a condition on columns as they are stored
	ops       []kql.Operator
	projected []string
}

// fields is how many different ones most rules have at most.
const fields = 16

// builders are kept for their arenas.
var builders = sync.Pool{New: func() any { return &builder{arena: newArena()} }}

// newBuilder returns a builder that is to be released.
func newBuilder(bound *target.Bound, w watchlists) *builder {
	b := builders.Get().(*builder)
	b.bound, b.log, b.watchlists = bound, bound.Log, w
	b.home = homes.At(b.log)
	b.early, b.ops = b.operators.Take(1)[:0], b.operators.Take(8)[:0]
	b.noted = b.refs.Take(fields)[:0]
	for _, name := range w.names {
		b.taken[name] = 0
	}
	return b
}

// release gives the builder back, when its query has been printed: nothing of the tree may be used after that.
func (b *builder) release() {
	b.arena.reset()
	b.progress = progress{}
	builders.Put(b)
}

// has reports whether a name is that of a column already, of the table or of the query.
func (b *builder) has(name string) bool {
	if _, ok := b.taken[name]; ok || name == newColumn {
		return true
	}
	c := b.log.Column(name)
	return c != nil && b.home.Computed(c) == nil
}

// computed returns what a column of the rule's log is computed of; nil for a stored one.
func (b *builder) computed(c *schema.Column) kql.Expr {
	if b.bound.Log == b.log {
		return b.home.Computed(c)
	}
	return homes.Computed(b.bound.Log, c)
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

// filter writes the condition of the rule.
func (b *builder) filter(e ir.Expr) {
	conjuncts := ir.Conjuncts(e)
	all := b.stages.Take(2 * len(conjuncts))[:0]
	implied := b.stages.Take(len(conjuncts))[:0]
	for _, c := range conjuncts {
		b.touched = false
		if noted := tellsMore(c); noted != b.noting {
			b.noting, b.last = noted, reached{}
		}
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
			for _, all := range []bool{true, false} {
				if first := b.implied(n, all); first != nil && len(key(b.expr(first, false))) <= maxImplied {
					implied = append(implied, staged{first, onImplied})
					break
				}
			}
		}
	}
	all = append(all, implied...)
	b.early = b.where(b.early, b.at(all, onEquality, onColumns, onImplied))
	b.ops = b.where(b.ops, b.at(all, onParsed))
	b.addColumns()
	b.ops = b.where(b.ops, b.at(all, onComputed))
	arrays := b.at(all, onArrays)
	b.blocks(arrays)
	b.ops = b.where(b.ops, arrays)
}

// staged is a condition and its stage.
type staged struct {
	node
	stage int
}

// at are the conditions of some stages, in the order of these.
func (b *builder) at(all []staged, stages ...int) []node {
	var out []node
	for _, s := range stages {
		for _, n := range all {
			if n.stage != s {
				continue
			}
			if out == nil {
				out = b.nodes.Take(len(all))[:0]
			}
			out = append(out, n.node)
		}
	}
	return out
}

// maxImplied is how long, in bytes, a condition may be that only saves what comes behind it.
const maxImplied = 400

// implied is what a condition that needs more than stored columns asks of these at least: nil for nothing. It is asked
// first, so that most rows need no more. Where all of that is too long, one equality of each alternative will do.
func (b *builder) implied(n node, all bool) node {
	switch n := n.(type) {
	case *test:
		if !n.computed && (all || n.equality) {
			return n
		}
	case *not:
		if all && stage(n) <= onColumns {
			return n
		}
	case *and:
		out := b.nodes.Take(len(n.x))[:0]
		for _, x := range n.x {
			first := b.implied(x, all)
			if first != nil {
				out = append(out, first)
			}
			if first != nil && !all {
				break
			}
		}
		if len(out) == 1 {
			return out[0]
		}
		if len(out) > 1 {
			return b.ands.New(and{out})
		}
	case *or:
		out := b.nodes.Take(len(n.x))[:0]
		for _, x := range n.x {
			first := b.implied(x, all)
			if first == nil {
				return nil
			}
			out = append(out, first)
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

// where adds an operator, but none where there is no condition.
func (b *builder) where(ops []kql.Operator, conjuncts []node) []kql.Operator {
	switch len(conjuncts) {
	case 0:
		return ops
	case 1:
		return append(ops, b.wheres.New(kql.Where{X: b.expr(conjuncts[0], false)}))
	default:
		return append(ops, b.wheres.New(kql.Where{X: b.conjunctions.New(kql.And{X: b.list(conjuncts, false)})}))
	}
}

func (b *builder) addColumns() {
	if len(b.extend) > 0 {
		b.ops = append(b.ops, b.extends.New(kql.Extend{Columns: b.extend}))
		b.extend = nil
		b.round++
	}
}
