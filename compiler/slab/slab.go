// Package slab allocates values of one type many at a time. Most of what a rule becomes, on its way from Sigma to a query,
// are comparisons with a text: an allocation for each of their parts would be most of what compiling costs.
package slab

// Of gives out values of one type. The zero value is ready for use.
type Of[T any] struct {
	free []T
	last int // how many were allocated at once before
}

// How many values are allocated at once when no more are asked for: twice as many each time, as few rules have many.
const least, most = 8, 128

// Expect makes room for n values.
func (s *Of[T]) Expect(n int) { s.free = make([]T, n) }

// Take returns the next n values.
func (s *Of[T]) Take(n int) []T {
	if n > len(s.free) {
		s.last = min(max(2*s.last, least), most)
		s.free = make([]T, max(n, s.last))
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	return out
}

// New returns the next value, set to v.
func (s *Of[T]) New(v T) *T {
	next := &s.Take(1)[0]
	*next = v
	return next
}
