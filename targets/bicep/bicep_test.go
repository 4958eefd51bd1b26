package bicep_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/targets/bicep"
	"github.com/sigc-rules/sigc/targets/bicep/biceptest"
)

func TestQuote(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", `''`},
		{"plain", `'plain'`},
		{"it's", `'it\'s'`},
		{`a\b`, `'a\\b'`},
		{"${x}", `'\${x}'`},
		{"$x {y} %{z}", `'$x {y} %{z}'`},
		{"$${x}", `'$\${x}'`},
		{"a\nb\r\tc", `'a\nb\r\tc'`},
		{"\x00\u2028\u202e\ufeff", `'\u{0}\u{2028}\u{202e}\u{feff}'`},
		{"漢字 😀 é", `'漢字 😀 é'`},
		{"[concat('a')]", `'[concat(\'a\')]'`},
		{"*/ // '''", `'*/ // \'\'\''`},
	} {
		if got := bicep.Quote(tt.in); got != tt.want {
			t.Errorf("Quote(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestText(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"one line", `'one line'`},
		{"a\nb", "'''\na\nb'''"},
		{"\na ${x} \\n 'b'\n", "'''\n\na ${x} \\n 'b'\n'''"},
		{"a\n'", `'a\n\''`},
		{"a\n'''b", `'a\n\'\'\'b'`},
		{"a\r\nb", `'a\r\nb'`},
		{"a\nb\u202e", `'a\nb\u{202e}'`},
	} {
		if got := bicep.Text(tt.in); got != tt.want {
			t.Errorf("Text(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

// sample has every kind of declaration and value, with a text and a name in all places.
func sample(text, name string) *bicep.File {
	return &bicep.File{
		Params: []bicep.Param{{Name: "workspace", Doc: text}, {Name: "other", Default: bicep.String(text + "x")}, {Name: "list", Type: "array", Default: bicep.Array{}}, {Name: "here", Default: bicep.Expression("resourceGroup().location")}},
		Resources: []bicep.Resource{
			{Symbol: "sentinel", Type: "A.B/c@2025-01-01", Existing: true, Body: bicep.Object{{Name: "name", Value: bicep.Symbol("workspace")}}},
			{Symbol: "rule_1", Doc: text, Type: "A.B/c@2025-01-01", Body: bicep.Object{
				{Name: name, Value: bicep.String(text)},
				{Name: "of " + name, Value: bicep.Array{bicep.String(text), bicep.Array{}, bicep.Object{}, bicep.Number("-12"), bicep.Bool(true)}},
				{Name: "for", Value: bicep.Object{{Name: "if", Value: bicep.Bool(false)}}},
			}},
		},
		Modules: []bicep.Module{{Symbol: "m", Path: "watchlists/a.json", Body: bicep.Object{{Name: "name", Value: bicep.String(text)}}}},
	}
}

func readsBack(t *testing.T, f *bicep.File) {
	t.Helper()
	got, err := biceptest.Read(f.String())
	if err != nil {
		t.Fatalf("%v in\n%s", err, f)
	}
	if diff := cmp.Diff(f, got); diff != "" {
		t.Errorf("%s\n%s", diff, f)
	}
}

func TestPrint(t *testing.T) {
	readsBack(t, sample("two\nlines with 'quotes' and ${x}", "plain"))
	if !strings.HasSuffix(sample("", "a").String(), "}\n") {
		t.Error("the file does not end with one line break")
	}
}

func TestOf(t *testing.T) {
	got, err := bicep.Of(struct {
		Z string         `json:"z"`
		A []int          `json:"a"`
		M map[string]any `json:"m"`
	}{"<&>", []int{1, 2}, map[string]any{"yes": true}})
	want := bicep.Object{
		{Name: "z", Value: bicep.String("<&>")}, {Name: "a", Value: bicep.Array{bicep.Number("1"), bicep.Number("2")}},
		{Name: "m", Value: bicep.Object{{Name: "yes", Value: bicep.Bool(true)}}},
	}
	if diff := cmp.Diff(bicep.Value(want), got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if _, err := bicep.Of(map[string]any{"a": nil}); err == nil {
		t.Error("null has a value")
	}
}

// TestReader: the reader that the other tests rely on refuses what is not Bicep.
func TestReader(t *testing.T) {
	for _, text := range []string{
		"param a string = 'x", "param a string = '${b}'\n", "param a string = 'a\\q'\n", "param a int\n", "var a = 1\n",
		"resource a 'b' = {\n  x: 1 y: 2\n}\n", "resource a 'b' = {\n  x: 1\n  x: 2\n}\n", "resource a 'b' = {\n  x: '''a''''\n}\n",
		"resource a 'b' = {\n  x: [1, 2]\n}\n", "resource a 'b' = { x: 1 }\n", "param a string = '\\u{110000}'\n",
	} {
		if _, err := biceptest.Read(text); err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
}

func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "'", "''''", "\\", "${a}", "$$${", "\n", "a\n'''", "\r\n", "'''\n'", "[a]", "*/", "漢\n字", "😀", "\u202e\n"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		text, name = strings.ToValidUTF8(text, "?"), strings.ToValidUTF8(name, "?")
		if name == "for" {
			return // the sample has that name already
		}
		readsBack(t, sample(text, name))
	})
}
