package compiler_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

func BenchmarkZLoad(b *testing.B) {
	inputs := readCorpus(b)
	b.ReportAllocs()
	for b.Loop() {
		compiler.Load(inputs, compiler.Options{})
	}
}
func BenchmarkZCompile(b *testing.B) {
	inputs := readCorpus(b)
	all := targets.All()
	b.ReportAllocs()
	for b.Loop() {
		compiler.Load(inputs, compiler.Options{}).Compile(all, compiler.CompileOptions{})
	}
}
func BenchmarkZLint(b *testing.B) {
	inputs := readCorpus(b)
	b.ReportAllocs()
	for b.Loop() {
		compiler.Load(inputs, compiler.Options{}).Lint(compiler.LintOptions{Today: "2026-11-21"})
	}
}
func BenchmarkZYAML(b *testing.B) {
	inputs := readCorpus(b)
	b.ReportAllocs()
	for b.Loop() {
		readYAML(b, inputs)
	}
}

func BenchmarkZFiles(b *testing.B) {
	inputs := readCorpus(b)
	all := targets.All()
	p := compiler.Load(inputs, compiler.Options{})
	out := p.Compile(all, compiler.CompileOptions{})
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Emit(out, nil, "sigc", func(target.File) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
