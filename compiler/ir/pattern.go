package ir

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pattern is a text with wildcards that a whole value is compared with. Nearly all are one text with a star at most at
// either end: they hold no parts, but are made of them when asked for.
type Pattern struct {
	literal string  // of a pattern that is not general
	general *[]Part // the parts of a general pattern; nil of others
	shape   Shape
	Cased   bool // case matters
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
func Text(s string) Pattern { return Pattern{literal: s} }

// Shape is the form of a pattern, from which a target picks its operator.
type Shape uint8

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
func (p Pattern) Shape() (Shape, string) { return p.shape, p.literal }

// Parts goes over the literals and wildcards of the pattern. Neither two literals nor two stars are neighbours, and no
// literal is empty.
func (p Pattern) Parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		before, behind := p.stars()
		switch {
		case p.general != nil:
			slices.Values(*p.general)(yield)
		case before && !yield(Part{Wild: Many}), p.literal != "" && !yield(Part{Text: p.literal}):
		case behind:
			yield(Part{Wild: Many})
		}
	}
}

// Any reports whether something is true of a part.
func (p Pattern) Any(is func(Part) bool) bool {
	for part := range p.Parts() {
		if is(part) {
			return true
		}
	}
	return false
}

// Open returns the parts without the stars at both ends, and whether there are such. The star that is a whole pattern stands
// before.
func (p Pattern) Open() (parts []Part, before, behind bool) {
	if p.general != nil {
		return open(*p.general)
	}
	if p.literal != "" {
		parts = []Part{{Text: p.literal}}
	}
	before, behind = p.stars()
	return parts, before, behind
}

// stars says where the stars of a pattern are that is not general.
func (p Pattern) stars() (before, behind bool) {
	switch p.shape {
	case Suffix, Anything:
		return true, false
	case Prefix:
		return false, true
	case Contains:
		return true, true
	}
	return false, false
}

func open(parts []Part) (inner []Part, before, behind bool) {
	if len(parts) > 0 && parts[0].Wild == Many {
		before, parts = true, parts[1:]
	}
	if n := len(parts); n > 0 && parts[n-1].Wild == Many {
		behind, parts = true, parts[:n-1]
	}
	return parts, before, behind
}

// StarBefore reports whether the pattern begins with a star.
func (p Pattern) StarBefore() bool {
	if p.general != nil {
		return (*p.general)[0].Wild == Many
	}
	before, _ := p.stars()
	return before
}

// NewPattern returns the pattern of the parts, which it does not keep. Neighbouring literals and stars become one.
func NewPattern(parts []Part) Pattern {
	for i, p := range parts {
		if p == (Part{}) || i > 0 && p.Wild != One && p.Wild == parts[i-1].Wild {
			parts = joined(parts)
			break
		}
	}
	inner, before, behind := open(parts)
	switch {
	case len(inner) == 0 && before:
		return Pattern{shape: Anything}
	case len(inner) == 0:
		return Pattern{}
	case len(inner) > 1 || inner[0].Wild != Literal:
		kept := slices.Clone(parts)
		return Pattern{shape: General, general: &kept}
	}
	shape := Exact
	switch {
	case before && behind:
		shape = Contains
	case before:
		shape = Suffix
	case behind:
		shape = Prefix
	}
	return Pattern{shape: shape, literal: inner[0].Text}
}

// joined makes one of neighbouring literals and stars.
func joined(parts []Part) []Part {
	out := make([]Part, 0, len(parts))
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			out = append(out, Part{Text: literal.String()})
			literal.Reset()
		}
	}
	for _, part := range parts {
		if part.Wild == Literal {
			literal.WriteString(part.Text)
			continue
		}
		flush()
		if n := len(out); part.Wild != Many || n == 0 || out[n-1].Wild != Many {
			out = append(out, part)
		}
	}
	flush()
	return out
}

// Append returns the pattern followed by more parts. Neighbouring literals and stars become one.
func (p Pattern) Append(parts ...Part) Pattern {
	out := NewPattern(slices.Concat(slices.Collect(p.Parts()), parts))
	out.Cased = p.Cased
	return out
}

// Equal reports whether two patterns are written alike.
func (p Pattern) Equal(q Pattern) bool {
	if p.shape != q.shape || p.literal != q.literal || p.Cased != q.Cased {
		return false
	}
	return p.general == q.general || slices.Equal(*p.general, *q.general)
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
	parts, before, behind := p.Open()
	begin := "^"
	if before {
		begin = ""
	}
	return regex(begin, parts, behind)
}

// Behind returns the regular expression, without flags, of values that begin with what another one matches and go on as the
// pattern says.
func (p Pattern) Behind(begin string) string {
	parts, before, behind := p.Open()
	if before {
		begin += ".*"
	}
	return regex("^"+begin, parts, behind)
}

// regex writes the parts behind what there is of a regular expression. Where the value may go on, it is open.
func regex(begin string, parts []Part, open bool) string {
	var b strings.Builder
	b.WriteString(begin)
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
	for part := range p.Parts() {
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
	switch {
	case shape == Anything:
		return true
	case shape == Exact && !p.Cased:
		return strings.EqualFold(s, text)
	case !p.Cased:
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
	parts := *p.general
	if !p.Cased {
		parts = slices.Clone(parts)
		for i := range parts {
			parts[i].Text = fold(parts[i].Text)
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
