package ir

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Listed says that X, which is its meaning, compares the field with all values of a list. A target that keeps lists of its
// own compares with the list there; for any other, [Unlist] leaves X.
type Listed struct {
	Field *Field
	List  string // the name of the list, without percent signs
	Kind  ListKind
	Cased bool
	X     Expr
	At    source.Span

	simple hash
}

func (*Listed) expr() {}

// Span is the place of the placeholder's value.
func (e *Listed) Span() source.Span { return e.At }

// ListKind says how a field is compared with the values of a list: with one of them, by its beginning, end or some part
// of it, or as an address with networks.
type ListKind int

const (
	ListEqual ListKind = iota
	ListPrefix
	ListSuffix
	ListContains
	ListNetwork
)

func (k ListKind) String() string {
	return [...]string{"equal", "prefix", "suffix", "contains", "network"}[k]
}

// Unlist replaces the comparisons with a list by their meaning, but for those that are to be kept.
func Unlist(e Expr, keep func(*Listed) bool) Expr {
	u := unlister{keep: keep, done: map[Expr]Expr{}}
	return u.expr(e)
}

// unlister looks once at what stands in several places of a tree.
type unlister struct {
	keep func(*Listed) bool
	done map[Expr]Expr
}

func (u *unlister) expr(e Expr) Expr {
	if out, ok := u.done[e]; ok {
		return out
	}
	out := u.once(e)
	u.done[e] = out
	return out
}

func (u *unlister) once(e Expr) Expr {
	switch e := e.(type) {
	case *And:
		return &And{X: u.all(e.X), At: e.At}
	case *Or:
		return &Or{X: u.all(e.X), At: e.At}
	case *Not:
		return &Not{X: u.expr(e.X), At: e.At}
	case *Each:
		return &Each{Field: e.Field, Quant: e.Quant, Body: u.expr(e.Body), At: e.At}
	case *Listed:
		if u.keep(e) {
			return e
		}
		return e.X
	case *Const, *Like, *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Keyword, *Within:
		return e
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

func (u *unlister) all(x []Expr) []Expr {
	out := make([]Expr, len(x))
	for i, e := range x {
		out[i] = u.expr(e)
	}
	return out
}
