package compiler_test

import (
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/targets"
)

func heap(what string) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%-30s %.1f MB, %d objects\n", what, float64(m.HeapAlloc)/1e6, m.HeapObjects)
}

func init() {
	if os.Getenv("ZMEM") != "" {
		runtime.MemProfileRate = 512
	}
}

func TestZMem(t *testing.T) {
	heap("start")
	inputs := readCorpus(t)
	heap("inputs")
	p := compiler.Load(inputs, compiler.Options{})
	heap("load")
	out := p.Compile(targets.All(), compiler.CompileOptions{Last: true})
	heap("compile")
	if f, err := os.Create("/tmp/heap.prof"); err == nil {
		pprof.WriteHeapProfile(f)
		f.Close()
	}
	n := 0
	for _, o := range out {
		for _, c := range o.Compiled {
			n += len(c.Text)
			c.Query = nil
		}
	}
	heap("no query")
	for _, o := range out {
		for _, c := range o.Compiled {
			c.Bound = nil
		}
	}
	heap("no bound")
	fmt.Println("text", n)
	for _, o := range out {
		for _, c := range o.Compiled {
			c.Text = ""
		}
	}
	heap("no text")
	for _, o := range out {
		for _, c := range o.Compiled {
			c.Meta = nil
			c.Noted = nil
		}
	}
	heap("no meta, noted")
	out = nil
	heap("no out")
	if f, err := os.Create("/tmp/heap2.prof"); err == nil {
		pprof.WriteHeapProfile(f)
		f.Close()
	}
	runtime.KeepAlive(p)
	p = nil
	heap("no p")
	runtime.KeepAlive(inputs)
	inputs = nil
	heap("no inputs")
	if f, err := os.Create("/tmp/heap3.prof"); err == nil {
		pprof.WriteHeapProfile(f)
		f.Close()
	}
}
