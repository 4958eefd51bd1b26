package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// configParser reads one file of configuration.
type configParser struct {
	reader *configReader
	file   string
	tree   compiler.Tree
	config *config // what it says
}

// document reads the YAML of the file.
func (p *configParser) document(text []byte) (ok bool) {
	p.tree, ok = compiler.Document(source.NewFile(filepath.ToSlash(p.file), text), &p.reader.diags)
	return ok
}

// line is where a node stands, for lists of what there is.
func (p *configParser) line(n *yaml.Node) string { return fmt.Sprintf("%s:%d", p.file, n.Line) }

// fail reports a value that is not what belongs there.
func (p *configParser) fail(at *yaml.Node, format string, args ...any) {
	p.reader.diags.Errorf("config/value", p.tree.Span(at), format, args...)
}

// unknown reports a key that is none of the names.
func (p *configParser) unknown(key *yaml.Node, names []string) {
	p.reader.diags.Errorf("config/unknown-key", p.tree.Span(key), "unknown key %q%s", key.Value, diag.Meant(key.Value, names))
}

// unreadable reports a file that the configuration names.
func (p *configParser) unreadable(at *yaml.Node, err error) {
	p.reader.diags.Errorf("config/unreadable", p.tree.Span(at), "%v", err)
}

// pairs calls each with the keys and values of a map.
func (p *configParser) pairs(n *yaml.Node, what string, each func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be a map", what)
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		each(n.Content[i], n.Content[i+1])
	}
}

// text returns the text of a scalar.
func (p *configParser) text(key, value *yaml.Node) string {
	if value.Kind != yaml.ScalarNode || value.ShortTag() == "!!null" || value.Value == "" {
		p.fail(value, "%q must be a text", key.Value)
		return ""
	}
	return value.Value
}

// word returns a scalar that must be one of the words.
func (p *configParser) word(key, value *yaml.Node, words []string) string {
	s := p.text(key, value)
	if s != "" && !slices.Contains(words, s) {
		p.fail(value, "%q is no %s%s", s, key.Value, diag.Meant(s, words))
		return ""
	}
	return s
}
