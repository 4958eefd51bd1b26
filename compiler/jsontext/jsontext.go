package jsontext

import (
	"bytes"
	"encoding/json"
	"slices"
	"sync"

	"github.com/sigc-rules/sigc/compiler/slab"
)

// Encode writes a value as a document.
func Encode(v any) ([]byte, error) {
	return Document(func(to []byte) ([]byte, error) {
		to, err := Append(to, v, "")
		return append(to, '\n'), err
	})
}

// Nested writes a value as it stands inside of a document: its lines after the first begin with the prefix, and the last
// has no line break.
func Nested(v any, prefix string) ([]byte, error) {
	return Document(func(to []byte) ([]byte, error) { return Append(to, v, prefix) })
}

// Document returns what write appends, in as much room as it needs.
func Document(write func(to []byte) ([]byte, error)) ([]byte, error) {
	w := writers.Get().(*writer)
	defer writers.Put(w)
	out, err := write(w.document)
	document := slices.Clone(out)
	w.document = slab.Buffer(out)
	return document, err
}

// Append appends a value as it stands inside of a document, see [Nested].
func Append(to []byte, v any, prefix string) ([]byte, error) {
	w := writers.Get().(*writer)
	defer writers.Put(w)
	w.to, w.prefix = to, prefix
	err := w.encoder.Encode(v)
	to, w.to = w.to, nil
	return to, err
}

// writer is the room that values are written in.
type writer struct {
	encoder  *json.Encoder // which writes here, each value at once
	to       []byte
	prefix   string
	document []byte
}

var writers = sync.Pool{New: func() any {
	w := &writer{}
	w.encoder = json.NewEncoder(w)
	w.encoder.SetEscapeHTML(false)
	return w
}}

// Write indents what the encoder has written of a value.
func (w *writer) Write(compact []byte) (int, error) {
	w.to = appendIndented(w.to, bytes.TrimSuffix(compact, []byte("\n")), w.prefix)
	return len(compact), nil
}

// appendIndented appends JSON that has no blanks, with lines that begin with the prefix.
func appendIndented(to, compact []byte, prefix string) []byte {
	to = slices.Grow(to, len(compact)+len(compact)/4)
	depth := 0
	line := func() {
		to = append(append(to, '\n'), prefix...)
		for range depth {
			to = append(to, "  "...)
		}
	}
	for i := 0; i < len(compact); i++ {
		switch c := compact[i]; c {
		case '"':
			end := i + textLen(compact[i:])
			to = append(to, compact[i:end]...)
			i = end - 1
		case '{', '[':
			to = append(to, c)
			if next := compact[i+1]; next == '}' || next == ']' {
				to = append(to, next)
				i++
			} else {
				depth++
				line()
			}
		case '}', ']':
			depth--
			line()
			to = append(to, c)
		case ',':
			to = append(to, c)
			line()
		case ':':
			to = append(to, ": "...)
		default:
			to = append(to, c)
		}
	}
	return to
}

// textLen is how long the text is that JSON begins with, its quotes included.
func textLen(b []byte) int {
	for end := 1; ; {
		end += bytes.IndexByte(b[end:], '"') + 1
		escapes := 0
		for b[end-2-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return end
		}
	}
}

// List is an array inside of a document, which is written value by value.
type List struct {
	to     []byte
	prefix string
	some   bool // values have been added
}

// NewList begins an array behind what is there, whose lines begin with the prefix.
func NewList(to []byte, prefix string) *List {
	return &List{to: append(to, '['), prefix: prefix}
}

// Add adds a value.
func (l *List) Add(v any) (err error) {
	l.next()
	l.to, err = Append(l.to, v, l.prefix+"  ")
	return err
}

// AddNested adds a value that [Nested] has written.
func (l *List) AddNested(v []byte) {
	l.next()
	l.to = append(l.to, v...)
}

// next begins the line of a value.
func (l *List) next() {
	if l.some {
		l.to = append(l.to, ',')
	}
	l.some = true
	l.to = append(append(append(l.to, '\n'), l.prefix...), "  "...)
}

// Take returns the document so far, or what there is of it since the last Take, for a document that is too long to be
// held. It is good until the next value is added.
func (l *List) Take() []byte {
	out := l.to
	l.to = l.to[:0]
	return out
}

// End ends the array and returns the document so far, or since the last Take.
func (l *List) End() []byte {
	if l.some {
		l.to = append(append(l.to, '\n'), l.prefix...)
	}
	return append(l.to, ']')
}
