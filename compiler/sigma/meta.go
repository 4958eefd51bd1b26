package sigma

import (
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// Text is a scalar of the header and its place. The zero Text stands for an attribute that is absent.
type Text = source.Text

// Meta is what a document of any kind says about itself.
type Meta struct {
	*source.Header
	File   *source.File
	Doc    int  // index of the document in the stream
	Broken bool // an error was reported for the document: it can be looked at but not compiled

	Taxonomy Text
	Related  []Related
	Custom   []Custom // every further key, in file order
}

// Related is an entry of the attribute related.
type Related struct {
	ID, Type Text
	At       source.Span
}

// Setting is an option of a target that the document sets for itself, below our own key "sigc".
type Setting = source.Setting

// Custom is a key of the document that Sigma leaves to the author. Aliases and merge keys in Node are resolved.
type Custom struct {
	Key  Text
	Node *yaml.Node
}

// CustomTexts returns the texts of a key that Sigma leaves to the author: one, or the members of an array.
func (m *Meta) CustomTexts(key string) []string {
	var out []string
	for _, c := range m.Custom {
		if c.Key.Value != key {
			continue
		}
		nodes := []*yaml.Node{c.Node}
		if c.Node.Kind == yaml.SequenceNode {
			nodes = c.Node.Content
		}
		for _, n := range nodes {
			if n.Kind == yaml.ScalarNode && n.Value != "" {
				out = append(out, n.Value)
			}
		}
	}
	return out
}
