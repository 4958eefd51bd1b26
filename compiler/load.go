package compiler

import (
	"runtime"
	"slices"
	"sync"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Input is a file of rules. Path is where it stands below the folder that was asked for, slash-separated: the output
// mirrors it.
type Input struct {
	File *source.File
	Path string
}

// Options is what the meaning of rules depends on besides their text.
type Options struct {
	// Lists are the values of placeholders, by name.
	Lists map[string][]string
}

// Program is a set of rules that have been read together.
type Program struct {
	Rules []*Rule
	diags diag.List
}

// Rule is a rule of a program.
type Rule struct {
	Title, ID, Level, File string
	Tags                   []string
	// Path is where the rule stands in the input, without extension: unique within the program.
	Path string

	located *target.Located // nil when the rule is at fault
	faults  []diag.Diagnostic
}

// Key is the id of the rule, or its title when it has none.
func (r *Rule) Key() string {
	if r.ID != "" {
		return r.ID
	}
	return r.Title
}

// OK reports whether the rule itself is without errors.
func (r *Rule) OK() bool { return r.located != nil }

// Load reads rules and finds out what they mean. What is wrong with them is told by [Program.Diagnostics].
func Load(inputs []Input, opts Options) *Program {
	loaded := make([]loadedFile, len(inputs))
	lowering := opts.lowering()
	parallel(len(inputs), func(i int) { loaded[i] = load(inputs[i], lowering) })
	p := &Program{}
	for i := range loaded {
		p.Rules = append(p.Rules, loaded[i].rules...)
		p.diags.AddAll(&loaded[i].diags)
	}
	p.uniquePaths()
	p.duplicateIDs()
	return p
}

func (o Options) lowering() lower.Options {
	out := lower.Options{Placeholder: func(name string) ([]string, bool) {
		values, ok := o.Lists[name]
		return values, ok
	}}
	for name := range o.Lists {
		out.Placeholders = append(out.Placeholders, name)
	}
	slices.Sort(out.Placeholders)
	return out
}

type loadedFile struct {
	rules []*Rule
	diags diag.List
}

func load(in Input, opts lower.Options) (out loadedFile) {
	parsed := sigma.Parse(in.File, &out.diags)
	out.refuse(parsed)
	broken := errorsOf(out.diags.From(0))
	for i, s := range parsed.Rules {
		r := &Rule{Title: s.Title.Value, ID: s.ID.Value, Level: s.Level.Value, File: in.Path, Path: stem(in.Path)}
		if len(parsed.Rules) > 1 {
			r.Path += "-" + itoa(i+1)
		}
		for _, t := range s.Tags {
			r.Tags = append(r.Tags, t.Value)
		}
		before := out.diags.Len()
		if meaning := lower.Rule(s, opts, &out.diags); meaning != nil {
			r.located = target.Locate(meaning, &out.diags)
		}
		found := out.diags.From(before)
		for j := range found {
			found[j].Rule = r.Key()
		}
		if s.Broken {
			r.faults = append(r.faults, broken[r.Key()]...)
		}
		r.faults = append(r.faults, errorsOf(found)[r.Key()]...)
		out.rules = append(out.rules, r)
	}
	if faults := broken[""]; len(faults) > 0 { // a document that could not be read as a rule must not vanish
		out.rules = append(out.rules, &Rule{File: in.Path, Path: stem(in.Path), faults: faults})
	}
	return out
}

// refuse reports the documents that are read but not compiled.
func (l *loadedFile) refuse(parsed *sigma.Documents) {
	for _, c := range parsed.Correlations {
		l.diags.Errorf("correlation/not-supported", c.At, "correlation rules are not supported yet")
	}
	for _, f := range parsed.Filters {
		l.diags.Errorf("filter/not-supported", f.At, "filters are not supported yet")
	}
}

// errorsOf returns the errors by the rule they are about.
func errorsOf(found []diag.Diagnostic) map[string][]diag.Diagnostic {
	out := map[string][]diag.Diagnostic{}
	for _, d := range found {
		if d.Severity == diag.Error {
			out[d.Rule] = append(out[d.Rule], d)
		}
	}
	return out
}

// Diagnostics returns everything that the compiler has to say, sorted by place.
func (p *Program) Diagnostics() []diag.Diagnostic { return p.diags.Sorted() }

// Meaning returns the condition of the rule as one line of text, for tests and for looking into the compiler.
func (r *Rule) Meaning() string {
	if r.located == nil {
		return ""
	}
	return ir.String(r.located.Expr)
}

// parallel calls f for 0 to n-1 on all processors.
func parallel(n int, f func(int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
