package app

import (
	"bytes"
	"strings"
	"unicode"
)

// Stanza is a part of a configuration file: settings in order under a name.
type Stanza struct {
	Comment  string
	Name     string
	Settings []Setting
}

// Setting is a line of a stanza. Only [Text] and [Exact] make one.
type Setting struct{ key, value string }

// Read returns the name of the setting and its value.
func (s Setting) Read() (name, value string) { return s.key, s.value }

// Text is a setting that people read: white space and what cannot be seen become single spaces, so that it stands on one
// line. A backslash at its end would take the next line into it (C: AppInspect, configuration_parser), and gets a point.
func Text(key, value string) Setting {
	value = OneLine(value)
	if strings.HasSuffix(value, `\`) {
		value += "."
	}
	return Setting{key, value}
}

// Exact is a setting that programs read. Its value is on one line, without blanks around it and without a backslash at its
// end; who calls sees to that, as nothing could be changed here without changing what it means.
func Exact(key, value string) Setting {
	if strings.ContainsAny(value, "\r\n") || strings.HasSuffix(value, `\`) || value != strings.TrimSpace(value) {
		panic("app: the value of " + key + " does not fit on a line")
	}
	return Setting{key, value}
}

// Pair returns what stands on the line.
func (s Setting) Pair() (key, value string) { return s.key, s.value }

// Value returns the value of a setting, "" when the stanza does not have it.
func (s Stanza) Value(key string) string {
	for _, kv := range s.Settings {
		if kv.key == key {
			return kv.value
		}
	}
	return ""
}

// OneLine makes one line of a text.
func OneLine(s string) string {
	if isOneLine(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar
	}), " ")
}

// isOneLine reports whether a text has nothing but single blanks between its words, as most have.
func isOneLine(s string) bool {
	blank := true
	for _, r := range s {
		white := unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar
		if white && (blank || r != ' ') {
			return false
		}
		blank = white
	}
	return !blank
}

// Conf writes a configuration file.
func Conf(stanzas []Stanza) []byte {
	var b bytes.Buffer
	for i, s := range stanzas {
		if i > 0 {
			b.WriteByte('\n')
		}
		if s.Comment != "" {
			b.WriteString("# " + strings.TrimRight(OneLine(s.Comment), `\ `) + "\n") // a comment goes on after a backslash too
		}
		b.WriteString("[" + s.Name + "]\n")
		for _, kv := range s.Settings {
			b.WriteString(strings.TrimRight(kv.key+" = "+kv.value, " ") + "\n")
		}
	}
	return b.Bytes()
}

// reserved are names of stanzas that mean all others (D: savedsearches.conf; C: AppInspect, check_no_default_stanzas).
var reserved = []string{"default", "general", "global", "stash"}

// StanzaName makes a text fit for the name of a stanza that searches and links name too: printable ASCII, because names in
// other scripts get lost in some writers (C: contentctl), without brackets, double quotes and backslashes.
func StanzaName(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '[':
			return '('
		case r == ']':
			return ')'
		case r == '"' || r == '‘' || r == '’' || r == '“' || r == '”':
			return '\''
		case r == '\\':
			return '/'
		case r > '~':
			return '-'
		}
		return r
	}, OneLine(text))
	for _, word := range reserved {
		if strings.EqualFold(name, word) {
			return name + " rule"
		}
	}
	return name
}

// MacroName makes a text fit for the name of a macro: its letters and digits, in lower case, with underscores between.
func MacroName(text string) string {
	var room [96]byte
	out := room[:0]
	apart := false
	for _, r := range text {
		if r = unicode.ToLower(r); !inMacro(r) {
			apart = true
			continue
		}
		if apart && len(out) > 0 {
			out = append(out, '_')
		}
		apart = false
		out = append(out, byte(r))
	}
	return string(out)
}

// HasMacroName reports whether [MacroName] leaves something of a text.
func HasMacroName(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return inMacro(unicode.ToLower(r)) })
}

func inMacro(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
