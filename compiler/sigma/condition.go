package sigma

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Condition is one condition of a detection. Expr is nil when the text could not be understood; the rule is then broken.
type Condition struct {
	Expr Cond
	Text string
	At   source.Span
}

// Cond is a node of a condition: [*CondAnd], [*CondOr], [*CondNot], [*CondRef] or [*CondQuant].
type Cond interface {
	cond()
	Span() source.Span
}

// CondAnd holds when every X does. It has two or more.
type CondAnd struct {
	X  []Cond
	At source.Span
}

// CondOr holds when some X does. It has two or more.
type CondOr struct {
	X  []Cond
	At source.Span
}

// CondNot holds when X does not.
type CondNot struct {
	X  Cond
	At source.Span
}

// CondRef is the name of a search.
type CondRef struct {
	Name string
	At   source.Span
}

// CondQuant is "all of …" when All is set, and otherwise "Count of …" ("any of" is "1 of"): of the searches that
// [CondQuant.Searches] lists, all or at least Count must hold.
type CondQuant struct {
	All     bool
	Count   int
	Them    bool   // "of them"
	Pattern string // otherwise, a name that may hold stars
	At      source.Span
	Target  source.Span // the word after "of"
}

func (*CondAnd) cond()   {}
func (*CondOr) cond()    {}
func (*CondNot) cond()   {}
func (*CondRef) cond()   {}
func (*CondQuant) cond() {}

// Span returns the place of the node; parentheses around it are not part of it.
func (c *CondAnd) Span() source.Span   { return c.At }
func (c *CondOr) Span() source.Span    { return c.At }
func (c *CondNot) Span() source.Span   { return c.At }
func (c *CondRef) Span() source.Span   { return c.At }
func (c *CondQuant) Span() source.Span { return c.At }

// Searches lists the searches that a quantifier speaks of, in file order. "them" and patterns skip names that begin
// with "_", unless the pattern itself begins so (spec section 8.6). A pattern without a star is that one name.
func (c *CondQuant) Searches(d *Detection) []*Search {
	var out []*Search
	for _, s := range d.Searches {
		if c.Fits(s.Name.Value) {
			out = append(out, s)
		}
	}
	return out
}

// Fits reports whether a quantifier speaks of the search of a name.
func (c *CondQuant) Fits(search string) bool {
	pattern := c.Pattern
	if c.Them {
		pattern = "*"
	}
	hidden := strings.HasPrefix(search, "_") && !strings.HasPrefix(pattern, "_")
	return !hidden && matchStars(pattern, search)
}

// matchStars reports whether name fits a pattern in which "*" stands for any run of characters.
func matchStars(pattern, name string) bool {
	first, rest, starred := strings.Cut(pattern, "*")
	if !starred {
		return pattern == name
	}
	last := rest[strings.LastIndexByte(rest, '*')+1:]
	if len(name) < len(first)+len(last) || !strings.HasPrefix(name, first) || !strings.HasSuffix(name, last) {
		return false
	}
	name = name[len(first) : len(name)-len(last)]
	for part := range strings.SplitSeq(strings.TrimSuffix(rest, last), "*") {
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name = name[i+len(part):]
	}
	return true
}
