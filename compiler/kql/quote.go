package kql

import (
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
func Quote(s string) string {
	if strings.Contains(s, `\`) && !needsEscape(s) {
		return `@"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return escape(s, '"')
}

// QuoteName returns a name as KQL writes it: bare where it is an identifier, otherwise ['name'].
func QuoteName(name string) string {
	if isIdentifier(name) && !keywords[name] {
		return name
	}
	return "[" + escape(name, '\'') + "]"
}

// needsEscape reports whether s has a character that does not show, or is not valid UTF-8.
func needsEscape(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return true
		}
	}
	return false
}

// escape writes s between quotes. The escapes are those of
// learn.microsoft.com/kusto/query/scalar-data-types/string#string-literals.
func escape(s string, quote rune) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteRune(quote)
	for _, r := range s {
		switch {
		case r == quote || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r != utf8.RuneError && unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			// As UTF-16 has it: Microsoft's parser does not decode the longer \U00000000.
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
	}
	b.WriteRune(quote)
	return b.String()
}

// comment makes a text safe for one comment line: a line break or any other control would end or hide the comment.
func comment(s string) string {
	return strings.TrimRight(strings.Map(func(r rune) rune {
		if r != utf8.RuneError && unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s), " ")
}

func isIdentifier(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isLetter(c) && (i == 0 || !isDigit(c)) {
			return false
		}
	}
	return s != ""
}

func isLetter(c byte) bool { return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
