package targets_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// runKQL returns the judge that reads the printed query of a target back and runs it over the row of the event, in a
// table with the types of its columns.
func runKQL(target string) func(*testing.T, *testCase, event) (match, ok bool) {
	return func(t *testing.T, k *testCase, e event) (match, ok bool) {
		t.Helper()
		for _, c := range k.compiled[target] {
			row, isRow := rowOf(c.Log, e.Event)
			if !isRow {
				return false, false
			}
			n, err := rowsOf(c, row)
			if err != nil {
				t.Errorf("event %q: %s: %v", e.Name, target, err)
				return false, false
			}
			if n > 1 {
				t.Errorf("event %q: %s returns %d rows for one event", e.Name, target, n)
			}
			match, ok = match || n > 0, true
		}
		return match, ok
	}
}

// rowsOf runs a query over one row and counts the rows of its result, in both readings of what mv-apply makes of an empty
// array: its page says that it runs the subquery on no rows, users report that the row is gone.
func rowsOf(c *target.Compiled, row map[string]any) (int, error) {
	q, err := parseKQL(c.Text)
	if err != nil {
		return 0, err
	}
	table, err := tableOf(c.Log, row)
	if err != nil {
		return 0, err
	}
	count := func(q *kql.Query) (int, error) {
		db := map[string]eval.Table{c.Log.Name: table}
		watchlists(c, db)
		result, err := eval.Run(q, db)
		if err != nil {
			return 0, fmt.Errorf("%w in:\n%s", err, q)
		}
		return len(result.Rows), nil
	}
	n, err := count(q)
	if err != nil {
		return 0, err
	}
	if dropped, err := count(dropping(q)); err != nil || dropped != n {
		return 0, fmt.Errorf("%d rows, and %d when mv-apply drops rows with an empty array (%v):\n%s", n, dropped, err, c.Text)
	}
	return n, nil
}

// dropping returns the query with a condition before each mv-apply that its array is not empty, and inside of it after
// each summarize that there was something to summarize.
func dropping(q *kql.Query) *kql.Query {
	out := *q
	out.Ops = nil
	for _, op := range q.Ops {
		if sum, ok := op.(*kql.Summarize); ok && q.Source == nil && len(sum.By) == 0 {
			rows := &kql.Name{Name: "RowsSummarized"}
			some := *sum
			some.Aggs = append(slices.Clone(sum.Aggs), kql.Assign{Name: rows.Name, X: &kql.Call{Func: "count"}})
			out.Ops = append(out.Ops, &some, &kql.Where{X: &kql.Binary{Op: ">", X: rows, Y: &kql.Number{Text: "0"}}})
			op = &kql.Project{Kind: "away", Columns: []kql.Assign{{X: rows}}}
		}
		if apply, ok := op.(*kql.MvApply); ok {
			for _, c := range apply.Columns {
				length := &kql.Call{Func: "array_length", Args: []kql.Expr{c.X}}
				out.Ops = append(out.Ops, &kql.Where{X: &kql.Binary{Op: "!=", X: length, Y: &kql.Number{Text: "0"}}})
			}
			inner := *apply
			inner.Query = dropping(apply.Query)
			op = &inner
		}
		out.Ops = append(out.Ops, op)
	}
	return &out
}

func parseKQL(text string) (*kql.Query, error) {
	var diags diag.List
	q := kql.Parse(source.NewFile("query.kql", []byte(text)), &diags)
	if q == nil || diags.Errors() > 0 {
		return nil, fmt.Errorf("the query cannot be read back: %v\n%s", diags.Sorted(), text)
	}
	return q, nil
}

func tableOf(log *schema.Log, row map[string]any) (eval.Table, error) {
	var table eval.Table
	cells := make([]any, 0, len(log.Columns))
	for _, c := range log.Columns {
		typ := c.Type
		if c.Array && !c.JSON {
			typ = schema.Dynamic // Type is that of the members
		}
		v := row[c.Name]
		if s, ok := v.(string); ok && typ == schema.Datetime {
			at, err := time.Parse(time.RFC3339Nano, s)
			if err != nil {
				return table, fmt.Errorf("column %s: %w", c.Name, err)
			}
			v = at
		}
		table.Columns = append(table.Columns, eval.Column{Name: c.Name, Type: string(typ)})
		cells = append(cells, v)
	}
	table.Rows = [][]any{cells}
	return table, nil
}
