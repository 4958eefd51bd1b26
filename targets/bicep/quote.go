package bicep

import (
	"fmt"
	"strings"
	"unicode"
)

// Quote writes a text as a literal on one line. Between its quotes, ${ begins an expression and \ an escape; what does
// not show is written as one.
func Quote(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case r == '\\' || r == '\'':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '$' && i+1 < len(runes) && runes[i+1] == '{':
			b.WriteString(`\$`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

const fence = "'''"

// Text writes a text of several lines as a literal over several lines, where it can be one, and any other as [Quote]
// does. Between its fences nothing is an escape or an expression, and a line break after the first is not part of it.
func Text(s string) string {
	if !strings.Contains(s, "\n") || strings.Contains(s, fence) || strings.HasSuffix(s, "'") || hidden(s) {
		return Quote(s)
	}
	return fence + "\n" + s + fence
}

// hidden reports whether something in a text does not show. A carriage return or a character that turns the direction
// would have to be believed.
func hidden(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
}
