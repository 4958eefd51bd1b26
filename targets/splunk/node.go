package splunk

import "github.com/sigc-rules/sigc/compiler/ir"

// node is a condition on its way to SPL: tests are SPL already, conditions on the members of an array are still blocks.
type node interface{ node() }

type (
	conj  struct{ x []node }
	disj  struct{ x []node }
	neg   struct{ x node }
	truth struct{ value bool }

	// test is a condition on one value. Its expression is never null, and false where there is no value.
	test struct {
		x     expr // nil when the value is compared with patterns
		term  term // what search can say of it; nil when there is nothing
		exact bool // the term holds for the same events, and not for more

		// value must fit one of the globs. Search says most of that, so the expression is made only when it is asked for.
		value *value
		globs []glob

		// from are the fields that have to be computed before the test.
		from [2]*prepared
		// looking is the lookup that has to come before the test; nil when there is none.
		looking *looking
		// clock is what has to be looked at before the test; nil when there is none.
		clock *clock
	}

	// block is a condition on the members of an array.
	block struct {
		list  *list
		quant ir.Quantifier
		body  node
		// members are the names that the body, or the bodies that were joined into it, has for a member. They are filled in when
		// the list gets its field.
		members []*field
		// Where the members have become rows, found is 1 for events with a member that satisfies the body, failed for those with
		// one that does not, and some for those with any.
		found, failed, some string
	}
)

func (*conj) node()  {}
func (*disj) node()  {}
func (*neg) node()   {}
func (*truth) node() {}
func (*test) node()  {}
func (*block) node() {}

// list is where the members of a block are.
type list struct {
	key    string // equal for equal lists of one scope
	field  string // the field that automatic extraction fills with them; "" when they have to be read
	path   string // the path of spath in the record, when they are read by it
	x      expr   // or the expression that gives them
	text   expr   // or the expression of the text that holds them as JSON
	name   string // what to call the field they are read into
	quoted bool   // the members are written as JSON
}

// blocks calls visit for the blocks of a condition that belong to its own scope.
func blocks(n node, visit func(*block)) {
	switch n := n.(type) {
	case *conj:
		for _, x := range n.x {
			blocks(x, visit)
		}
	case *disj:
		for _, x := range n.x {
			blocks(x, visit)
		}
	case *neg:
		blocks(n.x, visit)
	case *block:
		visit(n)
	}
}

// outer reports whether there are blocks inside the block, so that mvfilter cannot judge its members: it knows one field
// only (D: mvfilter).
func (b *block) outer() bool {
	found := false
	blocks(b.body, func(*block) { found = true })
	return found
}

func hasOuter(n node) bool {
	found := false
	blocks(n, func(b *block) { found = found || b.outer() })
	return found
}

// strict reports whether the condition is false for a member that is null.
func strict(n node) bool {
	switch n := n.(type) {
	case *conj:
		for _, x := range n.x {
			if strict(x) {
				return true
			}
		}
		return false
	case *disj:
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
	case *block:
		return n.quant == ir.Any || n.quant == ir.All
	default:
		return false
	}
}
