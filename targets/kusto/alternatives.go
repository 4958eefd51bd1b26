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
	out := b.nodes.Take(len(x))[:0]
	var open *test // the one before, if others can join it
	var of *ir.Field
	for i, e := range x {
		like, ok := e.(*ir.Like)
		if ok && open != nil && like.Field == of {
			if literal, op := b.literal(b.last.value, like.Pattern); op == open.listing.op {
				b.addTo(open, literal, len(x)-i)
				continue
			}
		}
		n := b.condition(e, s)
		open = nil
		if asksEmptyAgain(out, n) {
			continue
		}
		out = append(out, n)
		if t, single := n.(*test); ok && single && t.listing != nil {
			open, of = t, like.Field
		}
	}
	b.write(out)
	return out
}

// asksEmptyAgain reports whether the condition is that a text is empty, and one before it is the same: that a field is null and
// that it is an empty text are one question to a column of texts.
func asksEmptyAgain(before []node, n node) bool {
	name := emptyName(n)
	return name != "" && slices.ContainsFunc(before, func(other node) bool { return emptyName(other) == name })
}

// emptyName is the column that a condition asks to be empty; "" of others.
func emptyName(n node) string {
	asks := "isempty"
	if denied, ok := n.(*not); ok {
		n, asks = denied.x, "isnotempty"
	}
	t, ok := n.(*test)
	if !ok || t.x == nil {
		return ""
	}
	if call, ok := t.x.(*kql.Call); ok && call.Func == asks {
		if name, ok := call.Args[0].(*kql.Name); ok {
			return name.Name
		}
	}
	return ""
}

// addTo adds a literal to a test, which is to be written when it has all. So many are still to come, at most.
func (b *builder) addTo(t *test, literal kql.Expr, more int) {
	if l := t.listing; t.x != nil {
		t.x, l.literals = nil, append(b.exprs.Take(len(l.literals) + more)[:0], l.literals...)
	}
	t.listing.literals = append(t.listing.literals, literal)
}

// write writes the tests that have got more literals.
func (b *builder) write(x []node) {
	for _, n := range x {
		if t, ok := n.(*test); ok && t.x == nil {
			t.x = b.listed(t.listing)
		}
	}
}

// The operators of lists that are functions. coalesce returns the first text that is not empty.
const (
	filled     = "coalesce"
	anyNetwork = "_is_in_any_range" // after the family
)

// listed is the test that a value is one of several literals.
func (b *builder) listed(l *listing) kql.Expr {
	switch {
	case l.op == filled:
		return b.call("isnotempty", b.call(filled, l.literals...))
	case len(l.literals) == 1 && (l.op == "in" || l.op == "in~"):
		return b.binary(l.value, pick(l.op == "in", "==", "=~"), l.literals[0])
	case strings.HasSuffix(l.op, anyNetwork):
		return call(l.op, append([]kql.Expr{l.value}, l.literals...)...)
	default:
		return b.ins.New(kql.In{Op: l.op, X: l.value, List: l.literals})
	}
}

// join puts equal tests of one value into a list, tests that one of several texts is not empty into one test, and blocks
// over one array that some member must satisfy into one block: "some member is a or some member is b" is "some member is
// a or b".
func (b *builder) join(in []node) node {
	if !joins(in) {
		return b.joined(in)
	}
	type key struct{ op, subject string }
	out := b.nodes.Take(len(in))[:0]
	lists := map[key]*test{}
	blocks := map[string]*each{}
	bodies := map[*each][]node{} // that hold of some member
	for _, n := range in {
		switch n := n.(type) {
		case *test:
			if n.listing == nil {
				break
			}
			k := key{n.listing.op, n.listing.subject}
			if first, ok := lists[k]; ok {
				first.listing.add(n.listing.literals)
				first.computed, first.x = first.computed || n.computed, nil
				continue
			}
			t, l := b.tests.New(*n), b.listings.New(*n.listing)
			t.listing, l.literals = l, append(b.exprs.Take(len(l.literals) + len(in))[:0], l.literals...)
			lists[k] = t
			out = append(out, t)
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
			out = append(out, &e)
			continue
		}
		out = append(out, n)
	}
	for _, n := range out {
		if e, ok := n.(*each); ok && len(bodies[e]) > 1 {
			e.body = b.join(flat(bodies[e]))
		}
	}
	b.write(out)
	return b.joined(out)
}

// few is how many literals a list has at most for which it is asked whether it has one of them already.
const few = 32

// add adds literals that the list does not have.
func (l *listing) add(literals []kql.Expr) {
	for _, x := range literals {
		if len(l.literals) > few || !slices.ContainsFunc(l.literals, func(y kql.Expr) bool { return sameLiteral(x, y) }) {
			l.literals = append(l.literals, x)
		}
	}
}

func sameLiteral(x, y kql.Expr) bool {
	switch x := x.(type) {
	case *kql.Number:
		y, ok := y.(*kql.Number)
		return ok && x.Text == y.Text
	case *kql.String:
		y, ok := y.(*kql.String)
		return ok && x.Value == y.Value
	}
	return false
}

// joined is what has been joined, and no longer an alternative when it is one.
func (b *builder) joined(x []node) node {
	if b.short {
		x = shorter(x)
	}
	if len(x) == 1 {
		return x[0]
	}
	return b.ors.New(or{x})
}

// joins reports whether some alternatives become one: there are two of a kind. Of many it is not asked, as it takes longer
// than to join them.
func joins(x []node) bool {
	var seen [8]node
	n := 0
	for _, x := range x {
		if !joinable(x) {
			continue
		}
		if n == len(seen) || slices.ContainsFunc(seen[:n], func(other node) bool { return alike(x, other) }) {
			return true
		}
		seen[n] = x
		n++
	}
	return false
}

// joinable reports whether a condition may become one with another.
func joinable(n node) bool {
	switch n := n.(type) {
	case *test:
		return n.listing != nil
	case *each:
		return n.quant == anyOf
	default:
		return false
	}
}

// alike reports whether two such conditions become one.
func alike(a, b node) bool {
	switch a := a.(type) {
	case *test:
		b, ok := b.(*test)
		return ok && a.listing.op == b.listing.op && a.listing.subject == b.listing.subject
	case *each:
		b, ok := b.(*each)
		return ok && a.array.key == b.array.key
	default:
		return false
	}
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
