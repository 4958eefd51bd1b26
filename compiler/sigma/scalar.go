package sigma

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// scalar returns where a scalar is written, quotes included, and the way from its decoded text to the file. The YAML
// package tells only where a node begins, so the raw text is laid beside the decoded one. Where the two cannot be
// brought together, the place is the rest of the line, for the whole text.
func (d *document) scalar(n *yaml.Node) (source.Span, source.Map) {
	return written{d.file, d.contentStart(n), n.Value, styleOf(n)}.align(true)
}

// scalarSpan returns the first of the two alone.
func (d *document) scalarSpan(n *yaml.Node) source.Span {
	at, _ := written{d.file, d.contentStart(n), n.Value, styleOf(n)}.align(false)
	return at
}

// Map returns the way from offsets in the text of the value to the file. It is found anew each time: few values are ever
// asked for it.
func (v *Value) Map() source.Map {
	if v.Made || v.At.IsZero() {
		return source.Whole(v.At)
	}
	w := written{file: v.At.File, start: v.At.Start(), value: v.Text}
	if v.Quoted {
		raw := v.At.Text()
		if raw == "" || strings.IndexByte(`'"|>`, raw[0]) < 0 {
			return source.Whole(v.At) // it has not been found
		}
		w.style = raw[0]
	}
	_, m := w.align(true)
	return m
}

// written is a scalar in a file.
type written struct {
	file  *source.File
	start int
	value string // as it is decoded
	style byte   // the quote or the indicator of a block that it begins with; 0 of a plain one
}

func styleOf(n *yaml.Node) byte {
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		return '|'
	case n.Style&yaml.FoldedStyle != 0:
		return '>'
	case n.Style&yaml.SingleQuotedStyle != 0:
		return '\''
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return '"'
	}
	return 0
}

func (w written) at(end int) source.Span { return w.file.Span(w.start, end) }

func (w written) align(mapped bool) (source.Span, source.Map) {
	if w.value == "" && w.style == 0 {
		return w.at(w.start), source.Direct(w.at(w.start))
	}
	if begin, end, ok := w.verbatim(); ok {
		return w.at(end), source.Direct(w.file.Span(begin, begin+len(w.value)))
	}
	a := aligner{raw: w.file.Text, at: w.start, value: w.value}
	if mapped {
		a.offsets = make([]int, 0, len(w.value)+1)
	}
	var ok bool
	if w.style == '|' || w.style == '>' {
		ok = a.block()
	} else {
		ok = a.flow(w.style)
	}
	if !ok {
		rest := restOfLine(w.file, w.start)
		return rest, source.Whole(rest)
	}
	return w.at(a.at), source.NewMap(w.file, a.offsets)
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
func (w written) verbatim() (begin, end int, ok bool) {
	raw, at, special := w.file.Text, w.start, ""
	switch w.style {
	case '|', '>':
		return 0, 0, false
	case '\'':
		special = "'"
	case '"':
		special = `"\`
	}
	if w.style != 0 {
		if at >= len(raw) || raw[at] != w.style || strings.ContainsAny(w.value, special) {
			return 0, 0, false
		}
		at++
	}
	end = at + len(w.value)
	if end > len(raw) || string(raw[at:end]) != w.value {
		return 0, 0, false
	}
	if w.style == 0 {
		return at, end, true
	}
	return at, end + 1, end < len(raw) && raw[end] == w.style
}
