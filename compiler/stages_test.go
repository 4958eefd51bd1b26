package compiler_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

// BenchmarkStages shows what the corpus costs, stage by stage, in microseconds for a rule and in multiples of the time in
// which package yaml.v3 reads its files into nodes, on the same processors and in the same run. "link" is what is left of
// [compiler.Load] after parsing and lowering, and "compile" all that follows for three targets: "bind" and "print" are the
// most of it. "files" is the making of all their formats. "all" is what a user waits for before the first file is
// written: reading, checking and compiling.
func BenchmarkStages(b *testing.B) {
	inputs, all := readCorpus(b), targets.All()
	load := func() *compiler.Program { return compiler.Load(inputs, compiler.Options{}) }
	// read calls f with what every file holds.
	read := func(f func(text []byte)) {
		eachInput(inputs, func(i int) {
			text, err := os.ReadFile(corpus + "/" + inputs[i].Path)
			if err != nil {
				b.Error(err)
			}
			f(text)
		})
	}
	// rules calls f with what each rule means.
	rules := func(f func(l *target.Located)) {
		eachInput(inputs, func(i int) {
			for _, r := range sigma.Parse(inputs[i].File, &diag.List{}).Rules {
				meaning := lower.Rule(r, lower.Options{}, &diag.List{})
				if meaning == nil || f == nil {
					continue
				}
				if l := target.Locate(meaning, nil, &diag.List{}); l != nil {
					f(l)
				}
			}
		})
	}
	bind := func(do func(t *target.Target, bound *target.Bound)) {
		rules(func(l *target.Located) {
			for _, t := range all {
				for _, part := range t.Parts(l, &diag.List{}) {
					if bound := target.Bind(t, part, &diag.List{}); bound != nil {
						do(t, bound)
					}
				}
			}
			l.Forget()
		})
	}
	emit := func(write func(target.File) error) {
		p := load()
		if err := p.Emit(p.Compile(all, compiler.CompileOptions{Last: true}), nil, "sigc", write); err != nil {
			b.Error(err)
		}
	}
	stages := []struct {
		name, holds string // a stage that cannot be run alone holds another, whose time is not its own
		run         func()
	}{
		{"yaml.v3", "", func() {
			read(func(text []byte) {
				if err := yaml.Unmarshal(text, new(yaml.Node)); err != nil {
					b.Error(err)
				}
			})
		}},
		{"read", "", func() { read(func([]byte) {}) }},
		{"parse", "", func() {
			eachInput(inputs, func(i int) { sigma.Parse(inputs[i].File, &diag.List{}) })
		}},
		{"lower", "parse", func() { rules(nil) }},
		{"link", "lower", func() { load() }},
		{"check", "link", func() { load().Lint(compiler.LintOptions{Today: "2026-11-21"}) }},
		{"locate", "lower", func() { rules(func(*target.Located) {}) }},
		{"bind", "locate", func() { bind(func(*target.Target, *target.Bound) {}) }},
		{"print", "bind", func() { bind(func(t *target.Target, bound *target.Bound) { _ = t.Query(bound).String() }) }},
		{"compile", "link", func() { load().Compile(all, compiler.CompileOptions{Last: true}) }},
		{"files", "compile", func() { emit(func(target.File) error { return nil }) }},
		{"write", "files", func() {
			w := &folderWriter{b: b, dir: b.TempDir(), made: map[string]bool{}, busy: make(chan struct{}, runtime.GOMAXPROCS(0))}
			emit(w.write)
			w.group.Wait()
		}},
		{"all", "", func() {
			read(func([]byte) {})
			p := load()
			p.Lint(compiler.LintOptions{Today: "2026-11-21"})
			p.Compile(all, compiler.CompileOptions{Last: true})
		}},
	}
	total := map[string]time.Duration{}
	for b.Loop() {
		for _, s := range stages {
			runtime.GC() // a stage does not pay for what the one before it has left
			start := time.Now()
			s.run()
			total[s.name] += time.Since(start)
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, s := range stages {
		own := total[s.name] - total[s.holds]
		b.ReportMetric(float64(own)/float64(total["yaml.v3"]), s.name+"-times-yaml")
		b.ReportMetric(float64(own.Nanoseconds())/1e3/float64(b.N)/float64(len(inputs)), s.name+"-µs/rule")
	}
}

// folderWriter writes files into a folder as a build does: each folder is made once, and several files are written at a time.
type folderWriter struct {
	b     *testing.B
	dir   string
	made  map[string]bool
	busy  chan struct{}
	group sync.WaitGroup
}

func (w *folderWriter) write(f target.File) error {
	name := filepath.Join(w.dir, filepath.FromSlash(f.Path))
	if folder := filepath.Dir(name); !w.made[folder] {
		w.made[folder] = true
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	if f.Write != nil {
		to, err := os.Create(name)
		if err != nil {
			return err
		}
		return errors.Join(f.Write(to), to.Close())
	}
	w.busy <- struct{}{}
	w.group.Go(func() {
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			w.b.Error(err)
		}
		<-w.busy
	})
	return nil
}
