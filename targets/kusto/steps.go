package kusto

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
)

// bySteps carries along, from one time to the next of a group, when each rule has hit last, or how late a sequence of
// the first rules can have begun. With these the windows that fire are known, and are then looked at as a whole.
func (c *correlator) bySteps(stream *kql.Query) *kql.Query {
	events := c.let(c.prefix+eventsName, stream, true)
	q := &kql.Query{Source: events, Ops: []kql.Operator{c.together(), c.sorted()}}
	if len(c.groups) > 0 {
		q.Ops = append(q.Ops, &kql.Extend{Columns: []kql.Assign{{Name: groupColumn, X: c.sameGroup(1)}}})
	}
	if c.rule.Kind == ir.TemporalOrdered {
		q.Ops = append(q.Ops, c.inOrder()...)
	} else {
		q.Ops = append(q.Ops, c.inAnyOrder()...)
	}
	project := &kql.Project{Columns: c.keys()}
	q.Ops = append(q.Ops, project)
	c.joinWindow(q, events, c.windowStart(), nil)
	sum := &kql.Summarize{By: c.keys(), Aggs: []kql.Assign{
		{Name: startColumn, X: call("min", name(eventColumn))}, {Name: countName, X: call("count")},
	}}
	if c.since != nil {
		sum.Aggs = append(sum.Aggs, someNew())
	}
	q.Ops = append(q.Ops, sum)
	return q
}

// together makes one row of the events of one time.
func (c *correlator) together() *kql.Summarize {
	sum := &kql.Summarize{By: c.keys()}
	for _, h := range c.hits {
		sum.Aggs = append(sum.Aggs, kql.Assign{Name: h, X: binary(call("countif", name(h)), ">", number(0))})
	}
	return sum
}

// state is a scan of one step, which every row takes.
type state struct {
	c    *correlator
	step string
	scan kql.Scan
}

func (c *correlator) newState() *state {
	return &state{c: c, step: free(c.taken, "prior")}
}

// column declares a column.
func (s *state) column(called string) string {
	called = free(s.c.taken, called)
	s.scan.Declare = append(s.scan.Declare, kql.ScanDecl{Name: called, Type: "datetime"})
	return called
}

// last is a column of the row before.
func (s *state) last(column string) kql.Expr { return &kql.Member{X: name(s.step), Name: column} }

// ofGroup is null where the row before is of another group.
func (s *state) ofGroup(x kql.Expr) kql.Expr {
	if len(s.c.groups) == 0 {
		return x
	}
	return call("iff", name(groupColumn), x, noTime())
}

func (s *state) operator(assigns []kql.Assign) kql.Operator {
	s.scan.Steps = []kql.ScanStep{{Name: s.step, Cond: &kql.Bool{Value: true}, Assigns: assigns}}
	return &s.scan
}

// inAnyOrder knows of each rule when it has hit last before the time of the row.
func (c *correlator) inAnyOrder() []kql.Operator {
	s := c.newState()
	var assigns []kql.Assign
	extend := &kql.Extend{}
	var now, before []kql.Expr
	for i, m := range c.rule.Members {
		hit := c.hits[i]
		earlier := s.column("Last" + memberColumn(m))
		assigns = append(assigns, kql.Assign{
			Name: earlier, X: s.ofGroup(call("iff", s.last(hit), s.last(timeColumn), s.last(earlier))),
		})
		had := free(c.taken, "Had"+memberColumn(m))
		extend.Columns = append(extend.Columns, kql.Assign{Name: had, X: c.inWindow(name(earlier))})
		now = append(now, &kql.Or{X: []kql.Expr{name(hit), name(had)}})
		before = append(before, name(had))
	}
	fires := append(c.recent(), c.present(now), &kql.Not{X: c.presentBefore(before)})
	return []kql.Operator{s.operator(assigns), extend, &kql.Where{X: &kql.And{X: fires}}}
}

// inOrder knows of each rule how late a sequence of the rules up to it, in their order, can have begun before the time
// of the row.
func (c *correlator) inOrder() []kql.Operator {
	s := c.newState()
	var assigns []kql.Assign
	var began []string
	for i, m := range c.rule.Members {
		began = append(began, s.column("Began"+memberColumn(m)))
		assigns = append(assigns, kql.Assign{Name: began[i], X: s.ofGroup(c.sequence(began, s.last))})
	}
	now := free(c.taken, "Began")
	extend := &kql.Extend{Columns: []kql.Assign{{Name: now, X: c.sequence(began, name)}}}
	before := began[len(began)-1]
	fires := append(c.recent(), binary(name(now), ">=", c.windowStart()),
		&kql.Or{X: []kql.Expr{call("isnull", name(before)), binary(name(before), "<", c.windowStart())}})
	return []kql.Operator{s.operator(assigns), extend, &kql.Where{X: &kql.And{X: fires}}}
}

// sequence is how late a sequence of as many rules as there are columns can have begun, with the events of a row. These
// take on a sequence of the rules before those that they hit.
func (c *correlator) sequence(began []string, of func(string) kql.Expr) kql.Expr {
	last := len(began) - 1
	var args []kql.Expr
	for from := 0; from <= last; from++ {
		hit := &kql.And{}
		for i := from; i <= last; i++ {
			hit.X = append(hit.X, of(c.hits[i]))
		}
		begins := of(timeColumn)
		if from > 0 {
			begins = of(began[from-1])
		}
		args = append(args, single(hit), begins)
	}
	args = append(args, of(began[last]))
	if len(args) == 3 {
		return call("iff", args...)
	}
	return call("case", args...)
}

// inWindow is false, not null, where the time is null.
func (c *correlator) inWindow(time kql.Expr) kql.Expr {
	return call("coalesce", binary(time, ">=", c.windowStart()), &kql.Bool{Value: false})
}

// presentBefore is the condition for a window that may be empty: then it holds for none.
func (c *correlator) presentBefore(hit []kql.Expr) kql.Expr {
	holds := c.present(hit)
	none := make([]int, len(hit))
	if !c.rule.Present(none) {
		return holds
	}
	return &kql.And{X: []kql.Expr{&kql.Or{X: hit}, holds}}
}

// present writes the condition of a temporal correlation about which of its rules have hit.
func (c *correlator) present(hit []kql.Expr) kql.Expr {
	if c.rule.Presence != nil {
		return presence(c.rule.Presence, hit)
	}
	if demandsAll(c.rule) {
		return single(&kql.And{X: hit})
	}
	count := call("toint", hit[0])
	for _, x := range hit[1:] {
		count = binary(count, "+", call("toint", x))
	}
	return single(&kql.And{X: c.thresholds(count)})
}

// demandsAll reports whether the thresholds hold only when all rules have hit.
func demandsAll(rule *ir.Correlation) bool {
	hits := make([]int, len(rule.Members))
	for i := range hits {
		if rule.Present(hits) {
			return false
		}
		hits[i] = 1
	}
	return rule.Present(hits)
}

func presence(p ir.Presence, hit []kql.Expr) kql.Expr {
	list := func(x []ir.Presence) []kql.Expr {
		var out []kql.Expr
		for _, p := range x {
			out = append(out, presence(p, hit))
		}
		return out
	}
	switch p := p.(type) {
	case *ir.Hit:
		return hit[p.Member]
	case *ir.AllOf:
		return single(&kql.And{X: list(p.X)})
	case *ir.OneOf:
		return single(&kql.Or{X: list(p.X)})
	case *ir.Absent:
		return &kql.Not{X: presence(p.X, hit)}
	default:
		panic(fmt.Sprintf("kusto: no case for %T", p))
	}
}
