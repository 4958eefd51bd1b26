package eval

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// Column is a column and its type, one of Kusto's: bool, int, long, real, string, datetime, timespan, dynamic, guid.
type Column struct {
	Name string
	Type string
}

// Table is rows in memory. A nil is null, and "" in a column of strings; times are [time.Time] and [time.Duration],
// dynamic values what encoding/json decodes to. What a function such as _GetWatchlist("x") returns is a table under
// the text of its call.
type Table struct {
	Columns []Column
	Rows    [][]any
}

// Clock is the moment that [Run] takes now() for.
var Clock = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

// Run runs a query over the tables of a database. An error says what in the query is outside of the known subset, or
// names a table or column that does not exist.
func Run(q *kql.Query, db map[string]Table) (Table, error) {
	return RunAt(q, db, Clock)
}

// RunAt is [Run] at another moment.
func RunAt(q *kql.Query, db map[string]Table, now time.Time) (Table, error) {
	r := &run{db: db, now: now.UTC(), scalars: map[string]value{}, tables: map[string]*table{}, sub: map[*kql.Query]*table{}}
	t, err := r.query(q, nil)
	if err != nil {
		return Table{}, err
	}
	return t.export(), nil
}

// mostRows keeps a query such as range x from 1 to 1000000000 from eating the machine.
const mostRows = 1_000_000

var errTooMany = fmt.Errorf("more than %d rows", mostRows)

// errNil says that a tree lacks a part, which no parsed tree does.
var errNil = errors.New("the query lacks a part")

// run is one run of one query.
type run struct {
	db      map[string]Table
	now     time.Time
	scalars map[string]value      // let statements
	tables  map[string]*table     // tabular let statements
	sub     map[*kql.Query]*table // subqueries inside of expressions, which do not depend on the row
}

// table is rows on their way through the operators.
type table struct {
	cols       []Column
	rows       [][]value
	serialized bool // window functions need rows in a fixed order (docs: serialize-operator)
}

// index gives the place of a column, -1 for none. Column names mind the case (docs: schema-entities/entity-names).
func (t *table) index(name string) int {
	return slices.IndexFunc(t.cols, func(c Column) bool { return c.Name == name })
}

func (t *table) export() Table {
	if i := t.index(IngestionTime); i >= 0 {
		t = t.without(i)
	}
	out := Table{Columns: slices.Clone(t.cols), Rows: [][]any{}}
	for _, row := range t.rows {
		vals := make([]any, len(row))
		for i, v := range row {
			vals[i] = v.v
		}
		out.Rows = append(out.Rows, vals)
	}
	return out
}

// without drops a column.
func (t *table) without(column int) *table {
	var keep []int
	for i := range t.cols {
		if i != column {
			keep = append(keep, i)
		}
	}
	return t.pick(keep)
}

func loadTable(t Table, name string) (*table, error) {
	out := &table{}
	for _, c := range t.Columns {
		typ, err := canonical(c.Type)
		if err != nil {
			return nil, fmt.Errorf("column %q of %s: %w", c.Name, name, err)
		}
		out.cols = append(out.cols, Column{c.Name, typ})
	}
	for i, row := range t.Rows {
		if len(row) != len(out.cols) {
			return nil, fmt.Errorf("row %d of %s has %d values for %d columns", i, name, len(row), len(out.cols))
		}
		vals := make([]value, len(row))
		for j, v := range row {
			x, err := load(v, out.cols[j].Type)
			if err != nil {
				return nil, fmt.Errorf("row %d, column %q of %s: %w", i, out.cols[j].Name, name, err)
			}
			vals[j] = x
		}
		out.rows = append(out.rows, vals)
	}
	return out, nil
}

// query runs a query. input is the rows that a query without a source, inside of mv-apply, works on.
func (r *run) query(q *kql.Query, input *table) (*table, error) {
	if q == nil {
		return nil, errNil
	}
	if len(q.Lets) > 0 {
		// Names that a query inside of another gives are seen in it only.
		scalars, tables := maps.Clone(r.scalars), maps.Clone(r.tables)
		defer func() { r.scalars, r.tables = scalars, tables }()
	}
	for _, l := range q.Lets {
		if err := r.let(l); err != nil {
			return nil, fmt.Errorf("let %s: %w", l.Name, err)
		}
	}
	t, err := input, error(nil)
	if q.Source != nil {
		t, err = r.source(q.Source)
	}
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, errNil
	}
	for _, op := range q.Ops {
		if t, err = r.operator(op, t); err != nil {
			return nil, fmt.Errorf("%s: %w", operatorName(op), err)
		}
		if len(t.rows) > mostRows {
			return nil, errTooMany
		}
	}
	return t, nil
}

func operatorName(op kql.Operator) string {
	return strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", op), "*kql."))
}

// let evaluates once what a name stands for; a bare name or a call may be rows or a value.
func (r *run) let(l kql.Let) error {
	if l.Function != "" {
		return errors.New("functions are not run")
	}
	q := l.Query
	if q == nil {
		switch x := l.Value.(type) {
		case *kql.Name:
			if r.isTable(x.Name) {
				q = &kql.Query{Source: &kql.Table{Name: x.Name}}
			}
		case *kql.Call:
			if _, known := r.db[callText(x)]; known || x.Func == "materialize" {
				q = &kql.Query{Source: &kql.CallSource{Call: x}}
			}
		case *kql.Subquery:
			q = x.Query
		}
	}
	delete(r.scalars, l.Name)
	delete(r.tables, l.Name)
	if q != nil {
		t, err := r.query(q, nil)
		r.tables[l.Name] = t
		return err
	}
	v, err := r.eval(l.Value, &scope{})
	r.scalars[l.Name] = v
	return err
}

func (r *run) isTable(name string) bool {
	_, let := r.tables[name]
	_, db := r.db[name]
	return let || db
}

// callText is the name under which a test gives the rows of a function.
func callText(c *kql.Call) string {
	q := &kql.Query{Source: &kql.CallSource{Call: c}}
	return strings.TrimSuffix(q.String(), "\n")
}

func (r *run) source(s kql.Source) (*table, error) {
	switch s := s.(type) {
	case *kql.Table:
		return r.table(s)
	case *kql.CallSource:
		return r.callSource(s.Call)
	case *kql.Nested:
		return r.query(s.Query, nil)
	case *kql.Union:
		return r.union(s.Kind, s.WithSource, s.IsFuzzy, nil, s.Queries)
	case *kql.Datatable:
		return r.datatable(s)
	case *kql.Print:
		return r.print(s)
	case *kql.Range:
		return r.rangeRows(s)
	}
	return nil, fmt.Errorf("a source %T is not run", s)
}

func (r *run) table(s *kql.Table) (*table, error) {
	if s.Wildcard {
		return nil, fmt.Errorf("the tables %s are not run", s.Name)
	}
	if t, ok := r.tables[s.Name]; ok && t != nil {
		// A let may be used several times, and order is not part of it (docs: let-statement).
		return &table{cols: t.cols, rows: t.rows, serialized: t.serialized}, nil
	}
	t, ok := r.db[s.Name]
	if !ok {
		return nil, fmt.Errorf("no table %q", s.Name)
	}
	return loadTable(t, s.Name)
}

func (r *run) callSource(c *kql.Call) (*table, error) {
	if c == nil {
		return nil, errNil
	}
	if c.Func == "materialize" && len(c.Args) == 1 {
		switch x := c.Args[0].(type) {
		case *kql.Subquery:
			return r.query(x.Query, nil)
		case *kql.Name:
			return r.table(&kql.Table{Name: x.Name})
		}
	}
	text := callText(c)
	t, ok := r.db[text]
	if !ok {
		return nil, fmt.Errorf("no table for the call %s", text)
	}
	return loadTable(t, text)
}

// datatable: docs: datatable-operator.
func (r *run) datatable(d *kql.Datatable) (*table, error) {
	t := &table{}
	for _, c := range d.Columns {
		typ, err := canonical(c.Type)
		if err != nil {
			return nil, err
		}
		t.cols = append(t.cols, Column{c.Name, typ})
	}
	if len(t.cols) == 0 || len(d.Rows)%len(t.cols) != 0 {
		return nil, errors.New("datatable: the values do not fill the rows")
	}
	for row := range slices.Chunk(d.Rows, len(t.cols)) {
		vals := make([]value, len(row))
		for i, x := range row {
			v, err := r.eval(x, &scope{})
			if err != nil {
				return nil, err
			}
			vals[i] = convert(v, t.cols[i].Type)
		}
		t.rows = append(t.rows, vals)
	}
	return t, nil
}

// print: docs: print-operator. Columns without a name are print_0, print_1 and so on.
func (r *run) print(p *kql.Print) (*table, error) {
	t := &table{rows: [][]value{nil}, serialized: true}
	for i, a := range p.Columns {
		v, err := r.eval(a.X, &scope{})
		if err != nil {
			return nil, err
		}
		name := a.Name
		if name == "" {
			name = fmt.Sprintf("print_%d", i)
		}
		t.cols = append(t.cols, Column{name, v.typ})
		t.rows[0] = append(t.rows[0], v)
	}
	return t, nil
}

// rangeRows: docs: range-operator.
func (r *run) rangeRows(s *kql.Range) (*table, error) {
	var ends [3]value
	for i, x := range []kql.Expr{s.From, s.To, s.Step} {
		v, err := r.eval(x, &scope{})
		if err != nil {
			return nil, err
		}
		ends[i] = v
	}
	t := &table{cols: []Column{{s.Column, ends[0].typ}}, serialized: true}
	zero, err := arithmetic("-", ends[2], ends[2])
	if err != nil {
		return nil, err
	}
	up, err := less(">", ends[2], zero)
	if err != nil || up.v != true {
		return nil, errors.New("range: only steps above zero are run")
	}
	for at := ends[0]; ; {
		in, err := less("<=", at, ends[1])
		if err != nil {
			return nil, err
		}
		if in.v != true {
			return t, nil
		}
		if len(t.rows) == mostRows {
			return nil, errTooMany
		}
		t.rows = append(t.rows, []value{at})
		if at, err = arithmetic("+", at, ends[2]); err != nil {
			return nil, err
		}
	}
}
