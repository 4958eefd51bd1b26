package kusto

import (
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
)

// node is a condition on its way to KQL: tests are KQL already, array blocks are still blocks.
type node interface{ node() }

type (
	and   struct{ x []node }
	or    struct{ x []node }
	not   struct{ x node }
	truth struct{ value bool }

	// test is a scalar condition.
	test struct {
		x        kql.Expr
		nullable bool // may be null instead of false
		computed bool // needs a column that extend adds
		equality bool // on a stored column

		// A test "value =~ literal" can join others in a list: subject is the text of value, list is the operator.
		value    kql.Expr
		subject  string
		list     string
		literals []kql.Expr

		// A test of a text with a pattern can join others in a regular expression, see [shorter].
		pattern *ir.Pattern

		// A test that a text is not empty can join others: filled are the texts.
		filled []kql.Expr
	}

	// each is an array block. Its KQL is a comparison of the columns hits and total, which an mv-apply makes.
	each struct {
		array array
		quant quantifier
		body  node
		hits  string
		total string
	}
)

type quantifier int

const (
	anyOf quantifier = iota
	allOf
	allOrEmpty
	noneOf
)

func (*and) node()   {}
func (*or) node()    {}
func (*not) node()   {}
func (*truth) node() {}
func (*test) node()  {}
func (*each) node()  {}

// array is the array that a block ranges over, as its enclosing scope sees it.
type array struct {
	x      kql.Expr // the array
	key    string   // equal for equal arrays of one scope
	member string   // the name of a member inside the block
	source kql.Expr // when set, x is made of this value, which extend gives the name in temp
	temp   string
}

// strict reports whether the condition is false for a member that is null. Every test on a member is.
func strict(n node) bool {
	switch n := n.(type) {
	case *and:
		for _, x := range n.x {
			if strict(x) {
				return true
			}
		}
		return false
	case *or:
		for _, x := range n.x {
			if !strict(x) {
				return false
			}
		}
		return len(n.x) > 0
	case *test:
		return true
	case *truth:
		return !n.value
	case *each:
		return n.quant == anyOf || n.quant == allOf
	default:
		return false
	}
}

// walk calls visit for every node, parents first.
func walk(n node, visit func(node)) {
	visit(n)
	switch n := n.(type) {
	case *and:
		for _, x := range n.x {
			walk(x, visit)
		}
	case *or:
		for _, x := range n.x {
			walk(x, visit)
		}
	case *not:
		walk(n.x, visit)
	}
}

// eaches returns the array blocks of a condition that belong to its own scope, in order.
func eaches(n node) []*each {
	var out []*each
	walk(n, func(n node) {
		if e, ok := n.(*each); ok {
			out = append(out, e)
		}
	})
	return out
}
