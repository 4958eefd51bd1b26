package app

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
	if strings.Contains(value, "\r") || strings.Contains(value, "\n") || strings.HasSuffix(value, `\`) || value != strings.TrimSpace(value) {
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

// OneLine makes one line of a text, with single blanks between its words.
func OneLine(s string) string {
	if isOneLine(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	apart := false
	for _, r := range s {
		if isWhite(r) {
			apart = true
			continue
		}
		if apart && len(out) > 0 {
			out = append(out, ' ')
		}
		apart = false
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// isOneLine reports whether a text has nothing but single blanks between its words, as most have.
func isOneLine(s string) bool {
	blank := true
	for _, r := range s {
		white := r <= ' ' || r >= unicode.MaxASCII && isWhite(r)
		if white && (blank || r != ' ') {
			return false
		}
		blank = white
	}
	return !blank
}

// isWhite reports whether a character is white space or cannot be seen.
func isWhite(r rune) bool {
	if r < unicode.MaxASCII { // which is a control character itself
		return r <= ' '
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar
}

// Conf writes a configuration file.
func Conf(stanzas []Stanza) []byte {
	size := 0
	for _, s := range stanzas {
		size += len(s.Comment) + len(s.Name) + len("\n# \n[]\n")
		for _, kv := range s.Settings {
			size += len(kv.key) + len(kv.value) + len(" = \n")
		}
	}
	out := make([]byte, 0, size)
	for i, s := range stanzas {
		if i > 0 {
			out = append(out, '\n')
		}
		if s.Comment != "" { // it goes on after a backslash too
			out = append(append(append(out, "# "...), strings.TrimRight(OneLine(s.Comment), `\ `)...), '\n')
		}
		out = append(append(append(out, '['), s.Name...), "]\n"...)
		for _, kv := range s.Settings {
			out = append(append(out, kv.key...), " ="...)
			if kv.value != "" {
				out = append(append(out, ' '), kv.value...)
			}
			out = append(out, '\n')
		}
	}
	return out
}

// reserved are names of stanzas that mean all others (D: savedsearches.conf; C: AppInspect, check_no_default_stanzas).
var reserved = []string{"default", "general", "global", "stash"}

// StanzaName makes a text fit for the name of a stanza that searches and links name too: printable ASCII, because names in
// other scripts get lost in some writers (C: contentctl), without brackets, double quotes and backslashes.
func StanzaName(text string) string {
	name := OneLine(text)
	if strings.ContainsFunc(name, func(r rune) bool { return inStanza(r) != r }) { // few have such
		name = strings.Map(inStanza, name)
	}
	for _, word := range reserved {
		if len(name) == len(word) && strings.EqualFold(name, word) {
			return name + " rule"
		}
	}
	return name
}

// inStanza is what a character becomes in the name of a stanza.
func inStanza(r rune) rune {
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
