package eval

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// expansion is the columns that mv-expand and mv-apply make.
type expansion struct {
	columns []kql.MvColumn
	types   []string
	index   string
	bags    string // how property bags expand: "", "bag" or "array"
	limit   int
}

func (r *run) expansion(columns []kql.MvColumn, index, bags string, limit kql.Expr, t *table) (*expansion, error) {
	e := &expansion{columns: columns, index: index, bags: bags, limit: mostRows}
	for _, c := range columns {
		typ, err := r.typeOf(c.X, t)
		if err != nil {
			return nil, err
		}
		if typ != "dynamic" {
			return nil, fmt.Errorf("a %s cannot be expanded", typ)
		}
		if c.Type != "" {
			if typ, err = canonical(c.Type); err != nil {
				return nil, err
			}
		}
		e.types = append(e.types, typ)
	}
	if limit != nil {
		v, err := r.eval(limit, &scope{})
		if err != nil {
			return nil, err
		}
		if e.limit, err = whole(v); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// members gives the rows that a value becomes. An empty array gives none, null and a plain value one (measured; docs:
// mv-expand-operator). A property bag gives a bag, or with kind=array a pair, of each property.
func (e *expansion) members(v value) []any {
	switch v := v.v.(type) {
	case []any:
		return v
	case map[string]any:
		var out []any
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if e.bags == "array" {
				out = append(out, []any{k, v[k]})
			} else {
				out = append(out, map[string]any{k: v[k]})
			}
		}
		return out
	default:
		return []any{v}
	}
}

// expandRow expands one row. Several columns expand side by side, the shorter ones filled with nulls.
func (r *run) expandRow(e *expansion, t *table, row []value) ([]column, int, error) {
	lists := make([][]any, len(e.columns))
	n := 0
	for i, c := range e.columns {
		v, err := r.eval(c.X, &scope{table: t, row: row, rows: &window{table: t}})
		if err != nil {
			return nil, 0, err
		}
		lists[i] = e.members(v)
		n = max(n, len(lists[i]))
	}
	n = min(n, max(e.limit, 0))
	var out []column
	for i, c := range e.columns {
		col := column{name: c.Name, typ: e.types[i]}
		if col.name == "" {
			col.name = ownName(c.X)
		}
		for j := range n {
			v := null("dynamic")
			if j < len(lists[i]) {
				v = dynamic(lists[i][j])
			}
			col.vals = append(col.vals, convert(v, e.types[i]))
		}
		out = append(out, col)
	}
	if e.index != "" {
		col := column{name: e.index, typ: "long"}
		for j := range n {
			col.vals = append(col.vals, long(int64(j)))
		}
		out = append(out, col)
	}
	return out, n, nil
}

// expanded is the row as often as its arrays have members, with the columns of the members set.
func (r *run) expanded(e *expansion, t *table, row []value) (*table, error) {
	columns, n, err := r.expandRow(e, t, row)
	if err != nil {
		return nil, err
	}
	out := &table{cols: slices.Clone(t.cols), serialized: t.serialized}
	for range n {
		out.rows = append(out.rows, slices.Clone(row))
	}
	for _, c := range columns {
		out.set(c)
	}
	return out, nil
}

// mvExpand: docs: mv-expand-operator.
func (r *run) mvExpand(op *kql.MvExpand, t *table) (*table, error) {
	e, err := r.expansion(op.Columns, op.ItemIndex, op.Kind, op.Limit, t)
	if err != nil {
		return nil, err
	}
	// A row of nulls shows the columns even when there are no rows.
	shape, err := r.expanded(e, t, blank(t.cols))
	if err != nil {
		return nil, err
	}
	out := &table{cols: shape.cols, serialized: t.serialized}
	for _, row := range t.rows {
		one, err := r.expanded(e, t, row)
		if err != nil {
			return nil, err
		}
		if out.rows = append(out.rows, one.rows...); len(out.rows) > mostRows {
			return nil, errTooMany
		}
	}
	return out, nil
}

// mvApply: docs: mv-apply-operator. Each row is expanded, the query runs on its part, and the columns that were not
// expanded are put before what the query returns. Of an empty array the query sees no rows; of null it sees one, as
// mv-expand does.
func (r *run) mvApply(op *kql.MvApply, t *table) (*table, error) {
	if op.Query == nil {
		return nil, errNil
	}
	e, err := r.expansion(op.Columns, op.ItemIndex, "", op.Limit, t)
	if err != nil {
		return nil, err
	}
	apply := func(row []value) (*table, error) {
		part, err := r.expanded(e, t, row)
		if err != nil {
			return nil, err
		}
		result, err := r.query(op.Query, part)
		if err != nil {
			return nil, err
		}
		return e.beside(t, row, result), nil
	}
	shape, err := apply(blank(t.cols))
	if err != nil {
		return nil, err
	}
	out := &table{cols: shape.cols}
	for _, row := range t.rows {
		one, err := apply(row)
		if err != nil {
			return nil, err
		}
		if out.rows = append(out.rows, one.rows...); len(out.rows) > mostRows {
			return nil, errTooMany
		}
	}
	return out, nil
}

// beside puts the source columns that the expansion did not take the place of before the columns of a result.
func (e *expansion) beside(t *table, row []value, result *table) *table {
	var keep []int
	out := &table{}
	for i, c := range t.cols {
		replaced := slices.ContainsFunc(e.columns, func(m kql.MvColumn) bool {
			name := m.Name
			if name == "" {
				name = ownName(m.X)
			}
			return name == c.Name
		})
		if !replaced {
			keep = append(keep, i)
			out.cols = append(out.cols, c)
		}
	}
	var rest []int
	for i, c := range result.cols {
		if at := out.index(c.Name); at < 0 {
			rest = append(rest, i)
		} else {
			out.cols[at].Type = c.Type
		}
	}
	for _, i := range rest {
		out.cols = append(out.cols, result.cols[i])
	}
	for _, from := range result.rows {
		var vals []value
		for _, i := range keep {
			if at := result.index(t.cols[i].Name); at >= 0 {
				vals = append(vals, from[at])
			} else {
				vals = append(vals, row[i])
			}
		}
		for _, i := range rest {
			vals = append(vals, from[i])
		}
		out.rows = append(out.rows, vals)
	}
	return out
}

// partition: docs: partition-operator. The query runs on the rows of each key.
func (r *run) partition(op *kql.Partition, t *table) (*table, error) {
	if op.Query == nil {
		return nil, errNil
	}
	keys, err := r.each(op.By, t)
	if err != nil {
		return nil, err
	}
	var parts []*table
	places := map[string]int{}
	for i, row := range t.rows {
		k := key(keys[i : i+1])
		at, ok := places[k]
		if !ok {
			at = len(parts)
			places[k] = at
			parts = append(parts, &table{cols: t.cols})
		}
		parts[at].rows = append(parts[at].rows, row)
	}
	out, err := r.query(op.Query, &table{cols: t.cols})
	if err != nil {
		return nil, err
	}
	out = &table{cols: out.cols}
	for _, p := range parts {
		one, err := r.query(op.Query, p)
		if err != nil {
			return nil, err
		}
		if len(one.cols) != len(out.cols) {
			return nil, errors.New("the parts have different columns")
		}
		out.rows = append(out.rows, one.rows...)
	}
	return out, nil
}
