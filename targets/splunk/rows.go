package splunk

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// filter adds the commands that keep the rows for which all conditions hold. last says that the rows of one event are
// made one again by whoever called.
func (b *builder) filter(conditions []node, last bool) {
	now, later := conditions, []node(nil)
	if slices.ContainsFunc(conditions, hasOuter) {
		now = nil
		for _, c := range conditions {
			if hasOuter(c) {
				later = append(later, c)
			} else {
				now = append(now, c)
			}
		}
	}
	b.read(now)
	b.where(now)
	for i, c := range later {
		if blk, ok := c.(*block); ok && blk.outer() && blk.quant == ir.Any {
			b.keep(blk, last && i == len(later)-1)
			continue
		}
		b.read([]node{c})
		b.judge(c)
		b.where([]node{c})
	}
}

func (b *builder) where(conditions []node) {
	x := b.exprs.Take(len(conditions))[:0]
	for _, c := range conditions {
		if t, ok := c.(*truth); ok && t.value {
			continue
		}
		x = append(x, b.boolean(c))
	}
	if len(x) > 0 {
		b.add(b.wheres.New(where{all(x...)}))
	}
}

// read gives the lists of blocks that mvfilter can judge their fields, and looks up what tests ask, in lookups and on clocks. Equal lists share one.
func (b *builder) read(conditions []node) {
	b.lookUp(conditions)
	b.lookAt(conditions)
	var names map[string]string
	for _, c := range conditions {
		blocks(c, func(blk *block) {
			if blk.outer() {
				return
			}
			name, ok := names[blk.list.key]
			if !ok {
				name = b.fill(blk.list)
				if names == nil {
					names = map[string]string{}
				}
				names[blk.list.key] = name
			}
			blk.call(name)
		})
	}
}

func (b *block) call(name string) {
	for _, m := range b.members {
		m.name = name
	}
}

// fill adds the commands that read a list into a field of its own and returns the name of the field.
func (b *builder) fill(l *list) string {
	if l.field != "" {
		return l.field
	}
	name := b.unique(l.name)
	switch {
	case l.path != "":
		b.add(&spath{l.path, name})
	case l.text != nil:
		b.add(&eval{[]assign{{name, l.text}, {name, decoded(name)}}})
	default:
		b.add(&eval{[]assign{{name, l.x}}})
	}
	return name
}

// decoded turns the text in a field into the values it holds as JSON, each written as JSON: the members of an array, the
// one other value, or the text itself when it is no JSON. So it becomes the text of an array first; case and
// json_array_to_mv give nothing where there is nothing (D). Whether it is JSON is asked of an array around it, because two
// values with a comma between are none.
func decoded(name string) expr {
	t := ref(name)
	members := func(x expr) expr { return fn("json_array_to_mv", x, fn("true")) }
	one := &binary{".", &binary{".", str("["), t}, str("]")}
	return members(fn("case",
		is(fn("mvcount", members(one)), "=", &numeral{"1"}), fn("if", fn("match", t, &pattern{`^\s*[[]`}), t, one),
		fn("isnotnull", t), fn("json_array", t),
	))
}

// keep drops the events that have no member for which the block's body holds.
func (b *builder) keep(blk *block, last bool) {
	name := b.expand(blk)
	if !last {
		no := b.unique("event_no")
		b.add(&number{no})
		defer func() { b.add(&dedup{no}) }()
	}
	b.add(&mvexpand{name})
	body := []node{blk.body}
	if c, ok := blk.body.(*conj); ok {
		body = c.x
	}
	if !strict(blk.body) { // a row without a member is none
		b.add(&where{member(name)})
	}
	b.filter(body, true)
}

// expand gives a list whose members will be rows a field of its own.
func (b *builder) expand(blk *block) string {
	name := b.fill(blk.list)
	if blk.list.field != "" { // the field itself stays as it is
		name = b.unique(blk.list.name)
		b.add(&eval{[]assign{{name, ref(blk.list.field)}}})
	}
	blk.call(name)
	return name
}

// member tests that a field holds a member, and not a null or the mark of an empty list.
func member(name string) expr {
	return &not{fn("in", fn("coalesce", ref(name), str(noMember)), str("null"), str(noMember))}
}

// noMember stands for the members of an array that has none, so that its event keeps a row. It is no JSON.
const noMember = "(no member)"

// judge finds out for every block that has blocks inside it what its members say, and leaves the events as they are.
func (b *builder) judge(c node) {
	blocks(c, func(blk *block) {
		if !blk.outer() {
			return
		}
		name := b.expand(blk)
		no := b.unique("event_no")
		b.add(&eval{[]assign{{name, fn("coalesce", ref(name), str(noMember))}}}, &number{no}, &mvexpand{name})
		b.read([]node{blk.body})
		b.judge(blk.body)
		g := &greatest{by: no}
		e := &eval{}
		flag := func(what string, x expr) string {
			f := b.unique(name + "_" + what)
			e.assign = append(e.assign, assign{f, fn("if", x, &numeral{"1"}, &numeral{"0"})})
			g.fields = append(g.fields, f)
			return f
		}
		body := b.boolean(blk.body)
		switch blk.quant {
		case ir.Any, ir.None:
			blk.found = flag("found", all(member(name), body))
		default:
			blk.failed = flag("failed", all(member(name), negated(body)))
			if blk.quant == ir.All {
				blk.some = flag("some", member(name))
			}
		}
		b.add(e, g, &dedup{no})
	})
}
