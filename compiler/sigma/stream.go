package sigma

import (
	"bytes"
	"fmt"
	"io"
	"slices"
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
	found := diags.Errorf("yaml/not-utf8", f.Span(at, at+1), "the file is not UTF-8: byte 0x%02x", f.Text[at])
	if bytes.HasPrefix(f.Text, []byte("\xFF\xFE")) || bytes.HasPrefix(f.Text, []byte("\xFE\xFF")) {
		found.Hint = "the file looks like UTF-16; save it as UTF-8"
	}
	return false
}

// stream reads the documents of a file.
type stream struct {
	*reader
	file *source.File
}

// each calls yield for every document that is not empty, with its number in the stream. The text is cut at its "---"
// lines first, so that a syntax error does not hide the documents after it (spec section 1.2), nor an odd character
// those before it, which the YAML package reads ahead.
func (s *stream) each(diags *diag.List, yield func(n int, root *yaml.Node)) {
	n := 0
	starts := s.starts()
	for i, base := range starts[:len(starts)-1] {
		end := starts[i+1]
		if root := s.nodes.Read(s.file.Text[base:end], s.places.plain); root != nil {
			shift(root, s.places.line(base))
			yield(n, root)
			n++
			continue
		}
		dec := yaml.NewDecoder(bytes.NewReader(s.file.Text[base:end]))
		for ; ; n++ {
			node, err := decode(dec)
			if err == io.EOF {
				break
			}
			if err != nil {
				s.syntaxError(dec, err, base, end, diags)
				n++
				break
			}
			if root := node.Content[0]; root.Kind != yaml.ScalarNode || root.Value != "" {
				shift(node, s.places.line(base))
				yield(n, root)
			}
		}
	}
}

// starts returns where the pieces of the stream begin, and its end. A "---" line always begins a document, as it can
// be part of no scalar, unless it ends a list of directives.
func (s *stream) starts() []int {
	text, lines := s.file.Text, s.places.lines
	s.pieces = append(s.pieces[:0], lines[0])
	if !slices.ContainsFunc(lines, func(start int) bool { return isDocumentStart(text[start:]) }) {
		lines = nil // nearly always
	}
	directives := false
	for _, start := range lines {
		line := text[start:]
		switch {
		case isDocumentStart(line):
			if !directives && start > s.pieces[0] {
				s.pieces = append(s.pieces, start)
			}
			directives = false
		case len(line) > 0 && line[0] == '%':
			directives = true
		case len(line) > 0 && line[0] != '#' && breakLen(line) == 0:
			directives = false
		}
	}
	s.pieces = append(s.pieces, len(text))
	return s.pieces
}

func isDocumentStart(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte("---"))
	return ok && (len(rest) == 0 || isBlank(rest[0]) || breakLen(rest) > 0)
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
