package homes

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/types"
	"github.com/sigc-rules/sigc/compiler/source"
)

func call(name string, args ...kql.Expr) kql.Expr { return &kql.Call{Func: name, Args: args} }

func text(s string) kql.Expr { return &kql.String{Value: s} }

// member is a key of a dynamic column.
func member(x kql.Expr, name string) kql.Expr {
	if kql.QuoteName(name) == name {
		return &kql.Member{X: x, Name: name}
	}
	return &kql.Index{X: x, I: text(name)}
}

// expression reads an expression of Kusto.
func expression(written string) (kql.Expr, error) {
	var diags diag.List
	if x := kql.ParseExpr(source.NewFile("expression.kql", []byte(written)), &diags); x != nil {
		return x, nil
	}
	return nil, fmt.Errorf("this is no expression: %s", written)
}

// before is what an expression stands behind, to be a query.
const before = "T | extend X = "

// parsed reads an expression; where it is none, it says why, at a place of the text.
func parsed(written string) (kql.Expr, *types.Problem) {
	var diags diag.List
	q := kql.Parse(source.NewFile("expression.kql", []byte(before+written)), &diags)
	for _, d := range diags.From(0) {
		if d.Severity == diag.Error {
			return nil, &types.Problem{At: d.Span, Message: d.Message}
		}
	}
	if q == nil || len(q.Ops) != 1 || len(q.Ops[0].(*kql.Extend).Columns) != 1 {
		return nil, &types.Problem{At: source.Span{}.Part(len(before), len(before)+len(written)), Message: "one expression belongs here"}
	}
	return q.Ops[0].(*kql.Extend).Columns[0].X, nil
}
