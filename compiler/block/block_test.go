package block_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/block"

	"gopkg.in/yaml.v3"
)

// whole reads the first document of a text with yaml.v3, which must be the only one.
func whole(text []byte) (*yaml.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	var doc, more yaml.Node
	if err := d.Decode(&doc); err != nil {
		return nil, err
	}
	if err := d.Decode(&more); err != io.EOF {
		return nil, fmt.Errorf("a second document: %w", err)
	}
	return doc.Content[0], nil
}

// differ says where two trees differ; "" when they do not.
func differ(a, b *yaml.Node) string {
	show := func(n *yaml.Node) string {
		return fmt.Sprintf("%d:%d kind %d style %d %s %q %q, %d below", n.Line, n.Column, n.Kind, n.Style, n.ShortTag(), n.Value, n.Anchor, len(n.Content))
	}
	if got, want := show(a), show(b); got != want {
		return "got " + got + ", want " + want
	}
	for i := range a.Content {
		if d := differ(a.Content[i], b.Content[i]); d != "" {
			return d
		}
	}
	return ""
}

// reader reads one text after the other: nothing of one may be left in the next.
var reader block.Reader

// compare holds a text against yaml.v3, and reports whether it was read.
func compare(t *testing.T, text []byte) bool {
	t.Helper()
	reader.Reset()
	got := reader.Read(text, false)
	if got == nil {
		return false
	}
	if !bytes.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
		if d := differ((&block.Reader{}).Read(text, true), got); d != "" {
			t.Fatalf("read as ASCII: %s\n%s", d, text)
		}
	}
	want, err := whole(text)
	if err != nil {
		t.Fatalf("read, though it is wrong: %v\n%s", err, text)
	}
	if d := differ(got, want); d != "" {
		t.Fatalf("%s\n%s", d, text)
	}
	return true
}

// TestRead lists what is read, and near it what is left to yaml.v3.
func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, read, left string
	}{
		{"map", "a: b\nc: d\n", "a: b\nc\n"},
		{"keys on a line", "a:b: c\n", "a: b: c\n"},
		{"deeper key", "a:\n  b: c\nd: e\n", "a: b\n  c: d\n"},
		{"key between two indents", "a:\n    b: c\n    d: e\n", "a:\n    b: c\n  d: e\n"},
		{"blanks before the colon", "a : b\n'c' : d\n", ": b\n"},
		{"empty value", "a:\nb: # none\nc:", "a: !!null\n"},
		{"quoted key", "'a b': c\n\"d\": e\n", "\"a\\n\": b\n"},
		{"key of a question", "?a: b\n", "? a\n: b\n"},
		{"merge", "'<<': a\n", "<<: {a: b}\n"},
		{"list", "- a\n- b\n", "- a\nb: c\n"},
		{"list under its key", "a:\n- b\n- c\nd: e\n", "a:\n- b: c\n - d\n"},
		{"list in a list", "- - a\n  - b\n- c\n", "- - a\n - b\n"},
		{"maps in a list", "- a: b\n  c: d\n-   e: f\n    g: h\n", "- a: b\n   c: d\n"},
		{"item on the next line", "-\n  a: b\n", "-\n- a\n"},
		{"text like an item", "- -a\n- --\n", "a: - b\n"},
		{"plain", "a: b c  \nb: x:y#z ?\n", "a: b:\n"},
		{"plain below", "a:\n  b c\nd: e\n", "a:\nb c\n"},
		{"plain over lines", "a: b  \n  c\n\n\n   - d # e\nf: g\n", "a: b\n  : c\n"},
		{"plain over lines in a list", "- 1\n  2\n- b\n c\n", "- b\n  c: d\n"},
		{"plain before a comment", "a: b # c\n  # d\ne: f\n", "a: b # c\n  d\n"},
		{"indicators", "a: b@c\n", "a: @b\n"},
		{"types", "a: true\nb: NULL\nc: ~\nd: 0777\ne: 1.5\nf: 2025-01-31\ng: .inf\nh: -1\ni: truly\nj: n\n", "a: !!str 1\n"},
		{"digits", "a: 0\nb: 123456789012345678\nc: 007\nd: 1_0\ne: 9223372036854775808\nf: 1e3\ng: 0x1f\nh: 12ab\n", "a: !!int 1\n"},
		{"dates", "a: 2025-01-28\nb: 2025-02-31\nc: 2025-13-01\nd: 2025-00-10\ne: 2025-1-2\nf: 2025-01-28T10:00:00-07:00\ng: 2025-01-28 10:00:00\nh: 20250-01-28\ni: 0000-01-01\n", "a: !!str 2025-01-28\n"},
		{"ids", "a: 01234567-89ab-4def-8012-3456789abcde\nb: 1-2-3-4-5\nc: 2025-1-2-3\nd: 1e-5\ne: 2025-01-28-1-2\nf: 0b-1\n", "a: !!str 1-2-3-4-5\n"},
		{"words", "a: test\nb: True\nc: FALSE\nd: Null\ne: nULL\nf: tRUE\ng: ~x\nh: yes\n", "a: !!bool true\n"},
		{"signs", "a: -enc\nb: -_1\nc: +x\nd: -1\ne: -.5\nf: -.inf\ng: +\nh: .exe\ni: .5\nj: .NaN\nk: -0x1\nl: -x1\n", "a: !!int -1\n"},
		{"single quotes", "a: 'b ''c'' # d'\nb: '' # c\n", "a: 'b\n  c'\n"},
		{"double quotes", "a: \"b 'c' # d\"\nb: \"\"\n", "a: \"b\\tc\"\n"},
		{"behind quotes", "a: 'b' # c\n", "a: 'b' c\n"},
		{"comment without a blank", "a: b#c\n", "a: 'b'#c\n"},
		{"literal", "a: |\n  b\n    c\n\n  # d\ne: f\n", "a: |2\n  b\n"},
		{"literal with a comment", "a: | # b\n  c\n", "a: |+\n  b\n\n"},
		{"literal without its last end", "a: |- \n\n  b\n\n\n", "a: |\n    \n  b\n"},
		{"literal to the end", "a:\n  - |\n   b", "a: |\nb: c\n"},
		{"literal and blanks", "a: |\n  b\n   \n  c  \n \n", "|\n  b\n"},
		{"folded", "a: >\n  b\n  c\n\n  d\n\n\n  e\n\nf: >-\n\n\n  g\n  h\n", "a: >\n  b\n   c\n"},
		{"folded to the end", "a: >-\n  b\n  c", "a: >+\n  b\n\n"},
		{"brackets", "a: [b, 'c', \"d\" , 1 , [e]]\nf: {g: h, 'i': {j: []}}\nk: {}\n", "a: [b,\n  c]\n"},
		{"item in brackets", "a: [ b c , -d, https://e.f/g ]\n", "a: [b, ]\n"},
		{"pair in a list", "a: [{b: c}]\n", "a: [b: c]\n"},
		{"key without value", "a: {b: c}\n", "a: {b}\n"},
		{"brackets not closed", "a: []\n", "a: [b\n"},
		{"behind brackets", "a: [b] # c\n", "a: [b] c\n"},
		{"brackets as key", "a: b\n", "[a]: b\n"},
		{"document", "---\na: b\n", "a: b\n---\nc: d\n"},
		{"end of a document", "a: ...\n", "a: b\n...\n"},
		{"comments alone", "# a\n\n  # b\nc: d # e\n#f", "# a\n"},
		{"scalar", "a: b\n", "a\n"},
		{"anchors", "a: b & c\n", "a: &b c\n"},
		{"far to the right", "   a: b\n   c: d\n", "   a: b\n  c: d\n"},
		{"columns", "ä: {ö: ü, 世: x}\n", "\ufeffa: b\n"},
		{"characters", "a: \u00a0\u2027\U0001F600\n", "a: \u0085b\n"},
		{"blanks", "a:  b\n", "a:\tb\n"},
		{"line ends", "a: b\n\n\n", "a: b\r\n"},
		{"deep", strings.Repeat("- ", 100) + "a\n", strings.Repeat("- ", 101) + "a\n"},
		{"long key", strings.Repeat("k", 256) + ": a\n", strings.Repeat("k", 257) + ": a\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if !compare(t, []byte(test.read)) {
				t.Errorf("not read:\n%s", test.read)
			}
			if compare(t, []byte(test.left)) {
				t.Errorf("read:\n%s", test.left)
			}
		})
	}
}

// TestRules reads nearly all of the rules of the pack and of SigmaHQ.
func TestRules(t *testing.T) {
	for _, dir := range []string{"../../rules", "../schema", "../../../shared/corpus/sigmahq"} {
		t.Run(dir, func(t *testing.T) {
			texts := read(t, dir)
			n := 0
			for name, text := range texts {
				if compare(t, text) {
					n++
				} else if testing.Verbose() {
					t.Log("left to yaml.v3: ", name)
				}
			}
			if n*10 < len(texts)*9 {
				t.Errorf("only %d of %d texts were read", n, len(texts))
			}
		})
	}
}

func read(t testing.TB, dir string) map[string][]byte {
	if _, err := os.Stat(dir); err != nil {
		t.Skip(dir, "is not there")
	}
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if ext := filepath.Ext(name); err != nil || ext != ".yml" && ext != ".yaml" {
			return err
		}
		text, err := os.ReadFile(name)
		for i, part := range bytes.Split(text, []byte("\n---\n")) {
			out[fmt.Sprint(name, i)] = append(part, '\n')
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(len(out), err)
	}
	return out
}

// FuzzRead: what is read is what yaml.v3 reads, and what is wrong is not read.
func FuzzRead(f *testing.F) {
	for _, dir := range []string{"../../rules", "../schema"} {
		for _, text := range read(f, dir) {
			f.Add(text)
		}
	}
	for _, text := range []string{
		"a: b\n  c\n", "- a: |-\n    b\n\n   c\n", "a:\n- 'b''c' # d\n- {e: [f, \"g\"]}\n", "a: [b: c]\n", "? a\n", "a:\n  - b\n c: d\n", "a: |\n\n b\n  c\n\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { compare(t, text) })
}

// BenchmarkRead holds the time against that of yaml.v3.
func BenchmarkRead(b *testing.B) {
	texts := read(b, "../../rules")
	for name, f := range map[string]func([]byte){
		"block": func(text []byte) { block.Read(text) },
		"yaml":  func(text []byte) { _, _ = whole(text) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range texts {
					f(text)
				}
			}
		})
	}
}
