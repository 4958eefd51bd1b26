package layout_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/layout"
	"github.com/sigc-rules/sigc/compiler/source"
)

func formatted(name, text string) (string, string) {
	out, note := layout.Format(source.NewFile(name, []byte(text)))
	return string(out), note
}

func TestFormat(t *testing.T) {
	const rest = "detection:\n    s:\n        A: x\n    condition: s\n"
	for _, tt := range []struct{ name, text, want string }{
		{"order of keys", "level: high\ndetection:\n  condition: s\n  s:\n    A: x\nlogsource:\n  service: b\n  product: a\ntitle: T\n",
			"title: T\nlogsource:\n    product: a\n    service: b\n" + rest + "level: high\n"},
		{"keys of one's own stay behind theirs", "title: T\nowner: me\nid: x\n" + rest + "last: 1\nlevel: low\n", "title: T\nowner: me\nid: x\n" + rest + "last: 1\nlevel: low\n"},
		{"lists", "title: T\ntags:\n- a.b\n-   c.d\n" + rest, "title: T\ntags:\n    - a.b\n    - c.d\n" + rest},
		{"maps in lists", "title: T\ndetection:\n  s:\n  - A: x\n    B|contains:\n    - 'y'\n    - z\n  condition: s\n",
			"title: T\ndetection:\n    s:\n        - A: x\n          B|contains:\n              - 'y'\n              - z\n    condition: s\n"},
		{"quotes", "title: \"T\"\nauthor: 'a: b'\ndate: '2026-01-31'\nlevel: \"high\"\nstatus: 'on'\n" + rest,
			"title: T\nstatus: 'on'\nauthor: 'a: b'\ndate: '2026-01-31'\n" + rest + "level: high\n"},
		{"quotes of searches stay", "title: T\ndetection:\n  s:\n    A: \"x\"\n    B: \"it's\"\n    C: \"a\\tb\"\n    '|all': ['a', \"b\"]\n  condition: s\n",
			"title: T\ndetection:\n    s:\n        A: 'x'\n        B: \"it's\"\n        C: \"a\\tb\"\n        '|all': ['a', 'b']\n    condition: s\n"},
		{"texts in block style", "title: T\ndescription: |\n  one\n    two\n\n  three\n" + rest, "title: T\ndescription: |\n    one\n      two\n\n    three\n" + rest},
		{"texts over several lines", "title: T\ndescription: one\n  two\n\n  three\n" + rest, "title: T\ndescription: one\n    two\n\n    three\n" + rest},
		{"comments go with what is below", "# top\ntitle: T\n# about the level\nlevel: high # why\n" + rest + "# end\n",
			"# top\ntitle: T\n" + rest + "# about the level\nlevel: high # why\n# end\n"},
		{"a comment below a list", "title: T\ntags:\n  - a.b # one\n  # - c.d\nlevel: low\n" + rest, "title: T\ntags:\n    - a.b # one\n    # - c.d\n" + rest + "level: low\n"},
		{"no comment", "title: T\nauthor: 'a # b'\ndescription: |\n  # no comment\nreferences:\n  - https://x/#y\n" + rest,
			"title: T\ndescription: |\n    # no comment\nreferences:\n    - https://x/#y\nauthor: 'a # b'\n" + rest},
		{"documents", "---\ntitle: T\n" + rest + "---\n# two\ntitle: U\n" + rest, "title: T\n" + rest + "---\n# two\ntitle: U\n" + rest},
		{"lines of Windows", "level: high\r\ntitle: T\r\ndetection: {s: {A: x}, condition: s}\r\n", "title: T\r\ndetection: {s: {A: x}, condition: s}\r\nlevel: high\r\n"},
		{"a mark of byte order", "\uFEFFlevel: high\ntitle: T\n" + rest, "\uFEFFtitle: T\n" + rest + "level: high\n"},
		{"no end of the last line", "title: T\n" + strings.TrimSuffix(rest, "\n"), "title: T\n" + rest},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, note := formatted("rule.yml", tt.text)
			if got != tt.want || note != "" {
				t.Errorf("got %q, %s\nwant %q", got, note, tt.want)
			}
		})
	}
}

// What could lose something is left as it is, and said so.
func TestLeftAlone(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"anchors", "title: &t T\ndetection: {s: {A: *t}, condition: s}\n"},
		{"tags", "title: !!str T\ndetection: {s: {A: x}, condition: s}\n"},
		{"not YAML", "title: [\n"},
		{"no rule", "lists: {a: [b]}\n"},
		{"a comment between brackets", "title: T\ntags: [a.b, # one\n  c.d]\ndetection: {s: {A: x}, condition: s}\n"},
		{"an indentation of its own", "title: T\ndescription: |2\n    a\ndetection: {s: {A: x}, condition: s}\n"},
		{"a key twice", "title: T\ntitle: U\ndetection: {s: {A: x}, condition: s}\n"},
		{"an end", "title: T\ndetection: {s: {A: x}, condition: s}\n...\n"},
		{"nothing", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, note := formatted("rule.yml", tt.text); got != tt.text || note == "" {
				t.Errorf("got %q, %q", got, note)
			}
		})
	}
}

// Every rule of SigmaHQ keeps its values and comments, and is in the layout after one run.
func TestCorpus(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "corpus", "sigmahq")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the corpus is not here")
	}
	n, notes := 0, map[string]int{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".yml" {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		n++
		_, note := formatted(file, string(text)) // which proves that values and comments stay, and that it settles
		if note != "" {
			notes[note]++
			t.Logf("%s: %s", file, note)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	left := 0
	for _, k := range notes {
		left += k
	}
	if left > n/100 {
		t.Errorf("%d of %d rules are left alone: %v", left, n, notes)
	}
}

func FuzzFormat(f *testing.F) {
	f.Add("title: T\ntags:\n- a # b\n# c\ndetection:\n  s: {A: x}\n  condition: s\n")
	f.Fuzz(func(t *testing.T, text string) { formatted("rule.yml", text) })
}
