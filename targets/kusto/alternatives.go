package kusto

import (
	"github.com/sigc-rules/sigc/compiler/kql"
)

// join puts equal tests of one value into a list, tests that one of several texts is not empty into one test (coalesce
// returns the first text that is not empty), and blocks over one array that some member must satisfy into one
// block: "some member is a or some member is b" is "some member is a or b".
func (b *builder) join(in *or) node {
	if !b.short && !joins(in.x) {
		if len(in.x) == 1 {
			return in.x[0]
		}
		return in
	}
	out := &or{}
	lists := map[string]*test{}
	var filled *test // the tests that some text is not empty
	blocks := map[string]*each{}
	bodies := map[*each][]node{} // that hold of some member
	for _, n := range in.x {
		switch n := n.(type) {
		case *test:
			if n.filled != nil {
				if filled != nil {
					filled.filled = append(filled.filled, n.filled...)
					filled.x = call("isnotempty", call("coalesce", filled.filled...))
					filled.computed = filled.computed || n.computed
					continue
				}
				t := *n
				t.filled = append([]kql.Expr(nil), n.filled...)
				filled = &t
				out.x = append(out.x, filled)
				continue
			}
			if n.list == "" {
				out.x = append(out.x, n)
				continue
			}
			k := n.list + " " + n.subject
			if first, ok := lists[k]; ok {
				first.literals = append(first.literals, n.literals...)
				continue
			}
			t := *n
			t.literals = append([]kql.Expr(nil), n.literals...)
			lists[k] = &t
			out.x = append(out.x, &t)
		case *each:
			k := n.array.key
			if n.quant != anyOf {
				out.x = append(out.x, n)
				continue
			}
			if first, ok := blocks[k]; ok {
				bodies[first] = append(bodies[first], n.body)
				continue
			}
			e := *n
			blocks[k] = &e
			bodies[&e] = []node{n.body}
			out.x = append(out.x, &e)
		default:
			out.x = append(out.x, n)
		}
	}
	for _, n := range out.x {
		switch n := n.(type) {
		case *test:
			if len(n.literals) > 1 {
				n.x = n.listed()
			}
		case *each:
			if all := bodies[n]; len(all) > 1 {
				n.body = b.join(&or{x: flat(all)})
			}
		}
	}
	if b.short {
		out.x = shorter(out.x)
	}
	if len(out.x) == 1 {
		return out.x[0]
	}
	return out
}

// joins reports whether some alternatives may become one: there are two of a kind.
func joins(x []node) bool {
	lists, filled, blocks := 0, 0, 0
	for _, n := range x {
		switch n := n.(type) {
		case *test:
			switch {
			case n.filled != nil:
				filled++
			case n.list != "":
				lists++
			}
		case *each:
			blocks++
		}
	}
	return lists > 1 || filled > 1 || blocks > 1
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
