package sigma

import (
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// nodeSpan returns where a node is written, from its first byte to the end of its last scalar or bracket.
func (d *document) nodeSpan(n *yaml.Node) source.Span {
	if n.Kind == yaml.AliasNode {
		return d.restOfWord(d.places.offset(n.Line, n.Column))
	}
	if n.Kind == yaml.ScalarNode {
		return d.scalarSpan(n)
	}
	start := d.contentStart(n)
	at := d.file.Span(start, start)
	if len(n.Content) > 0 {
		at = at.To(d.nodeSpan(n.Content[len(n.Content)-1]))
	}
	if n.Style&yaml.FlowStyle == 0 {
		return at
	}
	end := max(at.End(), min(start+1, len(d.file.Text)))
	for end < len(d.file.Text) && (isBlank(d.file.Text[end]) || isBreak(d.file.Text[end]) || d.file.Text[end] == ',') {
		end++
	}
	if end < len(d.file.Text) && (d.file.Text[end] == ']' || d.file.Text[end] == '}') {
		at = d.file.Span(start, end+1)
	}
	return at
}

// point returns the place of a node's first byte, for nodes whose extent is too deep to be looked at.
func (d *document) point(n *yaml.Node) source.Span {
	start := d.places.offset(n.Line, n.Column)
	return d.file.Span(start, min(start+1, len(d.file.Text)))
}

func (d *document) restOfWord(start int) source.Span {
	end := start
	for end < len(d.file.Text) && !isBlank(d.file.Text[end]) && !isBreak(d.file.Text[end]) {
		end++
	}
	return d.file.Span(start, end)
}

// restOfLine returns the place from an offset to the last character of the line.
func restOfLine(f *source.File, start int) source.Span {
	end := start
	for end < len(f.Text) && !isBreak(f.Text[end]) {
		end++
	}
	for end > start && isBlank(f.Text[end-1]) {
		end--
	}
	return f.Span(start, end)
}
