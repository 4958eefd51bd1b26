package compiler

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/cases"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Cases are the events that stand beside the rules of a file, and what the rules say of them.
type Cases cases.File

// ReadCases reads a file of cases. Files of shared bases that it asks for are read with open, by slash-separated names
// that start where that of the file does.
func ReadCases(file *source.File, open func(name string) ([]byte, error)) (*Cases, error) {
	c, err := cases.Read(file, open)
	return (*Cases)(c), err
}

// AddFile adds a case about the events of a file, in any form in which events are read: the rule of that id matches at least
// so many of them, and none where least is 0.
func (c *Cases) AddFile(name, rule string, least int, file []byte) error {
	events, err := readObjects(file)
	if err != nil {
		return err
	}
	c.Cases = append(c.Cases, cases.Case{Name: name, Rule: rule, Match: least > 0, Fires: -1, Counted: true, Least: least, Events: events})
	return nil
}

// AddSkipped adds a case that is not tried, for a reason.
func (c *Cases) AddSkipped(name, rule, why string) {
	c.Cases = append(c.Cases, cases.Case{Name: name, Rule: rule, Match: true, Fires: -1, Counted: true, Skip: why})
}

// Suite tries rules on their cases, by their meaning and on targets.
type Suite struct {
	// Inputs are all rules there are: a correlation may be about rules of other files than its own.
	Inputs []Input
	// Filters are files that are read with every other: they narrow its rules.
	Filters []Input
	Options Options
	Targets []*target.Target
}

// Run is how the rules of one file did.
type Run struct {
	Input       Input
	Cases       *Cases
	Diagnostics []diag.Diagnostic // about the file
	Results     []CaseResult
}

// Run tries files of rules on their cases, all at the same time. Files without cases are left alone.
func (s *Suite) Run(files map[*source.File]*Cases) []Run {
	var runs []Run
	for _, in := range s.Inputs {
		if c := files[in.File]; c != nil {
			runs = append(runs, Run{Input: in, Cases: c})
		}
	}
	parallel(len(runs), func(i int) { s.run(&runs[i]) })
	return runs
}

func (s *Suite) run(run *Run) {
	lists := Values(run.Cases.Lists)
	for name, l := range s.Options.Lists {
		if _, assumed := lists[name]; !assumed {
			lists[name] = l
		}
	}
	opts := s.Options
	opts.Lists = lists
	p := Load(append(slices.Clip(s.Filters), run.Input), opts)
	if p.incomplete() {
		p = Load(slices.Concat(s.Filters, s.Inputs), opts)
	}
	p.Judge()
	for _, d := range p.Diagnostics() {
		if d.Span.File == run.Input.File {
			run.Diagnostics = append(run.Diagnostics, d)
		}
	}
	// What a target cannot express is told when rules are compiled for it.
	outputs := p.Compile(s.Targets, CompileOptions{SkipUnsupported: true})
	for _, r := range p.Rules {
		if r.file != run.Input.File || !r.Judged() {
			continue
		}
		for _, k := range run.Cases.Cases {
			if r.concerns(k) {
				k.Events = collected(k.Events)
				t := trial{program: p, rule: r, c: k}
				run.Results = append(append(run.Results, t.meaning()...), t.onTargets(outputs)...)
			}
		}
	}
}

// collected are events in the shapes that evaluators know. One that has been left something out is tried as it is, so that
// its case says what is wrong with it.
func collected(events []map[string]any) []map[string]any {
	out := slices.Clone(events)
	for i, e := range events {
		if same, err := form.Collected(e); err == nil {
			out[i] = same
		}
	}
	return out
}

// incomplete reports whether a correlation is about rules that are not in the program.
func (p *Program) incomplete() bool {
	for _, r := range p.Rules {
		if r.written == nil {
			continue
		}
		for _, ref := range r.written.Rules {
			found := false
			for _, m := range p.Rules {
				found = found || m.called(ref.Value)
			}
			if !found {
				return true
			}
		}
	}
	return false
}

// concerns reports whether a case is about the rule. Rules that are only parts of correlations have cases that name them.
func (r *Rule) concerns(k cases.Case) bool {
	if k.Rule != "" {
		return r.called(k.Rule) || k.Rule == r.Title
	}
	return !r.Part
}
