package lower

import (
	"errors"
	"regexp/syntax"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// regex reads a regular expression. Its RE stays nil for what PCRE knows and RE2 does not, so that a target with PCRE
// can take it; any other fault is an error at the offending piece.
func (c *chain) regex(text string, v *sigma.Value) *ir.Regex {
	e := &ir.Regex{Pattern: text, IgnoreCase: c.ignoreCase, Multi: c.multi, DotAll: c.dotAll}
	var err error
	if e.RE, err = ir.NewRE2(e.Source()); err == nil {
		return e
	}
	if plain := withoutPCRE(text); plain != text {
		relaxed := ir.Regex{Pattern: plain, IgnoreCase: c.ignoreCase, Multi: c.multi, DotAll: c.dotAll}
		if _, err = ir.NewRE2(relaxed.Source()); err == nil {
			return e
		}
	}
	var fault *syntax.Error
	if !errors.As(err, &fault) {
		c.badRegex(v, 0, len(v.Text), err.Error())
		return nil
	}
	start, end := 0, len(v.Text)
	if text == v.Text {
		start, end = pieceAt(text, fault)
	}
	c.badRegex(v, start, end, fault.Code.String())
	return nil
}

// withoutPCRE rewrites what PCRE has beyond RE2 as something similar that RE2 knows, so that the rest of the expression
// can be checked: look-around and atomic groups become plain groups, back-references an empty group, and possessive
// quantifiers greedy ones.
func withoutPCRE(text string) string {
	var b strings.Builder
	quantified := false // a quantifier has just ended
	for i := 0; i < len(text); {
		n, out := 1, text[i:i+1]
		wasQuantified := quantified
		quantified = false
		switch rest := text[i:]; {
		case strings.HasPrefix(rest, `\Q`):
			n = len(rest)
			if end := strings.Index(rest, `\E`); end >= 0 {
				n = end + len(`\E`)
			}
			out = rest[:n]
		case len(rest) > 1 && rest[0] == '\\':
			n, out = 2, rest[:2]
			if '1' <= rest[1] && rest[1] <= '9' {
				out = "(?:)"
			}
		case rest[0] == '[':
			n = classLen(rest)
			out = rest[:n]
		case rest[0] == '(':
			for _, group := range []string{"(?=", "(?!", "(?<=", "(?<!", "(?>"} {
				if strings.HasPrefix(rest, group) {
					n, out = len(group), "(?:"
				}
			}
		case rest[0] == '+' && wasQuantified:
			out = ""
		case strings.IndexByte("*+?}", rest[0]) >= 0:
			quantified = !wasQuantified
		}
		b.WriteString(out)
		i += n
	}
	return b.String()
}

// classLen is the length of the character class at the start of s.
func classLen(s string) int {
	i := 1
	if strings.HasPrefix(s[i:], "^") {
		i++
	}
	if strings.HasPrefix(s[i:], "]") { // the first one is a character of the class
		i++
	}
	for i < len(s) {
		switch named := strings.Index(s[i:], ":]"); {
		case s[i] == ']':
			return i + 1
		case s[i] == '\\':
			i += 2
		case strings.HasPrefix(s[i:], "[:") && named > 0:
			i += named + len(":]")
		default:
			i++
		}
	}
	return len(s)
}

// pieceAt finds the piece of the text that a fault is about. Where it occurs several times, it is the one up to which
// the text has the same fault.
func pieceAt(text string, fault *syntax.Error) (start, end int) {
	piece := fault.Expr
	switch fault.Code {
	case syntax.ErrTrailingBackslash:
		return len(text) - 1, len(text)
	case syntax.ErrUnexpectedParen:
		piece = ")"
	}
	const tries = 50 // each of which reads the text anew
	for from, n := 0, 0; piece != "" && n < tries; n++ {
		i := strings.Index(text[from:], piece)
		if i < 0 {
			break
		}
		start, end = from+i, from+i+len(piece)
		_, err := syntax.Parse(withoutPCRE(text[:end]), syntax.Perl)
		var same *syntax.Error
		if errors.As(err, &same) && same.Code == fault.Code && (same.Expr == fault.Expr || fault.Code == syntax.ErrUnexpectedParen) {
			return start, end
		}
		from = start + 1
	}
	return 0, len(text)
}
