package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/explain"
	"github.com/sigc-rules/sigc/compiler/report"
)

func newLintCmd(env *Env, g *global) *cobra.Command {
	var in reading
	format := choice{flag: "format", words: []string{"text", "json", "github", "sarif"}}
	failOn := choice{flag: "fail-on", words: []string{"error", "warning", "never"}}
	cmd := &cobra.Command{
		Use:   "lint [PATH ...]",
		Short: "Check rules",
		Long: `Report everything that the compiler finds in rules, without asking any target.

PATH is a file of rules, a folder with .yml and .yaml files, or - for standard input. Without a PATH the current folder
is checked. The findings go to standard output. "sigc explain ID" says what a finding means.`,
		Example: `  sigc lint rules
  sigc lint rules --fail-on warning
  sigc lint rules --format github  # annotations on a pull request`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := format.check(); err != nil {
				return err
			}
			if err := failOn.check(); err != nil {
				return err
			}
			if len(paths) == 0 {
				paths = []string{"."}
			}
			p, err := in.rules(env, paths)
			if err != nil {
				return err
			}
			diags := p.load().Lint(compiler.LintOptions{})
			if err := g.lintReport(env, format.value, diags); err != nil {
				return failure("write", err)
			}
			least := map[string]diag.Severity{"error": diag.Error, "warning": diag.Warning, "never": diag.Error + 1}
			if len(atLeast(diags, least[failOn.value])) > 0 {
				return findings
			}
			return nil
		},
	}
	format.register(cmd, "print the report as `FORMAT`")
	failOn.register(cmd, "end with exit code 1 from `SEVERITY` on")
	in.register(cmd)
	return cmd
}

// lintReport writes the findings to standard output: they are the result of lint.
func (g *global) lintReport(env *Env, format string, diags []diag.Diagnostic) error {
	shown := g.shown(diags)
	switch format {
	case "json":
		return report.JSON(env.Stdout, shown)
	case "github":
		return report.GitHub(env.Stdout, shown)
	case "sarif":
		return report.SARIF(env.Stdout, shown, report.SARIFOptions{Version: version(), Summary: explain.Summary})
	}
	if err := report.Text(env.Stdout, shown, g.text(env, env.Stdout)); err != nil || g.quiet {
		return err
	}
	if len(shown) > 0 {
		fmt.Fprintln(env.Stderr)
	}
	_, err := fmt.Fprintln(env.Stderr, tally(diags))
	return err
}

func tally(diags []diag.Diagnostic) string {
	var n [diag.Error + 1]int
	for _, d := range diags {
		n[d.Severity]++
	}
	return fmt.Sprintf("%s, %s, %s", count(n[diag.Error], "error"), count(n[diag.Warning], "warning"), count(n[diag.Note], "note"))
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
