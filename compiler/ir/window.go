package ir

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"
)

// window is the events of a group that a correlation looks at together. To add or remove an event of a count or of a
// temporal correlation costs the same however many there are.
type window struct {
	c          *Correlation
	thresholds []rational // those of c

	events  int
	hits    []int          // by member
	values  map[string]int // how often each value is in the window
	sum     rational       // of the numbers
	sorted  []rational     // the numbers, for a percentile
	numbers int

	// chain[k] is the latest time at which members 0 to k-1 can have begun to hit in this order, up to now. It needs
	// no removal: what is too old shows by its age.
	chain []time.Time
}

func newWindow(c *Correlation) *window {
	w := &window{
		c: c, hits: make([]int, len(c.Members)), values: map[string]int{}, sum: new(big.Rat), chain: make([]time.Time, len(c.Members)+1),
	}
	for _, t := range c.Thresholds {
		w.thresholds = append(w.thresholds, t.Number.exact())
	}
	return w
}

// add adds the events of one time. As their order is not known, they may be in that of the members.
func (w *window) add(at time.Time, items []*item) {
	hit := map[int]bool{}
	for _, it := range items {
		w.count(it, 1)
		for _, m := range it.members {
			hit[m] = true
		}
	}
	if w.c.Kind != TemporalOrdered {
		return
	}
	for m := range w.c.Members {
		switch {
		case !hit[m]:
		case m == 0:
			w.chain[1] = at
		case w.chain[m].After(w.chain[m+1]):
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
	w.numbers += by * len(it.numbers)
	for _, n := range it.numbers {
		w.calculate(n, by)
	}
}

// calculate keeps what the number of the window is made of.
func (w *window) calculate(n rational, by int) {
	if w.c.Kind == ValueSum || w.c.Kind == ValueAvg {
		if by < 0 {
			n = new(big.Rat).Neg(n)
		}
		w.sum.Add(w.sum, n)
		return
	}
	at, _ := slices.BinarySearchFunc(w.sorted, n, (*big.Rat).Cmp)
	if by < 0 {
		w.sorted = slices.Delete(w.sorted, at, at+1)
	} else {
		w.sorted = slices.Insert(w.sorted, at, n)
	}
}

// number is what the thresholds are about. The window is not empty.
func (w *window) number() rational {
	switch w.c.Kind {
	case EventCount:
		return whole(w.events)
	case ValueCount:
		return whole(len(w.values))
	case ValueSum:
		return w.sum
	case ValueAvg:
		return new(big.Rat).Quo(w.sum, whole(w.numbers))
	case ValuePercentile:
		return w.percentile(percent(w.c.Percentile))
	case ValueMedian:
		return w.percentile(percent(50))
	default:
		panic(fmt.Sprintf("ir: no case for %s", w.c.Kind))
	}
}

// percentile is the smallest value that at least this part of the values do not exceed (nearest rank).
func (w *window) percentile(part rational) rational {
	rank := new(big.Rat).Mul(part, whole(len(w.sorted)))
	up := new(big.Int).Sub(rank.Denom(), big.NewInt(1))
	n := int(up.Add(up, rank.Num()).Div(up, rank.Denom()).Int64()) // rounded up
	return w.sorted[max(n, 1)-1]
}

// satisfied reports whether the window, which ends at the given time, fulfils the condition. past is asked for when
// there is a baseline and all else holds.
func (w *window) satisfied(at time.Time, past func() *past) bool {
	if w.events == 0 {
		return false // a group without events does not fire, whatever holds for zero
	}
	switch w.c.Kind {
	case Temporal:
		return w.c.Present(w.hits)
	case TemporalOrdered:
		return w.c.Present(w.hits) && !w.chain[len(w.c.Members)].Before(at.Add(-w.c.Window))
	}
	n := w.number()
	for i, t := range w.c.Thresholds {
		if !t.holds(n.Cmp(w.thresholds[i])) {
			return false
		}
	}
	return w.c.Baseline == nil || past().exceeded(n)
}

// Present reports whether a temporal correlation is satisfied, but for the order, when its members have hit so often.
func (c *Correlation) Present(hits []int) bool {
	if c.Presence != nil {
		return present(c.Presence, hits)
	}
	n := 0
	for _, h := range hits {
		if h > 0 {
			n++
		}
	}
	for _, t := range c.Thresholds {
		if !t.Holds(float64(n)) {
			return false
		}
	}
	return true
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

func itoa(n int) string { return strconv.Itoa(n) }
