package splunk

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/target"
)

// An event that has several values in a group-by field is in each of their groups, once: its row becomes a row for each of
// them. Until then the field has them all, each once, and neither empty texts nor nulls.

// values is all texts of a field of a record that can have several.
func (b *builder) values(of target.Ref) expr {
	h := hops(b.data, of, nil)
	if isArray(b.data, of) {
		h = append(h, hop{kind: each})
	}
	name := b.fill(b.list(h, scope{}, false))
	return fn("mvdedup", fn("mvfilter", all(is(ref(name), "!=", str("")), is(ref(name), "!=", str("null")))))
}

// severalAt reports whether the records can have several values there.
func (p *platform) severalAt(o origin) bool { return inList(p.choice.Data(o.rule.Log), o.ref) }

// severalIn reports whether the records of a member can have several values in the f-th of the fields. An inner
// correlation gives one.
func (s *stage) severalIn(f, member int) bool {
	r := s.bound.Rules[member]
	return r != nil && s.severalAt(origin{r, s.ref(f, member)})
}

// spreads reports whether rows can have several values in the f-th of the fields.
func (s *stage) spreads(f int) bool {
	for i := range s.rule.Members {
		if s.severalIn(f, i) {
			return true
		}
	}
	return false
}

// spreading reports whether rows have to become several.
func (s *stage) spreading() bool {
	for f := range s.fields() {
		if s.spreads(f) {
			return true
		}
	}
	return false
}

// spread makes the rows where each row is of one part.
func (s *stage) spread() {
	s.expand()
	var computed []assign
	if !s.last && s.temporalKind() { // the flags will be those of one row of the event
		for m, flag := range s.hits {
			if flag != "" {
				s.hits[m] = s.unique("hit_" + called(s.rule.Members[m].Meta()))
				computed = append(computed, assign{s.hits[m], ref(flag)})
			}
		}
	}
	var numbers []expr
	for f, name := range s.fields() {
		if s.calculated(f) && s.spreads(f) {
			computed = append(computed, assign{name, s.converted(f, ref(name))})
			numbers = append(numbers, fn("isnotnull", ref(name)))
		}
	}
	s.assign(computed...)
	if s.last && len(numbers) > 0 {
		s.add(&where{all(numbers...)})
	}
}

// expand makes a row for each of the values, and numbers the rows of an event where later correlations need one of them.
func (s *stage) expand() {
	no := ""
	if !s.last {
		no = s.unique("event_no")
		s.add(&number{no})
	}
	s.expandFields(no)
}

// expandFields makes a row for each value of the fields that can have several. no is the number of the event, where a row
// without a value has to stay: whether mvexpand keeps it is not documented.
func (s *stage) expandFields(no string) {
	var expands []command
	before, after := &eval{}, &eval{}
	for f, name := range s.fields() {
		if s.spreads(f) {
			expands = append(expands, &mvexpand{name})
			before.assign = append(before.assign, assign{name, fn("coalesce", ref(name), str(""))})
			after.assign = append(after.assign, assign{name, fn("nullif", ref(name), str(""))})
		}
	}
	if no == "" {
		s.add(expands...)
		return
	}
	s.nth = s.unique("nth")
	s.add(before)
	s.add(expands...)
	s.add(after, &running{aggs: []agg{{"count", "", s.nth}}, by: []string{no}})
}

// explodeSpread is [stage.explode] where a part finds several values. Whether an event is one item for two parts is then
// known when its values are in rows of their own: when the other part finds the value of the row too.
func (s *stage) explodeSpread() {
	s.part = s.unique("part")
	names := &call{name: "mvappend"}
	for i, p := range s.parts {
		names.args = append(names.args, fn("if", s.matched(p), partName(i), fn("null")))
	}
	no := ""
	if s.last {
		s.add(&eval{[]assign{{s.part, names}}}, &where{fn("isnotnull", ref(s.part))})
	} else {
		no = s.unique("event_no")
		s.add(&number{no}, &eval{[]assign{{s.part, fn("coalesce", names, str(noPart))}}})
	}
	s.add(&mvexpand{s.part})
	s.assign(s.gathered(false)...)
	s.expandFields(no)
	computed := slices.Concat(s.hitsOf(func(m int) expr {
		return s.hitWhere(m, func(_, own *part) expr { return s.found(own) })
	}), s.freshness())
	for f, name := range s.fields() {
		if s.calculated(f) {
			computed = append(computed, assign{name, s.converted(f, ref(name))})
		}
	}
	if again := s.again(); len(again) > 0 { // first, while the fields are texts
		computed = append([]assign{{s.part, fn("if", anyOf(again), str(noPart), ref(s.part))}}, computed...)
	}
	s.assign(computed...)
	if s.last {
		s.add(&where{is(ref(s.part), "!=", str(noPart))})
	}
}

// again are the tests that an earlier part has made the item of a row.
func (s *stage) again() []expr {
	var out []expr
	for i, p := range s.parts {
		for _, q := range s.parts[:i] {
			if s.mergeable(p, q) {
				out = append(out, all(is(ref(s.part), "=", partName(i)), s.matched(q), s.found(q)))
			}
		}
	}
	return out
}

// found tests that a part finds what the fields of a row have.
func (s *stage) found(p *part) expr {
	var x []expr
	for f, name := range s.fields() {
		theirs := ref(p.keys[f])
		if !s.severalIn(f, p.members[0]) {
			x = append(x, is(fn("coalesce", ref(name), str("")), "=", fn("coalesce", theirs, str(""))))
			continue
		}
		count := func(x expr) expr { return fn("coalesce", fn("mvcount", x), zero) }
		x = append(x, is(count(fn("mvdedup", fn("mvappend", theirs, ref(name)))), "=", count(theirs)))
	}
	return all(x...)
}
