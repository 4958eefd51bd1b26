package compiler

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Fixed is what is left after fixes were made.
type Fixed struct {
	Inputs  []Input           // with their new texts
	Made    []diag.Diagnostic // the findings that are gone, with the one fix that was made of each
	Found   []diag.Diagnostic // the findings that remain, in the new texts
	Refused int               // fixes among them that would change what a rule means, or break its file
}

// fixRounds bounds how often a fix may bring up another one.
const fixRounds = 10

// Fix mends what lint finds in the rules, as far as findings know how: with fixes that keep what the rules mean, and those
// of errors, which leave a rule without a meaning. A finding with several fixes leaves the choice to the author.
func Fix(inputs []Input, opts Options, lint func(*Program) []diag.Diagnostic) *Fixed {
	out := &Fixed{Inputs: slices.Clone(inputs)}
	for range fixRounds {
		out.Found = lint(Load(out.Inputs, opts))
		if !out.round(opts) {
			return out
		}
	}
	out.Found = lint(Load(out.Inputs, opts))
	return out
}

// round makes the fixes of the findings, and reports whether there were any.
func (f *Fixed) round(opts Options) bool {
	byFile := map[*source.File][]diag.Diagnostic{}
	seen := map[source.Span]bool{} // a template is reported by every rule that is made of it
	for _, d := range f.Found {
		if len(d.Fixes) == 1 && len(d.Fixes[0].Edits) > 0 && !seen[d.Fixes[0].Edits[0].Span] {
			seen[d.Fixes[0].Edits[0].Span] = true
			byFile[d.Span.File] = append(byFile[d.Span.File], d)
		}
	}
	made := make([][]diag.Diagnostic, len(f.Inputs))
	texts := make([][]byte, len(f.Inputs))
	parallel(len(f.Inputs), func(i int) {
		if found := byFile[f.Inputs[i].File]; found != nil {
			texts[i], made[i] = mend(f.Inputs[i], found, opts)
		}
	})
	f.Refused = 0
	any := false
	for i, in := range f.Inputs {
		f.Refused += len(byFile[in.File]) - len(made[i])
		if len(made[i]) > 0 {
			any = true
			f.Made = append(f.Made, made[i]...)
			f.Inputs[i].File = source.NewFile(in.File.Name, texts[i])
		}
	}
	return any
}

// fixTries bounds how often a file is read again in a round. What is left over has its turn in the next one.
const fixTries = 100

// mend makes as many fixes in a file as go together and do no harm: all at once, or, where that does, one by one.
func mend(in Input, found []diag.Diagnostic, opts Options) ([]byte, []diag.Diagnostic) {
	before := readAlone(in, opts)
	if text, made := apply(in, found); len(made) > 0 && readAlone(in.with(text), opts).keeps(before, made) {
		return text, made
	}
	var kept []diag.Diagnostic
	text := in.File.Text
	for _, d := range found[:min(len(found), fixTries)] {
		candidate, made := apply(in, append(slices.Clip(kept), d))
		if len(made) > len(kept) && readAlone(in.with(candidate), opts).keeps(before, made) {
			text, kept = candidate, made
		}
	}
	return text, kept
}

func (in Input) with(text []byte) Input {
	in.File = source.NewFile(in.File.Name, text)
	return in
}

func apply(in Input, found []diag.Diagnostic) (text []byte, made []diag.Diagnostic) {
	var fixes []diag.Fix
	for _, d := range found {
		fixes = append(fixes, d.Fixes[0])
	}
	text, ok := diag.Apply(in.File, fixes)
	for i, d := range found {
		if ok[i] {
			made = append(made, d)
		}
	}
	return text, made
}

// content is what a fix must not harm: what the documents of a file mean, and which errors they have.
type content struct {
	documents []string // "" for one with errors
	errors    map[string]int
}

// readAlone reads one file by itself, and each of its documents: what they have to do with others is not looked at.
func readAlone(in Input, opts Options) content {
	file := load(in, opts.lowering(), opts.Pipelines)
	c := content{errors: map[string]int{}}
	c.count(&file.diags)
	for _, r := range file.rules {
		r.locate(&opts)
		c.count(&r.diags)
		switch {
		case r.located != nil && !r.diags.FailedSince(0): // in the words of its log, which a fix may write
			c.documents = append(c.documents, r.located.Rule.Logsource.String()+" "+meaningText(r.located.Expr, r))
		case r.written != nil && !r.written.Broken:
			c.documents = append(c.documents, correlationText(r.written))
		default:
			c.documents = append(c.documents, "")
		}
	}
	for _, f := range file.filters {
		text := ""
		if f.meaning != nil {
			text = fmt.Sprintf("%s %v %s %s", f.meaning.Logsource, f.meaning.Any, values(f.meaning.Rules), meaningText(f.meaning.Cond, nil))
		}
		c.documents = append(c.documents, text)
	}
	return c
}

func (c content) count(diags *diag.List) {
	for _, d := range diags.From(0) {
		if d.Severity == diag.Error {
			c.errors[errorKey(d)]++
		}
	}
}

func errorKey(d diag.Diagnostic) string { return d.ID + " " + d.Message }

// keeps reports whether the content is as good as before: what meant something means the same, the errors that were
// mended are gone, and there is none that says the file can no longer be read. An error may bring up another one, which
// it hid; anything else may not.
func (c content) keeps(before content, made []diag.Diagnostic) bool {
	rest := c.documents // a fix may write further documents
	for _, text := range before.documents {
		if text == "" {
			continue
		}
		i := slices.Index(rest, text)
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	mended := map[string]int{}
	errors := 0
	for _, d := range made {
		if d.Severity == diag.Error {
			mended[errorKey(d)]++
			errors++
		}
	}
	for key, n := range mended {
		if before.errors[key] >= n && c.errors[key] > before.errors[key]-n { // others are errors of the file among others
			return false
		}
	}
	for key, n := range c.errors {
		if n > before.errors[key] && (errors == 0 || strings.HasPrefix(key, "yaml/")) {
			return false
		}
	}
	return true
}

// meaningText is a text that is the same for conditions that differ in order or in the spelling of fields.
func meaningText(e ir.Expr, r *Rule) string {
	return ir.Canonical(e, func(f *ir.Field) string {
		if r != nil {
			if log, ok := r.log(); ok {
				if field, ok := log.Field(f); ok {
					return field.Name
				}
			}
		}
		return f.String()
	})
}

// correlationText is what a correlation says, without what it says about itself.
func correlationText(c *sigma.Correlation) string {
	var b strings.Builder
	fmt.Fprintln(&b, c.Type.Value, values(c.Rules), c.Window, values(c.GroupBy), c.Generate)
	for _, a := range c.Aliases {
		fmt.Fprint(&b, a.Name.Value)
		for _, f := range a.Fields {
			fmt.Fprint(&b, " ", f.Rule.Value, "=", f.Field.Value)
		}
		fmt.Fprintln(&b)
	}
	for _, t := range c.Condition.Thresholds {
		fmt.Fprintln(&b, t.Op.Value, t.Number.Value)
	}
	fmt.Fprintln(&b, values(c.Condition.Field), c.Condition.Percentile.Value, c.Condition.Text)
	if c.Baseline != nil {
		fmt.Fprintln(&b, c.Baseline.N, c.Baseline.Interval, c.Baseline.Percent)
	}
	return b.String()
}
