package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// blocks adds the mv-apply operators for the array blocks of the conditions.
func (b *builder) blocks(conjuncts []node) {
	b.ops = append(b.ops, b.apply(conjuncts, true)...)
}

// apply returns the operators that give every array block in the conditions, which all must hold, its columns. hitsOnly
// says that nobody asks how many rows there are: a row for which a condition fails may then be dropped.
func (b *builder) apply(conjuncts []node, hitsOnly bool) []kql.Operator {
	type group struct {
		array  array
		blocks []*each
		keep   bool // rows whose array is empty must stay
	}
	var groups []*group
	for _, c := range conjuncts {
		for _, e := range eaches(c) {
			i := slices.IndexFunc(groups, func(g *group) bool { return g.array.key == e.array.key })
			if i < 0 {
				i = len(groups)
				groups = append(groups, &group{array: e.array})
			}
			g := groups[i]
			g.blocks = append(g.blocks, e)
			direct := c == node(e) && (e.quant == anyOf || e.quant == allOf)
			g.keep = g.keep || !direct || !hitsOnly
		}
	}
	var ops []kql.Operator
	for _, g := range groups {
		if g.array.source != nil {
			ops = append(ops, &kql.Extend{Columns: []kql.Assign{{Name: g.array.temp, X: g.array.source}}})
		}
		ops = append(ops, b.mvApply(g.array, g.blocks, g.keep))
	}
	return ops
}

// mvApply counts, for each block over one array, the members that satisfy it. Kusto drops a row whose array is empty;
// where the row must stay, the array is given a null, which no count takes for a member.
func (b *builder) mvApply(a array, blocks []*each, keep bool) *kql.MvApply {
	x := a.x
	if none := (&kql.Dynamic{JSON: "[null]"}); keep && a.source != nil {
		t := name(a.temp)
		x = call("case", hasMembers(t), t, isArray(t), none, call("pack_array", t))
	} else if keep {
		x = call("iff", hasMembers(x), x, none)
	}
	inner := &kql.Query{}
	var bodies []node
	hitsOnly := true
	for _, e := range blocks {
		bodies = append(bodies, e.body)
		hitsOnly = hitsOnly && (e.quant == anyOf || e.quant == noneOf)
	}
	// A row that must stay is lost with the last of its members, too.
	inner.Ops = b.inner(bodies, hitsOnly && !keep)
	sum := &kql.Summarize{}
	counted := map[string]string{}
	count := func(prefix string, of kql.Expr) string { // what two blocks ask is counted once
		k := key(of)
		if _, ok := counted[k]; !ok {
			counted[k] = b.unique(prefix)
			sum.Aggs = append(sum.Aggs, kql.Assign{Name: counted[k], X: call("countif", of)})
		}
		return counted[k]
	}
	for _, e := range blocks {
		e.hits = count(a.member+"Matches", b.expr(member(e.body, a.member), false))
		if e.quant == allOf || e.quant == allOrEmpty {
			e.total = count(a.member+"Count", call("isnotnull", name(a.member)))
		}
	}
	inner.Ops = append(inner.Ops, sum)
	return &kql.MvApply{Columns: []kql.MvColumn{{Name: a.member, X: x}}, Query: inner}
}

func hasMembers(x kql.Expr) kql.Expr { return binary(call("array_length", x), ">", number(0)) }

// inner returns the operators for blocks inside blocks. Only when there is one body do its conditions all have to hold.
func (b *builder) inner(bodies []node, hitsOnly bool) []kql.Operator {
	if len(bodies) != 1 {
		return b.apply(bodies, false)
	}
	conjuncts := bodies
	if a, ok := bodies[0].(*and); ok {
		conjuncts = a.x
	}
	return b.apply(conjuncts, hitsOnly)
}

// member is the body of a block such that a null is no member.
func member(body node, name string) node {
	there := &test{x: call("isnotnull", &kql.Name{Name: name})}
	if t, ok := body.(*truth); ok && t.value {
		return there
	}
	if strict(body) {
		return body
	}
	return &and{[]node{there, body}}
}
