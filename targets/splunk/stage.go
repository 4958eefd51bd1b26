package splunk

import (
	"slices"
	"strconv"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// run adds the commands that find out when the correlation fires.
func (s *stage) run() {
	for _, in := range s.inner {
		if in != nil {
			in.run()
		}
	}
	s.items()
	switch {
	case s.bound.Bins:
		s.bins()
	case s.rule.Kind == ir.Temporal:
		s.temporal()
	case s.rule.Kind == ir.TemporalOrdered:
		s.ordered()
	case s.countable():
		s.byRows()
	default:
		s.sweep()
	}
}

// items makes one row of each item of the correlation and gives it its fields. An event is one item, however many rules it
// matches; each time that an inner correlation fires is another.
func (s *stage) items() {
	switch {
	case s.exploding() && s.spreading():
		s.explodeSpread()
	case s.exploding():
		s.explode()
	case s.parts[0].inner:
		s.take(s.parts[0].members[0])
	default:
		s.hits = s.matches()
		if s.spreading() {
			s.spread()
		}
	}
	switch {
	case !s.last:
		s.mark()
		if s.nth != "" {
			s.assign(s.spent(set(s.nth))...)
		}
	case !s.direct():
		s.only()
	}
}

// temporalKind reports whether the correlation is about which rules have hit.
func (s *stage) temporalKind() bool {
	return s.rule.Kind == ir.Temporal || s.rule.Kind == ir.TemporalOrdered
}

// direct reports whether the rows that the search begins with are the items.
func (s *stage) direct() bool { return !s.exploding() && !s.parts[0].inner }

// matches are the flags of the members.
func (s *stage) matches() []string {
	var out []string
	for i := range s.rule.Members {
		out = append(out, s.match(i))
	}
	return out
}

// match is the flag that says whether the event of a row matches a member; "" when every event does.
func (s *stage) match(member int) string {
	if in := s.inner[member]; in != nil {
		return in.fires
	}
	return s.correlator.rule(s.bound.Rules[member]).flag
}

// hit tests that the item of a row matches a member.
func (s *stage) hit(member int) expr {
	x := always
	if h := s.hits[member]; h != "" {
		x = set(h)
	}
	if s.last {
		return x
	}
	return all(set(s.belongs), x)
}

// matched tests that the event of a row matches a member of the part.
func (s *stage) matched(p *part) expr {
	var x []expr
	for _, m := range p.members {
		flag := s.match(m)
		if flag == "" {
			return always
		}
		x = append(x, set(flag))
	}
	return anyOf(x)
}

func anyOf(x []expr) expr {
	if len(x) == 1 {
		return x[0]
	}
	return &or{x}
}

// take lets the rows at which an inner correlation fires be the items.
func (s *stage) take(member int) {
	e := &eval{}
	for f, name := range s.fields() {
		e.assign = append(e.assign, assign{name, s.converted(f, ref(s.offered(f, member)))})
	}
	if len(e.assign) > 0 {
		s.add(e)
	}
	s.hits = s.matches()
	s.fresh = s.inner[member].fresh
}

// mentioned is what makes a row an item: a member that matches, and all fields of the correlation.
func (s *stage) mentioned() expr {
	var x []expr
	switch {
	case s.exploding():
		if !s.last {
			x = append(x, is(ref(s.part), "!=", str(noPart)))
		}
	case len(s.matchedRules()) < len(s.correlator.rules) || s.parts[0].inner:
		var members []expr
		for _, p := range s.parts {
			members = append(members, s.matched(p))
		}
		x = append(x, anyOf(members))
	}
	for _, name := range s.fields() {
		x = append(x, fn("isnotnull", ref(name)))
	}
	return all(x...)
}

// matchedRules are the rules that the correlation is about itself.
func (s *stage) matchedRules() []*ruleFlag {
	var out []*ruleFlag
	for _, r := range s.bound.Rules {
		if r == nil {
			continue
		}
		if m := s.correlator.rule(r); !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// only drops the rows that are no items.
func (s *stage) only() {
	if x := s.mentioned(); x != always {
		s.add(&where{x})
	}
}

// mark says of the rows whether they are items; the others stay for the correlations that come later. Their fields are
// empty, so that no command meets a row without one.
func (s *stage) mark() {
	e := &eval{[]assign{{s.belongs, fn("if", s.mentioned(), one, zero)}}}
	for f, name := range s.fields() {
		none := str("")
		if s.calculated(f) {
			none = zero
		}
		e.assign = append(e.assign, assign{name, fn("if", set(s.belongs), ref(name), none)})
	}
	s.add(e)
}

// by are the fields whose combinations are the groups. Rows that are no items are groups of their own.
func (s *stage) by() []string {
	if s.last {
		return s.groups
	}
	return append([]string{s.belongs}, s.groups...)
}

// noPart is the part of a row that no part wants.
const noPart = "0"

func partName(i int) expr { return str(strconv.Itoa(i + 1)) }

// explode makes a row for each part that an event is of: a rule that calls the fields otherwise puts it into another group,
// or gives it another value, and each time that an inner correlation fires is an item. Rules that find the same in it are
// in one row.
func (s *stage) explode() {
	s.part = s.unique("part")
	names, first := &call{name: "mvappend"}, &call{name: "case"}
	for i, p := range s.parts {
		x := []expr{s.matched(p)}
		for _, q := range s.parts[:i] {
			if s.mergeable(p, q) {
				x = append(x, &not{all(s.matched(q), s.alike(p, q))})
			}
		}
		names.args = append(names.args, fn("if", all(x...), partName(i), fn("null")))
		first.args = append(first.args, all(x...), partName(i))
	}
	if s.last {
		s.add(&eval{[]assign{{s.part, names}}}, &where{fn("isnotnull", ref(s.part))}, &mvexpand{s.part})
		s.assign(slices.Concat(s.gathered(true), s.hitsOf(s.hitInPart), s.freshness())...)
		return
	}
	kept := s.unique("first_part")
	first.args = append(first.args, fn("true"), str(noPart))
	s.add(&eval{[]assign{{s.part, fn("coalesce", names, str(noPart))}, {kept, first}}}, &mvexpand{s.part})
	stands := is(ref(s.part), "=", ref(kept))
	s.assign(slices.Concat(s.gathered(true), s.hitsOf(s.hitInPart), s.freshness(), s.spent(stands))...)
}

// mergeable reports whether an event can be one item for both parts.
func (s *stage) mergeable(p, q *part) bool { return !p.inner && !q.inner && s.overlap(p, q) }

// alike tests that the fields of both parts are the same, so that an event of both is one item.
func (s *stage) alike(p, q *part) expr {
	var x []expr
	for f := range s.fields() {
		x = append(x, is(fn("coalesce", ref(p.keys[f]), str("")), "=", fn("coalesce", ref(q.keys[f]), str(""))))
	}
	return all(x...)
}

// gathered gives the rows of all parts the same fields, as what they are used for if that is wanted.
func (s *stage) gathered(convert bool) []assign {
	var out []assign
	for f, name := range s.fields() {
		cases := &call{name: "case"}
		for i, p := range s.parts {
			from := ""
			if p.inner {
				from = s.offered(f, p.members[0])
			} else {
				from = p.keys[f]
			}
			cases.args = append(cases.args, is(ref(s.part), "=", partName(i)), ref(from))
		}
		x := expr(cases)
		if convert {
			x = s.converted(f, x)
		}
		out = append(out, assign{name, x})
	}
	return out
}

// hitsOf says of the rows which members they match, by the given test.
func (s *stage) hitsOf(test func(member int) expr) []assign {
	s.hits = make([]string, len(s.rule.Members))
	if !s.temporalKind() {
		return nil // which of its rules an event matches does not matter
	}
	var out []assign
	for m := range s.rule.Members {
		s.hits[m] = s.unique("hit_" + called(s.rule.Members[m].Meta()))
		out = append(out, assign{s.hits[m], fn("if", test(m), one, zero)})
	}
	return out
}

// freshness gives the rows of all parts the time of a new event.
func (s *stage) freshness() []assign {
	if !s.scheduled {
		return nil
	}
	s.fresh = s.unique(newColumn)
	cases := &call{name: "case"}
	for i, p := range s.parts {
		if p.inner {
			cases.args = append(cases.args, is(ref(s.part), "=", partName(i)), ref(s.inner[p.members[0]].fresh))
		}
	}
	return []assign{{s.fresh, fn("case", append(cases.args, fn("true"), ref(newColumn))...)}}
}

// spent leaves the flags to the rows that stand for their events in the correlations that come later.
func (s *stage) spent(stands expr) []assign {
	var out []assign
	for _, flag := range s.known() {
		out = append(out, assign{flag, fn("if", stands, ref(flag), zero)})
	}
	return out
}

// hitInPart tests that a member matches the item of a row.
func (s *stage) hitInPart(member int) expr { return s.hitWhere(member, s.alike) }

// hitWhere is [stage.hitInPart] with a test that the item of one part is that of another.
func (s *stage) hitWhere(member int, alike func(p, q *part) expr) expr {
	own := slices.IndexFunc(s.parts, func(p *part) bool { return slices.Contains(p.members, member) })
	match := always
	if flag := s.match(member); flag != "" {
		match = set(flag)
	}
	var x []expr
	for i, p := range s.parts {
		here := is(ref(s.part), "=", partName(i))
		switch {
		case i == own:
			x = append(x, all(here, match))
		case s.mergeable(p, s.parts[own]):
			x = append(x, all(here, match, alike(p, s.parts[own])))
		}
	}
	return anyOf(x)
}

// known are the flags that have been set by now.
func (s *stage) known() []string {
	var out []string
	for _, m := range s.correlator.rules {
		if m.flag != "" {
			out = append(out, m.flag)
		}
	}
	for _, before := range s.stages {
		if before == s {
			break
		}
		if before.fires != "" {
			out = append(out, before.fires)
		}
	}
	return out
}

// together makes one of the rows that are equal in some fields: it adds up, or takes the greatest, of others. Where rows
// must stay, because correlations that come later need them, the first of them gets what all add, and the others nothing;
// first is then the field that says which it is. The rows are in the given order.
func (s *stage) together(by []string, aggs []agg, order ...sortKey) (first string) {
	if s.last {
		s.add(&stats{aggs, by})
		if len(order) > 0 {
			s.add(&sorted{order})
		}
		return ""
	}
	nth, first := s.unique("nth"), s.unique("nth")
	s.add(
		&running{aggs: append(slices.Clone(aggs), agg{"count", "", nth}), by: by},
		&sorted{append(slices.Clone(order), sortKey{nth, true})},
		&running{aggs: []agg{{"count", "", first}}, by: by},
	)
	e := &eval{}
	for _, a := range aggs {
		if a.function != "max" {
			e.assign = append(e.assign, assign{a.as, fn("if", set(first), ref(a.as), zero)})
		}
	}
	if len(e.assign) > 0 {
		s.add(e)
	}
	return first
}

// newest gives the stage a field of its own for the time of a new event, which it may change, and returns the aggregate
// that keeps it.
func (s *stage) newest() []agg {
	if !s.scheduled {
		return nil
	}
	if !s.last {
		own := s.unique(newColumn)
		s.add(&eval{[]assign{{own, ref(s.fresh)}}})
		s.fresh = own
	}
	return []agg{{"max", s.fresh, s.fresh}}
}
