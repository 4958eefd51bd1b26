package report

import (
	"fmt"
	"strings"
	"unicode"
)

// glyph returns what is shown for a code point, and how many columns of a terminal that takes. What cannot be seen, or
// would act on the terminal, is shown by its number: control characters, marks that turn the direction of the text,
// blanks that are no blanks to YAML.
func glyph(r rune) (string, int) {
	switch {
	case r == ideographicSpace:
		return string(r), 2
	case unicode.In(r, unicode.Mn, unicode.Me):
		return string(r), 0
	case !unicode.IsPrint(r):
		s := fmt.Sprintf("<U+%04X>", r)
		return s, len(s)
	case r >= 0x1160 && r <= 0x11ff: // vowels and finals of Hangul, which join the consonant before them
		return string(r), 0
	case unicode.Is(wide, r):
		return string(r), 2
	default:
		return string(r), 1
	}
}

// ideographicSpace is the blank of Chinese and Japanese text: common, and harmless where it is seen as wide.
const ideographicSpace = '\u3000'

// visible returns a text as it can be shown on one line.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\t' {
			r = ' '
		}
		g, _ := glyph(r)
		b.WriteString(g)
	}
	return b.String()
}

// columns returns how many columns a visible text takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		_, w := glyph(r)
		n += w
	}
	return n
}

// shorten cuts a visible text to a number of columns.
func shorten(s string, limit int) string {
	if columns(s) <= limit {
		return s
	}
	n := 0
	for i, r := range s {
		_, w := glyph(r)
		if n+w > limit-1 {
			return s[:i] + "…"
		}
		n += w
	}
	return s
}
