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

		listing *listing  // how it joins others in a list; nil when it does not
		pattern *likeness // and in a regular expression, see [shorter]
	}

	// listing is a test "value =~ literal", or one of a few of its kind, which all join in a list: subject is the text of
	// value, and op the operator of the list. That a text is not empty joins others, too: the literals are the texts.
	listing struct {
		value       kql.Expr
		subject, op string
		literals    []kql.Expr
	}

	// likeness is a test of a text with a pattern.
	likeness struct {
		*ir.Pattern
		value   kql.Expr
		subject string
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
