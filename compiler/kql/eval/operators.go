package eval

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
)

func (r *run) operator(op kql.Operator, t *table) (*table, error) {
	switch op := op.(type) {
	case *kql.Where:
		return r.where(op, t)
	case *kql.Extend:
		return r.extend(op.Columns, t)
	case *kql.Serialize:
		// docs: serialize-operator
		out := *t
		out.serialized = true
		return r.extend(op.Columns, &out)
	case *kql.Project:
		return r.project(op, t)
	case *kql.MvExpand:
		return r.mvExpand(op, t)
	case *kql.MvApply:
		return r.mvApply(op, t)
	case *kql.Summarize:
		return r.summarize(op, t)
	case *kql.Sort:
		return r.sort(op.By, t)
	case *kql.Top:
		// docs: top-operator
		sorted, err := r.sort([]kql.SortKey{op.By}, t)
		if err != nil {
			return nil, err
		}
		return r.take(op.N, sorted)
	case *kql.Take:
		return r.take(op.N, t)
	case *kql.Distinct:
		return r.distinct(op, t)
	case *kql.Count:
		// docs: count-operator
		return &table{cols: []Column{{"Count", "long"}}, rows: [][]value{{long(int64(len(t.rows)))}}}, nil
	case *kql.Join:
		return r.join(op, t)
	case *kql.Lookup:
		return r.lookup(op, t)
	case *kql.UnionOp:
		return r.union(op.Kind, op.WithSource, op.IsFuzzy, t, op.Queries)
	case *kql.Scan:
		return r.scan(op, t)
	case *kql.Partition:
		return r.partition(op, t)
	case *kql.As:
		return t, nil
	}
	return nil, errors.New("the operator is not run")
}

// each evaluates an expression on every row.
func (r *run) each(x kql.Expr, t *table) ([]value, error) {
	w := &window{table: t}
	out := make([]value, len(t.rows))
	for i, row := range t.rows {
		w.at = i
		v, err := r.eval(x, &scope{table: t, row: row, rows: w})
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// typeOf gives the type of an expression over a table by evaluating it on a row of nulls, so that it is known, and
// mistakes are found, without any row.
func (r *run) typeOf(x kql.Expr, t *table) (string, error) {
	row := blank(t.cols)
	dummy := &table{cols: t.cols, rows: [][]value{row}, serialized: t.serialized}
	v, err := r.eval(x, &scope{table: dummy, row: row, rows: &window{table: dummy}})
	return v.typ, err
}

func blank(cols []Column) []value {
	row := make([]value, len(cols))
	for i, c := range cols {
		row[i] = null(c.Type)
	}
	return row
}

// where keeps what is true; null is not (docs: scalar-data-types/null-values).
func (r *run) where(op *kql.Where, t *table) (*table, error) {
	if typ, err := r.typeOf(op.X, t); err != nil {
		return nil, err
	} else if typ != "bool" {
		return nil, fmt.Errorf("the condition is a %s, not a bool", typ)
	}
	vals, err := r.each(op.X, t)
	if err != nil {
		return nil, err
	}
	out := &table{cols: t.cols, serialized: t.serialized}
	for i, v := range vals {
		if v.v == true {
			out.rows = append(out.rows, t.rows[i])
		}
	}
	return out, nil
}

// column is a computed column.
type column struct {
	name string
	typ  string
	vals []value
}

// compute evaluates columns on the rows as they are before the operator.
func (r *run) compute(list []kql.Assign, t *table) ([]column, error) {
	out := make([]column, len(list))
	for i, a := range list {
		if len(a.Names) > 0 {
			return nil, errors.New("functions with several results are not run")
		}
		typ, err := r.typeOf(a.X, t)
		if err != nil {
			return nil, err
		}
		vals, err := r.each(a.X, t)
		if err != nil {
			return nil, err
		}
		out[i] = column{name: a.Name, typ: typ, vals: vals}
		if a.Name == "" {
			out[i].name = ownName(a.X)
		}
	}
	return out, nil
}

// conversions keep the name of the column that they convert, as Microsoft's analyser has it.
var conversions = []string{"tostring", "toint", "tolong", "todouble", "toreal", "tobool", "toboolean", "todatetime", "totimespan", "bin", "todynamic", "parse_json", "toguid"}

// ownName is the name Kusto gives an expression: that of its column, a_b for a.b, "" when it has none.
func ownName(x kql.Expr) string {
	switch x := x.(type) {
	case *kql.Name:
		return x.Name
	case *kql.Member:
		if base := ownName(x.X); base != "" {
			return base + "_" + x.Name
		}
		return x.Name
	case *kql.Index:
		base := ownName(x.X)
		switch i := x.I.(type) {
		case *kql.String:
			return base + "_" + i.Value
		case *kql.Number:
			return base + "_" + i.Text
		}
	case *kql.Call:
		if slices.Contains(conversions, x.Func) && len(x.Args) > 0 {
			return ownName(x.Args[0])
		}
	}
	return ""
}

// add appends a column under a name that is still free: an unnamed one is Column1 and so on, a repeated one gets a number.
func (t *table) add(name, typ string) {
	base, n := name, 1
	if name == "" {
		base, name = "Column", "Column1"
		n = 2
	}
	for t.index(name) >= 0 {
		name = base + strconv.Itoa(n)
		n++
	}
	t.cols = append(t.cols, Column{name, typ})
}

// extend: docs: extend-operator. A column of the same name is replaced in its place.
func (r *run) extend(list []kql.Assign, t *table) (*table, error) {
	columns, err := r.compute(list, t)
	if err != nil {
		return nil, err
	}
	out := &table{cols: slices.Clone(t.cols), serialized: t.serialized}
	for _, row := range t.rows {
		out.rows = append(out.rows, slices.Clone(row))
	}
	for _, c := range columns {
		out.set(c)
	}
	return out, nil
}

// set replaces or appends a column; the rows must be the table's own.
func (t *table) set(c column) {
	at := t.index(c.name)
	if at >= 0 && c.name != "" {
		t.cols[at].Type = c.typ
	} else {
		at = len(t.cols)
		t.add(c.name, c.typ)
	}
	for i := range t.rows {
		if at == len(t.rows[i]) {
			t.rows[i] = append(t.rows[i], c.vals[i])
		} else {
			t.rows[i][at] = c.vals[i]
		}
	}
}

// project: docs: project-operator and its kin.
func (r *run) project(op *kql.Project, t *table) (*table, error) {
	switch op.Kind {
	case "":
		columns, err := r.compute(op.Columns, t)
		if err != nil {
			return nil, err
		}
		out := &table{rows: make([][]value, len(t.rows)), serialized: t.serialized}
		for _, c := range columns {
			if c.name != "" && out.index(c.name) >= 0 {
				return nil, fmt.Errorf("column %q stands twice", c.name)
			}
			out.set(c)
		}
		return out, nil
	case "rename":
		return r.rename(op, t)
	}
	chosen, err := chosen(op.Columns, t)
	if err != nil {
		return nil, err
	}
	var keep []int
	switch op.Kind {
	case "keep":
		for i := range t.cols {
			if slices.Contains(chosen, i) {
				keep = append(keep, i)
			}
		}
	case "reorder":
		keep = chosen
		fallthrough
	case "away":
		for i := range t.cols {
			if !slices.Contains(chosen, i) {
				keep = append(keep, i)
			}
		}
	default:
		return nil, fmt.Errorf("project-%s is not known", op.Kind)
	}
	return t.pick(keep), nil
}

// pick keeps some columns in an order.
func (t *table) pick(keep []int) *table {
	out := &table{serialized: t.serialized}
	for _, i := range keep {
		out.cols = append(out.cols, t.cols[i])
	}
	for _, row := range t.rows {
		vals := make([]value, len(keep))
		for j, i := range keep {
			vals[j] = row[i]
		}
		out.rows = append(out.rows, vals)
	}
	return out
}

// chosen gives the columns that names and patterns stand for.
func chosen(list []kql.Assign, t *table) ([]int, error) {
	var out []int
	for _, a := range list {
		found := false
		for i, c := range t.cols {
			ok := false
			switch x := a.X.(type) {
			case *kql.Name:
				ok = x.Name == c.Name
			case *kql.Wildcard:
				ok = wildcard(x.Pattern, c.Name)
				found = true
			default:
				return nil, errors.New("only names and patterns choose columns")
			}
			if ok && !slices.Contains(out, i) {
				out = append(out, i)
			}
			found = found || ok
		}
		if !found {
			return nil, errors.New("a column to choose does not exist")
		}
	}
	return out, nil
}

func wildcard(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	first, last := parts[0], parts[len(parts)-1]
	if !strings.HasPrefix(name, first) || !strings.HasSuffix(name[len(first):], last) {
		return false
	}
	name = name[len(first) : len(name)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		_, after, ok := strings.Cut(name, p)
		if !ok {
			return false
		}
		name = after
	}
	return true
}

func (r *run) rename(op *kql.Project, t *table) (*table, error) {
	out := &table{cols: slices.Clone(t.cols), rows: t.rows, serialized: t.serialized}
	for _, a := range op.Columns {
		x, ok := a.X.(*kql.Name)
		if !ok || a.Name == "" {
			return nil, errors.New("rename takes new = old")
		}
		i := t.index(x.Name)
		if i < 0 {
			return nil, fmt.Errorf("no column %q", x.Name)
		}
		out.cols[i].Name = a.Name
	}
	return out, nil
}
