package compiler

import "testing"

// A panic can be recovered by who asked for the work: a user sees no trace of the stack.
func TestParallelPanics(t *testing.T) {
	defer func() {
		if p := recover(); p != "seven" {
			t.Errorf("recovered %v", p)
		}
	}()
	parallel(20, func(i int) {
		if i == 7 {
			panic("seven")
		}
	})
	t.Error("no panic")
}
