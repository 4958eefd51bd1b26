package target

import (
	"sync"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/slab"
)

// shared is what targets make of a rule, in all of its copies.
type shared struct{ room *room }

// room is where that lives until all targets have had the rule. Then it serves another one.
type room struct {
	ir.Room
	created []created
	located slab.Of[Located]
	named   slab.Of[Named]
	refs    slab.Of[Ref]
	bound   slab.Of[Bound]
	parts   slab.Of[*Located]
}

// created is what was made of a rule by a key. There are a few of them for a rule.
type created struct {
	of         *Located
	key, value any
}

var rooms = sync.Pool{New: func() any { return &room{created: make([]created, 0, 8)} }}

// take returns the room of a rule.
func (s *shared) take() *room {
	if s.room == nil {
		s.room = rooms.Get().(*room)
	}
	return s.room
}

// Room is where expressions are made that are given up together with the rule, see [Located.Forget].
func (l *Located) Room() *ir.Room { return &l.shared.take().Room }

// Refs returns room for n references, to be given up together with the rule.
func (l *Located) Refs(n int) []Ref { return l.shared.take().refs.Take(n) }

// Once returns what create makes, and makes it for the first who asks by the key: targets that have a language in common
// share their work on a rule, one after another. What is made must not be changed.
func (l *Located) Once(key any, create func() any) any {
	for _, m := range l.shared.take().created {
		if m.of == l && m.key == key {
			return m.value
		}
	}
	value := create()
	r := l.shared.room
	r.created = append(r.created, created{l, key, value})
	return value
}

// Forget gives up what targets have made of the rule, when all have had it: nobody may use that any more.
func (l *Located) Forget() {
	r := l.shared.room
	if r == nil {
		return
	}
	l.shared.room = nil
	clear(r.created)
	r.created = r.created[:0]
	r.Reset()
	r.located.Reset()
	r.named.Reset()
	r.refs.Reset()
	r.bound.Reset()
	r.parts.Reset()
	rooms.Put(r)
}
