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
	w := &regexWriter{out: make([]byte, 0, 2*len(e.Source()))}
	folded, cased := mindsCase(tree)
	if w.mixed = folded && cased; folded && !cased {
		w.add("(?i)")
	}
	w.alternatives(tree)
	return string(w.out)
}

// mindsCase reports whether some literal ignores case, and whether something minds it.
func mindsCase(re *syntax.Regexp) (folded, cased bool) {
	folds := re.Flags&syntax.FoldCase != 0
	switch re.Op {
	case syntax.OpLiteral:
		if hasCase(re.Rune) {
			folded, cased = folds, !folds
		}
	case syntax.OpCharClass:
		cased = !folds && hasLetters(re.Rune)
	}
	for _, sub := range re.Sub {
		f, c := mindsCase(sub)
		folded, cased = folded || f, cased || c
	}
	return folded, cased
}

func hasCase(r []rune) bool {
	return slices.ContainsFunc(r, func(r rune) bool { return unicode.SimpleFold(r) != r })
}

type regexWriter struct {
	out   []byte
	mixed bool // each literal says for itself that it ignores case
}

func (w *regexWriter) add(s string) { w.out = append(w.out, s...) }

func (w *regexWriter) alternatives(re *syntax.Regexp) {
	if re.Op != syntax.OpAlternate {
		w.write(re)
		return
	}
	for i, s := range re.Sub {
		if i > 0 {
			w.add("|")
		}
		w.write(s)
	}
}

func (w *regexWriter) write(re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpNoMatch:
		w.add(`[^\x00-\x{10ffff}]`)
	case syntax.OpEmptyMatch:
		w.add("(?:)")
	case syntax.OpLiteral:
		w.literal(re)
	case syntax.OpCharClass:
		w.class(re.Rune)
	case syntax.OpAnyCharNotNL:
		w.add(".")
	case syntax.OpAnyChar:
		w.add("(?s:.)")
	case syntax.OpBeginLine:
		w.add("(?m:^)")
	case syntax.OpEndLine:
		w.add("(?m:$)")
	case syntax.OpBeginText:
		w.add("^")
	case syntax.OpEndText:
		w.add(`\z`)
	case syntax.OpWordBoundary:
		w.add(`\b`)
	case syntax.OpNoWordBoundary:
		w.add(`\B`)
	case syntax.OpCapture:
		w.group("(", re.Sub[0])
	case syntax.OpStar:
		w.repeat(re, "*")
	case syntax.OpPlus:
		w.repeat(re, "+")
	case syntax.OpQuest:
		w.repeat(re, "?")
	case syntax.OpRepeat:
		w.repeat(re, bounds(re.Min, re.Max))
	case syntax.OpConcat:
		for _, s := range re.Sub {
			w.write(s)
		}
	case syntax.OpAlternate:
		w.group("(?:", re)
	default:
		panic(fmt.Sprintf("splunk: no case for %s", re.Op))
	}
}

func (w *regexWriter) group(open string, re *syntax.Regexp) {
	w.add(open)
	w.alternatives(re)
	w.add(")")
}

func (w *regexWriter) literal(re *syntax.Regexp) {
	folds := re.Flags&syntax.FoldCase != 0
	apart := w.mixed && folds && hasCase(re.Rune)
	if apart {
		w.add("(?i:")
	}
	for _, r := range re.Rune {
		if folds {
			r = unicode.ToLower(r)
		}
		w.out = appendInCase(w.out, r, !folds)
	}
	if apart {
		w.add(")")
	}
}

func (w *regexWriter) repeat(re *syntax.Regexp, times string) {
	sub := re.Sub[0]
	if sub.Op == syntax.OpCharClass || sub.Op == syntax.OpAnyChar || sub.Op == syntax.OpAnyCharNotNL ||
		sub.Op == syntax.OpCapture || sub.Op == syntax.OpLiteral && len(sub.Rune) == 1 {
		w.write(sub)
	} else {
		w.add("(?:")
		w.write(sub)
		w.add(")")
	}
	w.add(times)
	if re.Flags&syntax.NonGreedy != 0 {
		w.add("?")
	}
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
func (w *regexWriter) class(r []rune) {
	w.add("[")
	if n := len(r); n > 2 && r[0] == 0 && r[n-1] == unicode.MaxRune {
		w.add("^")
		r = r[1 : n-1]
		for i := 0; i+1 < len(r); i += 2 {
			w.span(r[i]+1, r[i+1]-1)
		}
	} else {
		for i := 0; i+1 < len(r); i += 2 {
			w.span(r[i], r[i+1])
		}
	}
	w.add("]")
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

// span writes characters of a class.
func (w *regexWriter) span(lo, hi rune) {
	w.out = appendInClass(w.out, lo)
	if hi > lo {
		if hi > lo+1 {
			w.add("-")
		}
		w.out = appendInClass(w.out, hi)
	}
}

func appendInClass(out []byte, r rune) []byte {
	if strings.ContainsRune(`]^-[`, r) || unsafeRune(r) {
		return appendHex(out, r)
	}
	return utf8.AppendRune(out, r)
}

// appendRune writes a character outside of a class.
func appendRune(out []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		if e := escapes[r]; e != "" {
			return append(out, e...)
		}
		return append(out, byte(r))
	case unsafeRune(r):
		return appendHex(out, r)
	default:
		return utf8.AppendRune(out, r)
	}
}

// escapes are what characters outside of a class are written as; "" for those that stand for themselves.
var escapes = func() (out [utf8.RuneSelf]string) {
	for i := range out {
		switch r := rune(i); {
		case unsafeRune(r), r == '^': // a class cannot begin with it
			out[i] = string(appendHex(nil, r))
		case strings.ContainsRune(".*+?()[]{}|$", r):
			out[i] = "[" + string(r) + "]"
		}
	}
	return out
}()

// appendLiteral writes a text outside of a class, in the case that it has if that matters.
func appendLiteral(out []byte, s string, cased bool) []byte {
	from := 0 // what comes next and stands for itself
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf && escapes[s[i]] == "" {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		out = appendInCase(append(out, s[from:i]...), r, cased)
		i += n
		from = i
	}
	return append(out, s[from:]...)
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

// appendHex writes a character by its number.
func appendHex(out []byte, r rune) []byte {
	if r < 0x100 {
		const digits = "0123456789abcdef"
		return append(out, '\\', 'x', digits[r>>4], digits[r&0xf])
	}
	return append(strconv.AppendInt(append(out, `\x{`...), int64(r), 16), '}')
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
	var out []byte
	escaped := false // the backslash before is written
	for _, r := range s {
		switch {
		case escaped && (unsafeRune(r) || unicode.IsSpace(r)):
			out = appendHex(out[:len(out)-1], r)
		case r == '\\':
			out = append(out, '\\')
			escaped = true
			continue
		case unsafeRune(r):
			out = appendHex(out, r)
		default:
			out = utf8.AppendRune(out, r)
		}
		escaped = false
	}
	if escaped {
		out = append(out, "x5c"...)
	}
	return string(out)
}

// globRegex returns the regular expression of a pattern with wildcards, anchored and with its flags.
func globRegex(p ir.Pattern) string {
	return string(appendRegex([]byte(flagsOf(p)), p))
}

// flagsOf are the flags of the regular expression of a pattern. What stands for a wildcard must match line breaks too.
func flagsOf(p ir.Pattern) string {
	shape, _ := p.Shape()
	return flags(p.Cased, shape == ir.General)
}

// appendRegex writes the regular expression of a pattern without its flags.
func appendRegex(out []byte, p ir.Pattern) []byte {
	var before, behind bool
	var parts []ir.Part
	shape, literal := p.Shape()
	if shape == ir.General {
		parts, before, behind = p.Open()
	} else {
		before, behind = edges(shape)
	}
	if !before {
		out = append(out, '^')
	}
	out = appendLiteral(out, literal, p.Cased) // "" of a general pattern
	for _, part := range parts {
		switch part.Wild {
		case ir.Many:
			out = append(out, ".*"...)
		case ir.One:
			out = append(out, '.')
		default:
			out = appendLiteral(out, part.Text, p.Cased)
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
