package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// With few rules the run ends before it is worth collecting garbage: a third of its time would go there.
func fewRules() { debug.SetGCPercent(400) }

// What a run with many rules should need at most: together with the pages of the program itself, of which it reads some 17
// MB, that stays below 64 MiB with something to spare. Thousands of rules keep less alive than kept; a run that keeps more gets half
// as much again as it needs.
const (
	wanted = 49 << 20
	kept   = 36 << 20
)

// manyRules leaves garbage until what is wanted is used up, as long as that lasts.
func manyRules() {
	debug.SetGCPercent(100)
	debug.SetMemoryLimit(wanted)
	afterCollection(func() (again bool) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if live[0].Value.Uint64() <= kept {
			return true
		}
		// Under a limit that is too low the program would do nothing but collect.
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(50)
		return false
	})
}

// afterCollection calls f after the next collection of garbage, and again after those that follow, as long as it says so.
func afterCollection(f func() (again bool)) {
	type garbage struct{ _ *garbage } // with a pointer, as a value without one may share its place with others that live on
	runtime.AddCleanup(new(garbage), func(f func() bool) {
		if f() {
			afterCollection(f)
		}
	}, f)
}
