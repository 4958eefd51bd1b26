package lower

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// Limits of what a short rule may stand for. The longest rules in the wild are far below all of them.
const (
	maxTexts       = 20_000    // that windash, expand and base64offset add to the values of a rule: six dashes alone are 15,625 texts
	maxBytes       = 64 << 20  // of the texts that modifiers make
	maxRegexes     = 5_000     // of a rule: each is compiled, and may stand for thousands of states
	maxComparisons = 1_000_000 // of a condition, when each of its words is replaced by the search it names
)

// grow counts n more texts, of so many bytes together, and reports whether there may be so many.
func (c *chain) grow(n, bytes int, v *sigma.Value) bool {
	if c.exhausted {
		return false // and has been reported
	}
	c.madeTexts += max(n, 0)
	c.madeBytes += max(bytes, 0)
	if c.madeTexts > maxTexts || c.madeBytes > maxBytes {
		c.exhausted = true
		c.tooManyTexts(v)
		return false
	}
	return true
}

// mayCompile counts one more regular expression and reports whether the rule may have so many.
func (c *chain) mayCompile(v *sigma.Value) bool {
	c.regexes++
	if c.regexes == maxRegexes+1 {
		c.tooManyRegexes(v)
	}
	return c.regexes <= maxRegexes
}

// fits reports whether the tree of a condition can be gone through. A search is one tree in memory, in however many
// places the condition names it, but everything behind this package sees it in each of them.
func (l *lowerer) fits(e ir.Expr) bool {
	if l.size(e) <= maxComparisons {
		return true
	}
	l.conditionTooLarge(e)
	return false
}

// smallSize is a tree that is gone through in less time than its size is looked up.
const smallSize = 32

func (l *lowerer) size(e ir.Expr) int {
	if l.sizes != nil {
		if n, ok := l.sizes[e]; ok {
			return n
		}
	}
	n := 1
	add := func(x ir.Expr) { n = min(n+l.size(x), maxComparisons+1) }
	switch e := e.(type) {
	case *ir.And:
		for _, x := range e.X {
			add(x)
		}
	case *ir.Or:
		for _, x := range e.X {
			add(x)
		}
	case *ir.Not:
		add(e.X)
	case *ir.Each:
		add(e.Body)
	case *ir.Listed:
		add(e.X)
	case *ir.Const, *ir.Like, *ir.Compare, *ir.Regex, *ir.CIDR, *ir.SameAs, *ir.Exists, *ir.Null, *ir.Keyword, *ir.Within:
		return 1
	default:
		panic(fmt.Sprintf("lower: no case for %T", e))
	}
	if n > smallSize {
		if l.sizes == nil {
			l.sizes = map[ir.Expr]int{}
		}
		l.sizes[e] = n
	}
	return n
}
