package ir

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"time"
)

// window is the events of a group that a correlation looks at together. To add or remove an event costs the same
// however many there are.
type window struct {
	c      *Correlation
	events int
	hits   []int          // by member
	values map[string]int // how often each value is in the window

	// chain[k] is the latest time at which members 0 to k-1 can have begun to hit in this order, up to now. It needs
	// no removal: what is too old shows by its age.
	chain []time.Time
}

func newWindow(c *Correlation) *window {
	return &window{c: c, hits: make([]int, len(c.Members)), values: map[string]int{}, chain: make([]time.Time, len(c.Members)+1)}
}

func (w *window) add(it *item) {
	w.count(it, 1)
	for _, m := range it.members { // ascending, so that one event can stand for a member and the next
		if m == 0 {
			w.chain[1] = it.Time
		} else if w.chain[m].After(w.chain[m+1]) {
			w.chain[m+1] = w.chain[m]
		}
	}
}

func (w *window) remove(it *item) { w.count(it, -1) }

func (w *window) count(it *item, by int) {
	w.events += by
	for _, m := range it.members {
		w.hits[m] += by
	}
	for _, v := range it.values {
		if w.values[v] += by; w.values[v] == 0 {
			delete(w.values, v)
		}
	}
}

// number is what the thresholds are about; NaN where there is nothing to speak of.
func (w *window) number() float64 {
	switch w.c.Kind {
	case EventCount:
		return float64(w.events)
	case ValueCount:
		return float64(len(w.values))
	case Temporal, TemporalOrdered:
		n := 0
		for _, h := range w.hits {
			if h > 0 {
				n++
			}
		}
		return float64(n)
	case ValueSum:
		return sum(w.numbers())
	case ValueAvg:
		all := w.numbers()
		return sum(all) / float64(len(all))
	case ValuePercentile:
		return percentile(w.numbers(), w.c.Percentile)
	case ValueMedian:
		return percentile(w.numbers(), 50)
	default:
		panic(fmt.Sprintf("ir: no case for %s", w.c.Kind))
	}
}

// numbers returns the values that are numbers, in order. They are added up anew for each window, because a running sum
// would gather the errors of its additions.
func (w *window) numbers() []float64 {
	var all []float64
	for v, n := range w.values {
		if f, err := strconv.ParseFloat(v, 64); err == nil && !math.IsNaN(f) {
			for range n {
				all = append(all, f)
			}
		}
	}
	sort.Float64s(all)
	return all
}

// sum is NaN for no numbers: a sum of nothing fires no rule.
func sum(all []float64) float64 {
	if len(all) == 0 {
		return math.NaN()
	}
	total := 0.0
	for _, f := range all {
		total += f
	}
	return total
}

// percentile is the smallest value that at least p percent of the values do not exceed (nearest rank).
func percentile(all []float64, p float64) float64 {
	if len(all) == 0 {
		return math.NaN()
	}
	rank := int(math.Ceil(p / 100 * float64(len(all))))
	return all[min(max(rank, 1), len(all))-1]
}

// satisfied reports whether the window, which ends at the given time, fulfils the condition.
func (w *window) satisfied(at time.Time, history float64) bool {
	if w.events == 0 {
		return false // a group without events does not fire, whatever holds for zero
	}
	if w.c.Presence != nil {
		if !present(w.c.Presence, w.hits) {
			return false
		}
	} else {
		n := w.number()
		for _, t := range w.c.Thresholds {
			if math.IsNaN(n) || !t.Holds(n) {
				return false
			}
		}
	}
	if w.c.Kind == TemporalOrdered && w.chain[len(w.c.Members)].Before(at.Add(-w.c.Window)) {
		return false
	}
	return w.c.Baseline == nil || w.number() > history*(1+w.c.Baseline.Percent/100)
}

func present(p Presence, hits []int) bool {
	switch p := p.(type) {
	case *Hit:
		return hits[p.Member] > 0
	case *AllOf:
		for _, x := range p.X {
			if !present(x, hits) {
				return false
			}
		}
		return true
	case *OneOf:
		for _, x := range p.X {
			if present(x, hits) {
				return true
			}
		}
		return false
	case *Absent:
		return !present(p.X, hits)
	default:
		panic(fmt.Sprintf("ir: no case for %T", p))
	}
}
