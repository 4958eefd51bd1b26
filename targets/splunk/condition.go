package splunk

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// condition turns the meaning of a rule, or of the body of a block, into nodes. Several conditions are patterns of which one
// field must fit one, see [builder.patterns].
func (b *builder) condition(s scope, x ...ir.Expr) node {
	if t := b.constant(x[0]); t != nil {
		return t
	}
	switch e := x[0].(type) {
	case *ir.And:
		out := b.conjs.New(conj{b.nodes.Take(len(e.X))[:0]})
		for i := range e.X {
			if n := b.condition(s, e.X[i:i+1]...); !holdsAlways(n) {
				out.x = append(out.x, n)
			}
		}
		return out
	case *ir.Or:
		out := b.disjs.New(disj{b.nodes.Take(len(e.X))[:0]})
		for rest := e.X; len(rest) > 0; {
			n := b.patterns(rest)
			out.x = append(out.x, b.condition(s, rest[:n]...))
			rest = rest[n:]
		}
		return join(out)
	case *ir.Not:
		return b.negs.New(neg{b.condition(s, e.X)})
	case *ir.Const:
		return &truth{e.Value}
	case *ir.Each:
		return b.block(e, s)
	case *ir.Null: // no value at all
		return b.negs.New(neg{b.some(e.Field, s, x)})
	case *ir.Keyword:
		if b.data.XML {
			return keywordInXML(e.Pattern)
		}
		return b.keyword(e.Pattern)
	case *ir.Like:
		if p := b.look(e.Field).place; p != nil && p.InXML() { // anything else is refused
			if p.Unnamed {
				return unnamed(p.Field, e.Pattern)
			}
			return inner(p.Field, e.Pattern)
		}
		return b.some(e.Field, s, x)
	case *ir.Exists, *ir.Compare, *ir.Regex, *ir.CIDR, *ir.Within, *ir.SameAs:
		f, _ := ir.FieldsOf(e)
		return b.some(f, s, x)
	case *ir.Listed: // with a list that is kept as a lookup; the values of others are in the condition
		return b.some(e.Field, s, x)
	default:
		panic(fmt.Sprintf("splunk: no case for %T", e))
	}
}

// patterns is how many of the first conditions compare one field with patterns, so that one test asks them all; 1 where
// the first does something else.
func (b *builder) patterns(x []ir.Expr) int {
	first, ok := x[0].(*ir.Like)
	if !ok || b.constant(first) != nil {
		return 1
	}
	if at := b.look(first.Field); at.place != nil && at.place.InXML() || at.ref.Node.Type == schema.Real {
		return 1
	}
	n := 1
	for ; n < len(x); n++ {
		if like, ok := x[n].(*ir.Like); !ok || like.Field != first.Field {
			break
		}
	}
	return n
}

// constant is what a condition says of a field that has the same value in all records of the form; nil when it has not.
func (b *builder) constant(e ir.Expr) *truth {
	f, other := ir.FieldsOf(e)
	if f == nil || other != nil {
		return nil
	}
	at := b.look(f)
	if at.place == nil || at.place.Const == "" || len(at.ref.Steps) > 0 {
		return nil
	}
	return &truth{ir.Eval(e, ir.Event{f.Name: at.place.Const})}
}

// holdsAlways reports whether a condition holds for every record.
func holdsAlways(n node) bool {
	t, ok := n.(*truth)
	return ok && t.value
}

// written are the patterns of conditions on one field, in the words of the form where it has its own for the values.
func (b *builder) written(v *value, x []ir.Expr) []glob {
	words := b.words(x[0].(*ir.Like).Field)
	out := b.globs.Take(len(x))
	for i, e := range x {
		p := e.(*ir.Like).Pattern
		if len(words) > 0 && comparesText(e) {
			p = inWords(words, p)
		}
		out[i] = v.globOf(p)
	}
	return out
}

// words are what the form writes instead of the words of a field, where they are its own.
func (b *builder) words(f *ir.Field) map[string]string {
	at := b.look(f)
	if at.place != nil && len(at.ref.Steps) == 0 {
		return at.place.Words
	}
	below, _ := b.data.Below(at.ref.Canonical)
	return below.Words
}

// test makes a test of a value. Several conditions are patterns of which it must fit one.
func (b *builder) test(v *value, s scope, x []ir.Expr) *test {
	switch e := x[0].(type) {
	case *ir.Exists, *ir.Null:
		return present(v)
	case *ir.Like:
		globs := b.written(v, x)
		if shape, literal := globs[0].Shape(); shape == ir.Exact && v.typ == schema.Real && isNumber(literal) { // 0.50 in the record is 0.5
			return compare(v, &ir.Compare{Op: ir.Eq, Number: ir.Number(literal)})
		}
		return b.like(v, globs)
	case *ir.Compare:
		return compare(v, e)
	case *ir.Regex:
		return b.regex(v, e)
	case *ir.CIDR:
		return network(v, e.Prefix)
	case *ir.Listed:
		return b.looked(v, e)
	case *ir.Within:
		return b.inHours(v, e.Schedule)
	case *ir.SameAs: // refused where one of them is a list
		other := b.look(e.Other).ref
		return b.same(v, valueOf(b.data, other, hops(b.data, other, s.node), s), e)
	default:
		panic(fmt.Sprintf("splunk: no case for %T", e))
	}
}

// some tests what a field leads to. Where its path crosses arrays, or ends at one, some member must pass.
func (b *builder) some(f *ir.Field, s scope, x []ir.Expr) node {
	ref := b.look(f).ref
	if v := b.known(f); v != nil && s.isEvent() {
		return b.test(v, s, x)
	}
	h := hops(b.data, ref, s.node)
	objects := false
	if isArray(b.data, ref) {
		h = append(h, hop{kind: each})
		objects = len(ref.Node.Members) > 0 || ref.Node.Open
		ref.Node, ref.Column = ref.Node.Element(), nil
	}
	if listEnd(h) == 0 {
		return b.test(b.single(f, ref, h, s), s, x)
	}
	return b.within(h, s, objects, func(h []hop, inner scope) node {
		ref := ref
		if !inner.isEvent() {
			ref.Column = nil
		}
		return b.test(valueOf(b.data, ref, h, inner), s, x)
	})
}

// known is the value of a field of the event that has been looked at before; nil when there is none.
func (b *builder) known(f *ir.Field) *value {
	if at := b.look(f); at.place != nil && len(at.ref.Steps) == 0 {
		return at.place.value
	}
	return b.scalars[f]
}

// single is the one value of a field; of the event, it is found for all conditions on the field.
func (b *builder) single(f *ir.Field, ref target.Ref, h []hop, s scope) *value {
	if !s.isEvent() {
		ref.Column = nil
	}
	v := valueOf(b.data, ref, h, s)
	if s.isEvent() {
		if b.scalars == nil {
			b.scalars = map[*ir.Field]*value{}
		}
		b.scalars[f] = v
	}
	return v
}

// within opens a block for each list on a way and calls leaf with what remains of the way. Objects says that the members
// at its end are objects.
func (b *builder) within(h []hop, s scope, objects bool, leaf func([]hop, scope) node) node {
	n := listEnd(h)
	if n == 0 {
		return leaf(h, s)
	}
	members := objects // what the members of this list are: texts, if they are decoded next
	if n < len(h) {
		members = h[n].kind != decode
	}
	blk := &block{list: b.list(h[:n], s, members), quant: ir.Any}
	blk.body = b.within(h[n:], b.enter(blk, s), objects, leaf)
	return blk
}

// listEnd returns how much of a way its first list can hold, 0 when there is no list on it. Arrays in arrays are one list,
// and so is what is below them.
func listEnd(h []hop) int {
	first := slices.IndexFunc(h, func(h hop) bool { return h.kind.lists() })
	if first < 0 || h[first].kind == decode {
		return first + 1
	}
	last, end := first+1, first+1
	for ; end < len(h) && (h[end].kind == key || h[end].kind == each); end++ {
		if h[end].kind == each {
			last = end + 1
		}
	}
	if end < len(h) && h[end].kind != decode { // a position is read from the member
		return last
	}
	return end
}

// list returns the list at the end of a way.
func (b *builder) list(h []hop, s scope, objects bool) *list {
	l := &list{key: fmt.Sprint(s.key, h), name: memberName(lastKey(h))}
	switch last := h[len(h)-1]; {
	case last.kind == decode:
		h = h[:len(h)-1]
		l.quoted = true
		l.text = valueOf(b.data, target.Ref{Node: &schema.Column{Type: schema.String}}, h, s).x
		if last.unknown {
			l.text = jsonOf(h, s).read()
		}
	case !s.isEvent() || hasPosition(h):
		l.x = jsonOf(h, s).list()
	case objects:
		l.path = extracted(h)
	default:
		l.field = extracted(h)
	}
	return l
}

// enter returns the scope inside a block.
func (b *builder) enter(blk *block, s scope) scope {
	member := &field{}
	blk.members = append(blk.members, member)
	return scope{member: member, quoted: blk.list.quoted, extracted: blk.list.field, key: blk.list.key + "/"}
}

// block turns an array block into a node.
func (b *builder) block(e *ir.Each, s scope) node {
	ref := b.look(e.Field).ref
	h := hops(b.data, ref, s.node)
	quant, body := e.Quant, e.Body
	// "Some member of some member" is some member of all of them, which one list can hold.
	for isArray(b.data, ref) && (quant == ir.Any || quant == ir.None) {
		inner, ok := body.(*ir.Each)
		if !ok || inner.Quant != ir.Any || inner.Field.IsElement() {
			break
		}
		next := b.look(inner.Field).ref
		h = append(append(h, hop{kind: each}), hops(b.data, next, ref.Node.Element())...)
		ref, body = next, inner.Body
	}
	element := ref.Node.Element()
	objects := len(element.Members) > 0 || element.Open
	inside := func(_ []hop, s scope) node { s.node = element; return b.condition(s, body) }
	switch {
	case isText(b.data, ref):
		h = append(h, hop{kind: decode})
	case ref.Node.Array:
		h = append(h, hop{kind: each})
	case isObject(b.data, ref) && listEnd(h) == 0: // an array of one
		blk := &block{list: &list{key: fmt.Sprint(s.key, h), x: jsonOf(h, s).read(), name: memberName(lastKey(h))}, quant: quant}
		blk.body = inside(nil, b.enter(blk, s))
		return blk
	case !isObject(b.data, ref): // whatever it is: the text of one value is read like a text that holds JSON
		h = append(h, hop{kind: decode, unknown: element.Open})
	}
	if blk, ok := b.within(h, s, objects, inside).(*block); ok && listEnd(h) == len(h) {
		blk.quant = quant
		return blk
	}
	// The members of lists in lists: "some" can say it for every quantifier.
	missed := func(_ []hop, s scope) node { s.node = element; return &neg{b.condition(s, body)} }
	there := func([]hop, scope) node { return &truth{true} }
	switch quant {
	case ir.Any:
		return b.within(h, s, objects, inside)
	case ir.None:
		return &neg{b.within(h, s, objects, inside)}
	case ir.AllOrEmpty:
		return &neg{b.within(h, s, objects, missed)}
	default:
		return &conj{[]node{b.within(h, s, objects, there), &neg{b.within(h, s, objects, missed)}}}
	}
}

// isArray reports whether the record has an array there.
func isArray(d *forms.Data, ref target.Ref) bool {
	if ref.Column != nil && d.Field(ref.Column).Unnamed { // a text that holds them as XML
		return false
	}
	return ref.Node.Array && !isText(d, ref)
}

// join makes one block of alternatives over the same array: "some member is a or some member is b" is "some member is a
// or b".
func join(in *disj) node {
	if !slices.ContainsFunc(in.x, isBlock) { // as most are
		if len(in.x) == 1 {
			return in.x[0]
		}
		return in
	}
	out := &disj{}
	first := map[string]*block{}
	bodies := map[*block][]node{} // of the blocks that become one; they are joined once, for there can be many
	for _, n := range in.x {
		blk, ok := n.(*block)
		if !ok || blk.quant != ir.Any {
			out.x = append(out.x, n)
			continue
		}
		known, ok := first[blk.list.key]
		if !ok {
			first[blk.list.key] = blk
			bodies[blk] = alternatives(blk.body)
			out.x = append(out.x, blk)
			continue
		}
		bodies[known] = append(bodies[known], alternatives(blk.body)...)
		known.members = append(known.members, blk.members...)
	}
	for blk, x := range bodies {
		if len(x) > 1 {
			blk.body = join(&disj{x})
		}
	}
	if len(out.x) == 1 {
		return out.x[0]
	}
	return out
}

func isBlock(n node) bool {
	_, ok := n.(*block)
	return ok
}

func alternatives(n node) []node {
	if d, ok := n.(*disj); ok {
		return slices.Clone(d.x)
	}
	return []node{n}
}
