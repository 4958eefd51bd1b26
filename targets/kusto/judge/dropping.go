package judge

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
)

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
