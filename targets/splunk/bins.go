package splunk

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// bins asks the condition of fixed windows, which begin at the multiples of the timespan; those of days begin at midnight
// where the search head is. A window is a row, with the times of its first and its last item. A saved search tells it again
// when more of its items come in: that it was full before is not known, but nothing is lost.
func (s *stage) bins() {
	at, first, last := s.unique("event_time"), s.unique("first_time"), s.unique("last_time")
	asked := s.inBin()
	s.add(&eval{[]assign{{at, ref("_time")}}}, &bin{ir.Timespan(s.rule.Window)})
	window := append([]string{"_time"}, s.groups...)
	times := func(from, until string) []agg {
		aggs := []agg{{"min", from, first}, {"max", until, last}}
		if s.scheduled {
			aggs = append(aggs, agg{"max", s.fresh, s.fresh})
		}
		return aggs
	}
	aggs := times(at, at)
	if s.combines() { // one row for each combination of values in a window, and these are counted
		s.add(&stats{aggs, s.withValues(window)})
		aggs = times(first, last)
	}
	s.add(&stats{append(aggs, asked.aggs...), window})
	holds := asked.holds()
	if s.scheduled {
		holds = append(holds, is(ref(s.fresh), ">", zero))
	}
	s.add(&where{all(holds...)}, &eval{[]assign{{"_time", ref(last)}}})
	s.start, s.number = ref(first), asked.number
}

// combines reports whether combinations of values are counted, which dc cannot.
func (s *stage) combines() bool { return s.rule.Kind == ir.ValueCount && len(s.values) > 1 }

// binned is what is asked of a fixed window: aggregates of its items, and conditions on these. holds may add commands.
type binned struct {
	aggs   []agg
	holds  func() []expr
	number string // the field to show, if any
}

// inBin says what to ask of a window. It may add commands that look at single items.
func (s *stage) inBin() binned {
	switch kind := s.rule.Kind; kind {
	case ir.Temporal:
		return s.hitsInBin()
	case ir.EventCount, ir.ValueCount:
		number := s.unique(kind.String())
		count := agg{"count", "", number}
		if kind == ir.ValueCount && !s.combines() {
			count = agg{"dc", s.values[0], number}
		}
		return binned{[]agg{count}, func() []expr { return thresholds(s.rule.Thresholds, ref(number)) }, number}
	case ir.ValueSum, ir.ValueAvg:
		return s.sumInBin()
	case ir.ValueMedian:
		return s.rankInBin(50)
	case ir.ValuePercentile:
		return s.rankInBin(s.rule.Percentile)
	default:
		panic(fmt.Sprintf("splunk: no case for %s", kind))
	}
}

// hitsInBin asks which members have hit in a window.
func (s *stage) hitsInBin() binned {
	number := s.unique("event_count")
	out := binned{aggs: []agg{{"count", "", number}}, number: number}
	var hit []expr
	for _, h := range s.hits {
		x := always
		if h != "" {
			out.aggs, x = append(out.aggs, agg{"max", h, h}), set(h)
		}
		hit = append(hit, x)
	}
	out.holds = func() []expr { return []expr{s.present(hit)} }
	return out
}

// sumInBin asks for a sum or an average, rounded as [sweep.calculated] does.
func (s *stage) sumInBin() binned {
	sum, count := s.unique("value_sum"), s.unique("event_count")
	out := binned{aggs: []agg{{"sum", s.values[0], sum}, {"count", "", count}}, number: sum}
	mean := s.rule.Kind == ir.ValueAvg
	if mean {
		out.number = s.unique("value_avg")
	}
	out.holds = func() []expr {
		e := &eval{}
		if s.fractions() {
			e.assign = append(e.assign, assign{sum, fn("round", ref(sum), whole(digits))})
		}
		if mean {
			e.assign = append(e.assign, assign{out.number, &binary{"/", ref(sum), ref(count)}})
		}
		if len(e.assign) > 0 {
			s.add(e)
		}
		return thresholds(s.rule.Thresholds, ref(out.number))
	}
	return out
}

// rankInBin asks for a percentile by counting, as Splunk's own functions estimate.
func (s *stage) rankInBin(p float64) binned {
	count := s.unique("event_count")
	out := binned{aggs: []agg{{"count", "", count}}, number: count}
	var counts []expr
	for _, r := range s.ranks() {
		out.aggs, counts = append(out.aggs, agg{"sum", r, r}), append(counts, ref(r))
	}
	out.holds = func() []expr { return s.percentile(p, ref(count), counts) }
	return out
}
