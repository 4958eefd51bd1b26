package sigma

import (
	"github.com/sigc-rules/sigc/compiler/block"
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
	s := &stream{file: f, places: newPlaces(f.Text), reader: &block.Reader{}}
	s.each(diags, func(_ int, root *yaml.Node) {
		out = append(out, Tree{root, &document{file: f, places: s.places, diags: diags}})
	})
	return out
}

// Span returns where a node is written, quotes and brackets included.
func (t Tree) Span(n *yaml.Node) source.Span { return t.read.nodeSpan(n) }
