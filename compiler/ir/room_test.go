package ir

import (
	"fmt"
	"testing"
)

// TestRoom: what is made in a room is what is made elsewhere, also when the room has served before, and when simplifying is
// asked for while it is at work.
func TestRoom(t *testing.T) {
	var trees []Expr
	for i := range 50 {
		x := &Or{}
		for j := range 3 * i {
			x.X = append(x.X, is(fmt.Sprint("f", j%5), fmt.Sprint("v", j%17)), not(and(is("a", "x"), is("b", fmt.Sprint(j)))))
		}
		trees = append(trees, and(is("c", "d"), x, and(x, &Const{Value: true})))
	}
	var room Room
	rename := func(r *Room) func(Expr) Expr {
		return func(e Expr) Expr {
			like, ok := e.(*Like)
			if !ok {
				return e
			}
			inner := r.Replace(or(like, and(like, like)), func(e Expr) Expr { return e })
			return r.Or(Or{X: []Expr{inner, r.Like(Like{Field: field("g"), Pattern: like.Pattern})}})
		}
	}
	for _, e := range trees {
		if got, want := String(room.Simplify(e)), String(Simplify(e)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if got, want := String(room.Replace(e, rename(&room))), String(Replace(e, rename(nil))); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		room.Reset()
	}
	use := func() {
		for _, e := range trees[1:3] {
			room.Simplify(e)
		}
		room.Reset()
	}
	use()
	if got := testing.AllocsPerRun(10, use); got > 0 {
		t.Errorf("%v allocations in a room that is there", got)
	}
}
