package kql

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

func TestQuote(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"plain", `whoami`, `"whoami"`},
		{"empty", ``, `""`},
		{"path", `C:\Windows\`, `@"C:\Windows\"`},
		{"path with quotes", `"C:\x" y`, `@"""C:\x"" y"`},
		{"quotes", `say "hi"`, `"say \"hi\""`},
		{"single quotes need nothing", `it's`, `"it's"`},
		{"backslash beside a control", "a\\b\n", `"a\\b\n"`},
		{"line breaks and tab", "a\r\n\tb", `"a\r\n\tb"`},
		{"NUL", "a\x00b", `"a\u0000b"`},
		{"line separator", "a\u2028b", `"a\u2028b"`},
		{"reversed writing", "a\u202eb", `"a\u202eb"`},
		{"no-break space", "a\u00a0b", `"a\u00a0b"`},
		{"letters of every script", "Éа中", `"Éа中"`},
		{"emoji", "😀", `"😀"`},
		{"tag characters", "\U000e0041", `"\udb40\udc41"`},
		{"invalid UTF-8, one for each byte", "a\xff\xfeb", `"a\ufffd\ufffdb"`},
		{"comment and statement", `// "; drop`, `"// \"; drop"`},
		{"invalid UTF-8 in a path", "C:\\\xff", `"C:\\\ufffd"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Quote(c.value); got != c.want {
				t.Errorf("Quote(%q) = %s, want %s", c.value, got, c.want)
			}
		})
	}
}

func TestQuoteName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"FileName", "FileName"},
		{"_x1", "_x1"},
		{"and", "['and']"},
		{"And", "And"},
		{"kind", "['kind']"},
		{"type", "type"},
		{"true", "['true']"},
		{"a b", "['a b']"},
		{"1x", "['1x']"},
		{"a-b", "['a-b']"},
		{"it's", `['it\'s']`},
		{"a\nb", `['a\nb']`},
		{"", "['']"},
		{"Größe", "['Größe']"},
	} {
		if got := QuoteName(c.name); got != c.want {
			t.Errorf("QuoteName(%q) = %s, want %s", c.name, got, c.want)
		}
	}
}

// The values are those that Microsoft's parser gives for the same literals.
func TestUnquote(t *testing.T) {
	for _, c := range []struct{ literal, want string }{
		{`"\0"`, "\x00"},
		{`"\777"`, "ǿ"},
		{`"\1234"`, "S4"},
		{`"\x41\u0042\U00000043"`, "ABC"},
		{`"\ud83d\ude00"`, "😀"},
		{`"\ud83dx"`, "\ufffdx"},
		{`'\'"'`, `'"`},
		{`@"a""b\"`, `a"b\`},
		{`@'a''b'`, `a'b`},
		{`h"x"`, "x"},
		{`H@'\x'`, `\x`},
		{"```a\n\"\\```", "a\n\"\\"},
		{"h~~~a~~~", "a"},
	} {
		f := source.NewFile("q", []byte("print "+c.literal))
		var diags diag.List
		q := Parse(f, &diags)
		if q == nil {
			t.Errorf("%s: %v", c.literal, diags.Sorted())
			continue
		}
		if got := q.Source.(*Print).Columns[0].X.(*String).Value; got != c.want {
			t.Errorf("%s reads as %q, want %q", c.literal, got, c.want)
		}
	}
}

func TestCommentStaysOnItsLine(t *testing.T) {
	q := &Query{Header: []Comment{{"a\nT | ", "take 1"}, {"b\u2028c\r\x00"}, {""}}, Source: &Table{Name: "U"}}
	want := "// a T | take 1\n// b c\n//\nU\n"
	if got := q.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// bytewise replaces each invalid byte, which is what Quote documents.
func bytewise(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
	}
	return b.String()
}

// FuzzQuote holds Quote to its promise: one literal, nothing beside it, which reads back the same.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", `\`, `"`, `\"`, "a\nb", "\x00", "\xff", "\u2028", `@"`, "```", "// x", `"; T | take 1 //`, "\U0010ffff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := "T | where x == " + Quote(s) + " | extend " + QuoteName(s) + " = 1 | take 1"
		if strings.ContainsAny(text, "\n\r\x00") || !utf8.ValidString(text) {
			t.Fatalf("%q leaves its line: %q", s, text)
		}
		var diags diag.List
		q := Parse(source.NewFile("q", []byte(text)), &diags)
		if q == nil || len(q.Ops) != 3 {
			t.Fatalf("%q is not inert: %s: %v", s, text, diags.Sorted())
		}
		got := q.Ops[0].(*Where).X.(*Binary).Y.(*String).Value
		name := q.Ops[1].(*Extend).Columns[0].Name
		if want := bytewise(s); got != want || name != want {
			t.Fatalf("%q reads back as %q and as the name %q", s, got, name)
		}
	})
}
