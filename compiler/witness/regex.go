package witness

import (
	"regexp/syntax"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// ofRegex returns texts that a regular expression matches.
func ofRegex(e *ir.Regex) []string {
	if e.RE == nil {
		return nil
	}
	re, err := syntax.Parse(e.RE.String(), syntax.Perl)
	if err != nil {
		return nil
	}
	var out []string
	for _, second := range []bool{false, true} {
		var b strings.Builder
		g := generator{&b, second}
		g.write(re, 0)
		out = append(out, b.String())
	}
	return append(out, "x"+out[0], out[0]+"x")
}

// generator writes a text that a regular expression matches; second takes another alternative wherever there is one.
type generator struct {
	*strings.Builder
	second bool
}

// deep is how far below the first expression one may stand: hostile ones can nest.
const deep = 200

func (g generator) write(re *syntax.Regexp, depth int) {
	if depth > deep || g.Len() > 10_000 {
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			g.WriteRune(r)
		}
	case syntax.OpCharClass:
		g.class(re.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		g.WriteByte('x')
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			g.write(sub, depth+1)
		}
	case syntax.OpAlternate:
		i := 0
		if g.second {
			i = len(re.Sub) - 1
		}
		g.write(re.Sub[i], depth+1)
	case syntax.OpPlus:
		g.write(re.Sub[0], depth+1)
	case syntax.OpStar, syntax.OpQuest:
		if g.second {
			g.write(re.Sub[0], depth+1)
		}
	case syntax.OpRepeat:
		for range min(re.Min, 1000) {
			g.write(re.Sub[0], depth+1)
		}
	}
}

// class writes a character of a class, a letter or digit where it has one.
func (g generator) class(ranges []rune) {
	for _, likely := range []rune{'a', 'x', '1', 'A', '-', ' '} {
		for i := 0; i+1 < len(ranges); i += 2 {
			if ranges[i] <= likely && likely <= ranges[i+1] {
				g.WriteRune(likely)
				return
			}
		}
	}
	if len(ranges) > 0 {
		g.WriteRune(ranges[0])
	}
}
