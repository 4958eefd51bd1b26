package yamltext_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/targets/yamltext"
)

// peer is what package yaml.v3 writes of a document.
func peer(t *testing.T, m yamltext.Map) string {
	t.Helper()
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(node(m)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func node(v any) *yaml.Node {
	n := &yaml.Node{}
	switch v := v.(type) {
	case yamltext.Map:
		n.Kind, n.Tag = yaml.MappingNode, "!!map"
		for _, p := range v {
			n.Content = append(n.Content, node(p.Key), node(p.Value))
		}
		n.Style = flow(len(v))
	case yamltext.List:
		n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		for _, x := range v {
			n.Content = append(n.Content, node(x))
		}
		n.Style = flow(len(v))
	case yamltext.Literal:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.LiteralStyle, Value: string(v)}
	default:
		if err := n.Encode(v); err != nil {
			panic(err)
		}
		if n.Tag == "!!merge" { // as which a text of its own is not meant
			n.Tag = "!!str"
		}
	}
	return n
}

func flow(n int) yaml.Style {
	if n == 0 {
		return yaml.FlowStyle
	}
	return 0
}

// examples are such that a writer may stumble over them.
var examples = []string{
	"", "a", "plain text", "true", "no", "null", "~", "12", "1.0.0", "0x1F", "1e3", "2001-01-01", "a: b", "a #b", "#a", "- a", "-a", "[a]", "{a}", "'", "\"", "it's",
	" a", "a ", "\ta", "a\tb", "é", "日本", "😀", "\u0085", "\u200b", "\x00", "\x7f", "%a", "@a", "`a", "!a", "&a", "*a", "|", ">", "?", "? a", ":", "a:", "=", "<<", "...", "---",
	"Yes", "off", "NaN", "infinity", "a, b", "one\ntwo", "one\ntwo\n", "one\n\ntwo\n", "\none\n", " one\ntwo\n", "one \ntwo\n", "one\ntwo\n\n", "one\n  two\n", "one\r\ntwo\n", "é\ntwo\n",
	"one\n two\n", "\xfe", "High", "gt", "PT5H", "1h", "2d", "12m", "n", "N", "Y", "NO", "On", "Null", "nan", "0xd", "1d", "1.0", "10.2.33",
	"a \"b\" 'c'", "_a", "a#b", "a: 'b' # c", `c:\d`, "a:b", "a [b] {c}, d? e | f > g % h", "a - b", "a: ", "a #", "_: b", "true: a", "n#", "y: n",
	"47e0852a-cf81-4494-a8e6-31864f8c86ed", "00000000-0000-4000-8000-000000000001", "2024-01-01", "inf", "T1059.001", "PT5H", "attack.t1059", "{{Computer}}", "x: {{y}}", "a very long text, which has more than eighty characters, so that a writer that folds lines would fold it here",
}

func TestAsYAML(t *testing.T) {
	for _, s := range examples {
		check(t, s)
	}
}

func FuzzAsYAML(f *testing.F) {
	for _, s := range examples {
		f.Add(s)
	}
	f.Fuzz(check)
}

func check(t *testing.T, s string) {
	m := yamltext.Map{
		{"text", s}, {"literal", yamltext.Literal(s)}, {"flag", true}, {"number", -3}, {"none", yamltext.List{}}, {"empty", yamltext.Map{}},
		{"list", yamltext.List{s, yamltext.Map{{"a", s}, {"b", yamltext.Literal(s)}, {"c", yamltext.List{s}}}, yamltext.Map{}, yamltext.List{}, 1}},
		{"map", yamltext.Map{{"a", yamltext.Map{{"b", s}}}, {"c", yamltext.Texts([]string{s, "x"})}}},
	}
	got, err := yamltext.Encode(m)
	if !utf8.ValidString(s) {
		if err == nil {
			t.Errorf("%q is written, and is no text", s)
		}
		return
	}
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	if read, err := texts(string(got)); err != nil || read != [2]string{s, s} {
		t.Errorf("%q does not come back: %v\n%s", s, err, got)
	}
	if s == "" || strings.IndexByte(" \t\n", s[0]) >= 0 {
		return // yaml.v3 does not always read these as it has written them
	}
	if want := peer(t, m); want != string(got) {
		t.Errorf("%q: %s", s, cmp.Diff(want, string(got)))
	}
}

// texts are the two texts at the beginning of a document.
func texts(document string) ([2]string, error) {
	var read struct{ Text, Literal string }
	err := yaml.Unmarshal([]byte(document), &read)
	return [2]string{read.Text, read.Literal}, err
}
