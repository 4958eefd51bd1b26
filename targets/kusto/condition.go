package kusto

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// condition turns the meaning of a rule, or of the body of an array block, into nodes.
func (b *builder) condition(e ir.Expr, s scope) node {
	switch e := e.(type) {
	case *ir.And:
		out := b.ands.New(and{b.nodes.Take(len(e.X))})
		for i, x := range e.X {
			out.x[i] = b.condition(x, s)
		}
		return out
	case *ir.Or:
		return b.join(b.alternatives(e.X, s))
	case *ir.Not:
		return b.nots.New(not{b.condition(e.X, s)})
	case *ir.Const:
		return &truth{e.Value}
	case *ir.Each:
		return b.block(e, s)
	case *ir.Null: // no value at all: not (some member is a value)
		return b.nots.New(not{b.leaf(e, e.Field, s)})
	case *ir.Exists: // an array exists whatever its members are
		return b.members(b.ref(e.Field, s), s, true, b.present)
	case *ir.Listed: // with a list that the target keeps; the values of others are in the condition
		return b.leaf(e, e.Field, s)
	case *ir.Like, *ir.Compare, *ir.Regex, *ir.CIDR, *ir.SameAs, *ir.Within:
		f, _ := ir.FieldsOf(e)
		return b.leaf(e, f, s)
	default:
		panic(fmt.Sprintf("kusto: no case for %T", e))
	}
}

// leaf tests what a field leads to. Where its path crosses arrays, or ends at one, some member must pass. Where that is
// one value it is kept for the next test: the values of a list share their field.
func (b *builder) leaf(e ir.Expr, f *ir.Field, s scope) node {
	if last := &b.last; last.field == f && last.scope == s {
		b.touched = b.touched || last.touched
		return b.test(last.value, e, s)
	}
	ref := b.ref(f, s)
	if crosses(ref) || ref.Node.Array {
		return b.members(ref, s, false, func(v *value) node { return b.test(v, e, s) })
	}
	touched := b.touched
	b.touched = false
	b.last = reached{field: f, scope: s, value: b.value(ref, s)}
	b.last.touched = b.touched
	b.touched = b.touched || touched
	return b.test(b.last.value, e, s)
}

// ref returns what a field means, and notes that the condition tests it: in the row, as what is inside an array is seen in
// the array.
func (b *builder) ref(f *ir.Field, s scope) target.Ref {
	ref := b.bound.Ref(f)
	if b.noting && s.member == "" {
		b.note(ref)
	}
	return ref
}

// note notes a field, once where it is one of the first.
func (b *builder) note(ref target.Ref) {
	for i := range b.noted[:min(len(b.noted), fields)] {
		if n := &b.noted[i]; n.Column == ref.Column && n.Canonical == ref.Canonical {
			return
		}
	}
	b.noted = append(b.noted, ref)
}

// reached is the value that a field has led to.
type reached struct {
	field   *ir.Field
	scope   scope
	value   *value
	touched bool // see [builder.touched]
}

// test tests one value.
func (b *builder) test(v *value, e ir.Expr, s scope) node {
	switch e := e.(type) {
	case *ir.Null:
		return b.present(v)
	case *ir.Like:
		return b.like(v, e)
	case *ir.Compare:
		return b.compare(v, e)
	case *ir.Regex:
		return b.regex(v, e)
	case *ir.CIDR:
		return b.network(v, e)
	case *ir.Listed:
		return b.inWatchlist(v, e)
	case *ir.Within:
		return b.within(v, e.Schedule)
	case *ir.SameAs:
		return b.members(b.ref(e.Other, s), s, false, func(w *value) node { return b.same(v, w, e) })
	default:
		panic(fmt.Sprintf("kusto: no case for %T", e))
	}
}

// crosses reports whether the path to a value leads through arrays.
func crosses(ref target.Ref) bool {
	for i, st := range ref.Steps {
		if st.Kind == schema.Members || opensText(ref, i) {
			return true
		}
	}
	return false
}

// members follows the steps of a reference and opens a block for every array on the way. An array at the end is opened as
// well, unless it is asked for as a whole.
func (b *builder) members(ref target.Ref, s scope, whole bool, compare func(*value) node) node {
	for i, st := range ref.Steps {
		if st.Kind != schema.Members && !opensText(ref, i) {
			continue
		}
		head := target.Ref{Column: ref.Column, Steps: ref.Steps[:i], Node: &schema.Column{}, Canonical: ref.Canonical}
		arr := b.array(head, s, memberOf(ref, i), st.JSON, st.Kind == schema.Members)
		rest := ref
		rest.Column, rest.Steps = nil, ref.Steps[i:]
		if st.Kind == schema.Members {
			rest.Steps = ref.Steps[i+1:]
		} else {
			first := st
			first.JSON = false
			rest.Steps = append([]schema.Step{first}, ref.Steps[i+1:]...)
		}
		return &each{array: arr, quant: anyOf, body: b.members(rest, scope{arr.member}, whole, compare)}
	}
	if ref.Node.Array && !whole {
		arr := b.array(ref, s, memberName(lastName(ref)), ref.Node.JSON, true)
		leaf := target.Ref{Node: ref.Node.Element(), Canonical: "."}
		return &each{array: arr, quant: anyOf, body: compare(b.value(leaf, scope{arr.member}))}
	}
	return compare(b.value(ref, s))
}

// opensText reports whether the step goes below a text whose JSON may be an object or an array of them: the schema
// does not say which, so members are looked at one by one as the meaning demands.
func opensText(ref target.Ref, i int) bool {
	return ref.Steps[i].Kind == schema.Member && ref.Steps[i].JSON && ref.Node.Open
}

// memberOf names a member of the array that step i ranges over.
func memberOf(ref target.Ref, i int) string {
	for j := i - 1; j >= 0; j-- {
		if ref.Steps[j].Kind == schema.Member {
			return memberName(ref.Steps[j].Name)
		}
	}
	if ref.Column != nil {
		return memberName(ref.Column.Name)
	}
	return "Item"
}

func lastName(ref target.Ref) string {
	for i := len(ref.Steps) - 1; i >= 0; i-- {
		if ref.Steps[i].Kind == schema.Member {
			return ref.Steps[i].Name
		}
	}
	if ref.Column != nil {
		return ref.Column.Name
	}
	return ref.Node.Name
}

// array returns the array that a reference leads to. known says that the schema is sure of an array; where it is not,
// a single value is put into one.
func (b *builder) array(ref target.Ref, s scope, member string, json, known bool) array {
	v := b.value(ref, s)
	raw := v.raw
	if s.member != "" && member == s.member {
		member += "Item"
	}
	a := array{member: member}
	switch {
	case json:
		raw = call("parse_json", textOf(v, ref))
		if known {
			a.x, a.key = raw, key(raw)
			return a
		}
		return b.packed(a, raw, ref)
	case known:
		a.x, a.key = raw, key(raw)
		return a
	default:
		return b.packed(a, raw, ref)
	}
}

// packed is an array of a value that may be one: a single value becomes an array of it. extend gives the value a name,
// because it is needed more than once.
func (b *builder) packed(a array, raw kql.Expr, ref target.Ref) array {
	a.source, a.key, a.temp = raw, key(raw), b.unique(columnName(lastName(ref)))
	t := name(a.temp)
	a.x = call("iff", isArray(t), t, call("pack_array", t))
	return a
}

func isArray(x kql.Expr) kql.Expr { return binary(call("gettype", x), "==", str("array")) }

// textOf is the text that parse_json reads: a column of type string as it is, anything else through tostring.
func textOf(v *value, ref target.Ref) kql.Expr {
	if ref.Column != nil && len(ref.Steps) == 0 && ref.Column.Type == schema.String {
		return v.raw
	}
	return call("tostring", v.raw)
}

func key(x kql.Expr) string {
	q := kql.Query{Source: &kql.Table{Name: "T"}, Ops: []kql.Operator{&kql.Where{X: x}}}
	return q.String()
}

// block turns an array block into a node. A path that crosses arrays speaks of the members of all of them, which "some
// member" can say for every quantifier.
func (b *builder) block(e *ir.Each, s scope) node {
	ref := b.ref(e.Field, s)
	if !crosses(ref) {
		arr := b.blockArray(ref, s)
		return &each{array: arr, quant: quantifierOf(e.Quant), body: b.condition(e.Body, scope{arr.member})}
	}
	some := func(body func(scope) node) node {
		return b.members(ref, s, true, func(v *value) node {
			arr := b.valueArray(v, ref)
			return &each{array: arr, quant: anyOf, body: body(scope{arr.member})}
		})
	}
	hit := func(s scope) node { return b.condition(e.Body, s) }
	miss := func(s scope) node { return &not{b.condition(e.Body, s)} }
	switch e.Quant {
	case ir.Any:
		return some(hit)
	case ir.None:
		return &not{some(hit)}
	case ir.AllOrEmpty:
		return &not{some(miss)}
	default:
		return &and{[]node{some(func(scope) node { return &truth{true} }), &not{some(miss)}}}
	}
}

func (b *builder) blockArray(ref target.Ref, s scope) array {
	node := ref.Node
	return b.array(ref, s, memberName(lastName(ref)), node.JSON, node.Array)
}

// valueArray is blockArray for a value that has been reached through other arrays.
func (b *builder) valueArray(v *value, ref target.Ref) array {
	raw := v.raw
	if ref.Node.JSON {
		raw = call("parse_json", call("tostring", raw))
	}
	a := array{member: memberName(lastName(ref))}
	if ref.Node.Array {
		a.x, a.key = raw, key(raw)
		return a
	}
	return b.packed(a, raw, ref)
}

func quantifierOf(q ir.Quantifier) quantifier {
	return [...]quantifier{ir.Any: anyOf, ir.All: allOf, ir.AllOrEmpty: allOrEmpty, ir.None: noneOf}[q]
}
