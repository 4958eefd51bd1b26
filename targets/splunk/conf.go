package splunk

import (
	"bytes"
	"strings"
	"unicode"
)

// stanza is a part of a configuration file: settings in order under a name.
type stanza struct {
	comment  string
	name     string
	settings []setting
}

type setting struct{ key, value string }

// write appends the stanza to a file. No value spans lines or ends in a backslash, which would take the next line into
// it (C: contentctl); no comment can begin a stanza.
func (s *stanza) write(b *bytes.Buffer) {
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	if s.comment != "" {
		b.WriteString("# " + oneLine(s.comment) + "\n")
	}
	b.WriteString("[" + s.name + "]\n")
	for _, kv := range s.settings {
		b.WriteString(strings.TrimRight(kv.key+" = "+oneLine(kv.value), " ") + "\n")
	}
}

// oneLine makes a text fit for a value: white space and what cannot be seen become single spaces.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar }), " ")
	if strings.HasSuffix(s, `\`) {
		s += "."
	}
	return s
}
