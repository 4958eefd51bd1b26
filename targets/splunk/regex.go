package splunk

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// Splunk's regular expressions are PCRE, those of a rule RE2. A pattern is therefore read as RE2 and written anew in the
// words common to both, with the meaning that RE2 gives it: "$" is the very end, \s has no vertical tab.
//
// The text stands inside a string literal, where a backslash before a letter stays (C). Nothing else is left to that
// layer: a backslash is written \x5c, a quote \x22, a character with a meaning as a class, [.].

// rewrite returns the PCRE text of a regular expression.
func rewrite(e *ir.Regex) string {
	tree, err := syntax.Parse(e.Source(), syntax.Perl)
	if err != nil { // it needs PCRE
		return escapePCRE(e.Source())
	}
	w := &regexWriter{}
	body := w.alternatives(tree)
	if w.folded && !w.cased {
		return "(?i)" + folding.Replace(body)
	}
	return foldingParts.Replace(body)
}

// These stand around a literal that ignores case until it is known whether the whole does.
const foldOpen, foldClose = "\x00", "\x01"

var (
	folding      = strings.NewReplacer(foldOpen, "", foldClose, "")
	foldingParts = strings.NewReplacer(foldOpen, "(?i:", foldClose, ")")
)

type regexWriter struct {
	folded, cased bool // some literal ignores case; some minds it
}

func (w *regexWriter) alternatives(re *syntax.Regexp) string {
	if re.Op != syntax.OpAlternate {
		return w.write(re)
	}
	parts := make([]string, len(re.Sub))
	for i, s := range re.Sub {
		parts[i] = w.write(s)
	}
	return strings.Join(parts, "|")
}

func (w *regexWriter) write(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpNoMatch:
		return `[^\x00-\x{10ffff}]`
	case syntax.OpEmptyMatch:
		return "(?:)"
	case syntax.OpLiteral:
		return w.literal(re)
	case syntax.OpCharClass:
		w.cased = w.cased || re.Flags&syntax.FoldCase == 0 && hasLetters(re.Rune)
		return class(re.Rune)
	case syntax.OpAnyCharNotNL:
		return "."
	case syntax.OpAnyChar:
		return "(?s:.)"
	case syntax.OpBeginLine:
		return "(?m:^)"
	case syntax.OpEndLine:
		return "(?m:$)"
	case syntax.OpBeginText:
		return "^"
	case syntax.OpEndText:
		return `\z`
	case syntax.OpWordBoundary:
		return `\b`
	case syntax.OpNoWordBoundary:
		return `\B`
	case syntax.OpCapture:
		return "(" + w.alternatives(re.Sub[0]) + ")"
	case syntax.OpStar:
		return w.repeat(re, "*")
	case syntax.OpPlus:
		return w.repeat(re, "+")
	case syntax.OpQuest:
		return w.repeat(re, "?")
	case syntax.OpRepeat:
		return w.repeat(re, bounds(re.Min, re.Max))
	case syntax.OpConcat:
		var b strings.Builder
		for _, s := range re.Sub {
			b.WriteString(w.write(s))
		}
		return b.String()
	case syntax.OpAlternate:
		return "(?:" + w.alternatives(re) + ")"
	default:
		panic(fmt.Sprintf("splunk: no case for %s", re.Op))
	}
}

func (w *regexWriter) literal(re *syntax.Regexp) string {
	hasCase := false
	var out []byte
	for _, r := range re.Rune {
		hasCase = hasCase || unicode.SimpleFold(r) != r
		if re.Flags&syntax.FoldCase != 0 {
			r = unicode.ToLower(r)
		}
		out = appendInCase(out, r, re.Flags&syntax.FoldCase == 0)
	}
	switch {
	case !hasCase:
		return string(out)
	case re.Flags&syntax.FoldCase == 0:
		w.cased = true
		return string(out)
	}
	w.folded = true
	return foldOpen + string(out) + foldClose
}

func (w *regexWriter) repeat(re *syntax.Regexp, times string) string {
	sub := re.Sub[0]
	s := w.write(sub)
	single := sub.Op == syntax.OpCharClass || sub.Op == syntax.OpAnyChar || sub.Op == syntax.OpAnyCharNotNL ||
		sub.Op == syntax.OpCapture || sub.Op == syntax.OpLiteral && len(sub.Rune) == 1
	if !single {
		s = "(?:" + s + ")"
	}
	if re.Flags&syntax.NonGreedy != 0 {
		times += "?"
	}
	return s + times
}

func bounds(lo, hi int) string {
	switch {
	case hi < 0:
		return fmt.Sprintf("{%d,}", lo)
	case hi == lo:
		return fmt.Sprintf("{%d}", lo)
	default:
		return fmt.Sprintf("{%d,%d}", lo, hi)
	}
}

// class writes a set of characters. A set that reaches from the first to the last character is what a negated class has
// become.
func class(r []rune) string {
	var b strings.Builder
	b.WriteByte('[')
	if n := len(r); n > 2 && r[0] == 0 && r[n-1] == unicode.MaxRune {
		b.WriteByte('^')
		r = r[1 : n-1]
		for i := 0; i+1 < len(r); i += 2 {
			writeRange(&b, r[i]+1, r[i+1]-1)
		}
	} else {
		for i := 0; i+1 < len(r); i += 2 {
			writeRange(&b, r[i], r[i+1])
		}
	}
	b.WriteByte(']')
	return b.String()
}

// hasLetters reports whether ignoring case could add to a set.
func hasLetters(r []rune) bool {
	for i := 0; i+1 < len(r); i += 2 {
		if r[i+1] >= 'A' {
			return true
		}
	}
	return false
}

func writeRange(b *strings.Builder, lo, hi rune) {
	b.WriteString(classRune(lo))
	if hi > lo {
		if hi > lo+1 {
			b.WriteByte('-')
		}
		b.WriteString(classRune(hi))
	}
}

func classRune(r rune) string {
	if strings.ContainsRune(`]^-[`, r) || unsafeRune(r) {
		return hexRune(r)
	}
	return string(r)
}

// escapeRune is a character outside of a class.
func escapeRune(r rune) string { return string(appendRune(nil, r)) }

// appendRune writes a character outside of a class.
func appendRune(out []byte, r rune) []byte {
	switch {
	case r <= unicode.MaxASCII && alphanumeric(byte(r)): // as most are
		return append(out, byte(r))
	case unsafeRune(r), r == '^': // a class cannot begin with it
		return append(out, hexRune(r)...)
	case strings.ContainsRune(".*+?()[]{}|$", r):
		return append(out, '[', byte(r), ']')
	default:
		return utf8.AppendRune(out, r)
	}
}

// unsafeRune reports whether a character must not stand as itself: it would end the string, open a macro or a token, or
// cannot be seen.
func unsafeRune(r rune) bool {
	switch r {
	case '"', '\\', '`':
		return true
	}
	return !unicode.IsPrint(r)
}

func hexRune(r rune) string {
	switch {
	case r == '\\': // the most frequent, in paths
		return `\x5c`
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	}
	return `\x{` + strconv.FormatInt(int64(r), 16) + `}`
}

// foldsBeyondASCII reports whether a pattern that only PCRE reads ignores the case of letters beyond ASCII, of which it is
// not documented whether Splunk's does. In all others both cases are written.
func foldsBeyondASCII(e *ir.Regex) bool {
	if e.RE != nil || !e.IgnoreCase && !strings.Contains(e.Pattern, "(?i") {
		return false
	}
	return strings.ContainsFunc(e.Pattern, func(r rune) bool { return r > unicode.MaxASCII && unicode.SimpleFold(r) != r })
}

// escapePCRE makes a pattern that only PCRE reads safe inside a string literal and changes nothing else.
func escapePCRE(s string) string {
	var b strings.Builder
	escaped := false
	for _, r := range s {
		switch {
		case escaped && r == '\\':
			b.WriteString(`x5c`)
			escaped = false
			continue
		case escaped && (unsafeRune(r) || unicode.IsSpace(r)):
			b.WriteString(hexRune(r)[1:])
		case r == '\\':
			b.WriteByte('\\')
			escaped = true
			continue
		case unsafeRune(r):
			b.WriteString(hexRune(r))
		default:
			b.WriteRune(r)
		}
		escaped = false
	}
	if escaped {
		b.WriteString("x5c")
	}
	return b.String()
}

// globRegex returns the regular expression of a pattern with wildcards, anchored and with its flags.
func globRegex(p ir.Pattern) string {
	return string(appendRegex([]byte(flagsOf(p)), p))
}

// flagsOf are the flags of the regular expression of a pattern. What stands for a wildcard must match line breaks too.
func flagsOf(p ir.Pattern) string {
	parts, _, _ := p.Open()
	return flags(p.Cased, slices.ContainsFunc(parts, func(part ir.Part) bool { return part.Wild != ir.Literal }))
}

// appendRegex writes the regular expression of a pattern without its flags.
func appendRegex(out []byte, p ir.Pattern) []byte {
	parts, before, behind := p.Open()
	if !before {
		out = append(out, '^')
	}
	for _, part := range parts {
		switch part.Wild {
		case ir.Many:
			out = append(out, ".*"...)
		case ir.One:
			out = append(out, '.')
		default:
			for _, r := range part.Text {
				out = appendInCase(out, r, p.Cased)
			}
		}
	}
	if !behind {
		out = append(out, `\z`...)
	}
	return out
}

// appendInCase writes a letter beyond ASCII in both cases, as it is not documented that (?i) knows these letters.
func appendInCase(out []byte, r rune, cased bool) []byte {
	if cased || r <= unicode.MaxASCII || unicode.SimpleFold(r) == r {
		return appendRune(out, r)
	}
	out = appendRune(append(out, "(?:"...), r)
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		out = appendRune(append(out, '|'), f)
	}
	return append(out, ')')
}

func flags(cased, wild bool) string {
	switch {
	case cased && wild:
		return "(?s)"
	case cased:
		return ""
	case wild:
		return "(?is)"
	default:
		return "(?i)"
	}
}
