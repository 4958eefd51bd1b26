package ir

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"sync"
)

// RE2 is a regular expression that package regexp knows. It is compiled when a text is first matched: most are only written
// into queries, of which nothing is asked but whether they match the empty text.
type RE2 struct {
	source  string
	empty   bool // it matches the empty text
	compile sync.Once
	re      *regexp.Regexp
}

// NewRE2 reads a regular expression.
func NewRE2(source string) (*RE2, error) {
	tree, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return &RE2{source: source, empty: matchesEmpty(tree)}, nil
}

// MustRE2 reads a regular expression that is known to be one.
func MustRE2(source string) *RE2 {
	r, err := NewRE2(source)
	if err != nil {
		panic(err)
	}
	return r
}

// SomeRE2 is a regular expression that is known to be one, and to need some character.
func SomeRE2(source string) *RE2 { return &RE2{source: source} }

func (r *RE2) String() string { return r.source }

// MatchString reports whether the text has a match.
func (r *RE2) MatchString(s string) bool {
	if s == "" {
		return r.empty
	}
	r.compile.Do(func() { r.re = regexp.MustCompile(r.source) }) // no panic: the source has been parsed, or is known to be one
	return r.re.MatchString(s)
}

// matchesEmpty reports whether a text without characters matches. It begins and ends where it begins, at no edge of a word.
func matchesEmpty(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpNoWordBoundary,
		syntax.OpStar, syntax.OpQuest:
		return true
	case syntax.OpRepeat:
		return re.Min == 0 || matchesEmpty(re.Sub[0])
	case syntax.OpCapture, syntax.OpPlus, syntax.OpConcat:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !matchesEmpty(sub) })
	case syntax.OpAlternate:
		return slices.ContainsFunc(re.Sub, matchesEmpty)
	default: // a character, or nothing at all
		return false
	}
}
