package types_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/types"
	"github.com/sigc-rules/sigc/compiler/source"
)

// columns have a name for each type.
var columns = map[string]string{
	"S": "string", "I": "int", "L": "long", "R": "real", "B": "bool", "D": "datetime", "TS": "timespan", "G": "guid", "DY": "dynamic",
}

// What is refused here is what Microsoft's analyser, Kusto.Language 12.4.1, refuses of these.
func TestOf(t *testing.T) {
	for _, tt := range []struct{ text, typ, problem string }{
		{"S", "string", ""},
		{"tolower(S)", "string", ""},
		{"toint(S)", "int", ""},
		{"tostring(DY.a['b'].c[0])", "string", ""},
		{"DY.a", "dynamic", ""},
		{"strlen(S)", "long", ""},
		{"strlen(DY)", "long", ""},
		{"1 + 1.5", "real", ""},
		{"I + L", "long", ""},
		{"-1", "long", ""},
		{"0x1E", "long", ""},
		{"D - D", "timespan", ""},
		{"D - 1h", "datetime", ""},
		{"ago(1d)", "datetime", ""},
		{"iff(S == 'a', 1, 2)", "long", ""},
		{"iff(B, S, I)", "", ""},
		{"case(B, 'a', not(B), 'b', 'c')", "string", ""},
		{"coalesce(S, 'x')", "string", ""},
		{"coalesce(I, L)", "long", ""},
		{"min_of(I, 2.5)", "real", ""},
		{"split(S, '.')[0]", "dynamic", ""},
		{"strcat(S, I, D)", "string", ""},
		{"S contains 'a' and L > 5", "bool", ""},
		{"S in ('a', 'b') or D between (ago(1d) .. now())", "bool", ""},
		{"L == 'a'", "bool", ""}, // never, but it runs
		{"extract('(a)', 1, S)", "string", ""},
		{"trim(strcat('a', 'b'), S)", "string", ""},
		{"pack_array(S, L)", "dynamic", ""},
		{"long(5)", "long", ""},
		{"double(5)", "real", ""},
		{"ipv4_is_in_any_range(S, dynamic(['10.0.0.0/8']))", "bool", ""},

		{"* has 'a'", "bool", ""},
		{"S in ((T | project S))", "bool", ""},

		{"*", "", "* is no value; it may stand before a comparison, for all columns"},
		{"strcat(*, S)", "string", "* is no value; it may stand before a comparison, for all columns"},
		{"S == *", "bool", "* is no value; it may stand before a comparison, for all columns"},
		{"* + 1", "", "* is no value; it may stand before a comparison, for all columns"},
		{"S in (*)", "bool", "* is no value; it may stand before a comparison, for all columns"},
		{"*.x", "dynamic", "* is no value; it may stand before a comparison, for all columns"},
		{"(T | count)", "", "a query gives rows, and a value belongs here"},
		{"S.tolower()", "", `there is no function "tolower" of a value; it stands inside of the parentheses`},
		{"-S", "", "- does not reckon with values of type string"},
		{"toLower(S)", "", `there is no function "toLower"; did you mean "tolower"?`},
		{"my_function(S)", "", `there is no function "my_function"`},
		{"count()", "", `there is no function "count"`},
		{"strlen()", "", "strlen takes one argument, not 0"},
		{"strlen(S, S)", "", "strlen takes one argument, not 2"},
		{"substring(S)", "", "substring takes 2 to 3 arguments, not 1"},
		{"now(1h, 2h)", "", "now takes 0 to 1 arguments, not 2"},
		{"case(B, 'a')", "", "case takes 3, 5, 7 ... arguments, not 2"},
		{"case(B, 'a', B, 'b')", "", "case takes 3, 5, 7 ... arguments, not 4"},
		{"case(S, 'a', 'b')", "", "case takes a value of type bool as argument 1, not a value of type string"},
		{"case(B, 'a', S, 'b', 'c')", "", "case takes a value of type bool as argument 3, not a value of type string"},
		{"iff(S, 1, 2)", "", "iff takes a value of type bool as argument 1, not a value of type string"},
		{"strcat(tolower())", "string", "tolower takes one argument, not 0"},
		{"array_length(S)", "", "array_length takes an array (dynamic) as argument 1, not a value of type string"},
		{"abs(S)", "", "abs takes a number as argument 1, not a value of type string"},
		{"substring(S, 'a')", "", "substring takes a number as argument 2, not a value of type string"},
		{"replace_regex(S, S, '')", "string", "replace_regex takes a constant as argument 2, and no value that differs from row to row"},
		{"coalesce(I, S)", "", "coalesce takes values of one type, not of type int and string"},
		{"S.a", "dynamic", "a value of type string has no parts; parse_json makes a dynamic value of a text"},
		{"S[0]", "dynamic", "a value of type string has no parts; parse_json makes a dynamic value of a text"},
		{"S + 'x'", "", "+ does not reckon with values of type string"},
		{"D + 1", "", "there is no + of a value of type datetime and one of type long"},
		{"S > 'a'", "bool", "> does not order values of type string"},
		{"L > D", "bool", "> does not compare a value of type long with one of type datetime"},
		{"L contains 'a'", "bool", "contains compares texts, and not values of type long"},
		{"S and B", "bool", "a condition is true or false, and not of type string"},
		{"not(L)", "bool", "a condition is true or false, and not of type long"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			var diags diag.List
			q := kql.Parse(source.NewFile("q.kql", []byte("T | extend X = "+tt.text)), &diags)
			if q == nil || diags.Len() > 0 {
				t.Fatal(diags.Sorted())
			}
			typ, problems := types.Of(q.Ops[0].(*kql.Extend).Columns[0].X, func(name string) string { return columns[name] })
			got := ""
			if len(problems) > 0 {
				got = problems[0].Message
			}
			if typ != tt.typ || got != tt.problem || len(problems) > 1 {
				t.Errorf("got %q and %v, want %q and %q", typ, problems, tt.typ, tt.problem)
			}
		})
	}
}
