package splunk

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Of the aggregates of streamstats only sums are used here: its percentiles are estimates, and where they are not, their
// rank is another (D: limits.conf, perc_digest_type and perc_method).

// measure is a sum over the window, with the items of its last time and before them.
type measure struct {
	name        string
	now, before expr
}

// sums adds up weights over the rows so far.
func (w *sweep) sums(names []string, weights ...string) []measure {
	var out []measure
	r := &running{by: w.by()}
	for i, weight := range weights {
		name := w.unique(names[i])
		r.aggs = append(r.aggs, agg{"sum", weight, name})
		out = append(out, measure{name, ref(name), &binary{"-", ref(name), ref(weight)}})
	}
	w.add(r)
	return out
}

// condition adds the commands for the number and returns what asks it of the window with the items of its last time, and
// before them.
func (w *sweep) condition() (now, before expr) {
	switch w.rule.Kind {
	case ir.EventCount, ir.ValueCount:
		return w.counted()
	case ir.ValueSum, ir.ValueAvg:
		return w.calculated()
	case ir.ValueMedian:
		return w.ranked(50)
	case ir.ValuePercentile:
		return w.ranked(w.rule.Percentile)
	default:
		panic(fmt.Sprintf("splunk: no case for %s", w.rule.Kind))
	}
}

// counted asks for a number of events or values. A window without any satisfies nothing.
func (w *sweep) counted() (now, before expr) {
	name := w.rule.Kind.String()
	b := w.rule.Baseline
	if b == nil {
		n := w.sums([]string{name}, w.weights[0])[0]
		w.number = n.name
		held := thresholds(w.rule.Thresholds, n.before)
		if w.holds(0) {
			held = append(held, is(n.before, ">", zero))
		}
		return all(thresholds(w.rule.Thresholds, n.now)...), all(held...)
	}
	weight, past := w.weights[0], w.unique("past_"+w.weights[0])
	inPast := fn("match", ref(w.edge), &pattern{"base_"})
	w.add(&eval{[]assign{{past, fn("if", inPast, ref(weight), zero)}, {weight, fn("if", inPast, zero, ref(weight))}}})
	m := w.sums([]string{name, "past_" + name}, weight, past)
	w.number = m[0].name
	percent, of := scaled(b.Percent)
	asks := func(n expr) expr { // n > past/periods * (100+percent)/100, in whole numbers
		more := is(&binary{"*", n, whole(100 * of * b.Periods)}, ">", &binary{"*", m[1].now, whole(100*of + percent)})
		return all(append(thresholds(w.rule.Thresholds, n), more)...)
	}
	return asks(m[0].now), asks(m[0].before)
}

// digits is how many digits behind the point a sum is taken for exact with.
const digits = 9

// calculated asks for a sum or an average. Sums of fractions are rounded where they are asked, so that what additions have
// rounded off does not count.
func (w *sweep) calculated() (now, before expr) {
	items, amount := w.weights[0], w.weights[1]
	n := w.sums([]string{"numbers"}, items)[0]
	earlier, total := w.unique("earlier_sum"), w.unique("value_sum")
	sum := expr(&binary{"+", fn("coalesce", ref(earlier), zero), ref(amount)})
	was := fn("coalesce", ref(earlier), zero)
	if w.fractions() {
		sum, was = fn("round", sum, whole(digits)), fn("round", was, whole(digits))
	}
	w.add(
		&running{exclusive: true, aggs: []agg{{"sum", amount, earlier}}, by: w.by()},
		&eval{[]assign{{total, sum}, {earlier, was}}},
	)
	w.number = total
	if w.rule.Kind == ir.ValueAvg {
		mean, meanWas := w.unique("value_avg"), w.unique("earlier_avg")
		divided := func(x string, by expr) expr { return fn("if", is(by, ">", zero), &binary{"/", ref(x), by}, zero) }
		w.add(&eval{[]assign{{mean, divided(total, n.now)}, {meanWas, divided(earlier, n.before)}}})
		w.number, total, earlier = mean, mean, meanWas
	}
	held := append([]expr{is(n.before, ">", zero)}, thresholds(w.rule.Thresholds, ref(earlier))...)
	return all(thresholds(w.rule.Thresholds, ref(total))...), all(held...)
}

// fractions reports whether the values need not be whole numbers.
func (s *stage) fractions() bool {
	return slices.ContainsFunc(origins(s.bound, s.rule.Values[0], s.bound.Values[0]), func(o origin) bool { return !o.whole() })
}

func (o origin) whole() bool { t := o.ref.Node.Type; return t == schema.Int || t == schema.Long }

// A percentile is asked by counting: the value of rank r is at least t when fewer than r values are below t, and above t
// when fewer than r values are up to t. The rank of p percent of n values is p*n/100, rounded up, and 1 at least.

// needsBelow and needsUpTo report which count a threshold needs.
func needsBelow(t ir.Threshold) bool { return t.Op != ir.Gt && t.Op != ir.Lte }
func needsUpTo(t ir.Threshold) bool  { return t.Op != ir.Gte && t.Op != ir.Lt }

// ranks gives the values the fields whose sums are these counts, in the order of the thresholds.
func (s *stage) ranks() []string {
	e := &eval{}
	var out []string
	add := func(name, op string, t ir.Threshold) {
		name = s.unique(name)
		out = append(out, name)
		e.assign = append(e.assign, assign{name, fn("if", is(ref(s.values[0]), op, &numeral{string(t.Number)}), one, zero)})
	}
	for _, t := range s.rule.Thresholds {
		if needsBelow(t) {
			add("below", "<", t)
		}
		if needsUpTo(t) {
			add("up_to", "<=", t)
		}
	}
	s.add(e)
	return out
}

func (w *sweep) ranked(p float64) (now, before expr) {
	names := []string{"numbers"}
	for _, weight := range w.weights[1:] {
		names = append(names, "total_"+weight)
	}
	m := w.sums(names, w.weights...)
	var counts, earlier []expr
	for _, c := range m[1:] {
		counts, earlier = append(counts, c.now), append(earlier, c.before)
	}
	held := w.percentile(p, m[0].before, earlier)
	return all(w.percentile(p, m[0].now, counts)...), all(append([]expr{is(m[0].before, ">", zero)}, held...)...)
}

// percentile asks the thresholds of a percentile of so many items, by the counts of [stage.ranks].
func (s *stage) percentile(p float64, items expr, counts []expr) []expr {
	percent, of := scaled(p)
	exceeds := func(count expr) expr { // the rank is greater than the count
		share := is(&binary{"*", items, whole(percent)}, ">", &binary{"*", count, whole(100 * of)})
		return &or{[]expr{is(count, "=", zero), share}}
	}
	count := func(needed bool) (above expr) {
		if needed {
			above = exceeds(counts[0])
			counts = counts[1:]
		}
		return above
	}
	var out []expr
	for _, t := range s.rule.Thresholds {
		atLeast, above := count(needsBelow(t)), count(needsUpTo(t))
		out = append(out, rank(t, atLeast, above))
	}
	return out
}

// rank writes a threshold of a percentile, when it is known how to ask whether the percentile is at least, or above, the
// number.
func rank(t ir.Threshold, atLeast, above expr) expr {
	switch {
	case t.Op == ir.Gte:
		return atLeast
	case t.Op == ir.Lt:
		return &not{atLeast}
	case t.Op == ir.Gt:
		return above
	case t.Op == ir.Lte:
		return &not{above}
	case t.Not:
		return &not{all(atLeast, &not{above})}
	default:
		return all(atLeast, &not{above})
	}
}

func whole(n int) expr { return &numeral{strconv.Itoa(n)} }

// scaled writes a decimal number as a quotient of whole ones.
func scaled(f float64) (n, by int) {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	_, fraction, _ := strings.Cut(text, ".")
	by = int(math.Pow10(len(fraction)))
	return int(math.Round(f * float64(by))), by
}
