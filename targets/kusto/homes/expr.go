package homes

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
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
	q := kql.Parse(source.NewFile("expression.kql", []byte("T | extend X = "+written)), &diags)
	if q == nil || diags.Errors() > 0 || len(q.Ops) != 1 {
		return nil, fmt.Errorf("this is no expression: %s", written)
	}
	return q.Ops[0].(*kql.Extend).Columns[0].X, nil
}
