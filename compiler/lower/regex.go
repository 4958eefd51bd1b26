package lower

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// regex reads a regular expression. Its RE stays nil for what PCRE knows and RE2 does not, so that a target with PCRE
// can take it; any other fault is an error at the offending piece.
func (c *chain) regex(text string, v *sigma.Value) *ir.Regex {
	e := &ir.Regex{Pattern: text, IgnoreCase: c.ignoreCase, Multi: c.multi, DotAll: c.dotAll}
	re, err := regexp.Compile(e.Source())
	if err == nil {
		e.RE = re
		return e
	}
	var fault *syntax.Error
	if !errors.As(err, &fault) {
		c.badRegex(v, "", err.Error())
		return nil
	}
	if onlyPCRE(fault) {
		return e
	}
	c.badRegex(v, fault.Expr, fault.Code.String())
	return nil
}

// onlyPCRE reports whether the piece that RE2 refuses is look-around, an atomic group, a back-reference or a
// possessive quantifier.
func onlyPCRE(fault *syntax.Error) bool {
	piece := fault.Expr
	switch fault.Code {
	case syntax.ErrInvalidPerlOp, syntax.ErrMissingRepeatArgument, syntax.ErrInvalidNamedCapture:
		for _, op := range []string{"(?=", "(?!", "(?<=", "(?<!", "(?>"} {
			if strings.HasPrefix(piece, op) {
				return true
			}
		}
	case syntax.ErrInvalidEscape:
		return len(piece) == 2 && piece[1] >= '1' && piece[1] <= '9'
	case syntax.ErrInvalidRepeatOp:
		return strings.HasSuffix(piece, "+") && len(piece) > 1 && piece != "**"
	}
	return false
}
