package ir

import (
	"hash/maphash"
	"slices"
)

var seed = maphash.MakeSeed()

// hash returns a number that equal expressions share, and others almost never. Of an expression with operands it is made
// from theirs, which are looked at once.
func (s *simplifier) hash(e Expr) uint64 {
	switch e := e.(type) {
	case *Like:
		return mix(s.fieldHash(e.Field), e.Pattern.hash())
	case *And:
		return s.hashOf(e, 1, e.X...)
	case *Or:
		return s.hashOf(e, 2, e.X...)
	case *Not:
		return s.hashOf(e, 3, e.X)
	case *Each:
		return s.hashOf(e, e.Field.hash(), e.Body)
	default:
		return maphash.String(seed, String(e))
	}
}

func (s *simplifier) hashOf(e Expr, kind uint64, x ...Expr) uint64 {
	h, ok := s.hashes.get(e)
	if ok {
		return h
	}
	h = kind
	for _, e := range x {
		h = mix(h, s.hash(e))
	}
	s.hashes.put(e, h)
	return h
}

func (p Pattern) hash() uint64 {
	h := mix(uint64(p.shape), maphash.String(seed, p.literal))
	if p.general != nil {
		for _, part := range *p.general {
			h = mix(mix(h, uint64(part.Wild)), maphash.String(seed, part.Text))
		}
	}
	return h
}

func (s *simplifier) fieldHash(f *Field) uint64 {
	if f != s.field {
		s.field, s.hashed = f, f.hash()
	}
	return s.hashed
}

func (f *Field) hash() uint64 {
	var h uint64
	for _, s := range f.Segments {
		h = mix(h, maphash.String(seed, s.Name))
		h = mix(h, uint64(s.Index))
	}
	return h
}

// mix adds a number to a hash; the factor is that of FNV-1a.
func mix(h, n uint64) uint64 { return (h ^ n) * 1099511628211 }

// equal reports whether two expressions are written alike, wherever they stand. Only expressions of one hash are looked
// into.
func (s *simplifier) equal(a, b Expr) bool {
	if a == b {
		return true
	}
	if s.hash(a) != s.hash(b) {
		return false
	}
	switch a := a.(type) {
	case *Like:
		b, ok := b.(*Like)
		return ok && a.Field.equal(b.Field) && a.Pattern.Equal(b.Pattern)
	case *And:
		b, ok := b.(*And)
		return ok && slices.EqualFunc(a.X, b.X, s.equal)
	case *Or:
		b, ok := b.(*Or)
		return ok && slices.EqualFunc(a.X, b.X, s.equal)
	case *Not:
		b, ok := b.(*Not)
		return ok && s.equal(a.X, b.X)
	case *Each:
		b, ok := b.(*Each)
		return ok && a.Quant == b.Quant && a.Field.equal(b.Field) && s.equal(a.Body, b.Body)
	default:
		return String(a) == String(b)
	}
}

func (f *Field) equal(g *Field) bool { return slices.Equal(f.Segments, g.Segments) }
