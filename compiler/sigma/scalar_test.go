package sigma_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// parseValue reads a rule with one value, written as given after "A: ".
func parseValue(t *testing.T, written string) sigma.Value {
	t.Helper()
	text := "title: Test\nlogsource: {category: test}\ndetection:\n    a:\n        A: " + written + "\n    condition: a\n"
	var diags diag.List
	rules := sigma.Parse(source.NewFile("rule.yml", []byte(text)), &diags).Rules
	if diags.Errors() > 0 || len(rules) != 1 {
		t.Fatalf("cannot read\n%s\n%s", text, renderDiags(&diags))
	}
	return rules[0].Detection.Searches[0].Body[0].Items[0].Values[0]
}

// TestScalarPlaces writes the letters of a value in every style, and asks for the place of each word.
func TestScalarPlaces(t *testing.T) {
	const in = "\n            " // the indentation of a further line
	tests := []struct {
		name, written, value string
		whole                string            // the raw text of the whole value, if other than written
		parts                map[string]string // part of the value → its raw text, if other than the part
	}{
		{name: "plain", written: `one two`, value: "one two", parts: map[string]string{"two": ""}},
		{name: "plain with comment", written: "one two # three", value: "one two", whole: "one two"},
		{name: "plain, wide characters", written: "zürich 🎉 end", value: "zürich 🎉 end", parts: map[string]string{"🎉": "", "end": ""}},
		{name: "plain folded", written: "one" + in + "two" + in + "\n" + in[1:] + "three", value: "one two\nthree",
			parts: map[string]string{"two": "", "three": "", "one two": "one" + in + "two"}},
		{name: "single", written: `'one'`, value: "one", parts: map[string]string{"one": ""}},
		{name: "single, doubled", written: `'it''s o''clock'`, value: "it's o'clock",
			parts: map[string]string{"it's": "it''s", "'": "''", "clock": ""}},
		{name: "single, quote at the end", written: `'a'''`, value: "a'", parts: map[string]string{"a": "", "'": "''"}},
		{name: "single folded", written: "'one  " + in + "two" + "\n" + in + "three'", value: "one two\nthree",
			parts: map[string]string{"one": "", "two": "", "three": ""}},
		{name: "double", written: `"one"`, value: "one", parts: map[string]string{"one": ""}},
		{name: "double, escapes", written: `"a\\b\"c\x41\u00e9\U0001F389\tz"`, value: "a\\b\"cAé🎉\tz",
			parts: map[string]string{`\`: `\\`, `"`: `\"`, "A": `\x41`, "é": `\u00e9`, "🎉": `\U0001F389`, "\t": `\t`, "z": "", "cA": `c\x41`}},
		{name: "double folded", written: `"one` + in + `two"`, value: "one two", parts: map[string]string{"two": ""}},
		{name: "double, escaped break", written: `"one\` + in + `two"`, value: "onetwo", parts: map[string]string{"two": "", "one": ""}},
		{name: "literal", written: "|" + in + "one" + in + "  two" + "\n" + in + "three", value: "one\n  two\n\nthree\n",
			parts: map[string]string{"one": "", "  two": "", "three": ""}},
		{name: "literal, strip", written: "|-" + in + "one", value: "one", parts: map[string]string{"one": ""}},
		{name: "literal, keep", written: "|+" + in + "one\n\n", value: "one\n\n\n", whole: "|+" + in + "one", parts: map[string]string{"one": ""}},
		{name: "literal, indicator", written: "|2 # why" + "\n            one\n          two", value: "  one\ntwo\n",
			parts: map[string]string{"  one": "", "two": ""}},
		{name: "literal, blank line first", written: "|" + "\n" + in + "one", value: "\none\n", parts: map[string]string{"one": ""}},
		{name: "folded", written: ">-" + in + "one" + in + "two" + "\n" + in + "three", value: "one two\nthree",
			parts: map[string]string{"one": "", "two": "", "three": ""}},
		{name: "folded, more indented", written: ">" + in + "one" + in + "  two" + in + "three" + in + "four", value: "one\n  two\nthree four\n",
			parts: map[string]string{"one": "", "  two": "", "three": "", "four": ""}},
		{name: "folded, trailing blanks", written: ">-" + in + "one  " + in + "two", value: "one   two", parts: map[string]string{"two": ""}},
		{name: "tagged", written: "!!str 123", value: "123", whole: "123", parts: map[string]string{"3": ""}},
		{name: "anchored", written: "&x !!str 'one'", value: "one", whole: "'one'", parts: map[string]string{"one": ""}},
		{name: "anchored literal", written: "&x |-" + in + "one", value: "one", whole: "|-" + in + "one", parts: map[string]string{"one": ""}},
		{name: "empty", written: "''", value: ""},
	}
	for _, tt := range tests {
		for _, crlf := range []bool{false, true} {
			name, breaks := tt.name, strings.NewReplacer()
			if crlf {
				name, breaks = tt.name+", CRLF", strings.NewReplacer("\n", "\r\n")
			}
			t.Run(name, func(t *testing.T) {
				v := parseValue(t, breaks.Replace(tt.written))
				if v.Text != tt.value {
					t.Fatalf("got the value %q, want %q", v.Text, tt.value)
				}
				whole := tt.whole
				if whole == "" {
					whole = tt.written
				}
				if got := v.At.Text(); got != breaks.Replace(whole) {
					t.Errorf("the value is placed at %q, want %q", got, whole)
				}
				for part, raw := range tt.parts {
					if raw == "" {
						raw = part
					}
					i := strings.Index(v.Text, part)
					if got := v.Map().Span(i, i+len(part)).Text(); got != breaks.Replace(raw) {
						t.Errorf("%q is placed at %q, want %q", part, got, raw)
					}
				}
			})
		}
	}
}

// TestScalarOddBreaks reads what our alignment does not follow: the value is right, and the place the rest of its line.
func TestScalarOddBreaks(t *testing.T) {
	v := parseValue(t, "'one\u2028  two'")
	if !strings.Contains(v.Text, "one") || !strings.Contains(v.Text, "two") {
		t.Errorf("got the value %q", v.Text)
	}
	if v.At.IsZero() || v.Map().Span(0, 1).IsZero() {
		t.Error("the value has no place")
	}
}

// TestByteOrderMark keeps the places of the first line right after a byte-order mark.
func TestByteOrderMark(t *testing.T) {
	text := "\uFEFFtitle: Täst # ü\nlogsource: {category: test}\ndetection:\n    a: [x]\n    condition: a\n"
	var diags diag.List
	rules := sigma.Parse(source.NewFile("rule.yml", []byte(text)), &diags).Rules
	if len(rules) != 1 || diags.Len() > 0 {
		t.Fatal(renderDiags(&diags))
	}
	if got := rules[0].Title.At.Text(); got != "Täst" {
		t.Errorf("the title is placed at %q", got)
	}
	if got := rules[0].Detection.Searches[0].Name.At.Text(); got != "a" {
		t.Errorf("the search is placed at %q", got)
	}
}
