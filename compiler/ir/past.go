package ir

import (
	"math/big"
	"sort"
	"time"
)

// past is what a baseline compares with: the number in all past windows together.
type past struct {
	total    int
	baseline *Baseline
}

// past looks at the past windows of the one that ends at the given time; the events before it are those up to an index.
func (g *group) past(c *Correlation, at time.Time, upTo int) *past {
	p := &past{baseline: c.Baseline}
	after := func(t time.Time) int { return sort.Search(upTo, func(i int) bool { return g.items[i].time.After(t) }) }
	for k := 1; k <= c.Baseline.Periods; k++ {
		end := at.Add(-time.Duration(k) * c.Baseline.Every)
		items := g.items[after(end.Add(-c.Window)):after(end)]
		if c.Kind == EventCount {
			p.total += len(items)
			continue
		}
		distinct := map[string]bool{}
		for _, it := range items {
			for _, v := range it.values {
				distinct[v] = true
			}
		}
		p.total += len(distinct)
	}
	return p
}

// exceeded reports whether a number exceeds the average by more than the percentage. It calculates exactly: 11 are not
// more than 10 and 10 percent.
func (p *past) exceeded(n rational) bool {
	limit := new(big.Rat).Add(whole(1), percent(p.baseline.Percent))
	limit.Mul(limit, big.NewRat(int64(p.total), int64(p.baseline.Periods)))
	return n.Cmp(limit) > 0
}
