package eval

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// scope is what an expression can see: the columns of a row, the rows of its group inside of summarize, or all rows
// for a window function. The zero scope is that of a let.
type scope struct {
	table *table
	row   []value
	group [][]value // set inside of summarize, outside of an aggregate
	rows  *window
	steps map[string][]value // set inside of scan: the row of each step
}

func (r *run) eval(x kql.Expr, s *scope) (value, error) {
	switch x := x.(type) {
	case *kql.Name:
		return r.name(x.Name, s)
	case *kql.String:
		return text(x.Value), nil
	case *kql.Number:
		return literalNumber(x.Text)
	case *kql.Bool:
		return boolean(x.Value), nil
	case *kql.Timespan:
		if d, ok := parseTimespan(x.Text); ok {
			return span(d), nil
		}
		return value{}, fmt.Errorf("%s is no timespan", x.Text)
	case *kql.Datetime:
		if t, ok := parseDatetime(strings.Trim(x.Text, `"'`)); ok {
			return moment(t), nil
		}
		return value{}, fmt.Errorf("%q is no datetime", x.Text)
	case *kql.Dynamic:
		return literalDynamic(x)
	case *kql.Typed:
		return literalTyped(x)
	case *kql.Null:
		typ, err := canonical(x.Type)
		return null(typ), err
	case *kql.And:
		return r.chain(x.X, s, false)
	case *kql.Or:
		return r.chain(x.X, s, true)
	case *kql.Not:
		return r.not(x, s)
	case *kql.Binary:
		return r.binary(x, s)
	case *kql.Unary:
		return r.unary(x, s)
	case *kql.In:
		return r.in(x, s)
	case *kql.Between:
		return r.between(x, s)
	case *kql.Member:
		return r.member(x, s)
	case *kql.Index:
		return r.index(x, s)
	case *kql.Call:
		return r.call(x, s)
	case *kql.Printed:
		return r.eval(x.X, s)
	}
	return value{}, fmt.Errorf("an expression %T is not run here", x)
}

func (r *run) name(name string, s *scope) (value, error) {
	if s.table != nil {
		if i := s.table.index(name); i >= 0 {
			if s.group != nil {
				return value{}, fmt.Errorf("column %q stands outside of an aggregate", name)
			}
			return s.row[i], nil
		}
	}
	if v, ok := r.scalars[name]; ok {
		return v, nil
	}
	return value{}, fmt.Errorf("no column %q", name)
}

func literalNumber(s string) (value, error) {
	if v := toLong(text(s)); !v.null() {
		return v, nil
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return number(f), nil
	}
	return value{}, fmt.Errorf("%s is no number", s)
}

func literalDynamic(d *kql.Dynamic) (value, error) {
	v, err := d.Value()
	if err == nil {
		v, err = normal(v)
	}
	return dynamic(v), err
}

func literalTyped(x *kql.Typed) (value, error) {
	typ, err := canonical(x.Type)
	if err != nil {
		return value{}, err
	}
	v := convert(text(strings.Trim(x.Text, `"'`)), typ)
	if v.null() {
		return value{}, fmt.Errorf("%s(%s) is no literal", x.Type, x.Text)
	}
	return v, nil
}

// truth takes a condition. Microsoft's analyser refuses one that is not bool; a dynamic needs tobool.
func truth(v value) (value, error) {
	if v.typ != "bool" {
		return value{}, fmt.Errorf("a condition is a bool, not a %s", v.typ)
	}
	return v, nil
}

// chain is `and` and `or`. A null is neither: it yields to the value that decides (docs: logical-operators).
func (r *run) chain(terms []kql.Expr, s *scope, decides bool) (value, error) {
	out := boolean(!decides)
	for _, t := range terms {
		v, err := r.eval(t, s)
		if err == nil {
			v, err = truth(v)
		}
		if err != nil {
			return value{}, err
		}
		switch {
		case v.v == decides:
			out = boolean(decides)
		case v.null() && out.v != decides:
			out = null("bool")
		}
	}
	return out, nil
}

// not of null is null (docs: not-function).
func (r *run) not(x *kql.Not, s *scope) (value, error) {
	v, err := r.eval(x.X, s)
	if err == nil {
		v, err = truth(v)
	}
	if err != nil || v.null() {
		return v, err
	}
	return boolean(v.v == false), nil
}

func (r *run) pair(x, y kql.Expr, s *scope) (a, b value, err error) {
	if a, err = r.eval(x, s); err == nil {
		b, err = r.eval(y, s)
	}
	return a, b, err
}

func (r *run) binary(x *kql.Binary, s *scope) (value, error) {
	a, b, err := r.pair(x.X, x.Y, s)
	if err != nil {
		return value{}, err
	}
	switch x.Op {
	case "==":
		return equal(a, b)
	case "!=", "<>":
		// Of one null != is true, so where keeps the row (docs: scalar-data-types/null-values).
		v, err := equal(a, b)
		if err != nil || v.null() {
			return v, err
		}
		return boolean(v.v == false), nil
	case "<", "<=", ">", ">=":
		return less(x.Op, a, b)
	case "+", "-", "*", "/", "%":
		return arithmetic(x.Op, a, b)
	}
	return compareText(x.Op, a, b)
}

func (r *run) unary(x *kql.Unary, s *scope) (value, error) {
	v, err := r.eval(x.X, s)
	if err != nil || x.Op == "+" {
		return v, err
	}
	zero := long(0)
	if v.plain().typ == "timespan" {
		zero = span(0)
	}
	return arithmetic("-", zero, v)
}

// in: docs: in-operator. An array in the list stands for its members. A null is in no list, and !in of it is true (measured).
func (r *run) in(x *kql.In, s *scope) (value, error) {
	v, err := r.eval(x.X, s)
	if err != nil {
		return value{}, err
	}
	members, err := r.members(x.List, s)
	if err != nil {
		return value{}, err
	}
	op, negated := strings.CutPrefix(x.Op, "!")
	found := false
	for _, m := range members {
		hit, err := inOne(op, v, m)
		if err != nil {
			return value{}, err
		}
		if op == "has_all" && !hit {
			return boolean(false), nil
		}
		found = found || hit
	}
	if op == "has_all" {
		found = !v.null()
	}
	return boolean(found != negated), nil
}

// inOne compares with one member of a list; a null is never found.
func inOne(op string, v, m value) (bool, error) {
	var hit value
	var err error
	switch op {
	case "in":
		hit, err = equal(v, m)
	case "in~":
		hit, err = compareText("=~", v, m)
	case "has_any", "has_all":
		hit, err = compareText("has", v, m)
	default:
		return false, fmt.Errorf("operator %q is not known", op)
	}
	return hit.v == true, err
}

// members gives the values of a list: those of its arrays and of the first column of its queries too.
func (r *run) members(list []kql.Expr, s *scope) ([]value, error) {
	var out []value
	for _, x := range list {
		if t, ok, err := r.rowsOf(x); ok {
			if err != nil {
				return nil, err
			}
			if len(t.cols) == 0 {
				return nil, errors.New("the query in the list has no column")
			}
			for _, row := range t.rows {
				out = append(out, row[0])
			}
			continue
		}
		v, err := r.eval(x, s)
		if err != nil {
			return nil, err
		}
		if list, ok := v.v.([]any); ok {
			for _, m := range list {
				out = append(out, dynamic(m))
			}
			continue
		}
		out = append(out, v)
	}
	return out, nil
}

// rowsOf runs what stands for rows inside of an expression: a query or the name of a tabular let or table.
func (r *run) rowsOf(x kql.Expr) (*table, bool, error) {
	switch x := x.(type) {
	case *kql.Subquery:
		if t, ok := r.sub[x.Query]; ok {
			return t, true, nil
		}
		t, err := r.query(x.Query, nil)
		if err == nil {
			r.sub[x.Query] = t
		}
		return t, true, err
	case *kql.Name:
		if _, scalar := r.scalars[x.Name]; !scalar && r.isTable(x.Name) {
			t, err := r.table(&kql.Table{Name: x.Name})
			return t, true, err
		}
	}
	return nil, false, nil
}

// between: docs: between-operator; both ends belong to it. A timespan as the upper end counts from the lower one.
func (r *run) between(x *kql.Between, s *scope) (value, error) {
	v, err := r.eval(x.X, s)
	if err != nil {
		return value{}, err
	}
	lo, hi, err := r.pair(x.Lo, x.Hi, s)
	if err != nil {
		return value{}, err
	}
	if lo.typ == "datetime" && hi.typ == "timespan" {
		if hi, err = arithmetic("+", lo, hi); err != nil {
			return value{}, err
		}
	}
	a, err := less(">=", v, lo)
	if err != nil {
		return value{}, err
	}
	b, err := less("<=", v, hi)
	if err != nil || a.null() || b.null() {
		return null("bool"), err
	}
	return boolean((a.v == true && b.v == true) != x.Not), nil
}

// member: docs: dynamic. A property that is missing, and one of null, is null; names mind the case.
func (r *run) member(x *kql.Member, s *scope) (value, error) {
	if n, ok := x.X.(*kql.Name); ok && s.steps[n.Name] != nil && s.table.index(n.Name) < 0 {
		if i := s.table.index(x.Name); i >= 0 {
			return s.steps[n.Name][i], nil
		}
		return value{}, fmt.Errorf("no column %q", x.Name)
	}
	v, err := r.eval(x.X, s)
	if err != nil {
		return value{}, err
	}
	return property(v, x.Name)
}

func property(v value, name string) (value, error) {
	if v.typ != "dynamic" {
		return value{}, fmt.Errorf("a %s has no property %q: parse_json makes a dynamic of a text", v.typ, name)
	}
	bag, _ := v.v.(map[string]any)
	return dynamic(bag[name]), nil
}

// index: docs: dynamic. An index outside of the array is null; a negative one counts from the end.
func (r *run) index(x *kql.Index, s *scope) (value, error) {
	v, i, err := r.pair(x.X, x.I, s)
	if err != nil {
		return value{}, err
	}
	i = i.plain()
	switch n := i.v.(type) {
	case string:
		return property(v, n)
	case int64:
		if v.typ != "dynamic" {
			return value{}, fmt.Errorf("a %s has no members", v.typ)
		}
		list, _ := v.v.([]any)
		if n < 0 {
			n += int64(len(list))
		}
		if n < 0 || n >= int64(len(list)) {
			return null("dynamic"), nil
		}
		return dynamic(list[n]), nil
	case nil:
		return null("dynamic"), nil
	}
	return value{}, fmt.Errorf("an index is a number or a text, not a %s", i.typ)
}
