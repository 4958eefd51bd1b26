package splunk

import (
	"regexp"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// Text leaves for SPL only through the functions of this file.
//
// Inside double quotes a backslash escapes a backslash and a quote, in both languages (D: search manual, backslashes;
// expressions and predicates). Pipes, brackets and backticks mean nothing there: macros are not expanded inside quotes
// (D: macros.conf).

// quoteString returns a string literal of eval.
func quoteString(s string) string { return string(appendString(nil, s)) }

// appendString writes a string literal of eval.
func appendString(out []byte, s string) []byte {
	return append(appendEscaped(append(out, '"'), s, inString), '"')
}

// appendEscaped writes a text, with what escape makes of its characters: a text, or "" for those that stay. All of them
// are ASCII, and most texts have none.
func appendEscaped(out []byte, s string, escape func(c byte) string) []byte {
	from := 0
	for i := range len(s) {
		if e := escape(s[i]); e != "" {
			out = append(append(out, s[from:i]...), e...)
			from = i + 1
		}
	}
	return append(out, s[from:]...)
}

func inString(c byte) string {
	switch c {
	case '\\':
		return `\\`
	case '"':
		return `\"`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	}
	return ""
}

// appendGlob writes a value of search. A backslash cannot take the meaning of a star away (D: search manual,
// backslashes), so a star in a text is a wildcard too, and so is what must not stand in a search at all; whoever needs the
// exact text tests it again. Of several stars beside each other there is one.
func appendGlob(out []byte, g glob) []byte {
	out = append(out, '"')
	shape, literal := g.Shape()
	if shape == ir.General {
		for part := range g.Parts() {
			if part.Wild == ir.Literal {
				out = appendGlobText(out, part.Text, g.stars)
			} else {
				out = appendStar(out)
			}
		}
		return append(out, '"')
	}
	before, behind := edges(shape)
	if before {
		out = appendStar(out)
	}
	out = appendGlobText(out, literal, g.stars)
	if behind {
		out = appendStar(out)
	}
	return append(out, '"')
}

// appendGlobText writes a text in a value of search.
func appendGlobText(out []byte, s string, stars stars) []byte {
	from := 0 // what comes next and stands for itself
	for i := range len(s) {
		switch c := s[i]; {
		case stars.hide(c):
			out = appendStar(append(out, s[from:i]...))
		case c == '\\' || c == '"':
			out = append(append(out, s[from:i]...), '\\', c)
		default:
			continue
		}
		from = i + 1
	}
	return append(out, s[from:]...)
}

// edges says at which ends a pattern of a shape has stars, of one that is not general.
func edges(shape ir.Shape) (before, behind bool) {
	return shape == ir.Suffix || shape == ir.Contains || shape == ir.Anything, shape == ir.Prefix || shape == ir.Contains
}

func appendStar(out []byte) []byte {
	if out[len(out)-1] == '*' {
		return out
	}
	return append(out, '*')
}

var (
	plainPath = regexp.MustCompile(`^[A-Za-z0-9_.{}]+$`)
	reserved  = map[string]bool{
		"and": true, "or": true, "not": true, "xor": true, "in": true, "like": true, "is": true, "by": true, "as": true,
		"true": true, "false": true, "null": true,
	}
)

func inName(c byte) string {
	switch c {
	case '\\':
		return `\\`
	case '"':
		return `\"`
	case '\'':
		return `\'`
	case '\n', '\r', '\t':
		return " "
	}
	return ""
}

// appendSearchField writes the name of a field for search and the other commands, which want double quotes (C).
func appendSearchField(out []byte, name string) []byte { return appendName(out, name, ".", '"') }

// appendField writes the name of a field for eval and where, which want single quotes (D: where).
func appendField(out []byte, name string) []byte { return appendName(out, name, "", '\'') }

// appendName writes a name, between quotes unless it has only letters, digits and some signs more and is no word of the
// language.
func appendName(out []byte, name, signs string, quote byte) []byte {
	if isPlain(name, signs) && !isReserved(name) {
		return append(out, name...)
	}
	return append(appendEscaped(append(out, quote), name, inName), quote)
}

// isReserved reports whether a plain name is a word of the language; the longest has five letters.
func isReserved(name string) bool {
	var lower [5]byte
	if len(name) > len(lower) {
		return false
	}
	for i := range len(name) {
		lower[i] = name[i] | 0x20
	}
	return reserved[string(lower[:len(name)])]
}

// isPlain reports whether a name needs no quotes: letters, digits that do not begin it, and some signs more.
func isPlain(name, signs string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && !('a' <= c|0x20 && c|0x20 <= 'z') && (i == 0 || !('0' <= c && c <= '9') && strings.IndexByte(signs, c) < 0) {
			return false
		}
	}
	return name != ""
}

// safeName reports whether a name can be written in every language without an escape. Names of fields can come from a
// rule where a log has members that the schema does not know.
func safeName(name string) bool {
	for i := range len(name) {
		if c := name[i]; c < ' ' || strings.IndexByte("\"'`\\$|[]*", c) >= 0 {
			return false
		}
	}
	return name != ""
}
