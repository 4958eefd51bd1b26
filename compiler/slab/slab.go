package slab

import "reflect"

// Of gives out values of one type. The zero value is ready for use.
type Of[T any] struct {
	all, free []T // what was allocated last, and what of it is not given out
	taken     int // how many were given out in all, since the last Reset
	next      int // how many to allocate next at least: as many as were given out before the last Reset
}

// How much is allocated at once when no more is asked for: twice as many values each time, as few rules have many, up to so
// many bytes. With the word that the allocator puts before them, these are what it has a size for.
const (
	least = 8
	most  = 8<<10 - 8
)

// How much may be kept from one use to the next, in bytes: a rule with 100,000 values is rare, its room must not stay.
const kept = 64 << 10

// Expect makes room for n values.
func (s *Of[T]) Expect(n int) {
	if n > len(s.free) {
		s.grow(n)
	}
}

// Take returns the next n values.
func (s *Of[T]) Take(n int) []T {
	s.taken += n
	if n > len(s.free) {
		chunk := most / s.size()
		if n > chunk/8 && len(s.free) > 0 {
			return make([]T, n) // by themselves: what is free is enough for others
		}
		s.grow(max(n, least, min(2*len(s.all), chunk)))
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	return out
}

// Buffer empties a buffer, to be written into again, unless what was in it was so large that its room must not stay.
func Buffer(b []byte) []byte {
	if cap(b) > kept {
		return nil
	}
	return b[:0]
}

// mapped is how many entries a map may have had to be used again: it is emptied as slowly as it was ever large.
const mapped = 64

// Map empties a map, to be filled again. It returns a new one when there is none, or when it was large.
func Map[K comparable, V any](m map[K]V) map[K]V {
	if m == nil || len(m) > mapped {
		return map[K]V{}
	}
	clear(m)
	return m
}

// size is how many bytes a value has, at least one.
func (*Of[T]) size() int { return int(max(reflect.TypeFor[T]().Size(), 1)) }

func (s *Of[T]) grow(n int) {
	s.all = make([]T, max(n, s.next))
	s.free, s.next = s.all, 0
}

// New returns the next value, set to v.
func (s *Of[T]) New(v T) *T {
	next := &s.Take(1)[0]
	*next = v
	return next
}

// Reset takes back everything that was given out: whoever holds a value must not use it again. What comes next needs at
// most one allocation, unless it is more.
func (s *Of[T]) Reset() {
	if s.taken == 0 {
		return
	}
	switch limit := kept / s.size(); {
	case len(s.all) > limit:
		s.all = nil
	case len(s.all) < min(s.taken, limit):
		s.all, s.next = nil, min(s.taken, limit)
	default:
		clear(s.all[:len(s.all)-len(s.free)])
	}
	s.free, s.taken = s.all, 0
}
