package cases

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"
)

// node is a JSON value that knows where it stands.
type node struct {
	file    *source.File
	at, end int       // the bytes of the document that it is written with
	token   any       // of a scalar: string, json.Number, bool or nil
	kind    byte      // '{', '[' or 0
	members []*member // of an object, in the order they are written
	items   []*node   // of an array
}

type member struct {
	key   string
	at    int
	value *node
}

// Error is a mistake in a file of cases or bases.
type Error struct {
	At      source.Span
	Message string
}

func (e *Error) Error() string {
	line, column := e.At.File.Position(e.At.Start())
	return fmt.Sprintf("%s:%d:%d: %s", e.At.File.Name, line, column, e.Message)
}

func errorAt(file *source.File, start, end int, format string, args ...any) error {
	return &Error{file.Span(start, end), fmt.Sprintf(format, args...)}
}

func (n *node) errorf(format string, args ...any) error {
	return errorAt(n.file, n.at, n.end, format, args...)
}

func (m *member) errorf(format string, args ...any) error {
	return errorAt(m.value.file, m.at, m.value.at, format, args...)
}

// maxDepth is more than any event has.
const maxDepth = 200

// parse reads a document, which must be one object.
func parse(file *source.File) (*node, error) {
	p := &parser{file: file, dec: json.NewDecoder(bytes.NewReader(file.Text))}
	p.dec.UseNumber()
	n, err := p.value(0)
	if err != nil {
		return nil, err
	}
	if rest := p.start(); rest < len(file.Text) {
		return nil, p.errorf(rest, "something stands after the end of the object")
	}
	if n.kind != '{' {
		return nil, n.errorf("the file must be one object")
	}
	return n, nil
}

type parser struct {
	file *source.File
	dec  *json.Decoder
}

func (p *parser) errorf(at int, format string, args ...any) error {
	return errorAt(p.file, at, at, format, args...)
}

// start is where the next token begins.
func (p *parser) start() int {
	at := int(p.dec.InputOffset())
	for at < len(p.file.Text) && strings.IndexByte(" \t\r\n,:", p.file.Text[at]) >= 0 {
		at++
	}
	return at
}

func (p *parser) token() (json.Token, error) {
	at := p.start()
	t, err := p.dec.Token()
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return t, nil
	case err == io.EOF, errors.Is(err, io.ErrUnexpectedEOF):
		return nil, p.errorf(len(bytes.TrimRight(p.file.Text, " \t\r\n")), "the text ends too early")
	case errors.As(err, &syntax):
		return nil, p.errorf(max(at, int(syntax.Offset)-1), "%v", err)
	default:
		return nil, p.errorf(at, "%v", err)
	}
}

func (p *parser) value(depth int) (*node, error) {
	at := p.start()
	n := &node{file: p.file, at: at, end: at}
	if depth > maxDepth {
		return nil, n.errorf("values stand in each other more than %d deep", maxDepth)
	}
	t, err := p.token()
	if err != nil {
		return nil, err
	}
	if delim, ok := t.(json.Delim); ok {
		n.kind = byte(delim)
		for p.dec.More() {
			if err := p.child(n, depth); err != nil {
				return nil, err
			}
		}
		if _, err := p.token(); err != nil {
			return nil, err
		}
	} else {
		n.token = t
	}
	n.end = int(p.dec.InputOffset())
	return n, nil
}

func (p *parser) child(n *node, depth int) error {
	m := &member{at: p.start()}
	if n.kind == '{' {
		t, err := p.token()
		if err != nil {
			return err
		}
		m.key = t.(string) // the decoder takes nothing else here
		if n.member(m.key) != nil {
			return p.errorf(m.at, "the key %q stands here twice", m.key)
		}
	}
	v, err := p.value(depth + 1)
	if err != nil {
		return err
	}
	m.value = v
	if n.kind == '{' {
		n.members = append(n.members, m)
	} else {
		n.items = append(n.items, v)
	}
	return nil
}

// member returns the value of a key; nil for none.
func (n *node) member(key string) *node {
	for _, m := range n.members {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// asText is the key of an object that stands for the JSON text of what it holds: logs keep JSON in strings, where it
// is hard to read and to write.
const asText = "$json"

// value returns a fresh copy of what the node holds. Numbers keep their digits.
func (n *node) value() any {
	switch n.kind {
	case '{':
		if len(n.members) == 1 && n.members[0].key == asText {
			return n.members[0].value.compact()
		}
		out := make(map[string]any, len(n.members))
		for _, m := range n.members {
			out[m.key] = m.value.value()
		}
		return out
	case '[':
		out := make([]any, len(n.items))
		for i, v := range n.items {
			out[i] = v.value()
		}
		return out
	default:
		return n.token
	}
}

// compact returns the JSON text of the node as it is written, without space between the tokens.
func (n *node) compact() string {
	var b bytes.Buffer
	if err := json.Compact(&b, n.file.Text[n.at:n.end]); err != nil {
		panic(fmt.Sprintf("cases: text that has been read cannot be read: %v", err))
	}
	return b.String()
}
