package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/report"
)

// text says how messages are shown on a stream.
func (g *global) text(env *Env, on io.Writer) report.TextOptions {
	opts := report.TextOptions{}
	switch g.color {
	case "always":
		opts.Color = true
	case "auto":
		opts.Color = env.Terminal(on) && env.Getenv("NO_COLOR") == ""
	}
	if env.Terminal(on) {
		opts.Width, _ = strconv.Atoi(env.Getenv("COLUMNS"))
	}
	return opts
}

// diagnostics shows messages on standard error.
func (g *global) diagnostics(env *Env, diags []diag.Diagnostic) error {
	return report.Text(env.Stderr, g.shown(diags), g.text(env, env.Stderr))
}

// shown are the messages that the user wants to see.
func (g *global) shown(diags []diag.Diagnostic) []diag.Diagnostic {
	if g.quiet {
		return atLeast(diags, diag.Error)
	}
	return diags
}

func atLeast(diags []diag.Diagnostic, s diag.Severity) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, d := range diags {
		if d.Severity >= s {
			out = append(out, d)
		}
	}
	return out
}

// alike is how many notes of one id a build shows. A pack has the same to say of many rules.
const alike = 2

// fewer leaves out notes that say once more what others have said, and says how many of which there are.
func fewer(diags []diag.Diagnostic) (shown []diag.Diagnostic, rest string) {
	seen := map[string]int{}
	for _, d := range diags {
		if d.Severity == diag.Note {
			if seen[d.ID]++; seen[d.ID] > alike {
				continue
			}
		}
		shown = append(shown, d)
	}
	total := 0
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(seen)) {
		if more := seen[id] - alike; more > 0 {
			total += more
			ids = append(ids, fmt.Sprintf("%s %d", id, more))
		}
	}
	if total == 0 {
		return shown, ""
	}
	return shown, fmt.Sprintf("%s like these: %s; --notes shows all", count(total, "more note"), strings.Join(ids, ", "))
}

// outcome ends a run that compiled rules: the messages, all or without those that repeat others, what was refused and
// why, and how many rules became what.
func (g *global) outcome(env *Env, p *compiler.Program, diags []diag.Diagnostic, outputs []*compiler.Output, all bool) error {
	rest := ""
	if !all {
		diags, rest = fewer(diags)
	}
	if err := g.diagnostics(env, diags); err != nil || g.quiet {
		return err
	}
	if rest != "" {
		fmt.Fprintf(env.Stderr, "\n%s\n", rest)
	}
	if len(diags) > 0 {
		fmt.Fprintln(env.Stderr)
	}
	counts := report.Counts{Rules: len(p.Rules), Targets: len(outputs)}
	compiled := map[string]int{}
	var refused []report.Refusal
	for _, out := range outputs {
		for _, c := range out.Compiled {
			if c.Nth == 0 { // the first query of the rule
				compiled[c.Path]++
			}
		}
		for _, r := range out.Refused {
			refused = append(refused, report.Refusal{
				Rule: label(r.Rule), Target: out.Target.Name, ID: r.Reason.ID, Message: r.Reason.Message,
			})
		}
	}
	for _, r := range p.Rules {
		if r.Part { // it is in the queries of correlations
			counts.Rules--
			continue
		}
		switch compiled[r.Path] {
		case len(outputs):
			counts.All++
		case 0:
			counts.None++
		default:
			counts.Some++
		}
	}
	return report.Summary(env.Stderr, refused, counts, g.text(env, env.Stderr))
}

func label(r *compiler.Rule) string {
	if r.Title != "" {
		return r.Title
	}
	return r.File
}

// failed reports whether a run ended with an error.
func failed(diags []diag.Diagnostic) error {
	if len(atLeast(diags, diag.Error)) > 0 {
		return findings
	}
	return nil
}

// failure is an error that is no mistake of the user, unless it has an exit code of its own.
func failure(what string, err error) error {
	if exit := (*exitError)(nil); errors.As(err, &exit) {
		return err
	}
	return &exitError{code: exitFailure, err: fmt.Errorf("%s: %w", what, err)}
}
