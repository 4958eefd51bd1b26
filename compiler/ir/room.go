package ir

import (
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Room is where expressions are made that nobody needs for long: what a target makes of a rule lives until its query is
// written. [Room.Reset] takes them back, and what is made next needs no memory. The zero value is ready for use. In a nil
// one expressions are allocated one by one, and stay; so they do in one that is never reset, a few to an allocation.
type Room struct {
	ands  slab.Of[And]
	ors   slab.Of[Or]
	nots  slab.Of[Not]
	likes slab.Of[Like]
	lists slab.Of[Expr]
	names slab.Of[oneSegment]

	desk desk // of the last simplifier
}

// Reset takes back all expressions that were made: whoever holds one must not use it again.
func (r *Room) Reset() {
	r.ands.Reset()
	r.ors.Reset()
	r.nots.Reset()
	r.likes.Reset()
	r.lists.Reset()
	r.names.Reset()
}

// And returns an expression of the values.
func (r *Room) And(v And) *And {
	if r == nil {
		own := v // only this one is allocated
		return &own
	}
	return r.ands.New(v)
}

// Or returns an expression of the values.
func (r *Room) Or(v Or) *Or {
	if r == nil {
		own := v
		return &own
	}
	return r.ors.New(v)
}

// Not returns an expression of the values.
func (r *Room) Not(v Not) *Not {
	if r == nil {
		own := v
		return &own
	}
	return r.nots.New(v)
}

// Like returns an expression of the values.
func (r *Room) Like(v Like) *Like {
	if r == nil {
		own := v
		return &own
	}
	return r.likes.New(v)
}

// Field is [NewField] with what is new in the room.
func (r *Room) Field(name string, at source.Span) *Field {
	if r == nil {
		return NewField(name, at)
	}
	return r.names.Take(1)[0].named(name, at)
}

// List returns room for operands.
func (r *Room) List(n int) []Expr {
	if r == nil {
		return make([]Expr, n)
	}
	return r.lists.Take(n)
}

// list returns the operands in a slice of their own.
func (r *Room) list(x []Expr) []Expr {
	out := r.List(len(x))
	copy(out, x)
	return out
}

// takeDesk returns the desk, which nobody else has until it is back: simplifying may ask for more of it.
func (r *Room) takeDesk() (d desk) {
	if r != nil {
		d, r.desk = r.desk, desk{}
	}
	return d
}

func (r *Room) giveBack(d desk) {
	if r != nil {
		d.clear()
		r.desk = d
	}
}
