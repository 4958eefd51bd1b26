package target_test

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// A target says what it can keep; Bind refuses the rest with a reason.
func ExampleBind() {
	plain := &target.Target{
		Name:     "plain",
		Supports: 0, // equality and positions in text need no feature
		Keeps:    func(*schema.Log) bool { return true },
		Missing:  func(*schema.Log, target.Ref) string { return "" },
		Query: func(b *target.Bound) fmt.Stringer {
			var q strings.Builder
			q.WriteString(ir.String(b.Expr))
			return &q
		},
	}
	rule := func(p ir.Pattern) *ir.Rule {
		field := ir.NewField("operationName", source.Span{})
		return &ir.Rule{
			Meta:       &ir.Meta{},
			Logsource:  ir.Logsource{Product: "azure", Service: "auditlogs"},
			Conditions: []ir.Expr{&ir.Like{Field: field, Pattern: p}},
		}
	}
	cased := ir.Text("Add user")
	cased.Cased = true
	for _, p := range []ir.Pattern{ir.Text("Add user"), cased} {
		var diags diag.List
		if bound := target.Bind(plain, target.Locate(rule(p), nil, &diags), &diags); bound != nil {
			fmt.Println(plain.Query(bound))
		}
		for _, d := range diags.Sorted() {
			fmt.Println(d.Message)
		}
	}
	// Output:
	// (like operationName "Add user")
	// plain cannot express case-sensitive comparison exactly
}
