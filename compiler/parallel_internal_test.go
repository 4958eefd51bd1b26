package compiler

import (
	"strings"
	"testing"
)

// A panic can be recovered by who asked for the work, and tells where it began, also through work within work.
func TestParallelPanics(t *testing.T) {
	defer func() {
		p, ok := recover().(*Panic)
		if !ok || p.String() != "seven" || !strings.Contains(string(p.Stack), "compiler.breaks(") {
			t.Errorf("recovered %v", p)
		}
	}()
	parallel(2, func(int) { parallel(20, breaks) })
	t.Error("no panic")
}

//go:noinline
func breaks(i int) {
	if i == 7 {
		panic("seven")
	}
}
