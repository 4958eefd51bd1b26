package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// take: docs: take-operator. Kusto keeps any rows; here it is the first ones.
func (r *run) take(n kql.Expr, t *table) (*table, error) {
	v, err := r.eval(n, &scope{})
	if err != nil {
		return nil, err
	}
	most, err := whole(v)
	if err != nil {
		return nil, err
	}
	out := *t
	out.rows = t.rows[:min(max(most, 0), len(t.rows))]
	return &out, nil
}

// distinct: docs: distinct-operator.
func (r *run) distinct(op *kql.Distinct, t *table) (*table, error) {
	if len(op.Columns) == 1 {
		if _, all := op.Columns[0].(*kql.Star); all {
			return unique(t)
		}
	}
	list := make([]kql.Assign, len(op.Columns))
	for i, x := range op.Columns {
		list[i] = kql.Assign{X: x}
	}
	chosen, err := r.project(&kql.Project{Columns: list}, t)
	if err != nil {
		return nil, err
	}
	return unique(chosen)
}

func unique(t *table) (*table, error) {
	out := &table{cols: t.cols}
	seen := map[string]bool{}
	for _, row := range t.rows {
		if k := key(row); !seen[k] {
			seen[k] = true
			out.rows = append(out.rows, row)
		}
	}
	return out, nil
}

// key is a text that is the same for the same values. Nulls are one group (docs: summarize-operator).
func key(row []value) string {
	var b strings.Builder
	for _, v := range row {
		v = v.plain()
		if v.null() {
			b.WriteString("n;")
			continue
		}
		typ := v.typ
		if typ == "int" {
			typ = "long"
		}
		s := toString(v)
		fmt.Fprintf(&b, "%s:%d:%s;", typ, len(s), s)
	}
	return b.String()
}

// sort: docs: sort-operator. Descending is the default; nulls come first in ascending order and last in descending.
func (r *run) sort(by []kql.SortKey, t *table) (*table, error) {
	keys := make([][]value, len(by))
	for i, k := range by {
		if _, err := r.typeOf(k.X, t); err != nil {
			return nil, err
		}
		vals, err := r.each(k.X, t)
		if err != nil {
			return nil, err
		}
		keys[i] = vals
	}
	places := make([]int, len(t.rows))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int {
		for i, k := range by {
			if n := sortOrder(k, keys[i][a].plain(), keys[i][b].plain()); n != 0 {
				return n
			}
		}
		return 0
	})
	out := &table{cols: t.cols, serialized: true}
	for _, i := range places {
		out.rows = append(out.rows, t.rows[i])
	}
	return out, nil
}

func sortOrder(k kql.SortKey, a, b value) int {
	ascending := k.Order == "asc"
	nullsFirst := k.Nulls == "first" || k.Nulls == "" && ascending
	switch {
	case a.null() && b.null():
		return 0
	case a.null() || b.null():
		if a.null() == nullsFirst {
			return -1
		}
		return 1
	}
	n, _ := order(a, b)
	if !ascending {
		n = -n
	}
	return n
}
