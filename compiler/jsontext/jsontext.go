// Package jsontext writes JSON that people read: indented by two spaces, and with <, > and & as they are, of which queries
// are full. The encoder of the standard library reads its own output once more to indent it, which takes longer than all
// the rest.
package jsontext

import (
	"bytes"
	"encoding/json"

	"github.com/tidwall/pretty"
)

// Encode writes a value as a document.
func Encode(v any) ([]byte, error) {
	data, err := Nested(v, "")
	return append(data, '\n'), err
}

// Nested writes a value as it stands inside of a document: its lines after the first begin with the prefix, and the last
// has no line break.
func Nested(v any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(pretty.PrettyOptions(b.Bytes(), &pretty.Options{Prefix: prefix, Indent: "  "})), nil
}

// List writes values as an array inside of a document, whose lines begin with the prefix. each calls its argument with one
// value after another.
func List(to []byte, prefix string, each func(add func(v []byte))) []byte {
	begin := len(to)
	to = append(to, '[')
	each(func(v []byte) {
		if len(to) > begin+1 {
			to = append(to, ',')
		}
		to = append(append(append(to, '\n'), prefix...), "  "...)
		to = append(to, v...)
	})
	if len(to) > begin+1 {
		to = append(append(to, '\n'), prefix...)
	}
	return append(to, ']')
}
