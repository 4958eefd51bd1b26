package kusto

import "github.com/sigc-rules/sigc/compiler/kql"

// windowColumn is when a fixed window begins.
const windowColumn = "Window"

// byBins asks the condition of fixed windows, which begin at the multiples of the timespan. A window is a row, with the
// times of its first and its last event. In a scheduled query it is told again when more of its events arrive: that it
// was full before is not known, but nothing is lost.
func (c *correlator) byBins(events *kql.Query) *kql.Query {
	sum := &kql.Summarize{
		Aggs: []kql.Assign{{Name: timeColumn, X: call("max", name(timeColumn))}, {Name: startColumn, X: call("min", name(timeColumn))}},
		By:   []kql.Assign{{Name: free(c.taken, windowColumn), X: call("bin", name(timeColumn), timespan(c.rule.Window))}},
	}
	for _, g := range c.groups {
		sum.By = append(sum.By, kql.Assign{X: name(g)})
	}
	add := func(as string, x kql.Expr) { sum.Aggs = append(sum.Aggs, kql.Assign{Name: as, X: x}) }
	number, none := c.numberColumn(), number(0)
	var holds []kql.Expr
	if c.temporal() {
		add(number, call("count"))
		var hits []kql.Expr
		for _, h := range c.hits {
			add(h, binary(call("countif", name(h)), ">", none))
			hits = append(hits, name(h))
		}
		holds = []kql.Expr{c.present(hits)}
	} else {
		add(number, c.number(nil))
		holds = c.thresholds(name(number))
	}
	if c.since != nil {
		sum.Aggs = append(sum.Aggs, someNew())
	}
	where := &kql.And{X: append(c.recent(), holds...)}
	return &kql.Query{Source: events.Source, Ops: append(events.Ops, sum, &kql.Where{X: single(where)})}
}
