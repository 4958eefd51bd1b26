package eval

import (
	"fmt"
	"math"
	"slices"
)

// extremeOf makes min_of and max_of (docs: min-of-function, max-of-function). What they make of a null is not
// documented for all types, so none is taken.
func extremeOf(direction int) func(*run, []value) (value, error) {
	return func(_ *run, a []value) (value, error) {
		best := a[0]
		for _, v := range a {
			if err := clash(v, a[0]); err != nil {
				return value{}, err
			}
			if v.null() {
				return null(a[0].typ), nil
			}
			if n, _ := order(v.plain(), best.plain()); n*direction > 0 {
				best = v
			}
		}
		return as(best, a...), nil
	}
}

// ceiling: docs: ceiling-function. The smallest whole number that is not less.
func ceiling(_ *run, a []value) (value, error) {
	x := a[0].plain()
	if !numeric(x) || x.typ == "decimal" {
		return value{}, fmt.Errorf("a %s is not known here", x.typ)
	}
	f, ok := toReal(x).v.(float64)
	if !ok {
		return null("real"), nil
	}
	return number(math.Ceil(f)), nil
}

// arraySortAsc: docs: array-sort-asc-function. Nulls come last unless the second argument is false; values of several
// types are not sorted here.
func arraySortAsc(_ *run, a []value) (value, error) {
	list, ok := a[0].v.([]any)
	if !ok || a[0].typ != "dynamic" {
		return null("dynamic"), nil
	}
	if len(a) > 1 {
		return value{}, fmt.Errorf("array_sort_asc of two arguments is not known here")
	}
	out := slices.Clone(list)
	var failed error
	slices.SortStableFunc(out, func(x, y any) int {
		p, q := dynamic(x).plain(), dynamic(y).plain()
		switch {
		case p.null() && q.null():
			return 0
		case p.null():
			return 1
		case q.null():
			return -1
		}
		n, ok := order(p, q)
		if !ok {
			failed = fmt.Errorf("a %s and a %s are not sorted here", p.typ, q.typ)
		}
		return n
	})
	return dynamic(out), failed
}
