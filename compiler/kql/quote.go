package kql

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Quote returns s as one KQL string literal. Paths and patterns, which hold backslashes, are written verbatim,
// @"C:\Windows", and everything else as "...". Characters that do not show, among them line breaks, NUL, U+2028 and
// the controls of writing direction, are escaped, so a literal never leaves its line nor reorders what is around it.
//
// A Kusto string is Unicode text and cannot hold other bytes: each byte of s that is not valid UTF-8 becomes U+FFFD.
// Every other string reads back as it was.
func Quote(s string) string { return string(appendQuoted(nil, s)) }

func appendQuoted(to []byte, s string) []byte {
	n := plain(s, '"')
	if n == len(s) || strings.IndexByte(s[n:], '\\') < 0 || needsEscape(s[n:]) {
		return appendEscaped(to, s, '"')
	}
	to = append(to, `@"`...)
	for {
		before, after, found := strings.Cut(s, `"`)
		to = append(append(to, before...), '"')
		if !found {
			return to
		}
		to, s = append(to, '"'), after
	}
}

// plain is how many bytes at the beginning of a text stand for themselves between quotes, as most of ASCII does.
func plain(s string, quote byte) int {
	for i := range len(s) {
		if c := s[i]; c-' ' > '~'-' ' || c == quote || c == '\\' {
			return i
		}
	}
	return len(s)
}

// QuoteName returns a name as KQL writes it: bare where it is an identifier, otherwise ['name'].
func QuoteName(name string) string {
	if IsIdentifier(name) && !isKeyword(name) {
		return name
	}
	return string(append(appendEscaped([]byte("["), name, '\''), ']'))
}

// needsEscape reports whether s has a character that does not show, or is not valid UTF-8.
func needsEscape(s string) bool {
	for i := range len(s) {
		if c := s[i]; c-' ' > '~'-' ' {
			return strings.ContainsFunc(s[i:], func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) })
		}
	}
	return false
}

// appendEscaped adds s between quotes. The escapes are those of
// learn.microsoft.com/kusto/query/scalar-data-types/string#string-literals.
func appendEscaped(to []byte, s string, quote byte) []byte {
	to = append(to, quote)
	for s != "" {
		n := plain(s, quote)
		to, s = append(to, s[:n]...), s[n:]
		if s != "" {
			r, size := utf8.DecodeRuneInString(s)
			to, s = appendRune(to, r, quote), s[size:]
		}
	}
	return append(to, quote)
}

// appendRune adds one character.
func appendRune(to []byte, r rune, quote byte) []byte {
	switch {
	case r == rune(quote) || r == '\\':
		return append(to, '\\', byte(r))
	case r == '\n':
		return append(to, `\n`...)
	case r == '\r':
		return append(to, `\r`...)
	case r == '\t':
		return append(to, `\t`...)
	case r != utf8.RuneError && unicode.IsPrint(r):
		return utf8.AppendRune(to, r)
	case r <= 0xFFFF:
		return fmt.Appendf(to, `\u%04x`, r)
	default:
		// As UTF-16 has it: Microsoft's parser does not decode the longer \U00000000.
		high, low := utf16.EncodeRune(r)
		return fmt.Appendf(to, `\u%04x\u%04x`, high, low)
	}
}

// appendComment adds the text of a comment line, without blanks at its end: a line break or any other control would end
// or hide the comment.
func appendComment(to []byte, c Comment) []byte {
	for _, part := range c {
		if !needsEscape(part) {
			to = append(to, part...)
			continue
		}
		for _, r := range part {
			if r == utf8.RuneError || !unicode.IsPrint(r) {
				r = ' '
			}
			to = utf8.AppendRune(to, r)
		}
	}
	return bytes.TrimRight(to, " ")
}

// IsIdentifier reports whether a text can be a name without brackets, unless it is a keyword.
func IsIdentifier(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isLetter(c) && (i == 0 || !isDigit(c)) {
			return false
		}
	}
	return s != ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
