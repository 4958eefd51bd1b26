package kql

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

func alone(text string) (Expr, []diag.Diagnostic) {
	var diags diag.List
	return ParseExpr(source.NewFile("expression.kql", []byte(text)), &diags), diags.From(0)
}

// An expression is the same alone and in a query.
func TestParseExpr(t *testing.T) {
	for _, text := range []string{
		"Column", "['a name']", "Bag.a.b[0]['c d']", `tostring(Bag.a)`, `iff(isempty(A), B, strcat(A, ":", B))`,
		`A =~ "x" or not(B in ("y", "z")) and C > 5`, `-1 + 2 * 3`, `toscalar(T | count)`, `A in ((T | project A))`,
		"A // with a comment",
	} {
		x, mistakes := alone(text)
		if x == nil {
			t.Errorf("%s: %v", text, mistakes)
			continue
		}
		want := parse(t, "T | where "+text).Ops[0].(*Where).X
		if got, want := flat(x, levelOr), flat(want, levelOr); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestParseExprMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"":             `the query ends too early: expected an expression`,
		"a b":          `unexpected "b": expected the end of the expression`,
		"a, b":         `unexpected ",": expected the end of the expression`,
		"A | count":    `unexpected "|": expected the end of the expression`,
		"X = 1":        `unexpected "=": expected the end of the expression`,
		"| count":      `unexpected "|": expected an expression`,
		"f(a":          `the query ends too early: expected "," or ")"`,
		`"not closed`:  "",
		"(T | where )": "",
	} {
		x, mistakes := alone(text)
		if x != nil || len(mistakes) != 1 {
			t.Errorf("%s: got %v with %v", text, x, mistakes)
			continue
		}
		if got := mistakes[0]; want != "" && got.Message != want || got.ID != "kql/syntax" {
			t.Errorf("%s: got %s: %s, want %s", text, got.ID, got.Message, want)
		}
	}
}
