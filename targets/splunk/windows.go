package splunk

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// A window ends at the time of an item and holds the items of its group that are no older than the timespan. A group fires
// when the window satisfies the condition and would not without the items of that time. All ways to ask that are exact:
//
//   - "so many events": the times of the last so many rows tell (byRows);
//   - which rules have hit, and in which order: their last times are carried from row to row (temporal, ordered);
//   - anything else: counts that go up when an item comes into the window and down when it leaves (sweep.go).
//
// The option time_window of streamstats is used for none of them: it does not say whether an event of exactly that age is
// in the window, and it ends after 10,000 events of all groups together (D: limits.conf, max_stream_window).
//
// Fixed windows are another question: see bins.go.

// maxWindow is how many rows a window of streamstats can have (D: limits.conf, max_stream_window).
const maxWindow = 10000

// atLeast returns the number of events that the thresholds ask for, if they ask for no more than a least number.
func atLeast(rule *ir.Correlation) (int, bool) {
	n := 1.0
	for _, t := range rule.Thresholds {
		switch t.Op {
		case ir.Gte:
			n = math.Max(n, math.Ceil(t.Number.Float()))
		case ir.Gt:
			n = math.Max(n, math.Floor(t.Number.Float())+1)
		default:
			return 0, false
		}
	}
	return int(n), n < maxWindow
}

// countable reports whether the rows themselves tell when the correlation fires.
func (s *stage) countable() bool {
	_, ok := atLeast(s.rule)
	return ok && s.rule.Kind == ir.EventCount && s.rule.Baseline == nil
}

// byRows asks for n events: the n-th last row must be in the window and the one before it must not, which is so for one
// row of a time at most, whatever their order.
func (s *stage) byRows() {
	n, _ := atLeast(s.rule)
	order := []sortKey{{field: "_time"}}
	if s.scheduled { // the first row of a time must know of all that are new
		order = append(order, sortKey{s.fresh, true})
	}
	s.add(&sorted{order})
	rows := func(window int, count, first string) expr {
		s.add(&running{window: window, aggs: []agg{{"count", "", count}, {"min", "_time", first}}, by: s.by()})
		return all(is(ref(count), "=", &numeral{strconv.Itoa(window)}), is(ref(first), ">=", s.windowStart()))
	}
	var fires []expr
	start := ref("_time")
	if n > 1 {
		first := s.unique("first_time")
		start = ref(first)
		fires = append(fires, rows(n, s.unique("event_count"), first))
	}
	fires = append(fires, &not{rows(n+1, s.unique("more_events"), s.unique("earlier_time"))})
	s.finish(all(fires...), start, "")
}

// temporal carries along when each rule has hit last, with the items of a time and before them.
func (s *stage) temporal() {
	at, now, before := s.times()
	carry := &running{exclusive: true, by: s.by()}
	last := &eval{}
	for i := range at {
		carry.aggs = append(carry.aggs, agg{"max", at[i], before[i]})
		last.assign = append(last.assign, assign{now[i], fn("coalesce", ref(at[i]), ref(before[i]))})
	}
	s.add(carry, last)
	var started []expr
	for _, n := range now {
		started = append(started, fn("if", s.inWindow(ref(n)), ref(n), ref("_time")))
	}
	start := started[0]
	if len(started) > 1 {
		start = fn("min", started...)
	}
	held := s.present(s.inWindows(before))
	if s.holdsForNone() { // a window without an item satisfies nothing
		held = all(anyOf(s.inWindows(before)), held)
	}
	s.finish(s.once(s.present(s.inWindows(now)), &not{held}), start, "")
}

// once is the condition, of one row of a time only.
func (s *stage) once(x ...expr) expr {
	if s.first != "" {
		x = append([]expr{set(s.first)}, x...)
	}
	return all(x...)
}

// times gives each member a field for the time of an item that it matches, one row for each time, and names the fields
// for the last such time with the items of the row and before them.
func (s *stage) times() (at, now, before []string) {
	e := &eval{}
	var aggs []agg
	for i, m := range s.rule.Members {
		of := called(m.Meta())
		at, now, before = append(at, s.unique("time_"+of)), append(now, s.unique("last_"+of)), append(before, s.unique("before_"+of))
		x := ref("_time")
		if h := s.hit(i); h != always {
			x = fn("if", h, x, fn("null"))
		}
		e.assign = append(e.assign, assign{at[i], x})
		aggs = append(aggs, agg{"max", at[i], at[i]})
	}
	s.add(e)
	s.first = s.together(append([]string{"_time"}, s.by()...), append(aggs, s.newest()...), sortKey{field: "_time"})
	return at, now, before
}

// inWindows tests of each of the times whether it lies in the window.
func (s *stage) inWindows(times []string) []expr {
	var out []expr
	for _, t := range times {
		out = append(out, s.inWindow(ref(t)))
	}
	return out
}

// present writes the condition about which members have hit.
func (s *stage) present(hit []expr) expr {
	if s.rule.Presence != nil {
		return presence(s.rule.Presence, hit)
	}
	if s.demandsAll() {
		return all(hit...)
	}
	var sum expr
	for _, x := range hit {
		n := fn("if", x, one, zero)
		if sum == nil {
			sum = n
		} else {
			sum = &binary{"+", sum, n}
		}
	}
	return all(thresholds(s.rule.Thresholds, sum)...)
}

func presence(p ir.Presence, hit []expr) expr {
	list := func(x []ir.Presence) []expr {
		var out []expr
		for _, p := range x {
			out = append(out, presence(p, hit))
		}
		return out
	}
	switch p := p.(type) {
	case *ir.Hit:
		return hit[p.Member]
	case *ir.AllOf:
		return all(list(p.X)...)
	case *ir.OneOf:
		return anyOf(list(p.X))
	case *ir.Absent:
		return &not{presence(p.X, hit)}
	default:
		panic(fmt.Sprintf("splunk: no case for %T", p))
	}
}

// demandsAll reports whether the thresholds hold when all members have hit, and only then.
func (s *stage) demandsAll() bool {
	n := len(s.rule.Members)
	for i := range n {
		if s.holds(float64(i)) {
			return false
		}
	}
	return s.holds(float64(n))
}

func (s *stage) holds(n float64) bool {
	return !slices.ContainsFunc(s.rule.Thresholds, func(t ir.Threshold) bool { return !t.Holds(n) })
}

// holdsForNone reports whether the condition holds when no member has hit.
func (s *stage) holdsForNone() bool {
	if s.rule.Presence == nil {
		return s.holds(0)
	}
	return absent(s.rule.Presence)
}

// absent reports whether a condition holds when no member has hit.
func absent(p ir.Presence) bool {
	switch p := p.(type) {
	case *ir.Hit:
		return false
	case *ir.AllOf:
		return !slices.ContainsFunc(p.X, func(p ir.Presence) bool { return !absent(p) })
	case *ir.OneOf:
		return slices.ContainsFunc(p.X, absent)
	case *ir.Absent:
		return !absent(p.X)
	default:
		panic(fmt.Sprintf("splunk: no case for %T", p))
	}
}

// thresholds writes the relations of a number that is never null.
func thresholds(t []ir.Threshold, x expr) []expr {
	var out []expr
	for _, th := range t {
		op := compareOps[th.Op]
		if th.Not {
			op = "!="
		}
		out = append(out, is(x, op, &numeral{string(th.Number)}))
	}
	return out
}

// ordered carries along how late the first rules can have begun to hit in their order: when a rule hits, that is what it
// was for the rules before it. There is a command for each rule, because none can use what it gave the row before.
func (s *stage) ordered() {
	at, now, before := s.times()
	last := len(at) - 1
	for i := range at {
		if i > 0 {
			began := fn("if", fn("isnotnull", ref(at[i])), ref(now[i-1]), fn("null"))
			s.add(&eval{[]assign{{at[i], began}}})
		}
		if i < last {
			s.add(&running{aggs: []agg{{"max", at[i], now[i]}}, by: s.by()})
		}
	}
	s.add(
		&running{exclusive: true, aggs: []agg{{"max", at[last], before[last]}}, by: s.by()},
		&eval{[]assign{{now[last], fn("coalesce", ref(at[last]), ref(before[last]))}}},
	)
	s.finish(s.once(s.inWindow(ref(now[last])), &not{s.inWindow(ref(before[last]))}), ref(now[last]), "")
}

// finish keeps the rows at which the correlation fires, or flags them for the correlations that come later.
func (s *stage) finish(fires, start expr, number string) {
	isNew := expr(nil)
	if s.scheduled {
		newest := s.unique("newest")
		s.add(&running{aggs: []agg{{"max", s.fresh, newest}}, by: s.by()})
		isNew = is(ref(newest), ">=", s.windowStart())
	}
	if !s.last {
		e := &eval{[]assign{{s.fires, fn("if", all(set(s.belongs), fires), one, zero)}}}
		if isNew != nil {
			s.fresh = s.unique(newColumn)
			e.assign = append(e.assign, assign{s.fresh, fn("if", isNew, ref("_time"), zero)})
		}
		s.add(e)
		return
	}
	if isNew != nil {
		fires = all(fires, isNew)
	}
	s.add(&where{fires})
	s.start, s.number = start, number
}

// result ends the search with a row for each time that the correlation fires.
func (s *stage) result() *Query {
	fields := append([]string{"_time", startColumn}, s.groups...)
	if s.number != "" {
		fields = append(fields, s.number)
	}
	s.add(&eval{[]assign{{startColumn, fn("strftime", s.start, str("%Y-%m-%dT%H:%M:%S%z"))}}}, &table{fields})
	q := &query{commands: s.out}
	if s.bound.Bins {
		q.comment = s.bound.Fixed()
	}
	out := &Query{Fields: fields, About: s.groups}
	out.set(q)
	return out
}
