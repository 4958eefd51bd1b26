package kql

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

const benchmarkQuery = `AuditLogs
| where OperationName in~ ("Consent to application", "Add delegated permission grant") and Result =~ "success"
| mv-apply Target = TargetResources on (where Target.type =~ "Application" | extend App = tostring(Target.displayName))
| extend Initiator = tostring(InitiatedBy.user.userPrincipalName), Address = tostring(InitiatedBy.user.ipAddress)
| where not(Address startswith "10." or Address matches regex @"^192\.168\.") and isnotempty(Initiator)
| summarize StartTime = min(TimeGenerated), Apps = make_set(App, 100) by Initiator, bin(TimeGenerated, 1h)
`

func parseBytes(text []byte) *Query {
	var diags diag.List
	return Parse(source.NewFile("query.kql", text), &diags)
}

func parse(t *testing.T, text string) *Query {
	t.Helper()
	var diags diag.List
	q := Parse(source.NewFile("query.kql", []byte(text)), &diags)
	if q == nil {
		t.Fatalf("%s\n%v", text, diags.Sorted())
	}
	return q
}

// Each row was compared with Microsoft's parser: it refuses the same texts.
func TestParseMistakes(t *testing.T) {
	for _, c := range []struct{ query, at, message, hint string }{
		{"", "", "the query ends too early: expected a query", ""},
		{"// only a comment\n", "", "the query ends too early: expected a query", ""},
		{"T |", "", "the query ends too early: expected an operator such as where, extend or summarize", ""},
		{"T | wher x", "wher", `"wher" is no operator: expected one such as where, extend or summarize`, `did you mean "where"?`},
		{"T | WHERE x", "WHERE", `"WHERE" is no operator: expected one such as where, extend or summarize`, `did you mean "where"?`},
		{"T | xyzzy", "xyzzy", `"xyzzy" is no operator: expected one such as where, extend or summarize`, ""},
		{"T | take 1 | 5", "5", `unexpected "5": expected an operator such as where, extend or summarize`, ""},
		{"T | where x = 5", "=", `unexpected "=": expected an operator, "|" or the end of the query`, "== compares; one = gives a column its value"},
		{"T | where x AND y", "AND", `unexpected "AND": expected an operator, "|" or the end of the query`, "keywords are written in lower case: and"},
		{"T | where a == b == c", "==", `unexpected "==": expected an operator, "|" or the end of the query`, ""},
		{"T | where a < b < c", "<", `unexpected "<": expected an operator, "|" or the end of the query`, ""},
		{"T | where - - a", "-", `unexpected "-": expected an expression`, ""},
		{"T | where by == 1", "by", `unexpected "by": expected an expression`, ""},
		{"T | where x in ()", ")", `unexpected ")": expected an expression`, ""},
		{"T | where x in (1, 2", "", `the query ends too early: expected "," or ")"`, ""},
		{"T | where x in (1 2)", "2", `unexpected "2": expected "," or ")"`, ""},
		{"T | where f(1 2)", "2", `unexpected "2": expected "," or ")"`, ""},
		{`T | where x has_any "a"`, `"a"`, `unexpected string literal: expected "("`, ""},
		{"T | where (x == 1", "", `the query ends too early: expected ")"`, ""},
		{"T | where x == 1)", ")", `unexpected ")": expected an operator, "|" or the end of the query`, ""},
		{"T | where x == dynamic([1)", ")", `unexpected ")": expected "]"`, ""},
		{"T | where x between (1 2)", "2", `unexpected "2": expected ".."`, ""},
		{"T | where datetime() > x", "()", `"datetime" has no value: expected a literal or null`, ""},
		{"T | where not(a, b)", "(a, b)", `"not" takes one argument, not 2`, ""},
		{"T | extend a = 1,", "", "the query ends too early: expected an expression", ""},
		{"T | extend and = 1", "and", `unexpected "and": expected an expression`, ""},
		{"T | sort x", "x", `unexpected "x": expected "by"`, ""},
		{"T | mv-apply x = y on where", "where", `unexpected "where": expected a query in parentheses`, ""},
		{"T | join kind=inner (U | where) on a", ")", `unexpected ")": expected an expression`, ""},
		{"T | join kind=", "", "the query ends too early: expected a value", ""},
		{"T | join 5 on a", "5", "a query starts with a table, not with a value", ""},
		{"5 | take 1", "5", "a query starts with a table, not with a value", ""},
		{"let x == 5; T", "==", `unexpected "==": expected "="`, "one = gives a column its value; == compares"},
		{"let x = 5;", "", "the text returns no rows: expected a query after the let statements", ""},
		{"T; U | take 1", "U | take 1", "a second query in one text: expected only let statements beside one query", ""},
		{"T | where x == \"a\nb\"", `"a`, `the string literal is not closed: " is missing at the end of the line`, ""},
		{"T | where x == ```a", "```", "the string literal is not closed: ``` is missing", ""},
		{`T | where x == "C:\Windows"`, `\W`, `\W is no escape of a string literal`, `write \\ for a backslash, or a verbatim literal such as @"C:\Windows"`},
		{"T | where é == 1", "é", `unexpected character "é" in a query`, ""},
		{"T | where x == \xff", "\xff", `unexpected character "\xff" in a query`, ""},
		{"f(a=1, 2)", "2", "an argument without a name stands after one with a name", ""},
	} {
		t.Run(c.query, func(t *testing.T) {
			var diags diag.List
			q := Parse(source.NewFile("query.kql", []byte(c.query)), &diags)
			if q != nil || diags.Len() != 1 {
				t.Fatalf("got %v and %d diagnostics, want one and no query", q, diags.Len())
			}
			d := diags.Sorted()[0]
			if d.ID != "kql/syntax" || d.Span.Text() != c.at || d.Message != c.message || d.Hint != c.hint {
				t.Errorf("got  %q at %q (%s)\nwant %q at %q (%s)", d.Message, d.Span.Text(), d.Hint, c.message, c.at, c.hint)
			}
		})
	}
}

func TestParseSpans(t *testing.T) {
	text := "// note\nlet x = 5;\nT\n| where a.b == 'v' and not(c) // end\n| extend y = f(1)\n"
	q := parse(t, text)
	where := q.Ops[0].(*Where)
	and := where.X.(*And)
	eq := and.X[0].(*Binary)
	for _, c := range []struct {
		name, want string
		at         source.Span
	}{
		{"let", "let x = 5", q.Lets[0].At},
		{"query", text[strings.Index(text, "T\n") : len(text)-1], q.At},
		{"where", "where a.b == 'v' and not(c)", where.At},
		{"and", "a.b == 'v' and not(c)", and.At},
		{"comparison", "a.b == 'v'", eq.At},
		{"member", "a.b", SpanOf(eq.X)},
		{"string", "'v'", SpanOf(eq.Y)},
		{"not", "not(c)", SpanOf(and.X[1])},
		{"column", "y = f(1)", q.Ops[1].(*Extend).Columns[0].At},
	} {
		if got := c.at.Text(); got != c.want {
			t.Errorf("%s: span covers %q, want %q", c.name, got, c.want)
		}
	}
}

// Hostile texts must neither overflow the stack nor take long.
func TestParseHostile(t *testing.T) {
	const n = 200_000
	for name, text := range map[string]string{
		"parentheses": "T | where " + strings.Repeat("(", n),
		"closed":      "T | where " + strings.Repeat("(", n) + "x" + strings.Repeat(")", n),
		"calls":       "T | where " + strings.Repeat("f(", n),
		"lists":       "T | where x in (" + strings.Repeat("[", n),
		"dynamic":     "T | where dynamic(" + strings.Repeat("[", n),
		"sums":        "T | where x" + strings.Repeat(" + 1", n),
		"properties":  "T | where x" + strings.Repeat(".a", n),
		"indexes":     "T | where x" + strings.Repeat("[0]", n),
		"signs":       "T | where " + strings.Repeat("-", n) + "1",
		"subqueries":  strings.Repeat("T | join (", n),
		"long word":   "T | " + strings.Repeat("w", n),
		"commas":      "T | extend " + strings.Repeat(",", n),
		"semicolons":  strings.Repeat(";", n),
	} {
		t.Run(name, func(t *testing.T) {
			var diags diag.List
			if q := Parse(source.NewFile("q", []byte(text)), &diags); q != nil || diags.Len() != 1 {
				t.Errorf("want one diagnostic and no query, got %d", diags.Len())
			}
		})
	}
}

// Lists and chains are long in real rules, so their length has no limit.
func TestParseLong(t *testing.T) {
	const n = 5000
	terms := make([]string, n)
	values := make([]string, n)
	for i := range terms {
		terms[i] = fmt.Sprintf("x == %d", i)
		values[i] = fmt.Sprint(i)
	}
	q := parse(t, "T | where "+strings.Join(terms, " or ")+" | where x in ("+strings.Join(values, ", ")+")")
	again := parse(t, q.String())
	for _, q := range []*Query{q, again} {
		if got := len(q.Ops[0].(*Where).X.(*Or).X); got != n {
			t.Errorf("the chain has %d terms, want %d", got, n)
		}
		if got := len(q.Ops[1].(*Where).X.(*In).List); got != n {
			t.Errorf("the list has %d values, want %d", got, n)
		}
	}
}

// seeds are the queries of the golden cases.
func seeds(f *testing.F) {
	files, err := filepath.Glob("../../testdata/kql/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatalf("no golden cases: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if file.Name == "query.kql" {
				f.Add(string(file.Data))
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("q", []byte(text))
		var diags diag.List
		q := Parse(file, &diags)
		if (q == nil) != (diags.Errors() > 0) {
			t.Fatalf("a query %v with diagnostics %v", q, diags.Sorted())
		}
		for _, d := range diags.Sorted() {
			inside(t, d.Span, file)
		}
		if q != nil {
			spans(t, q, file)
		}
	})
}

func FuzzPrintParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		var diags diag.List
		q := Parse(source.NewFile("q", []byte(text)), &diags)
		if q == nil {
			return
		}
		once := q.String()
		again := Parse(source.NewFile("printed", []byte(once)), &diags)
		if again == nil {
			t.Fatalf("%q prints as\n%s\nwhich is refused: %v", text, once, diags.Sorted())
		}
		if twice := again.String(); twice != once {
			t.Fatalf("%q prints as\n%s\nand then as\n%s", text, once, twice)
		}
		if a, b := dump(q), dump(again); a != b {
			t.Fatalf("%q prints as\n%s\ntree\n%s\nafter\n%s", text, once, a, b)
		}
	})
}

func inside(t *testing.T, s source.Span, f *source.File) {
	t.Helper()
	if s.File != f || s.Start() < 0 || s.End() < s.Start() || s.End() > len(f.Text) {
		t.Fatalf("span %d to %d is not inside of the file of %d bytes", s.Start(), s.End(), len(f.Text))
	}
}
