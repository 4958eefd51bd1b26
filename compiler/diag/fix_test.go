package diag_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

func span(f *source.File, part string) source.Span {
	i := strings.Index(string(f.Text), part)
	return f.Span(i, i+len(part))
}

func TestApply(t *testing.T) {
	f := source.NewFile("a.yml", []byte("one: 1\r\ntwo: 2\r\n"))
	other := source.NewFile("b.yml", f.Text)
	one, two := span(f, "1"), span(f, "two")
	tests := []struct {
		name  string
		fixes [][]diag.Edit
		want  string
		made  string
	}{
		{"none", nil, "one: 1\r\ntwo: 2\r\n", ""},
		{"two, in any order", [][]diag.Edit{{{Span: two, Text: "three"}}, {{Span: one, Text: "7"}}}, "one: 7\r\nthree: 2\r\n", "yy"},
		{"the first counts", [][]diag.Edit{{{Span: one, Text: "7"}}, {{Span: one, Text: "8"}}}, "one: 7\r\ntwo: 2\r\n", "yn"},
		{"all or nothing", [][]diag.Edit{{{Span: one, Text: "7"}}, {{Span: two, Text: "x"}, {Span: one, Text: "8"}}}, "one: 7\r\ntwo: 2\r\n", "yn"},
		{"side by side", [][]diag.Edit{{{Span: one, Text: "7"}}, {{Span: f.Span(one.End(), one.End()), Text: "8"}}}, "one: 7\r\ntwo: 2\r\n", "yn"},
		{"line breaks of the file", [][]diag.Edit{{{Span: one, Text: "\n- 1"}}}, "one: \r\n- 1\r\ntwo: 2\r\n", "y"},
		{"another file", [][]diag.Edit{{{Span: span(other, "1"), Text: "7"}}}, "one: 1\r\ntwo: 2\r\n", "n"},
		{"no edits", [][]diag.Edit{{}}, "one: 1\r\ntwo: 2\r\n", "n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var fixes []diag.Fix
			for _, edits := range tt.fixes {
				fixes = append(fixes, diag.Fix{Edits: edits})
			}
			text, made := diag.Apply(f, fixes)
			got := ""
			for _, m := range made {
				got += map[bool]string{true: "y", false: "n"}[m]
			}
			if string(text) != tt.want || got != tt.made {
				t.Errorf("Apply = %q, %s, want %q, %s", text, got, tt.want, tt.made)
			}
		})
	}
}

func TestRemoveEntry(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a line", "tags:\n    - a\n    - X\n    - b\n", "tags:\n    - a\n    - b\n"},
		{"the last line without its end", "tags:\n    - a\n    - X", "tags:\n    - a\n"},
		{"lines of Windows", "tags:\r\n    - a\r\n    - X\r\n", "tags:\r\n    - a\r\n"},
		{"between brackets", "tags: [a, X, b]\n", "tags: [a, b]\n"},
		{"last between brackets", "tags: [a , X]\n", "tags: [a ]\n"},
		{"a comment would be lost", "tags:\n    - X # why\n", ""},
		{"a list in a list", "tags:\n    - - X\n", ""},
		{"first between brackets", "tags: [X, a]\n", ""},
		{"no list", "tags: X\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := source.NewFile("a.yml", []byte(tt.text))
			fixes := diag.RemoveEntry(span(f, "X"))
			got := ""
			if fixes != nil {
				text, _ := diag.Apply(f, fixes)
				got = string(text)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
