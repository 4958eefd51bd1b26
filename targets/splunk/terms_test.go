package splunk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// globsOf are values as search reads them, in which stars and question marks are wildcards.
func globsOf(values ...string) []glob {
	var out []glob
	for _, v := range values {
		var parts []ir.Part
		for _, r := range v {
			switch r {
			case '*':
				parts = append(parts, ir.Part{Wild: ir.Many})
			case '?':
				parts = append(parts, ir.Part{Wild: ir.One})
			default:
				parts = append(parts, ir.Part{Text: string(r)})
			}
		}
		out = append(out, glob{ir.NewPattern(parts), starsForUnsaid})
	}
	return out
}

func TestTermsTogether(t *testing.T) {
	var w workspace
	is := func(field string, values ...string) term { return &termIs{field, globsOf(values...)} }
	and := func(x ...term) term { return w.allTerm(x) }
	or := func(x ...term) term { return w.anyTerm(x) }
	var many []term
	for i := range 2 * few {
		many = append(many, is("f", fmt.Sprint(i/2)))
	}
	for _, test := range []struct {
		got  term
		want string
	}{
		{or(is("a", "1"), is("b", "2"), is("a", "3", "4"), is("b", "5")), `(a IN ("1", "3", "4") OR b IN ("2", "5"))`},
		{or(is("a", "1"), or(is("b", "2"), is("a", "3"))), `(a IN ("1", "3") OR b="2")`},
		{or(is("a", "1"), and(is("a", "2"), is("b", "3"))), `(a="1" OR (a="2" b="3"))`},
		{and(is("a", "1"), and(is("b", "2"), is("a", "1"))), `(a="1" b="2")`},
		{and(is("a", "x?y"), is("a", "x*y"), is("a", "xéy"), is("a", "x*z")), `(a="x*y" a="x*z")`},
		{and(is("a", "1"), is("b", "1"), is("a", "1", "2")), `(a="1" b="1" a IN ("1", "2"))`},
		{and(&termNot{is("a", "1")}, is("a", "1"), &termNot{and(is("a", "1"))}), `(NOT a="1" a="1")`},
		{and(&termText{"x"}, &termText{"y"}, &termText{"x"}, &termMacro{"x"}), "(\"x\" \"y\" `x`)"},
		{and(or(is("a", "1"), is("b", "2")), or(is("a", "1"), is("b", "2"))), `(a="1" OR b="2")`},
		{and(many...), `(f="0" f="1" f="2" f="3" f="4" f="5" f="6" f="7")`},
	} {
		if got := string(appendPart(nil, test.got)); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

// TestTermsOwn: a list that several terms have stays what it is when one of them gets more values.
func TestTermsOwn(t *testing.T) {
	shared := make([]glob, 0, 8)
	shared = append(shared, globsOf("1", "2")...)
	one := &termIs{"a", shared}
	for range 2 {
		if got := string(appendPart(nil, new(workspace).anyTerm([]term{one, &termIs{"a", globsOf("3")}, &termIs{"a", globsOf("4")}}))); got != `a IN ("1", "2", "3", "4")` {
			t.Error(got)
		}
	}
	if got := string(appendPart(nil, one)); got != `a IN ("1", "2")` || !shared[:3][2].Equal(ir.Pattern{}) {
		t.Error(got, shared[:3])
	}
}

// TestJoined: patterns of many fields that take turns become one list and one expression for each field.
func TestJoined(t *testing.T) {
	const fields = 3 * few
	var x []node
	var want []string
	for _, kind := range []string{"1", "x*", "2", "*y", "z?z"} {
		for i := range fields {
			v := &value{x: ref(fmt.Sprintf("f%d", i)), typ: schema.String} // its own value each time
			x = append(x, &test{value: v, globs: globsOf(kind)})
		}
	}
	for i := range fields {
		want = append(want, fmt.Sprintf(`in(coalesce(f%d, ""), "1", "2")`, i))
	}
	for i := range fields {
		want = append(want, fmt.Sprintf(`match(coalesce(f%d, ""), "(?i)^x|y\z")`, i))
	}
	for i := range fields {
		want = append(want, fmt.Sprintf(`match(coalesce(f%d, ""), "(?is)^z.z\z")`, i))
	}
	if got := strings.Split(writeExpr(new(workspace).oneOf(x)), " OR "); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPlainInXML(t *testing.T) {
	for pattern, want := range map[string]bool{
		"*powershell*": true, "*a&b*": false, "*x;y*": false, `*"*`: false, "*quot*": false, "*UO*": false, "*quote*": true, "*lt*": false,
		"*old*": true, "a?b": false, "*": true, "": true, "*é*": true, "*x*amp*": false,
	} {
		if got := plainInXML(globsOf(pattern)[0].Pattern); got != want {
			t.Errorf("%q: %t", pattern, got)
		}
	}
}
