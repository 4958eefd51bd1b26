package eval

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// group is the rows with the same keys.
type group struct {
	keys []value
	rows [][]value
}

// summarize: docs: summarize-operator. Without keys there is one group even of no rows; with keys there is none then.
func (r *run) summarize(op *kql.Summarize, t *table) (*table, error) {
	keys, err := r.compute(op.By, t)
	if err != nil {
		return nil, err
	}
	groups := groupBy(keys, t)
	if len(op.By) == 0 {
		groups = []*group{{rows: t.rows}}
	}
	out := &table{}
	var byNames []string
	for i, k := range keys {
		if k.typ == "dynamic" {
			return nil, errors.New("a group key is no dynamic: convert it first")
		}
		byNames = append(byNames, ownName(op.By[i].X))
		out.add(k.name, k.typ)
	}
	for _, g := range groups {
		out.rows = append(out.rows, slices.Clone(g.keys))
	}
	for _, a := range op.Aggs {
		columns, err := r.aggregate(a, t, groups, byNames)
		if err != nil {
			return nil, err
		}
		for _, c := range columns {
			out.add(c.name, c.typ)
			for i := range out.rows {
				out.rows[i] = append(out.rows[i], c.vals[i])
			}
		}
	}
	return out, nil
}

func groupBy(keys []column, t *table) []*group {
	var out []*group
	places := map[string]int{}
	for i, row := range t.rows {
		vals := make([]value, len(keys))
		for j, k := range keys {
			vals[j] = k.vals[i]
		}
		name := key(vals)
		at, ok := places[name]
		if !ok {
			at = len(out)
			places[name] = at
			out = append(out, &group{keys: vals})
		}
		out[at].rows = append(out[at].rows, row)
	}
	return out
}

// aggregate makes the columns of one aggregate: one, or of arg_max and take_any as many as they name.
func (r *run) aggregate(a kql.Assign, t *table, groups []*group, by []string) ([]column, error) {
	if len(a.Names) > 0 {
		return nil, errors.New("functions with several results are not run")
	}
	if c, ok := a.X.(*kql.Call); ok {
		switch {
		case c.Func == "arg_max" || c.Func == "arg_min":
			return r.argMax(a, c, t, groups, by)
		case c.Func == "take_any" || c.Func == "any":
			return r.takeAny(a, c, t, groups, by)
		}
	}
	out := column{name: a.Name}
	if out.name == "" {
		out.name = aggregateName(a.X)
	}
	// A group of no rows shows the type.
	v, err := r.eval(a.X, &scope{table: t, group: [][]value{}})
	if err != nil {
		return nil, err
	}
	out.typ = v.typ
	for _, g := range groups {
		v, err := r.eval(a.X, &scope{table: t, group: nonNil(g.rows)})
		if err != nil {
			return nil, err
		}
		out.vals = append(out.vals, v)
	}
	return []column{out}, nil
}

// nonNil keeps a group without rows a group.
func nonNil(rows [][]value) [][]value {
	if rows == nil {
		return [][]value{}
	}
	return rows
}

// aggregateName is the name Kusto gives an aggregate: count_, sum_x, set_x.
func aggregateName(x kql.Expr) string {
	c, ok := x.(*kql.Call)
	if !ok {
		return ""
	}
	if aggregateOf(c.Func) == nil {
		return ownName(x)
	}
	of := ""
	if len(c.Args) > 0 {
		of = ownName(c.Args[0])
	}
	prefix, _ := strings.CutPrefix(strings.TrimSuffix(c.Func, "_if"), "make_")
	switch c.Func {
	case "take_anyif":
		return of
	case "count", "countif":
		return c.Func + "_"
	case "percentile":
		if n, ok := last(c.Args).(*kql.Number); ok {
			return "percentile_" + of + "_" + n.Text
		}
	}
	return prefix + "_" + of
}

// chosenOf gives the columns after the first argument of arg_max: * is all but the keys and the maximised one.
func chosenOf(args []kql.Expr, named []kql.Assign, t *table, without []string) []kql.Assign {
	var out []kql.Assign
	for _, x := range args {
		if _, all := x.(*kql.Star); !all {
			out = append(out, kql.Assign{Name: ownName(x), X: x})
			continue
		}
		for _, c := range t.cols {
			if !slices.Contains(without, c.Name) {
				out = append(out, kql.Assign{Name: c.Name, X: &kql.Name{Name: c.Name}})
			}
		}
	}
	return append(out, named...)
}

// argMax: docs: arg-max-aggfunction. Rows whose expression is null do not count unless all are.
func (r *run) argMax(a kql.Assign, c *kql.Call, t *table, groups []*group, by []string) ([]column, error) {
	if len(c.Args) == 0 {
		return nil, errors.New("arg_max needs an expression")
	}
	of := ownName(c.Args[0])
	first := kql.Assign{Name: a.Name, X: c.Args[0]}
	if first.Name == "" {
		first.Name = of
	}
	list := append([]kql.Assign{first}, chosenOf(c.Args[1:], c.Named, t, append(slices.Clone(by), of))...)
	direction := 1
	if c.Func == "arg_min" {
		direction = -1
	}
	return r.fromOneRow(list, t, groups, func(g *group) (int, error) {
		vals, err := r.each(c.Args[0], &table{cols: t.cols, rows: g.rows})
		if err != nil {
			return -1, err
		}
		best := -1
		for i, v := range vals {
			if v.null() {
				continue
			}
			if best >= 0 {
				if n, _ := order(v.plain(), vals[best].plain()); n*direction <= 0 {
					continue
				}
			}
			best = i
		}
		if best < 0 && len(vals) > 0 {
			best = 0
		}
		return best, nil
	})
}

// takeAny: docs: take-any-aggfunction. Kusto takes any row; here it is the first one.
func (r *run) takeAny(a kql.Assign, c *kql.Call, t *table, groups []*group, by []string) ([]column, error) {
	list := chosenOf(c.Args, c.Named, t, by)
	if len(list) == 0 {
		return nil, errors.New("take_any needs a column")
	}
	if a.Name != "" {
		list[0].Name = a.Name
	}
	return r.fromOneRow(list, t, groups, func(g *group) (int, error) {
		vals, err := r.each(list[0].X, &table{cols: t.cols, rows: g.rows})
		if err != nil {
			return -1, err
		}
		// A value is preferred to a null.
		if i := slices.IndexFunc(vals, func(v value) bool { return !empty(v) }); i >= 0 {
			return i, nil
		}
		return min(0, len(vals)-1), nil
	})
}

// fromOneRow takes columns from the row of each group that choose names; without one they are null.
func (r *run) fromOneRow(list []kql.Assign, t *table, groups []*group, choose func(*group) (int, error)) ([]column, error) {
	out := make([]column, len(list))
	for i, a := range list {
		typ, err := r.typeOf(a.X, t)
		if err != nil {
			return nil, err
		}
		out[i] = column{name: a.Name, typ: typ}
	}
	for _, g := range groups {
		at, err := choose(g)
		if err != nil {
			return nil, err
		}
		for i, a := range list {
			v := null(out[i].typ)
			if at >= 0 {
				if v, err = r.eval(a.X, &scope{table: t, row: g.rows[at]}); err != nil {
					return nil, err
				}
			}
			out[i].vals = append(out[i].vals, v)
		}
	}
	return out, nil
}

// percentile by nearest rank: docs: percentiles-aggfunction.
func percentile(vals []value, p float64) value {
	if len(vals) == 0 {
		return value{}
	}
	slices.SortFunc(vals, func(a, b value) int { n, _ := order(a, b); return n })
	rank := int(math.Ceil(p / 100 * float64(len(vals))))
	return vals[min(max(rank, 1), len(vals))-1]
}

func errArguments(c *kql.Call) error {
	return fmt.Errorf("%d arguments", len(c.Args))
}

func last(args []kql.Expr) kql.Expr {
	if len(args) == 0 {
		return nil
	}
	return args[len(args)-1]
}
