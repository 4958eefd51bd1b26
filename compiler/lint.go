package compiler

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/check"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Fits reports whether an id is the given one, or of the family that "area/*" names.
func Fits(pattern, id string) bool { return check.Fits(pattern, id) }

// LintOptions is what a user decides about checks.
type LintOptions struct {
	Today         string   // year-month-day, for dates in the future and suppressions that end; "" leaves both alone
	TagNamespaces []string // further namespaces of tags, besides those of Sigma

	Bins bool // the windows of correlations will be fixed ones, where they can be

	// Severity returns the severity that a finding has for the user; false hides it. Nil leaves all as they are.
	Severity func(d diag.Diagnostic) (diag.Severity, bool)

	IDs       func() []string      // all that there are, asked for when a comment hides some; nil leaves these unchecked
	Elsewhere func(id string) bool // whether an id is found by something else than lint

	// Before is the program as it was: with it, only rules that the change since then concerns are reported.
	Before *Program
}

// Lint returns everything that is found in the rules, checks included, sorted by place and without what comments in the
// files hide.
func (p *Program) Lint(opts LintOptions) []diag.Diagnostic {
	passes := p.passes(check.Settings{Today: opts.Today, TagNamespaces: opts.TagNamespaces})
	lists := make([]diag.List, len(passes))
	parallel(len(passes), func(i int) { check.Run(passes[i], &lists[i]) })
	var all diag.List
	all.AddAll(&p.diags)
	for i := range lists {
		all.AddAll(&lists[i])
	}
	check.RunPack(&check.Pack{Passes: passes}, &all)
	for _, r := range p.Rules {
		if opts.Bins && r.correlated != nil {
			r.correlated.WarnBins(&all)
		}
	}
	elsewhere := opts.Elsewhere
	if opts.Before != nil {
		p.history(opts.Before, opts.Today, &all)
	} else {
		elsewhere = func(id string) bool {
			return slices.Contains(historyIDs, id) || opts.Elsewhere != nil && opts.Elsewhere(id)
		}
	}
	found := all.From(0)
	for i := range found {
		if found[i].Mild && found[i].Severity == diag.Error {
			found[i].Severity = diag.Warning
		}
	}
	wrong := wrongRules(found)
	known := check.Known{IDs: opts.IDs, Elsewhere: elsewhere, Today: opts.Today}
	found = p.suppress(found, known)
	if opts.Before != nil {
		touched := p.touched(opts.Before)
		found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return !touched[d.Span.File] })
	}
	var out diag.List
	for _, d := range found {
		if opts.Severity != nil {
			s, shown := opts.Severity(d)
			if !shown {
				continue
			}
			d.Severity = s
		}
		// First things first: a rule with errors is not told of conventions. They count all the same for what hides them.
		if check.Fits("style/*", d.ID) && wrong[ruleIn{d.Span.File, d.Rule}] {
			continue
		}
		out.Add(d)
	}
	return out.Sorted(p.files...)
}

// Told returns what reading, and so far compiling, found, without the warnings and notes that comments in the files hide.
func (p *Program) Told(today string) []diag.Diagnostic {
	found := p.Diagnostics()
	about := map[*source.File]bool{}
	for _, d := range found {
		if d.Span.File != nil && d.Severity < diag.Error {
			about[d.Span.File] = true
		}
	}
	for f := range about {
		found = check.Hide(f, found, today)
	}
	return found
}

// ruleIn is a rule by its id or title, and the file it stands in.
type ruleIn struct {
	file *source.File
	key  string
}

// wrongRules are the rules that have errors.
func wrongRules(found []diag.Diagnostic) map[ruleIn]bool {
	wrong := map[ruleIn]bool{}
	for _, d := range found {
		if d.Severity == diag.Error {
			wrong[ruleIn{d.Span.File, d.Rule}] = true
		}
	}
	return wrong
}

// suppress leaves out what comments hide, file by file: each is asked about its own findings alone.
func (p *Program) suppress(found []diag.Diagnostic, known check.Known) []diag.Diagnostic {
	of := map[*source.File][]diag.Diagnostic{}
	for _, d := range found {
		of[d.Span.File] = append(of[d.Span.File], d)
	}
	out := make([]diag.Diagnostic, 0, len(found))
	for _, f := range p.files {
		out = append(out, check.Suppress(f, of[f], known)...)
		delete(of, f)
	}
	for _, d := range found {
		if _, elsewhere := of[d.Span.File]; elsewhere {
			out = append(out, d)
		}
	}
	return out
}

// passes are the documents of the program as checks see them.
func (p *Program) passes(settings check.Settings) []*check.Pass {
	made := make([]check.Pass, 0, len(p.Rules)+len(p.filters))
	for _, r := range p.Rules {
		pass := check.Pass{Path: r.File, First: r.doc == 0, Settings: settings}
		switch {
		case r.parsed != nil:
			pass.Meta, pass.Rule, pass.Meaning, pass.Changed = &r.parsed.Meta, r.parsed, r.meaning, r.piped || r.meaning != r.own
			if log, ok := r.log(); ok {
				pass.Log = log
			}
		case r.written != nil:
			pass.Meta, pass.Correlation = &r.written.Meta, r.written
		default: // a file that could be read as nothing
			continue
		}
		made = append(made, pass)
	}
	for _, f := range p.filters {
		made = append(made, check.Pass{
			Meta: &f.written.Meta, Filter: f.written, Narrowing: f.meaning, Path: f.path, First: f.written.Doc == 0, Settings: settings,
		})
	}
	out := make([]*check.Pass, len(made))
	for i := range made {
		out[i] = &made[i]
	}
	return out
}

// log is what checks may know of the log of a rule.
type log struct{ of *target.Located }

func (r *Rule) log() (log, bool) { return log{r.located}, r.located != nil && r.located.Log != nil }

func (l log) Table() string {
	if parts := l.of.Log.Parts; parts != nil {
		return parts[0].Name
	}
	return l.of.Log.Name
}

func (l log) Field(f *ir.Field) (check.Field, bool) {
	ref := l.of.Ref(f)
	if ref.Column == nil || ref.Node == nil {
		return check.Field{}, false
	}
	field := check.Field{Name: ref.Canonical}
	field.Scalar = !ref.Node.Array && ref.Node.Type != schema.Dynamic &&
		!slices.ContainsFunc(ref.Steps, func(s schema.Step) bool { return s.Kind == schema.Members })
	if len(ref.Steps) == 0 {
		field.Constant = ref.Column.Const
	}
	return field, true
}
