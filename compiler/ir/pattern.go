package ir

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pattern is a text with wildcards that a whole value is compared with.
type Pattern struct {
	Parts []Part
	Cased bool // case matters
}

// Part is a literal text or a wildcard.
type Part struct {
	Wild Wildcard
	Text string // the literal; "" for a wildcard
}

// Wildcard is the kind of a [Part].
type Wildcard int

const (
	Literal Wildcard = iota
	Many             // any run of characters, line breaks and the empty run included
	One              // exactly one character
)

// Text returns the pattern that only the given text fits.
func Text(s string) Pattern {
	if s == "" {
		return Pattern{}
	}
	return Pattern{Parts: []Part{{Text: s}}}
}

// Shape is the form of a pattern, from which a target picks its operator.
type Shape int

const (
	Exact    Shape = iota // no wildcard
	Prefix                // text*
	Suffix                // *text
	Contains              // *text*
	Anything              // nothing but *
	General               // any other mixture
)

func (s Shape) String() string {
	return [...]string{"exact", "prefix", "suffix", "contains", "anything", "general"}[s]
}

// Shape returns the form of the pattern and, for Exact, Prefix, Suffix and Contains, its literal text.
func (p Pattern) Shape() (Shape, string) {
	parts := p.Parts
	lead, trail := false, false
	if len(parts) > 0 && parts[0].Wild == Many {
		lead, parts = true, parts[1:]
	}
	if len(parts) > 0 && parts[len(parts)-1].Wild == Many {
		trail, parts = true, parts[:len(parts)-1]
	}
	switch {
	case len(parts) == 0 && (lead || trail):
		return Anything, ""
	case len(parts) == 0:
		return Exact, ""
	case len(parts) > 1 || parts[0].Wild != Literal:
		return General, ""
	case lead && trail:
		return Contains, parts[0].Text
	case lead:
		return Suffix, parts[0].Text
	case trail:
		return Prefix, parts[0].Text
	default:
		return Exact, parts[0].Text
	}
}

// NewPattern returns the pattern of the parts, which it takes over. Neighbouring literals and stars become one.
func NewPattern(parts []Part) Pattern {
	for i, p := range parts {
		if p == (Part{}) || i > 0 && p.Wild != One && p.Wild == parts[i-1].Wild {
			return Pattern{}.Append(parts...)
		}
	}
	return Pattern{Parts: parts}
}

// Append returns the pattern followed by more parts. Neighbouring literals and stars become one.
func (p Pattern) Append(parts ...Part) Pattern {
	out := Pattern{Cased: p.Cased, Parts: make([]Part, 0, len(p.Parts)+len(parts))}
	literal := strings.Builder{}
	flush := func() {
		if literal.Len() > 0 {
			out.Parts = append(out.Parts, Part{Text: literal.String()})
			literal.Reset()
		}
	}
	for _, part := range slices.Concat(p.Parts, parts) {
		if part.Wild == Literal {
			literal.WriteString(part.Text)
			continue
		}
		flush()
		if n := len(out.Parts); part.Wild != Many || n == 0 || out.Parts[n-1].Wild != Many {
			out.Parts = append(out.Parts, part)
		}
	}
	flush()
	return out
}

// Regex returns the regular expression of RE2 that matches what the pattern matches. It is anchored and carries its
// flags. PCRE would read its $ differently: there it also stands before a line break at the end.
func (p Pattern) Regex() string { return p.flags() + p.bare() }

func (p Pattern) flags() string {
	if p.Cased {
		return "(?s)"
	}
	return "(?is)"
}

// bare is the regular expression without its flags.
func (p Pattern) bare() string {
	var b strings.Builder
	parts := p.Parts
	if n := len(parts); n > 0 && parts[0].Wild == Many {
		parts = parts[1:]
	} else {
		b.WriteByte('^')
	}
	open := len(parts) > 0 && parts[len(parts)-1].Wild == Many
	if open {
		parts = parts[:len(parts)-1]
	}
	for _, part := range parts {
		switch part.Wild {
		case Many:
			b.WriteString(".*")
		case One:
			b.WriteByte('.')
		default:
			b.WriteString(regexp.QuoteMeta(part.Text))
		}
	}
	if !open {
		b.WriteByte('$')
	}
	return b.String()
}

// String writes the pattern as a Sigma value: wildcards as * and ?, escaped where they are literal.
func (p Pattern) String() string { return p.text(func(s string) string { return s }) }

// text writes the pattern with its literals changed.
func (p Pattern) text(literal func(string) string) string {
	var b strings.Builder
	for _, part := range p.Parts {
		switch part.Wild {
		case Many:
			b.WriteByte('*')
		case One:
			b.WriteByte('?')
		default:
			b.WriteString(escape.Replace(literal(part.Text)))
		}
	}
	return b.String()
}

var escape = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`)

// Matches reports whether the whole of s fits the pattern.
func (p Pattern) Matches(s string) bool {
	shape, text := p.Shape()
	if shape == Anything {
		return true
	}
	if !p.Cased {
		s, text = fold(s), fold(text)
	}
	switch shape {
	case Exact:
		return s == text
	case Prefix:
		return strings.HasPrefix(s, text)
	case Suffix:
		return strings.HasSuffix(s, text)
	case Contains:
		return strings.Contains(s, text)
	}
	parts := p.Parts
	if !p.Cased {
		parts = make([]Part, len(p.Parts))
		for i, part := range p.Parts {
			parts[i] = Part{Wild: part.Wild, Text: fold(part.Text)}
		}
	}
	return match(parts, s)
}

// match is the usual greedy matcher: on a mismatch it gives the last star one more character. Its cost is the product
// of both lengths at worst, so a hostile pattern cannot make it explode.
func match(parts []Part, s string) bool {
	i := 0
	star, rest := -1, ""
	for {
		if i == len(parts) {
			if s == "" {
				return true
			}
		} else {
			switch part := parts[i]; part.Wild {
			case Many:
				star, rest = i, s
				i++
				continue
			case One:
				if s != "" {
					_, n := utf8.DecodeRuneInString(s)
					s, i = s[n:], i+1
					continue
				}
			case Literal:
				if strings.HasPrefix(s, part.Text) {
					s, i = s[len(part.Text):], i+1
					continue
				}
			}
		}
		if star < 0 || rest == "" {
			return false
		}
		_, n := utf8.DecodeRuneInString(rest)
		rest = rest[n:]
		s, i = rest, star+1
	}
}

// fold maps every character to one that stands for all its case variants (Unicode simple folding).
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	return strings.Map(foldRune, s)
}

// foldRune returns the least of the characters that differ from r in case alone; of ASCII letters the small one, as they
// are in texts that are ASCII throughout. unicode.ToLower would not do: it makes an i of the dotted İ, a letter of its own.
func foldRune(r rune) rune {
	low := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		low = min(low, f)
	}
	if 'A' <= low && low <= 'Z' {
		low += 'a' - 'A'
	}
	return low
}
