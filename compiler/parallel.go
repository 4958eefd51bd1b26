package compiler

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Panic is what a goroutine of the compiler has panicked with, and its stack, which the caller's does not show.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) String() string { return fmt.Sprint(p.Value) }

// parallel calls f for 0 to n-1 on all processors. A panic of one of them is that of the caller, as a [Panic].
func parallel(n int, f func(int)) {
	var wg sync.WaitGroup
	var next atomic.Int64 // cheaper than a channel, as one call may take some microseconds only
	var failed atomic.Pointer[Panic]
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			defer func() {
				switch p := recover().(type) {
				case nil:
				case *Panic: // of work that was shared out once more
					failed.CompareAndSwap(nil, p)
				default:
					failed.CompareAndSwap(nil, &Panic{p, debug.Stack()})
				}
			}()
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				f(int(i))
			}
		})
	}
	wg.Wait()
	if p := failed.Load(); p != nil {
		panic(p)
	}
}
