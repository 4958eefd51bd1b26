package lang_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/lang"
)

func TestRead(t *testing.T) {
	c, err := lang.Read("it", []byte("a:\n  title: {of: x, text: Blocco}\n  triage: {of: y, text: [uno, due]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	title, ok := c.Find("a", "title")
	if !ok || title.Of != "x" || !slices.Equal(title.Texts, []string{"Blocco"}) {
		t.Errorf("%+v", title)
	}
	if steps, _ := c.Find("a", "triage"); !slices.Equal(steps.Texts, []string{"uno", "due"}) {
		t.Errorf("%+v", steps)
	}
	for _, missing := range [][2]string{{"a", "description"}, {"b", "title"}} {
		if e, ok := c.Find(missing[0], missing[1]); ok {
			t.Errorf("%v: %+v", missing, e)
		}
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct{ name, text, err string }{
		{"empty", "", ""},
		{"another attribute", "a: {level: {of: x, text: y}}", `"level" is not translated`},
		{"another key", "a: {title: {off: x, text: y}}", "off"},
		{"no text", "a: {title: {of: x}}", `the text of "title" is missing`},
		{"an object", "a: {title: {of: x, text: {a: b}}}", `the text of "title" is missing`},
		{"no YAML", "a: [", "yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := lang.Read("it", []byte(tt.text))
			if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("got %v, want %q", err, tt.err)
			}
		})
	}
}

func TestDigest(t *testing.T) {
	if lang.Digest("a b\nc") != lang.Digest("a  b c\n") {
		t.Error("the breaks of lines count")
	}
	if lang.Digest("a b") == lang.Digest("a c") || lang.Digest("a", "b") == lang.Digest("a b") {
		t.Error("different texts have the same digest")
	}
}
