package lower

// slab gives out values of one type, many of which are allocated at once: nearly all that a rule becomes are comparisons
// with a text, and an allocation for each would be most of what lowering costs.
type slab[T any] struct{ free []T }

// slabSize is how many values are allocated when more are asked for than were expected.
const slabSize = 16

// take returns the next n values.
func (s *slab[T]) take(n int) []T {
	if n > len(s.free) {
		s.free = make([]T, max(n, slabSize))
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	return out
}
