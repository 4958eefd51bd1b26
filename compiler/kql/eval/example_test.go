package eval_test

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/source"
)

func ExampleRun() {
	var diags diag.List
	q := kql.Parse(source.NewFile("rule.kql", []byte(`SignIn | where not(User startswith "svc") | summarize n = count() by User`)), &diags)
	out, err := eval.Run(q, map[string]eval.Table{"SignIn": {
		Columns: []eval.Column{{Name: "User", Type: "string"}},
		Rows:    [][]any{{"anna"}, {"SVC-backup"}, {"anna"}, {nil}},
	}})
	fmt.Println(out.Rows, err)
	// Output: [[anna 2] [ 1]] <nil>
}
