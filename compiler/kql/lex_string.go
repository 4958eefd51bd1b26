package kql

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// multiline are the fences of a literal that may hold line breaks and has no escapes.
var multiline = []string{"```", "~~~"}

// literal takes a string literal apart: learn.microsoft.com/kusto/query/scalar-data-types/string. An h before it hides
// the value in Kusto's traces and changes nothing else.
func literal(s string) (fence string, verbatim bool, prefix int) {
	if prefix < len(s) && (s[prefix] == 'h' || s[prefix] == 'H') {
		prefix++
	}
	if prefix < len(s) && s[prefix] == '@' {
		verbatim = true
		prefix++
	}
	rest := s[prefix:]
	for _, f := range multiline {
		if strings.HasPrefix(rest, f) && !verbatim {
			return f, true, prefix
		}
	}
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		return rest[:1], verbatim, prefix
	}
	return "", false, 0
}

func stringStart(s string) bool {
	fence, _, _ := literal(s)
	return fence != ""
}

// scanString reads a string literal.
func (l *scanner) scanString() bool {
	start := l.pos
	fence, verbatim, prefix := literal(l.text[start:])
	l.pos += prefix + len(fence)
	if len(fence) > 1 {
		n := strings.Index(l.text[l.pos:], fence)
		if n < 0 {
			l.errorf(start, start+prefix+len(fence), "the string literal is not closed: %s is missing", fence)
			return false
		}
		l.pos += n + len(fence)
		return true
	}
	for l.pos < len(l.text) {
		rest := l.text[l.pos:]
		switch {
		case rest[0] == '\n' || rest[0] == '\r':
			return l.unclosed(start, fence)
		case verbatim && strings.HasPrefix(rest, fence+fence):
			l.pos += 2
		case strings.HasPrefix(rest, fence):
			l.pos++
			return true
		case rest[0] == '\\' && !verbatim:
			_, n := unescape(rest)
			if n == 0 {
				return l.badEscape(rest)
			}
			l.pos += n
		default:
			l.pos++
		}
	}
	return l.unclosed(start, fence)
}

func (l *scanner) unclosed(start int, fence string) bool {
	l.errorf(start, l.pos, "the string literal is not closed: %s is missing at the end of the line", fence)
	return false
}

func (l *scanner) badEscape(rest string) bool {
	n := min(2, len(rest))
	for n < len(rest) && !utf8.RuneStart(rest[n]) {
		n++
	}
	d := l.diags
	l.errorf(l.pos, l.pos+n, "%s is no escape of a string literal", strings.ToValidUTF8(rest[:n], "\ufffd"))
	if d.Len() > 0 {
		d.From(d.Len() - 1)[0].Hint = `write \\ for a backslash, or a verbatim literal such as @"C:\Windows"`
	}
	return false
}

// escapes are the one-letter escapes.
var escapes = map[byte]rune{
	'\'': '\'', '"': '"', '\\': '\\', 'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
}

// unescape reads the escape that s starts with; its length is 0 when it is none.
func unescape(s string) (rune, int) {
	if len(s) < 2 || s[0] != '\\' {
		return 0, 0
	}
	if r, ok := escapes[s[1]]; ok {
		return r, 2
	}
	size := 0
	switch {
	case s[1] == 'x':
		size = 2
	case s[1] == 'u':
		size = 4
	case s[1] == 'U':
		size = 8
	case '0' <= s[1] && s[1] <= '7':
		n := 1
		for n < 3 && 1+n < len(s) && '0' <= s[1+n] && s[1+n] <= '7' {
			n++
		}
		v, _ := strconv.ParseUint(s[1:1+n], 8, 32)
		return rune(v), 1 + n
	}
	if size == 0 || len(s) < 2+size {
		return 0, 0
	}
	v, err := strconv.ParseUint(s[2:2+size], 16, 32)
	if err != nil || v > utf8.MaxRune {
		return 0, 0
	}
	return rune(v), 2 + size
}

// unquote gives the value of a string literal that scanString has read. What is no Unicode text becomes U+FFFD.
func unquote(s string) string {
	fence, verbatim, prefix := literal(s)
	if len(s) < prefix+2*len(fence) {
		panic(fmt.Sprintf("kql: %q is no string literal", s))
	}
	body := s[prefix+len(fence) : len(s)-len(fence)]
	switch {
	case len(fence) > 1:
	case verbatim:
		body = strings.ReplaceAll(body, fence+fence, fence)
	case strings.Contains(body, `\`):
		var b strings.Builder
		for i := 0; i < len(body); {
			if body[i] != '\\' {
				b.WriteByte(body[i])
				i++
				continue
			}
			r, n := unescape(body[i:])
			i += n
			// A character beyond U+FFFF may be written as the two halves that UTF-16 has for it.
			if low, n := unescape(body[i:]); utf16.IsSurrogate(r) && utf16.IsSurrogate(low) && n > 0 {
				r = utf16.DecodeRune(r, low)
				i += n
			}
			b.WriteRune(r)
		}
		body = b.String()
	}
	return strings.ToValidUTF8(body, "\ufffd")
}
