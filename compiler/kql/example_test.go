package kql_test

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/source"
)

func Example() {
	name := &kql.Member{X: &kql.Name{Name: "Target"}, Name: "display name"}
	q := &kql.Query{
		Header: []kql.Comment{{"Consent granted to an application"}},
		Source: &kql.Table{Name: "AuditLogs"},
		Ops: []kql.Operator{
			&kql.Where{X: &kql.And{X: []kql.Expr{
				&kql.Binary{Op: "=~", X: &kql.Name{Name: "Result"}, Y: &kql.String{Value: "success"}},
				&kql.Or{X: []kql.Expr{
					&kql.In{X: &kql.Name{Name: "OperationName"}, Op: "in~", List: []kql.Expr{&kql.String{Value: "Consent"}}},
					&kql.Binary{Op: "contains", X: &kql.Name{Name: "Path"}, Y: &kql.String{Value: `C:\Temp`}},
				}},
			}}},
			&kql.Extend{Columns: []kql.Assign{{Name: "App", X: &kql.Call{Func: "tostring", Args: []kql.Expr{name}}}}},
		},
	}
	fmt.Print(q)
	// Output:
	// // Consent granted to an application
	// AuditLogs
	// | where Result =~ "success" and (OperationName in~ ("Consent") or Path contains @"C:\Temp")
	// | extend App = tostring(Target.['display name'])
}

func ExampleParse() {
	f := source.NewFile("rule.kql", []byte("SigninLogs | filter ResultType == '0' | limit 5"))
	var diags diag.List
	q := kql.Parse(f, &diags)
	fmt.Print(q)
	// Output:
	// SigninLogs
	// | where ResultType == "0"
	// | take 5
}
