package main

import (
	"fmt"
	"strconv"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/report"
)

// text says how messages are shown on standard error.
func (g *global) text(env *Env) report.TextOptions {
	opts := report.TextOptions{}
	switch g.color {
	case "always":
		opts.Color = true
	case "auto":
		opts.Color = env.Terminal && env.Getenv("NO_COLOR") == ""
	}
	if env.Terminal {
		opts.Width, _ = strconv.Atoi(env.Getenv("COLUMNS"))
	}
	return opts
}

// diagnostics shows messages on standard error.
func (g *global) diagnostics(env *Env, diags []diag.Diagnostic) error {
	if g.quiet {
		diags = atLeast(diags, diag.Error)
	}
	return report.Text(env.Stderr, diags, g.text(env))
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

// summary ends a run that compiled rules: what was refused and why, and how many rules became what.
func (g *global) summary(env *Env, p *compiler.Program, outputs []*compiler.Output) error {
	counts := report.Counts{Rules: len(p.Rules), Targets: len(outputs)}
	compiled := map[string]int{}
	var refused []report.Refusal
	for _, out := range outputs {
		for _, c := range out.Compiled {
			compiled[c.Path]++
		}
		for _, r := range out.Refused {
			refused = append(refused, report.Refusal{
				Rule: label(r.Rule), Target: out.Target.Name, ID: r.Reason.ID, Message: r.Reason.Message,
			})
		}
	}
	for _, r := range p.Rules {
		switch compiled[r.Path] {
		case len(outputs):
			counts.All++
		case 0:
			counts.None++
		default:
			counts.Some++
		}
	}
	if g.quiet {
		return nil
	}
	return report.Summary(env.Stderr, refused, counts, g.text(env))
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

// failure is an error that is no mistake of the user.
func failure(what string, err error) error {
	return &exitError{exitFailure, fmt.Errorf("%s: %w", what, err)}
}
