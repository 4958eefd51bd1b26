package sigma

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

const bom = "\uFEFF"

// checkEncoding refuses a text that is not UTF-8 (spec section 1.3).
func checkEncoding(f *source.File, diags *diag.List) bool {
	if utf8.Valid(f.Text) {
		return true
	}
	at := 0
	for at < len(f.Text) {
		r, size := utf8.DecodeRune(f.Text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	found := diags.Errorf("yaml/not-utf8", source.Span{File: f, Start: at, End: at + 1}, "the file is not UTF-8: byte 0x%02x", f.Text[at])
	if bytes.HasPrefix(f.Text, []byte("\xFF\xFE")) || bytes.HasPrefix(f.Text, []byte("\xFE\xFF")) {
		found.Hint = "the file looks like UTF-16; save it as UTF-8"
	}
	return false
}

// stream reads the documents of a file.
type stream struct {
	file   *source.File
	places *places
}

// each calls yield for every document that is not empty, with its number in the stream. After a syntax error it goes
// on with the next document, so that one bad rule does not hide the others (spec section 1.2).
func (s *stream) each(diags *diag.List, yield func(n int, root *yaml.Node)) {
	n, base := 0, 0
	if bytes.HasPrefix(s.file.Text, []byte(bom)) {
		base = len(bom)
	}
	for base >= 0 {
		dec := yaml.NewDecoder(bytes.NewReader(s.file.Text[base:]))
		lines := s.places.line(base)
		for ; ; n++ {
			node, err := decode(dec)
			if err == io.EOF {
				return
			}
			if err != nil {
				at := s.syntaxError(dec, err, base, diags)
				base = s.nextDocument(base, at)
				n++
				break
			}
			if root := node.Content[0]; root.Kind != yaml.ScalarNode || root.Value != "" {
				shift(node, lines)
				yield(n, root)
			}
		}
	}
}

// decode reads the next document. The YAML package panics on some malformed streams.
func decode(dec *yaml.Decoder) (node *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	node = &yaml.Node{}
	if err := dec.Decode(node); err != nil {
		return nil, err
	}
	if len(node.Content) == 0 {
		return nil, io.EOF
	}
	return node, nil
}

// shift moves a tree down by a number of lines: the decoder was started in the midst of the file.
func shift(n *yaml.Node, lines int) {
	if lines == 0 {
		return
	}
	n.Line += lines
	for _, c := range n.Content {
		shift(c, lines)
	}
}

// nextDocument returns the offset of the first "---" line from the line of an error on, or -1. A document that
// itself begins at base is not the next.
func (s *stream) nextDocument(base, at int) int {
	text := s.file.Text
	for line := s.places.line(at); line < len(s.places.lines); line++ {
		start := s.places.lines[line]
		rest, ok := bytes.CutPrefix(text[start:], []byte("---"))
		if ok && start > base && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0) {
			return start
		}
	}
	return -1
}
