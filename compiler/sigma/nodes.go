package sigma

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// Tree is a document of a stream as YAML has it, for those who care about how it is written.
type Tree struct {
	Root *yaml.Node
	read *document
}

// Trees returns the documents of a file that are not empty. What cannot be read is added to diags.
func Trees(f *source.File, diags *diag.List) []Tree {
	if !checkEncoding(f, diags) {
		return nil
	}
	var out []Tree
	r := newReader(f)
	s := &stream{file: f, reader: r}
	s.each(diags, func(_ int, root *yaml.Node) {
		out = append(out, Tree{root, &document{file: f, reader: r, diags: diags}})
	})
	return out
}

// Span returns where a node is written, quotes and brackets included.
func (t Tree) Span(n *yaml.Node) source.Span { return t.read.nodeSpan(n) }

// Document returns the one document of a file that is no rule, such as a configuration. What aliases and merge keys stand
// for is in its place. The root of an empty file is nil; false says that diags tell what is wrong.
func Document(f *source.File, diags *diag.List) (Tree, bool) {
	before := diags.Len()
	trees := Trees(f, diags)
	if len(trees) == 0 {
		return Tree{read: &document{file: f, reader: newReader(f), diags: diags}}, !diags.FailedSince(before)
	}
	t := trees[0]
	for _, more := range trees[1:] {
		diags.Errorf("yaml/second-document", more.Span(more.Root), "a file of settings is one document: this is a second").Related =
			[]diag.Related{{Message: "the first begins here", Span: t.Span(t.Root)}}
	}
	t.read.resolve(t.Root)
	return t, !diags.FailedSince(before)
}

// File is where the document stands.
func (t Tree) File() *source.File { return t.read.file }

// Part returns where a part of the text of a scalar is written.
func (t Tree) Part(n *yaml.Node, start, end int) source.Span {
	_, m := t.read.scalar(n)
	return m.Span(start, end)
}

// Point returns where a node begins, to its first character alone.
func (t Tree) Point(n *yaml.Node) source.Span { return t.read.point(n) }
