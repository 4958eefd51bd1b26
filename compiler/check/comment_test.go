package check

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/source"
)

func TestComments(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"alone", "# one\na: b\n  # two\n", []string{"# one", "# two"}},
		{"behind a value", "a: b # one\n", []string{"# one"}},
		{"a sign without a blank", "a: b#c\n", nil},
		{"in quotes", "a: 'b # c' # one\nb: \"x \\\" # y\" # two\n", []string{"# one", "# two"}},
		{"two quotes in quotes", "a: 'it''s # c' # one\n", []string{"# one"}},
		{"an apostrophe in a plain text", "a: it's # one\n", []string{"# one"}},
		{"over lines", "a: 'b\n  # c' # one\n", []string{"# one"}},
		{"block style", "a: |\n    # no\n  # no\n\n  no # no\nb: c # one\n", []string{"# one"}},
		{"block style with a comment", "a: >- # one\n  # no\nb: c\n", []string{"# one"}},
		{"block style in a list", "a:\n  - |\n    # no\n  - b # one\n", []string{"# one"}},
		{"block style in a map of a list", "a:\n  - b: |\n      # no\n    c: d # one\n", []string{"# one"}},
		{"a pipe in a key", "a|b: c # one\n", []string{"# one"}},
		{"flow style", "a: ['b # c', d] # one\n", []string{"# one"}},
		{"returns", "a: b # one\r\n# two\r\n", []string{"# one", "# two"}},
	} {
		var got []string
		for _, c := range comments(source.NewFile("x.yml", []byte(tt.text))) {
			got = append(got, c.text)
			if !strings.HasPrefix(tt.text[c.start:], c.text) {
				t.Errorf("%s: the offset %d of %q is wrong", tt.name, c.start, c.text)
			}
		}
		if strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestTop(t *testing.T) {
	c := comments(source.NewFile("x.yml", []byte("# one\n---\n# two\na: b\n# three\n")))
	if len(c) != 3 || !c[0].top || !c[1].top || c[2].top {
		t.Errorf("got %+v", c)
	}
}

func TestFits(t *testing.T) {
	for _, tt := range []struct {
		pattern, id string
		want        bool
	}{
		{"style/title-case", "style/title-case", true}, {"style/*", "style/title-case", true},
		{"style/title", "style/title-case", false}, {"styl/*", "style/title-case", false}, {"*", "style/title-case", false},
	} {
		if got := Fits(tt.pattern, tt.id); got != tt.want {
			t.Errorf("Fits(%q, %q) = %v", tt.pattern, tt.id, got)
		}
	}
}

// Every check is whole: it looks at something, has a page, and an id that no other has.
func TestAll(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range All() {
		looks := c.Sigma != nil || c.Tag != nil || c.Cond != nil || c.Item != nil || c.Odd != nil || c.Pack != nil
		if looks == strings.HasPrefix(c.ID, "lint/") { // which the reader of comments reports
			t.Errorf("%s looks at something: %v", c.ID, looks)
		}
		if seen[c.ID] || c.Doc.Bad == c.Doc.Good {
			t.Errorf("%s is there twice, or its examples are the same", c.ID)
		}
		seen[c.ID] = true
	}
	if len(seen) < 100 {
		t.Errorf("only %d checks", len(seen))
	}
}
