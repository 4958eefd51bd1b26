package compiler_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

// BenchmarkGrowth shows that the cost of reading, checking and compiling for all targets grows with what there is to do, and
// no faster: for a rule of the corpus among 10 and 100 copies of it, and for a value among many in one list.
func BenchmarkGrowth(b *testing.B) {
	all := targets.All()
	run := func(b *testing.B, inputs []compiler.Input, of int, unit string) {
		for b.Loop() {
			b.StopTimer()
			runtime.GC() // the copies before are nothing that this one should pay for
			b.StartTimer()
			p := compiler.Load(inputs, compiler.Options{})
			p.Lint(compiler.LintOptions{Today: "2026-11-21"})
			p.Compile(all, compiler.CompileOptions{Last: true})
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1e3/float64(b.N)/float64(of), "µs/"+unit)
		b.ReportMetric(0, "ns/op")
	}
	for _, n := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("corpus/%d", n), func(b *testing.B) {
			inputs := copies(readCorpus(b), n)
			run(b, inputs, len(inputs), "rule")
		})
	}
	for _, n := range []int{4_432, 100_000} {
		b.Run(fmt.Sprintf("values/%d", n), func(b *testing.B) {
			run(b, []compiler.Input{listOf(n)}, n, "value")
		})
	}
}

// copies are the inputs n times, each time with other ids.
func copies(inputs []compiler.Input, n int) []compiler.Input {
	out := make([]compiler.Input, 0, n*len(inputs))
	for i := range n {
		for _, in := range inputs {
			text := bytes.Clone(in.File.Text)
			if at := bytes.Index(text, []byte("\nid: ")); at >= 0 {
				copy(text[at+len("\nid: "):], fmt.Sprintf("%04x", i))
			}
			name := fmt.Sprintf("%d/%s", i, in.Path)
			out = append(out, compiler.Input{File: source.NewFile(name, text), Path: name})
		}
	}
	return out
}

// listOf is a rule with a list of n addresses.
func listOf(n int) compiler.Input {
	var b strings.Builder
	b.WriteString("title: Long list\nlogsource: {product: azure, service: signinlogs}\ndetection:\n  s:\n    IPAddress:\n")
	for i := range n {
		fmt.Fprintf(&b, "      - 10.%d.%d.%d\n", i>>16, i>>8&255, i&255)
	}
	b.WriteString("  condition: s\n")
	return compiler.Input{File: source.NewFile("list.yml", []byte(b.String())), Path: "list.yml"}
}
