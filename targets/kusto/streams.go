package kusto

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// part is members whose events come from one stream: rules over one log that call the fields of the correlation alike,
// or one inner correlation.
type part struct {
	members []int
	log     *schema.Log // nil for an inner correlation
	key     string
}

func parts(bound *target.BoundCorrelation) []*part {
	var parts []*part
	for i, rule := range bound.Rules {
		p := &part{key: fmt.Sprint("inner ", i)}
		if rule != nil {
			p.log, p.key = rule.Log, rule.Log.Name
			for _, refs := range slices.Concat(bound.GroupBy, bound.Values) {
				p.key += " " + refs[i].Canonical
			}
		}
		j := slices.IndexFunc(parts, func(q *part) bool { return q.key == p.key })
		if j < 0 {
			j = len(parts)
			parts = append(parts, p)
		}
		parts[j].members = append(parts[j].members, i)
	}
	return parts
}

// NeedsUnion reports whether the events of the correlation come from several streams, which a platform without union
// cannot search together.
func NeedsUnion(bound *target.BoundCorrelation) bool {
	all := parts(bound)
	return len(all) > 1 || all[0].log != nil && all[0].log.Parts != nil || slices.ContainsFunc(bound.Inner, needsUnion)
}

func needsUnion(inner *target.BoundCorrelation) bool { return inner != nil && NeedsUnion(inner) }

// MeansAllSignIns reports whether the events would come from one table if the rules did not mean several together.
func MeansAllSignIns(bound *target.BoundCorrelation) bool {
	return len(parts(bound)) == 1 && !slices.ContainsFunc(bound.Inner, needsUnion)
}

// events is the stream of all events that some member matches: their time, the fields of the correlation, and of a
// temporal one which members they match. An event that lacks one of the fields is left out.
func (c *correlator) events() *kql.Query {
	all := parts(c.bound)
	if len(all) == 1 {
		return c.stream(all[0], nil)
	}
	union := &kql.Union{}
	for _, p := range all {
		var same []*part // over the same log, or one that has the other: an event may be in both
		for _, o := range all {
			if o != p && o.log != nil && p.log != nil && (o.log == p.log || o.log.Has(p.log) || p.log.Has(o.log)) {
				same = append(same, o)
			}
		}
		union.Queries = append(union.Queries, c.stream(p, same))
	}
	return &kql.Query{Source: union}
}

func (c *correlator) stream(p *part, same []*part) *kql.Query {
	if p.log == nil {
		return c.inner(p.members[0])
	}
	s := &streamer{c: c, b: c.builder(c.bound.Rules[p.members[0]]), part: p, flags: map[int]kql.Expr{}}
	for _, h := range c.hits {
		s.b.taken[h] = 0
	}
	s.filter()
	s.spread()
	s.twice(same)
	s.project()
	if c.since != nil { // read from the stored record, before anything changes the row
		return s.b.query(c.run.arrived(s.b.log)...)
	}
	return s.b.query()
}

// streamer writes one stream.
type streamer struct {
	c     *correlator
	b     *builder
	part  *part
	flags map[int]kql.Expr // which members an event matches, of those that not all events do

	columns map[string]kql.Expr // of the fields of the correlation that can have several values, what the row has
}

// filter keeps the events of the members, and flags those of each where that matters.
func (s *streamer) filter() {
	members := s.part.members
	if len(members) == 1 {
		s.b.bound = s.c.bound.Rules[members[0]]
		s.b.filter(ir.Simplify(s.b.bound.Expr))
		return
	}
	s.b.touched = false
	conditions := s.conditions(members)
	any := &or{x: conditions}
	stored := stage(any) <= onColumns && !s.b.touched
	if stored {
		s.b.early = s.b.where(s.b.early, []node{s.b.join(conditions)})
	} else {
		s.prefilter(members)
		s.b.addColumns()
		s.b.blocks([]node{any})
	}
	if s.c.temporal() {
		for i, m := range members {
			s.flags[m] = s.b.coalesceFalse(conditions[i])
		}
	}
	switch {
	case stored:
	case s.c.temporal(): // name the conditions, which are asked for again
		extend, where := &kql.Extend{}, &kql.Or{}
		for _, m := range members {
			extend.Columns = append(extend.Columns, kql.Assign{Name: s.c.hits[m], X: s.flags[m]})
			s.flags[m] = name(s.c.hits[m])
			where.X = append(where.X, s.flags[m])
		}
		s.b.ops = append(s.b.ops, extend, &kql.Where{X: where})
	default:
		s.b.ops = s.b.where(s.b.ops, []node{any})
	}
}

// conditions are those of members.
func (s *streamer) conditions(members []int) []node {
	var out []node
	for _, m := range members {
		s.b.bound = s.c.bound.Rules[m]
		out = append(out, s.b.condition(ir.Simplify(s.b.bound.Expr), scope{}))
	}
	return out
}

// prefilter drops what the stored columns alone rule out for every member, before anything is computed.
func (s *streamer) prefilter(members []int) {
	var first []node
	for _, m := range members {
		stored := s.storedOnly(s.c.bound.Rules[m])
		if stored == nil {
			return
		}
		first = append(first, stored)
	}
	s.b.early = s.b.where(s.b.early, []node{s.b.join(first)})
}

// storedOnly is what of the condition of a rule needs stored columns only: nil when nothing does.
func (s *streamer) storedOnly(bound *target.Bound) node {
	probe := s.c.builder(bound) // its columns are not wanted
	out := &and{}
	for _, c := range ir.Conjuncts(ir.Simplify(bound.Expr)) {
		probe.touched = false
		if n := probe.condition(c, scope{}); stage(n) <= onColumns && !probe.touched {
			out.x = append(out.x, n)
		}
	}
	switch len(out.x) {
	case 0:
		return nil
	case 1:
		return out.x[0]
	default:
		return out
	}
}

// coalesceFalse writes a condition whose value is kept, so that null must become false.
func (b *builder) coalesceFalse(n node) kql.Expr {
	nullable := false
	walk(n, func(n node) {
		if t, ok := n.(*test); ok {
			nullable = nullable || t.nullable
		}
	})
	return b.expr(n, nullable)
}

// text is the text of a field of the row.
func (s *streamer) text(ref target.Ref) kql.Expr { return s.b.text(s.b.value(ref, scope{})) }

// project ends the stream. Rows without one of the fields go.
func (s *streamer) project() {
	first := s.part.members[0]
	s.b.touched = false
	show := []kql.Assign{{X: name(timeColumn)}}
	add := func(x kql.Expr, as string) { show = append(show, column(x, as)) }
	var filled, numbers []kql.Expr
	convert := s.c.conversion()
	for k, f := range s.c.fields() {
		switch isValue := k >= len(s.c.groups); {
		case isValue && convert != "":
			add(call(convert, s.plain(f.column, f.refs[first])), f.column)
			numbers = append(numbers, call("isnotnull", name(f.column)))
		case isValue && slices.Contains(s.c.groups, f.column):
		default:
			x := s.field(f.column, f.refs[first])
			add(x, f.column)
			if !several(f.refs[first]) { // whose rows have a value
				filled = append(filled, call("isnotempty", x))
			}
		}
	}
	s.b.addColumns()
	if len(filled) > 0 {
		s.b.narrow(filled...)
	}
	show = append(show, s.c.tags(s.part.members, s.flags)...)
	s.b.ops = append(s.b.ops, &kql.Project{Columns: show})
	if len(numbers) > 0 {
		s.b.ops = append(s.b.ops, &kql.Where{X: single(&kql.And{X: numbers})})
	}
}

// plain is a whole number as it is stored, and the text of all else.
func (s *streamer) plain(column string, ref target.Ref) kql.Expr {
	if v := s.b.value(ref, scope{}); v.stored && wholeNumber(ref) && !several(ref) {
		return v.raw
	}
	return s.field(column, ref)
}

func wholeNumber(ref target.Ref) bool {
	return ref.Node != nil && (ref.Node.Type == schema.Int || ref.Node.Type == schema.Long)
}

// tags are the columns that close a stream: which members its events match, and whether they are new. A union fills with
// nulls what a stream lacks.
func (c *correlator) tags(members []int, flags map[int]kql.Expr) []kql.Assign {
	var out []kql.Assign
	for m, hit := range c.hits {
		if x := flags[m]; x != nil {
			out = append(out, column(x, hit))
		} else if slices.Contains(members, m) {
			out = append(out, column(&kql.Bool{Value: true}, hit))
		}
	}
	if c.since != nil {
		out = append(out, kql.Assign{X: name(newColumn)})
	}
	return out
}

// column names an expression, unless that is its name already.
func column(x kql.Expr, as string) kql.Assign {
	if n, ok := x.(*kql.Name); ok && n.Name == as {
		return kql.Assign{X: x}
	}
	return kql.Assign{Name: as, X: x}
}

// narrow narrows the rows further, where nothing but a condition came before as early as that one.
func (b *builder) narrow(x ...kql.Expr) {
	if len(b.ops) == 0 && !b.touched {
		b.early = narrow(b.early, x...)
		return
	}
	b.ops = narrow(b.ops, x...)
}

// narrow narrows the rows further: in the same where, if that came last.
func narrow(ops []kql.Operator, x ...kql.Expr) []kql.Operator {
	if len(ops) > 0 {
		if last, ok := ops[len(ops)-1].(*kql.Where); ok {
			if have, ok := last.X.(*kql.And); ok {
				x = slices.Concat(have.X, x)
			} else {
				x = append([]kql.Expr{last.X}, x...)
			}
			ops = ops[:len(ops)-1]
		}
	}
	return append(ops, &kql.Where{X: single(&kql.And{X: x})})
}

// single unwraps a conjunction or disjunction of one.
func single(x kql.Expr) kql.Expr {
	switch x := x.(type) {
	case *kql.And:
		if len(x.X) == 1 {
			return x.X[0]
		}
	case *kql.Or:
		if len(x.X) == 1 {
			return x.X[0]
		}
	}
	return x
}

// inner is the stream of the times when another correlation fires, which is written once.
func (c *correlator) inner(member int) *kql.Query {
	rule := c.rule.Members[member].Correlation
	in := c.script.inner[rule]
	if in == nil {
		in = newCorrelator(c.script, c.bound.Inner[member])
		in.prefix = memberColumn(c.rule.Members[member])
		c.script.inner[rule] = in
		in.rows = c.let(in.prefix, in.firings(), false)
	}
	p := &kql.Project{Columns: []kql.Assign{{X: name(timeColumn)}}}
	show := func(key ir.GroupKey, as, convert string) {
		i := slices.IndexFunc(rule.GroupBy, func(g ir.GroupKey) bool { return g.Name == key.Fields[member].Name })
		x := name(in.groups[i])
		if convert != "" {
			x = call(convert, x)
		}
		p.Columns = append(p.Columns, column(x, as))
	}
	for k, key := range c.rule.GroupBy {
		show(key, c.groups[k], "")
	}
	var numbers []kql.Expr
	for k, key := range c.rule.Values {
		if c.conversion() != "" || !slices.Contains(c.groups, c.values[k]) {
			show(key, c.values[k], c.conversion())
		}
		if c.conversion() != "" {
			numbers = append(numbers, call("isnotnull", name(c.values[k])))
		}
	}
	p.Columns = append(p.Columns, c.tags([]int{member}, nil)...)
	q := &kql.Query{Source: in.rows, Ops: []kql.Operator{p}}
	if len(numbers) > 0 {
		q.Ops = append(q.Ops, &kql.Where{X: single(&kql.And{X: numbers})})
	}
	return q
}
