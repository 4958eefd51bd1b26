package kusto

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
)

// alternatives are conditions of which one must hold. Texts that follow each other, and that one field is to equal, become
// one test as they come.
func (b *builder) alternatives(x []ir.Expr, s scope) []node {
	out := make([]node, 0, len(x))
	var open *test // the one before, if others can join it
	var of *ir.Field
	for i, e := range x {
		like, ok := e.(*ir.Like)
		if ok && open != nil && like.Field == of {
			if literal, op := b.literal(&b.last.value, like.Pattern); op == open.listing.op {
				open.add(literal, len(x)-i)
				continue
			}
		}
		n := b.condition(e, s)
		out = append(out, n)
		open = nil
		if t, single := n.(*test); ok && single && t.listing != nil {
			open, of = t, like.Field
		}
	}
	write(out)
	return out
}

// add adds a literal to a test, which is to be written when it has all. So many are still to come, at most.
func (t *test) add(literal kql.Expr, more int) {
	if l := t.listing; t.x != nil {
		t.x, l.literals = nil, append(make([]kql.Expr, 0, len(l.literals)+more), l.literals...)
	}
	t.listing.literals = append(t.listing.literals, literal)
}

// write writes the tests that have got more literals.
func write(x []node) {
	for _, n := range x {
		if t, ok := n.(*test); ok && t.x == nil {
			t.x = t.listing.test()
		}
	}
}

// The operators of lists that are functions. coalesce returns the first text that is not empty.
const (
	filled     = "coalesce"
	anyNetwork = "_is_in_any_range" // after the family
)

// test is the test that the value is one of several literals.
func (l *listing) test() kql.Expr {
	switch {
	case l.op == filled:
		return call("isnotempty", call(filled, l.literals...))
	case strings.HasSuffix(l.op, anyNetwork):
		return call(l.op, append([]kql.Expr{l.value}, l.literals...)...)
	default:
		return &kql.In{Op: l.op, X: l.value, List: l.literals}
	}
}

// join puts equal tests of one value into a list, tests that one of several texts is not empty into one test, and blocks
// over one array that some member must satisfy into one block: "some member is a or some member is b" is "some member is
// a or b".
func (b *builder) join(in *or) node {
	if !joins(in.x) {
		return b.joined(in)
	}
	type key struct{ op, subject string }
	out := &or{}
	lists := map[key]*test{}
	blocks := map[string]*each{}
	bodies := map[*each][]node{} // that hold of some member
	for _, n := range in.x {
		switch n := n.(type) {
		case *test:
			if n.listing == nil {
				break
			}
			l := *n.listing
			k := key{l.op, l.subject}
			if first, ok := lists[k]; ok {
				first.listing.literals = append(first.listing.literals, l.literals...)
				first.computed, first.x = first.computed || n.computed, nil
				continue
			}
			t := *n
			t.listing, l.literals = &l, slices.Clone(l.literals)
			lists[k] = &t
			out.x = append(out.x, &t)
			continue
		case *each:
			k := n.array.key
			if n.quant != anyOf {
				break
			}
			if first, ok := blocks[k]; ok {
				bodies[first] = append(bodies[first], n.body)
				continue
			}
			e := *n
			blocks[k] = &e
			bodies[&e] = []node{n.body}
			out.x = append(out.x, &e)
			continue
		}
		out.x = append(out.x, n)
	}
	for _, n := range out.x {
		if e, ok := n.(*each); ok && len(bodies[e]) > 1 {
			e.body = b.join(&or{x: flat(bodies[e])})
		}
	}
	write(out.x)
	return b.joined(out)
}

// joined is what has been joined, and no longer an alternative when it is one.
func (b *builder) joined(o *or) node {
	if b.short {
		o = &or{shorter(o.x)}
	}
	if len(o.x) == 1 {
		return o.x[0]
	}
	return o
}

// joins reports whether some alternatives may become one: there are two of a kind.
func joins(x []node) bool {
	lists, blocks := 0, 0
	for _, n := range x {
		switch n := n.(type) {
		case *test:
			if n.listing != nil {
				lists++
			}
		case *each:
			blocks++
		}
	}
	return lists > 1 || blocks > 1
}

// flat is the alternatives of alternatives.
func flat(x []node) []node {
	var out []node
	for _, n := range x {
		if o, ok := n.(*or); ok {
			out = append(out, o.x...)
		} else {
			out = append(out, n)
		}
	}
	return out
}
