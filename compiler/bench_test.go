package compiler_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/rules"
	"github.com/sigc-rules/sigc/targets"

	"gopkg.in/yaml.v3"
)

// generated returns rules like those in the wild: two searches, one of them a list, and a filter.
func generated(n int) []compiler.Input {
	var inputs []compiler.Input
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "title: Rule %d\nid: 00000000-0000-4000-8000-%012d\nstatus: test\ndescription: |\n", i, i)
		b.WriteString("    Detects something.\n    In two lines.\nreferences:\n    - https://example.org/a\nauthor: Ada\ndate: 2025-01-31\n")
		b.WriteString("tags:\n    - attack.persistence\n    - attack.t1098\nlogsource:\n    product: azure\n    service: auditlogs\ndetection:\n")
		b.WriteString("    selection_operation:\n        OperationName:\n            - Update user\n            - Add member to role\n    selection_target:\n")
		b.WriteString("        TargetResources.displayName|contains|all:\n")
		for j := range 5 {
			fmt.Fprintf(&b, "            - ' name %d'\n", i+j)
		}
		b.WriteString("    filter_main:\n        InitiatedBy.user.userPrincipalName|endswith: '@example.com'\n    condition: all of selection_* and not 1 of filter_*\nlevel: medium\n")
		name := fmt.Sprintf("rule_%d.yml", i)
		inputs = append(inputs, compiler.Input{File: source.NewFile(name, []byte(b.String())), Path: name})
	}
	return inputs
}

// ruleSets are what the benchmarks run over.
func ruleSets(b *testing.B, run func(b *testing.B, inputs []compiler.Input)) {
	b.Run("generated", func(b *testing.B) { run(b, generated(500)) })
	b.Run("corpus", func(b *testing.B) { run(b, readCorpus(b)) })
}

// BenchmarkLoad compares reading rules and finding out what they mean with reading the same YAML into nodes.
func BenchmarkLoad(b *testing.B) {
	ruleSets(b, func(b *testing.B, inputs []compiler.Input) {
		besideYAML(b, inputs, func() { compiler.Load(inputs, compiler.Options{}) })
	})
}

// BenchmarkCompile adds all targets.
func BenchmarkCompile(b *testing.B) {
	all := targets.All()
	ruleSets(b, func(b *testing.B, inputs []compiler.Input) {
		besideYAML(b, inputs, func() {
			compiler.Load(inputs, compiler.Options{}).Compile(all, compiler.CompileOptions{})
		})
	})
}

// besideYAML measures f and, in the same loop, the reading of the YAML into nodes by as many processors, of which f must
// be a small multiple: "times-yaml".
func besideYAML(b *testing.B, inputs []compiler.Input, f func()) {
	size := 0
	for _, in := range inputs {
		size += len(in.File.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var nodes, took time.Duration
	for b.Loop() {
		start := time.Now()
		readYAML(b, inputs)
		middle := time.Now()
		f()
		nodes += middle.Sub(start)
		took += time.Since(middle)
	}
	b.ReportMetric(float64(took)/float64(nodes), "times-yaml")
	b.ReportMetric(float64(took.Microseconds())/float64(b.N)/float64(len(inputs)), "µs/rule")
}

// readYAML reads texts with package yaml.v3 and nothing else.
func readYAML(b *testing.B, inputs []compiler.Input) {
	eachInput(inputs, func(i int) {
		var node yaml.Node
		if err := yaml.Unmarshal(inputs[i].File.Text, &node); err != nil {
			b.Error(err)
		}
	})
}

// eachInput calls f for the index of every input, on all processors.
func eachInput(inputs []compiler.Input, f func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(inputs)); i = next.Add(1) - 1 {
				f(int(i))
			}
		})
	}
	wg.Wait()
}

// BenchmarkPack is what "sigc build" does with the embedded pack, but for writing files: read, load, compile, and make
// the files of every format.
func BenchmarkPack(b *testing.B) {
	all := targets.All()
	b.ReportAllocs()
	for b.Loop() {
		p := compiler.Load(readFS(b, rules.FS()), compiler.Options{})
		files, err := p.Files(p.Compile(all, compiler.CompileOptions{SkipUnsupported: true}), nil, "sigc")
		if err != nil || len(files) == 0 {
			b.Fatal(len(files), err)
		}
	}
}

func readFS(b *testing.B, pack fs.FS) []compiler.Input {
	var inputs []compiler.Input
	err := fs.WalkDir(pack, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(name) != ".yml" {
			return err
		}
		text, err := fs.ReadFile(pack, name)
		inputs = append(inputs, compiler.Input{File: source.NewFile(name, text), Path: name})
		return err
	})
	if err != nil || len(inputs) == 0 {
		b.Fatal(len(inputs), err)
	}
	return inputs
}

// BenchmarkLint adds the checks to reading and finding out what rules mean.
func BenchmarkLint(b *testing.B) {
	ruleSets(b, func(b *testing.B, inputs []compiler.Input) {
		besideYAML(b, inputs, func() { compiler.Load(inputs, compiler.Options{}).Lint(compiler.LintOptions{Today: "2026-11-21"}) })
	})
}

// BenchmarkFilters is many rules, each with a filter of its own, and filters for the rules of a logsource.
func BenchmarkFilters(b *testing.B) {
	var text strings.Builder
	for i := range 2_000 {
		fmt.Fprintf(&text, "title: R%d\nname: r%d\nlogsource: {product: azure, service: auditlogs}\ndetection:\n  s: {OperationName: x}\n  condition: s\n---\n", i, i)
		fmt.Fprintf(&text, "title: F%d\nlogsource: {product: azure, service: auditlogs}\nfilter:\n  rules: [r%d]\n  s: {Result: y}\n  condition: not s\n---\n", i, i)
		fmt.Fprintf(&text, "title: G%d\nlogsource: {product: p%d}\nfilter:\n  rules: any\n  s: {Result: y}\n  condition: not s\n---\n", i, i)
	}
	in := []compiler.Input{{File: source.NewFile("rules.yml", []byte(strings.TrimSuffix(text.String(), "---\n"))), Path: "rules.yml"}}
	b.ReportAllocs()
	for b.Loop() {
		compiler.Load(in, compiler.Options{})
	}
}
