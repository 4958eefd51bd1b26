package eval

import (
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/source"
)

func parse(t *testing.T, text string) *kql.Query {
	t.Helper()
	var diags diag.List
	q := kql.Parse(source.NewFile("query.kql", []byte(text)), &diags)
	if q == nil {
		t.Fatalf("%s\n%v", text, diags.Sorted())
	}
	return q
}

func query(t *testing.T, text string, db map[string]Table) Table {
	t.Helper()
	out, err := Run(parse(t, text), db)
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return out
}

// show writes a value so that null, the empty text and all else differ.
func show(v any) string {
	switch v {
	case nil:
		return "null"
	case "":
		return `""`
	}
	return toString(value{"", v})
}

// lines writes a table: the names of the columns, then a line for each row.
func lines(t Table) string {
	var b strings.Builder
	row := func(cells []string) { b.WriteString(strings.Join(cells, " | ") + "\n") }
	var cells []string
	for _, c := range t.Columns {
		cells = append(cells, c.Name)
	}
	row(cells)
	for _, r := range t.Rows {
		cells = nil
		for _, v := range r {
			cells = append(cells, show(v))
		}
		row(cells)
	}
	return b.String()
}

// database is small enough to be read beside the queries.
func database() map[string]Table {
	at := func(minute int) time.Time { return time.Date(2024, 5, 1, 10, minute, 0, 0, time.UTC) }
	return map[string]Table{
		"SignIn": {
			Columns: []Column{{"Time", "datetime"}, {"User", "string"}, {"Code", "int"}, {"Ip", "string"}},
			Rows: [][]any{
				{at(1), "anna", 0, "10.0.0.1"},
				{at(3), "bob", 50126, "10.0.0.2"},
				{at(4), "bob", 50126, "10.0.0.3"},
				{at(12), "bob", 0, "10.0.0.3"},
				{at(13), "", nil, nil},
			},
		},
		"Audit": {
			Columns: []Column{{"Id", "long"}, {"Targets", "dynamic"}},
			Rows: [][]any{
				{1, []any{map[string]any{"type": "User", "name": "anna"}, map[string]any{"type": "App", "name": "x"}}},
				{2, []any{}},
				{3, nil},
				{4, "plain"},
			},
		},
		`_GetWatchlist("admins")`: {
			Columns: []Column{{"SearchKey", "string"}},
			Rows:    [][]any{{"bob"}},
		},
	}
}

func TestOperators(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"where keeps only true", `SignIn | where Code > 0 | project User, Code`, "User | Code\nbob | 50126\nbob | 50126\n"},
		{"where and a null: not equal is true", `SignIn | where Code != 0 | project User, Code`, "User | Code\nbob | 50126\nbob | 50126\n\"\" | null\n"},
		{"where and a null: not of less is null", `SignIn | where not(Code < 1) | project User`, "User\nbob\nbob\n"},
		{"extend replaces in place", `SignIn | extend User = toupper(User), N = 1 | take 1 | project-away Time`, "User | Code | Ip | N\nANNA | 0 | 10.0.0.1 | 1\n"},
		{"extend sees the columns before it", `print a = 1, b = 2 | extend a = b, b = a`, "a | b\n2 | 1\n"},
		{"names of unnamed columns", `print a = 1, d = dynamic({"x": 2}) | project a + 1, d.x, tostring(d["y"]), strcat("q", a)`, "Column1 | d_x | d_y | Column2\n2 | 2 | \"\" | q1\n"},
		{"project kinds", `SignIn | take 1 | project-rename Who = User | project-keep W*, Code, Ip | project-reorder Ip, *`, "Ip | Who | Code\n10.0.0.1 | anna | 0\n"},
		{"distinct", `SignIn | distinct User`, "User\nanna\nbob\n\"\"\n"},
		{"count", `SignIn | where User == "bob" | count`, "Count\n3\n"},
		{"sort descending puts nulls last", `SignIn | sort by Code, Time asc | project Code, User`, "Code | User\n50126 | bob\n50126 | bob\n0 | anna\n0 | bob\nnull | \"\"\n"},
		{"sort ascending puts nulls first", `SignIn | sort by Code asc | take 2 | project Code`, "Code\nnull\n0\n"},
		{"top", `SignIn | top 1 by Time | project Time`, "Time\n2024-05-01T10:13:00.0000000Z\n"},

		// docs: mv-expand-operator
		{"mv-expand", `datatable(a: int, b: dynamic) [1, dynamic([10, 20]), 2, dynamic(["a", "b"])] | mv-expand b`, "a | b\n1 | 10\n1 | 20\n2 | a\n2 | b\n"},
		{"mv-expand bag", `datatable(a: int, b: dynamic) [1, dynamic({"prop1": "a1", "prop2": "b1"})] | mv-expand b`, "a | b\n1 | {\"prop1\":\"a1\"}\n1 | {\"prop2\":\"b1\"}\n"},
		{"mv-expand bag as pairs", `datatable(a: int, b: dynamic) [1, dynamic({"prop1": "a1"})] | mv-expand kind=array b`, "a | b\n1 | [\"prop1\",\"a1\"]\n"},
		{"mv-expand side by side", `datatable(a: int, b: dynamic, c: dynamic) [1, dynamic([10, 20]), dynamic([5])] | mv-expand b, c`, "a | b | c\n1 | 10 | 5\n1 | 20 | null\n"},
		{"mv-expand with an index", `print x = dynamic([1, 2, 3]) | mv-expand with_itemindex=Index x`, "x | Index\n1 | 0\n2 | 1\n3 | 2\n"},
		{"mv-expand to a type", `print x = dynamic(["5", "y"]) | mv-expand x to typeof(long)`, "x\n5\nnull\n"},
		{"mv-expand of empty and null", `Audit | where Id in (2, 3, 4) | mv-expand Targets`, "Id | Targets\n3 | null\n4 | plain\n"},
		{"mv-expand limit", `print x = dynamic([1, 2, 3]) | mv-expand x limit 2`, "x\n1\n2\n"},

		// docs: mv-apply-operator
		{"mv-apply: the largest of each", `datatable(xMod2: long, l: dynamic) [1, dynamic([1, 3, 5, 7]), 0, dynamic([0, 2, 4])] | mv-apply element=l to typeof(long) on (top 1 by element)`, "xMod2 | l | element\n1 | [1,3,5,7] | 7\n0 | [0,2,4] | 4\n"},
		{"mv-apply: sums", `datatable(xMod2: long, l: dynamic) [1, dynamic([1, 3, 5, 7])] | mv-apply l to typeof(long) on (top 2 by l | summarize SumOfTop2 = sum(l))`, "xMod2 | SumOfTop2\n1 | 12\n"},
		{"mv-apply as a filter", `Audit | mv-apply T = Targets on (where T.type =~ "user") | project Id, Name = tostring(T.name)`, "Id | Name\n1 | anna\n"},
		{"mv-apply: any", `Audit | mv-apply T = Targets on (summarize Any = countif(T.type == "App") > 0) | project Id, Any`, "Id | Any\n1 | true\n2 | false\n3 | false\n4 | false\n"},
		{"mv-apply sees the other columns", `Audit | mv-apply T = Targets on (where Id == 1 | extend k = T.name) | project Id, k`, "Id | k\n1 | anna\n1 | x\n"},

		// docs: summarize-operator
		{"summarize", `SignIn | summarize n = count(), c = dcount(Ip), f = countif(Code != 0) by User`, "User | n | c | f\nanna | 1 | 1 | 0\nbob | 3 | 2 | 2\n\"\" | 1 | 1 | 1\n"},
		{"summarize names", `SignIn | where User == "bob" | summarize count(), dcount(Ip), min(Code), make_set(Ip), make_list(Code), array_length(make_set(Ip)), take_any(User), percentile(Code, 50) by bin(Time, 10m)`,
			"Time | count_ | dcount_Ip | min_Code | set_Ip | list_Code | Column1 | User | percentile_Code_50\n" +
				"2024-05-01T10:00:00.0000000Z | 2 | 2 | 50126 | [\"10.0.0.2\",\"10.0.0.3\"] | [50126,50126] | 2 | bob | 50126\n" +
				"2024-05-01T10:10:00.0000000Z | 1 | 1 | 0 | [\"10.0.0.3\"] | [0] | 1 | bob | 0\n"},
		{"summarize of no rows without keys", `SignIn | where false | summarize count(), sum(Code), max(Code), make_set(Ip), avg(Code), take_anyif(Ip, Code == 0)`,
			"count_ | sum_Code | max_Code | set_Ip | avg_Code | Ip\n0 | 0 | null | [] | null | \"\"\n"},
		{"summarize of no rows with keys", `SignIn | where false | summarize count() by User`, "User | count_\n"},
		{"summarize without aggregates", `SignIn | summarize by User, Code | where isnotempty(User)`, "User | Code\nanna | 0\nbob | 50126\nbob | 0\n"},
		{"aggregates leave out nulls", `SignIn | summarize avg(Code), make_list(Code), min(Code)`, "avg_Code | list_Code | min_Code\n25063 | [0,50126,50126,0] | 0\n"},
		{"arg_max of all", `SignIn | summarize arg_max(Time, *) by User | where User == "bob"`, "User | Time | Code | Ip\nbob | 2024-05-01T10:12:00.0000000Z | 0 | 10.0.0.3\n"},
		{"arg_max of some", `SignIn | summarize Last = arg_max(Time, User, Where = Ip)`, "Last | User | Where\n2024-05-01T10:13:00.0000000Z | \"\" | \"\"\n"},
		{"make_set with a limit", `SignIn | summarize make_set(Ip, 2)`, "set_Ip\n[\"10.0.0.1\",\"10.0.0.2\"]\n"},
		{"aggregates in arithmetic", `SignIn | summarize Rate = 100 * countif(Code != 0) / count()`, "Rate\n60\n"},

		// docs: window-functions
		{"prev and next", `SignIn | sort by Time asc | extend Before = prev(User), After = next(Code, 1, -1), N = row_number() | project User, Before, After, N`,
			"User | Before | After | N\nanna | \"\" | 50126 | 1\nbob | anna | 50126 | 2\nbob | bob | 0 | 3\nbob | bob | null | 4\n\"\" | bob | -1 | 5\n"},
		{"row_number restarts", `datatable(a: string) ["x", "x", "y"] | serialize n = row_number(1, prev(a) != a)`, "a | n\nx | 1\nx | 2\ny | 1\n"},
		{"row_cumsum", `datatable(a: long) [1, 2, 3] | serialize s = row_cumsum(a)`, "a | s\n1 | 1\n2 | 3\n3 | 6\n"},
		{"row_window_session", `SignIn | where User == "bob" | sort by Time asc | extend S = row_window_session(Time, 1h, 5m, User != prev(User)) | project Minute = datetime_part("minute", S)`, "Minute\n3\n3\n12\n"},

		// docs: join-operator
		{"join inner", `datatable(Key: string, V: long) ["a", 1, "b", 2, "b", 3, "c", 4] | join kind=inner (datatable(Key: string, V: long) ["b", 10, "c", 20, "c", 30, "d", 40]) on Key`,
			"Key | V | Key1 | V1\nb | 2 | b | 10\nb | 3 | b | 10\nc | 4 | c | 20\nc | 4 | c | 30\n"},
		{"join innerunique", `datatable(Key: string, V: long) ["a", 1, "b", 2, "b", 3, "c", 4] | join (datatable(Key: string, V: long) ["b", 10, "c", 20, "c", 30, "d", 40]) on Key`,
			"Key | V | Key1 | V1\nb | 2 | b | 10\nc | 4 | c | 20\nc | 4 | c | 30\n"},
		{"join leftouter", `datatable(Key: string) ["a", "b"] | join kind=leftouter (datatable(Key: string, V: long, S: string) ["b", 10, "s"]) on $left.Key == $right.Key`, "Key | Key1 | V | S\na | \"\" | null | \"\"\nb | b | 10 | s\n"},
		{"join leftanti", `SignIn | join kind=leftanti (_GetWatchlist("admins")) on $left.User == $right.SearchKey | distinct User`, "User\nanna\n\"\"\n"},
		{"join leftsemi", `SignIn | join kind=leftsemi (_GetWatchlist("admins")) on $left.User == $right.SearchKey | distinct User`, "User\nbob\n"},
		{"join keys mind the case", `print k = "A" | join kind=inner (print k = "a") on k`, "k | k1\n"},
		{"join fullouter", `print k = 1 | join kind=fullouter (print k = 2) on k`, "k | k1\n1 | null\nnull | 2\n"},
		{"lookup", `print k = 1 | lookup (print k = 1, v = "x") on k`, "k | v\n1 | x\n"},

		// docs: union-operator
		{"union", `union (print a = 1, b = "x"), (print a = 2, c = 5)`, "a | b | c\n1 | x | null\n2 | \"\" | 5\n"},
		{"union inner with its source", `union kind=inner withsource=S (SignIn | where User == "anna" | project User), (print User = "eve", x = 1)`, "S | User\nunion_arg0 | anna\nunion_arg1 | eve\n"},
		{"union of two types", `union (print a = 1), (print a = "x")`, "a_long | a_string\n1 | \"\"\nnull | x\n"},
		{"union fuzzy", `union isfuzzy=true Missing, (print a = 1)`, "a\n1\n"},
		{"union as an operator", `print a = 1 | union (print a = 2)`, "a\n1\n2\n"},

		// docs: let-statement, toscalar-function, in-operator
		{"let", `let most = 1; let bobs = SignIn | where User == "bob"; bobs | summarize n = count() by User | where n > most`, "User | n\nbob | 3\n"},
		{"let of a function with rows", `let admins = _GetWatchlist("admins"); SignIn | where User in~ (admins) | distinct User`, "User\nbob\n"},
		{"in a query", `SignIn | where User in ((SignIn | where Code == 0 | project User)) | count`, "Count\n4\n"},
		{"toscalar", `SignIn | where Time == toscalar(SignIn | summarize max(Time)) | project Time, Code`, "Time | Code\n2024-05-01T10:13:00.0000000Z | null\n"},
		{"materialize", `let m = materialize(SignIn | take 2); m | union m | count`, "Count\n4\n"},
		{"range", `range x from 1 to 10 step 3`, "x\n1\n4\n7\n10\n"},
		{"partition", `SignIn | partition by User (top 1 by Time | project User, Time = datetime_part("minute", Time))`, "User | Time\nanna | 1\nbob | 12\n\"\" | 13\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := lines(query(t, c.query, database())); got != c.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", c.query, got, c.want)
			}
		})
	}
}

// What is not known must say so, even when there is no row to meet it.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{`Missing`, `no table "Missing"`},
		{`SignIn | where Nope == 1`, `no column "Nope"`},
		{`SignIn | where false | where f(User)`, `function "f" is not known`},
		{`SignIn | where User`, "the condition is a string"},
		{`SignIn | where User and true`, "a condition is a bool"},
		{`SignIn | where User == 5`, "a string cannot be compared with a long"},
		{`SignIn | where Code =~ "0"`, `"=~" does not take a int`},
		{`SignIn | where Time contains "2024"`, `"contains" does not take a datetime`},
		{`SignIn | where User.x == 1`, `a string has no property "x"`},
		{`SignIn | where User + 1 == 2`, `"+" does not take a string and a long`},
		{`SignIn | where User matches regex "("`, "regular expression"},
		{`SignIn | extend x = prev(User)`, "the rows have no order"},
		{`SignIn | sort by Time asc | summarize count() by User | extend x = prev(User)`, "the rows have no order"},
		{`SignIn | mv-expand User`, "a string cannot be expanded"},
		{`SignIn | summarize x = User`, "stands outside of an aggregate"},
		{`SignIn | summarize count() by dynamic([1])`, "a group key is no dynamic"},
		{`SignIn | join kind=sideways (SignIn) on User`, `join kind "sideways"`},
		{`SignIn | join kind=inner (SignIn) on Nope`, `no column "Nope"`},
		{`SignIn | join kind=inner (Audit) on $left.User == $right.Id`, "the keys are a string and a long"},
		{`SignIn | evaluate bag_unpack(x)`, "the operator is not run"},
		{`SignIn | render timechart`, "the operator is not run"},
		{`let f = (x: string) { SignIn }; SignIn`, "functions are not run"},
		{`range x from 1 to 100000000 step 1`, "more than 1000000 rows"},
		{`range x from 1 to 5 step 0`, "only steps above zero"},
		{`union kind=inner (print a = 1), (print a = "x")`, `column "a" is a long in one table and a string in another`},
		{`SignIn | where datetime(yesterday) < Time`, "is no datetime"},
		{`SignIn | where strlen(User, User) == 1`, "strlen: 2 arguments"},
		{`Audit | extend x = parse_json(Targets)`, "parse_json: a dynamic is no text"},
		{`SignIn | summarize percentile()`, "percentile: 0 arguments"},
		{`SignIn | project-away Nope`, "a column to choose does not exist"},
	} {
		t.Run(c.query, func(t *testing.T) {
			out, err := Run(parse(t, c.query), database())
			if err == nil {
				t.Fatalf("no error but\n%s", lines(out))
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %q, want %q in it", err, c.want)
			}
		})
	}
}

func TestRowsThatDoNotFit(t *testing.T) {
	for _, c := range []struct {
		name  string
		table Table
		want  string
	}{
		{"a type", Table{Columns: []Column{{"a", "text"}}}, `type "text" is not known`},
		{"a value", Table{Columns: []Column{{"a", "long"}}, Rows: [][]any{{"x"}}}, `row 0, column "a" of T: x is no long`},
		{"a row", Table{Columns: []Column{{"a", "long"}}, Rows: [][]any{{1, 2}}}, "row 0 of T has 2 values for 1 columns"},
		{"a Go value", Table{Columns: []Column{{"a", "dynamic"}}, Rows: [][]any{{struct{}{}}}}, "a struct {} is no dynamic value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Run(parse(t, "T"), map[string]Table{"T": c.table})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestRunAt(t *testing.T) {
	out, err := RunAt(parse(t, "print ago(1d)"), nil, time.Date(2020, 2, 29, 0, 0, 0, 0, time.UTC))
	if err != nil || show(out.Rows[0][0]) != "2020-02-28T00:00:00.0000000Z" {
		t.Errorf("got %v, %v", out, err)
	}
}

// FuzzRun holds the evaluator to an error where it cannot go on.
func FuzzRun(f *testing.F) {
	for _, s := range []string{
		`SignIn | where Code > 0 and User =~ "bob" | summarize arg_max(Time, *), make_set(Ip) by User | sort by User`,
		`Audit | mv-apply T = Targets on (where T.type == "User" | summarize count()) | extend x = strcat(Id, "y")`,
		`let x = SignIn; x | join kind=leftouter (x | take 1) on User | serialize n = row_number(), p = prev(Time, 2)`,
		`print split("a", "b", 1), substring("x", -5, 2), bin(5, 0), 1 % 0, 1h / 0, extract("(a)", 3, "a"), trim("", "x")`,
		`union SignIn, Audit | distinct * | partition by User (take 1)`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var diags diag.List
		q := kql.Parse(source.NewFile("q", []byte(text)), &diags)
		if q == nil || strings.Contains(text, "range") {
			return
		}
		_, _ = Run(q, database())
	})
}
