package layout

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Format returns the text of a file in the usual layout. A file that holds a construct whose comments or values could get
// lost is left alone: it is returned as it is, with a note that says why.
func Format(f *source.File) (text []byte, note string) {
	once, note := format(f)
	if note != "" {
		return f.Text, note
	}
	again, _ := format(source.NewFile(f.Name, []byte(once)))
	switch {
	case again != once:
		return f.Text, "its layout does not settle"
	case !sameValues(f, once):
		return f.Text, "a value would change"
	case !sameComments(f, once):
		return f.Text, "a comment would get lost"
	}
	return []byte(once), ""
}

// problem is why a file is left alone; it is raised where it is found.
type problem string

const bom = "\uFEFF"

func format(f *source.File) (text, note string) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case problem:
			text, note = "", string(p)
		default:
			panic(p)
		}
	}()
	var diags diag.List
	trees := sigma.Trees(f, &diags)
	if diags.Errors() > 0 {
		return "", "it is not valid YAML"
	}
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(f.Text), bom), "\r\n", "\n"), "\n")
	if markers(lines) > max(len(trees), 1) {
		return "", "it has an empty document"
	}
	p := &printer{file: f}
	bounds := documentBounds(f, trees)
	for i, t := range trees {
		if !isSigma(t.Root) {
			return "", "it is no Sigma rule"
		}
		if i > 0 {
			p.out.WriteString("---\n")
		}
		p.document(t, bounds[i], bounds[i+1])
	}
	if len(trees) == 0 {
		return "", "it holds no rule"
	}
	text = p.out.String()
	if strings.Contains(string(f.Text), "\r\n") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if strings.HasPrefix(string(f.Text), bom) {
		text = bom + text
	}
	return text, ""
}

// isSigma reports whether a document is a rule, a correlation, a filter or a template of a collection.
func isSigma(root *yaml.Node) bool {
	if root.Kind != yaml.MappingNode {
		return false
	}
	has := func(names ...string) bool {
		for i := 0; i+1 < len(root.Content); i += 2 {
			if slices.Contains(names, root.Content[i].Value) {
				return true
			}
		}
		return false
	}
	return has("detection", "correlation", "filter") || has("title") && has("logsource")
}

// isMarker reports whether a line begins a document.
func isMarker(line string) bool {
	return line == "---" || strings.HasPrefix(line, "--- ") || strings.HasPrefix(line, "---\t")
}

// markers counts the documents that the markers of a stream make.
func markers(lines []string) int {
	n := 1
	for i, line := range lines {
		switch {
		case isMarker(line):
			if strings.TrimSpace(line) != "---" {
				panic(problem("something stands behind a mark of a document"))
			}
			if before := strings.TrimSpace(strings.Join(lines[:i], "")); before != "" && !onlyComments(lines[:i]) {
				n++
			}
		case line == "..." || strings.HasPrefix(line, "... "), strings.HasPrefix(line, "%"):
			panic(problem("it has directives or marks of an end"))
		}
	}
	return n
}

func onlyComments(lines []string) bool {
	return !slices.ContainsFunc(lines, func(l string) bool { l = strings.TrimSpace(l); return l != "" && l[0] != '#' })
}

// documentBounds returns the offsets at which the documents begin, after their markers, and the end of the text. The
// comments before the first marker belong to the first document.
func documentBounds(f *source.File, trees []sigma.Tree) []int {
	bounds := []int{0}
	for i := range trees[min(1, len(trees)):] {
		start := trees[i+1].Span(trees[i+1].Root).Start()
		line, _ := f.Position(start)
		for line > 1 && !isMarker(f.Line(line)) {
			line--
		}
		bounds = append(bounds, f.LineStart(line))
	}
	return append(bounds, len(f.Text))
}

// sameValues reports whether a text holds the same documents as a file, keys in any order.
func sameValues(f *source.File, text string) bool {
	var diags diag.List
	a, b := sigma.Trees(f, &diags), sigma.Trees(source.NewFile(f.Name, []byte(text)), &diags)
	if diags.Errors() > 0 || len(a) != len(b) {
		return false
	}
	for i := range a {
		if !same(a[i].Root, b[i].Root) {
			return false
		}
	}
	return true
}

func same(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.ShortTag() != b.ShortTag() || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return false
	}
	if a.Kind != yaml.MappingNode {
		return slices.EqualFunc(a.Content, b.Content, same)
	}
	values := map[string]*yaml.Node{}
	for i := 0; i+1 < len(b.Content); i += 2 {
		values[keyOf(b.Content[i])] = b.Content[i+1]
	}
	for i := 0; i+1 < len(a.Content); i += 2 {
		if v, ok := values[keyOf(a.Content[i])]; !ok || !same(a.Content[i+1], v) {
			return false
		}
	}
	return len(values) == len(b.Content)/2
}

func keyOf(n *yaml.Node) string { return fmt.Sprintf("%d %s %s", n.Kind, n.ShortTag(), n.Value) }

// sameComments reports whether a text has the comments of a file, in any order.
func sameComments(f *source.File, text string) bool {
	all := func(f *source.File) []string {
		var diags diag.List
		trees := sigma.Trees(f, &diags)
		bounds := documentBounds(f, trees)
		var out []string
		for i, t := range trees {
			s := scan(f, t, bounds[i], bounds[i+1])
			for _, c := range s.comments {
				out = append(out, c.text)
			}
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(all(f), all(source.NewFile(f.Name, []byte(text))))
}
