package eval

import (
	"errors"
	"math"
	"math/big"
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
)

type aggregate func(r *run, c *kql.Call, s *scope) (value, error)

// aggregateOf gives an aggregate by its name, nil for none.
func aggregateOf(name string) aggregate {
	switch name {
	case "count":
		return count
	case "countif":
		return countif
	case "dcount", "count_distinct":
		return distinctCount(0)
	case "dcountif", "count_distinctif":
		return distinctCount(1)
	case "sum":
		return sum(0)
	case "sumif":
		return sum(1)
	case "avg":
		return avg(0)
	case "avgif":
		return avg(1)
	case "min":
		return extreme(-1, 0)
	case "minif":
		return extreme(-1, 1)
	case "max":
		return extreme(1, 0)
	case "maxif":
		return extreme(1, 1)
	case "make_set":
		return makeList(true, 0)
	case "make_set_if":
		return makeList(true, 1)
	case "make_list":
		return makeList(false, 0)
	case "make_list_if":
		return makeList(false, 1)
	case "take_any", "any":
		return takeOne(0)
	case "take_anyif":
		return takeOne(1)
	case "percentile":
		return percentileOf
	}
	return nil
}

// over evaluates the first argument on the rows of the group for which the condition, argument number filter, is true.
// Nulls are left out (docs: scalar-data-types/null-values, Null values and aggregation functions). The type is given
// even without rows.
func (r *run) over(c *kql.Call, s *scope, filter int) (vals []value, typ string, err error) {
	if len(c.Args) < 1+filter {
		return nil, "", errArguments(c)
	}
	typ, err = r.typeOf(c.Args[0], s.table)
	if err != nil {
		return nil, "", err
	}
	if filter > 0 {
		if _, err := r.typeOf(c.Args[filter], s.table); err != nil {
			return nil, "", err
		}
	}
	for _, row := range s.group {
		in := &scope{table: s.table, row: row}
		if filter > 0 {
			ok, err := r.eval(c.Args[filter], in)
			if err != nil {
				return nil, "", err
			}
			if ok.v != true {
				continue
			}
		}
		v, err := r.eval(c.Args[0], in)
		if err != nil {
			return nil, "", err
		}
		if !v.null() {
			vals = append(vals, v)
		}
	}
	return vals, typ, nil
}

func count(_ *run, c *kql.Call, s *scope) (value, error) {
	if len(c.Args) > 0 {
		return value{}, errArguments(c)
	}
	return long(int64(len(s.group))), nil
}

func countif(r *run, c *kql.Call, s *scope) (value, error) {
	vals, typ, err := r.over(c, s, 0)
	if err != nil {
		return value{}, err
	}
	if typ != "bool" {
		return value{}, errors.New("a condition is expected")
	}
	n := 0
	for _, v := range vals {
		n += bit(v.v == true)
	}
	return long(int64(n)), nil
}

// distinctCount: docs: dcount-aggfunction, count-distinct-aggfunction. Kusto's dcount is an estimate; here it is exact.
func distinctCount(filter int) aggregate {
	return func(r *run, c *kql.Call, s *scope) (value, error) {
		vals, _, err := r.over(c, s, filter)
		seen := map[string]bool{}
		for _, v := range vals {
			seen[key([]value{v})] = true
		}
		return long(int64(len(seen))), err
	}
}

// sum of nothing is 0 (docs: summarize-operator, default values of aggregations).
func sum(filter int) aggregate {
	return func(r *run, c *kql.Call, s *scope) (value, error) {
		vals, typ, err := r.over(c, s, filter)
		if err != nil {
			return value{}, err
		}
		total := long(0)
		switch typ {
		case "real":
			total = number(0)
		case "decimal":
			total = decimal(new(big.Rat))
		case "timespan":
			total = span(0)
		}
		for _, v := range vals {
			if total, err = arithmetic("+", total, v); err != nil {
				return value{}, err
			}
		}
		return total, nil
	}
}

// avg of nothing is null (docs: summarize-operator, default values of aggregations).
func avg(filter int) aggregate {
	return func(r *run, c *kql.Call, s *scope) (value, error) {
		vals, typ, err := r.over(c, s, filter)
		switch {
		case err != nil:
			return value{}, err
		case typ == "timespan", typ == "decimal":
			total, err := sum(filter)(r, c, s)
			if err != nil || len(vals) == 0 {
				return null(typ), err
			}
			return arithmetic("/", total, long(int64(len(vals))))
		case len(vals) == 0:
			return null("real"), nil
		}
		total := 0.0
		for _, v := range vals {
			f, ok := toReal(v.plain()).v.(float64)
			if !ok || !numeric(v.plain()) {
				return value{}, errors.New("numbers are expected")
			}
			total += f
		}
		return number(total / float64(len(vals))), nil
	}
}

// extreme is min and max: of nothing they are null (docs: summarize-operator, default values of aggregations).
func extreme(direction, filter int) aggregate {
	return func(r *run, c *kql.Call, s *scope) (value, error) {
		vals, typ, err := r.over(c, s, filter)
		if err != nil || len(vals) == 0 {
			return null(typ), err
		}
		best := vals[0]
		for _, v := range vals[1:] {
			if n, _ := order(v.plain(), best.plain()); n*direction > 0 {
				best = v
			}
		}
		return best, nil
	}
}

// makeList: docs: make-list-aggfunction, make-set-aggfunction. The last argument may limit the size; the default is
// 1,048,576. The order in a set is not documented; here it is that of the rows.
func makeList(set bool, filter int) aggregate {
	return func(r *run, c *kql.Call, s *scope) (value, error) {
		vals, _, err := r.over(c, s, filter)
		if err != nil {
			return value{}, err
		}
		most := 1 << 20
		if len(c.Args) > 1+filter {
			v, err := r.eval(c.Args[1+filter], &scope{})
			if err != nil {
				return value{}, err
			}
			if most, err = whole(v); err != nil {
				return value{}, err
			}
		}
		out, seen := []any{}, map[string]bool{}
		for _, v := range vals {
			k := key([]value{v})
			if len(out) >= most || set && seen[k] {
				continue
			}
			seen[k] = true
			out = append(out, v.v)
		}
		return dynamic(out), nil
	}
}

func takeOne(filter int) aggregate {
	return func(r *run, c *kql.Call, s *scope) (value, error) {
		vals, typ, err := r.over(c, s, filter)
		if err != nil || len(vals) == 0 {
			return null(typ), err
		}
		return vals[max(slices.IndexFunc(vals, func(v value) bool { return !empty(v) }), 0)], nil
	}
}

func percentileOf(r *run, c *kql.Call, s *scope) (value, error) {
	vals, typ, err := r.over(c, s, 0)
	if err != nil {
		return value{}, err
	}
	if len(c.Args) != 2 {
		return value{}, errArguments(c)
	}
	p, err := r.eval(c.Args[1], &scope{})
	if err != nil {
		return value{}, err
	}
	f, ok := toReal(p).v.(float64)
	if !ok || math.IsNaN(f) {
		return value{}, errors.New("a number is expected")
	}
	v := percentile(vals, f)
	if len(vals) == 0 {
		v = null(typ)
	}
	return v, nil
}
