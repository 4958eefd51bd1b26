package splunk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// sweep makes two rows of what happens at a time: one when it comes into the window, and one when it leaves it. Sums that
// go up at the first and down at the second are sums over the window, whatever its length and however many items it
// holds. They are sums of whole numbers, so that nothing is lost on the way; only those of a value_sum and value_avg need
// not be.
//
// A baseline adds the windows of the past: an item is in the k-th from k periods after its time, for a timespan.
func (s *stage) sweep() {
	w := &sweep{stage: s}
	w.weigh()
	w.edges()
	if s.rule.Kind == ir.ValueCount {
		w.distinct()
	}
	now, before := w.condition()
	if s.last {
		w.start()
	}
	s.finish(s.once(is(ref(w.edge), "=", str(comesIn)), now, &not{before}), w.began, w.number)
	if !s.last {
		s.add(&where{is(ref(w.edge), "=", str(comesIn))})
	}
}

type sweep struct {
	*stage
	edge, moment string
	weights      []string // what comes in at an edge; less than zero when it leaves
	past         string   // the same for the windows of the past
	next         string   // the time of the items that come after
	began        expr     // when the first item in the window was
	number       string   // the field to show
}

// Edges are "what after": how many seconds after the time of the item. Of those at one moment, windows of the past change
// first, then the window of the item gets it, and last it loses what has just reached the timespan and was still in it.
const (
	comesIn = "in 0"
	goesOut = "out "
	pastIn  = "base_in "
	pastOut = "base_out "
)

func secondsOf(d time.Duration) string { return strconv.FormatInt(int64(d/time.Second), 10) }

// weigh says what the items of a time add to the window: how many they are, their sum, or how many of them are below the
// thresholds of a percentile. Distinct values are told apart.
func (w *sweep) weigh() {
	by := append([]string{"_time"}, w.by()...)
	items := w.unique("items")
	aggs := []agg{{"count", "", items}}
	w.weights = []string{items}
	switch w.rule.Kind {
	case ir.ValueCount:
		by = w.withValues(by)
	case ir.ValueSum, ir.ValueAvg:
		amount := w.unique("amount")
		aggs = append(aggs, agg{"sum", w.values[0], amount})
		w.weights = append(w.weights, amount)
	case ir.ValuePercentile, ir.ValueMedian:
		for _, r := range w.ranks() {
			aggs = append(aggs, agg{"sum", r, r})
			w.weights = append(w.weights, r)
		}
	}
	aggs = append(aggs, w.newest()...)
	if !w.last {
		w.first = w.together(by, aggs, sortKey{field: "_time"})
		return
	}
	// In the order of falling times the last two rows are those of a time and of the one that comes after it.
	w.together(by, aggs, sortKey{"_time", true})
	w.next = w.unique("next_time")
	w.add(&running{window: 2, aggs: []agg{{"max", "_time", w.next}}, by: w.by()})
}

// withValues adds the values to fields.
func (s *stage) withValues(by []string) []string {
	by = slices.Clone(by)
	for _, v := range s.values {
		if !slices.Contains(by, v) {
			by = append(by, v)
		}
	}
	return by
}

// edges makes the rows at which the windows change, in order.
func (w *sweep) edges() {
	w.edge, w.moment = w.unique("edge"), w.unique("moment")
	list := []string{comesIn, w.out()}
	b := w.rule.Baseline
	if b != nil {
		for k := 1; k <= b.Periods; k++ {
			age, period := time.Duration(k)*b.Every, ""
			if w.rule.Kind == ir.ValueCount { // values are told apart within each window
				period = " " + strconv.Itoa(k)
			}
			list = append(list, pastIn+secondsOf(age)+period, pastOut+secondsOf(age+w.rule.Window)+period)
		}
	}
	x, up := fn("split", str(strings.Join(list, ",")), str(",")), is(ref(w.edge), "=", str(comesIn))
	if !w.last {
		x = fn("if", set(w.belongs), x, str(comesIn))
	}
	if b != nil {
		up = fn("match", ref(w.edge), &pattern{"in "})
	}
	after := fn("tonumber", fn("mvindex", fn("split", ref(w.edge), str(" ")), one))
	e := &eval{[]assign{{w.moment, &binary{"+", ref("_time"), after}}}}
	for _, weight := range w.weights {
		e.assign = append(e.assign, assign{weight, fn("if", up, ref(weight), &binary{"-", zero, ref(weight)})})
	}
	w.add(&eval{[]assign{{w.edge, x}}}, &mvexpand{w.edge}, e, &sorted{[]sortKey{{field: w.moment}, {field: w.edge}}})
}

func (w *sweep) out() string { return goesOut + secondsOf(w.rule.Window) }

// distinct counts values: one more when the first item with a value comes into a window, one less when the last one
// leaves it.
func (w *sweep) distinct() {
	items := w.weights[0]
	same, values := w.unique("same"), w.unique("values")
	by := w.withValues(w.by())
	e := &eval{}
	if w.rule.Baseline != nil {
		period := w.unique("period")
		w.add(&eval{[]assign{{period, fn("coalesce", fn("mvindex", fn("split", ref(w.edge), str(" ")), &numeral{"2"}), str("0"))}}})
		by = append(by, period)
	}
	e.assign = append(e.assign, assign{values, fn("case",
		all(is(ref(items), ">", zero), is(ref(same), "=", ref(items))), one,
		all(is(ref(items), "<", zero), is(ref(same), "=", zero)), &numeral{"-1"},
		fn("true"), zero,
	)})
	w.add(&running{aggs: []agg{{"sum", items, same}}, by: by}, e)
	w.weights = []string{values}
	aggs := []agg{{"sum", values, values}}
	if w.last {
		aggs = append(aggs, agg{"max", w.next, w.next})
	}
	if w.scheduled {
		aggs = append(aggs, agg{"max", w.fresh, w.fresh})
	}
	w.first = w.together(append([]string{w.moment, w.edge}, w.by()...), aggs, sortKey{field: w.moment}, sortKey{field: w.edge})
	if w.last {
		w.add(&eval{[]assign{{"_time", ref(w.moment)}}})
	}
}

// start finds the time of the first item in the window: the one after the last that has left it, or the first of all.
func (w *sweep) start() {
	left, first := w.unique("left_time"), w.unique("first_time")
	w.add(
		&eval{[]assign{{w.next, fn("if", is(ref(w.edge), "=", str(w.out())), ref(w.next), fn("null"))}}},
		&running{aggs: []agg{{"max", w.next, left}, {"min", w.moment, first}}, by: w.by()},
	)
	w.began = fn("coalesce", ref(left), ref(first))
}
