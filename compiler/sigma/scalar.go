package sigma

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// scalar returns where a scalar is written, quotes included, and the way from its decoded text to the file. The YAML
// package tells only where a node begins, so the raw text is laid beside the decoded one. Where the two cannot be
// brought together, the place is the rest of the line, for the whole text.
func (d *document) scalar(n *yaml.Node) (source.Span, source.Map) { return d.align(n, true) }

// scalarSpan returns the first of the two alone.
func (d *document) scalarSpan(n *yaml.Node) source.Span {
	at, _ := d.align(n, false)
	return at
}

func (d *document) align(n *yaml.Node, mapped bool) (source.Span, source.Map) {
	start := d.contentStart(n)
	raw := d.file.Text
	at := func(end int) source.Span { return source.Span{File: d.file, Start: start, End: end} }
	if n.Value == "" && n.Style&^yaml.TaggedStyle == 0 {
		return at(start), source.Direct(at(start))
	}
	if begin, end, ok := verbatim(raw, start, n); ok {
		return at(end), source.Direct(source.Span{File: d.file, Start: begin, End: begin + len(n.Value)})
	}
	a := aligner{raw: raw, at: start, value: n.Value}
	if mapped {
		a.offsets = make([]int, 0, len(n.Value)+1)
	}
	var ok bool
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		ok = a.block()
	case n.Style&yaml.SingleQuotedStyle != 0:
		ok = a.flow('\'')
	case n.Style&yaml.DoubleQuotedStyle != 0:
		ok = a.flow('"')
	default:
		ok = a.flow(0)
	}
	if !ok {
		rest := restOfLine(d.file, start)
		return rest, source.Whole(rest)
	}
	return at(a.at), source.NewMap(d.file, a.offsets)
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' }

// contentStart returns where the text of a node begins: a node's own position is that of its anchor or tag.
func (d *document) contentStart(n *yaml.Node) int {
	raw, at := d.file.Text, d.places.offset(n.Line, n.Column)
	if n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
		return at
	}
	for at < len(raw) && (raw[at] == '&' || raw[at] == '!') {
		end := at
		for end < len(raw) && !isBlank(raw[end]) && !isBreak(raw[end]) {
			end++
		}
		next := end
		for next < len(raw) && (isBlank(raw[next]) || isBreak(raw[next])) {
			next++
		}
		if n.Value == "" && n.Style&^yaml.TaggedStyle == 0 && n.Kind == yaml.ScalarNode {
			return at // an empty value: the tag or anchor is all there is
		}
		at = next
	}
	return at
}

// verbatim is the short way for scalars that stand in the file as they are, which is nearly all: it returns where the
// text begins and where the scalar ends.
func verbatim(raw []byte, at int, n *yaml.Node) (begin, end int, ok bool) {
	quote, special := byte(0), ""
	switch {
	case n.Style&yaml.SingleQuotedStyle != 0:
		quote, special = '\'', "'"
	case n.Style&yaml.DoubleQuotedStyle != 0:
		quote, special = '"', `"\`
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 0, 0, false
	}
	if quote != 0 {
		if at >= len(raw) || raw[at] != quote || strings.ContainsAny(n.Value, special) {
			return 0, 0, false
		}
		at++
	}
	end = at + len(n.Value)
	if end > len(raw) || string(raw[at:end]) != n.Value {
		return 0, 0, false
	}
	if quote == 0 {
		return at, end, true
	}
	return at, end + 1, end < len(raw) && raw[end] == quote
}
