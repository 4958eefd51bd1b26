package compiler_test

import (
	"os"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/targets"
)

func BenchmarkZAll(b *testing.B) {
	inputs := readCorpus(b)
	all := targets.All()
	b.ReportAllocs()
	for b.Loop() {
		eachInput(inputs, func(i int) {
			if _, err := os.ReadFile(corpus + "/" + inputs[i].Path); err != nil {
				b.Error(err)
			}
		})
		p := compiler.Load(inputs, compiler.Options{})
		p.Lint(compiler.LintOptions{Today: "2026-11-21"})
		p.Compile(all, compiler.CompileOptions{Last: true})
	}
}
