package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/report"
)

func newLintCmd(env *Env, g *global) *cobra.Command {
	var (
		format, failOn, config, stdinName string
		vars                              []string
	)
	cmd := &cobra.Command{
		Use:   "lint [PATH ...]",
		Short: "Check rules",
		Long:  "Report everything that the compiler finds in rules. Without a PATH the current folder is checked.",
		RunE: func(cmd *cobra.Command, paths []string) error {
			least, ok := map[string]diag.Severity{"error": diag.Error, "warning": diag.Warning, "never": diag.Error + 1}[failOn]
			if !ok {
				return usageError("--fail-on takes error, warning or never, not %q", failOn)
			}
			if len(paths) == 0 {
				paths = []string{"."}
			}
			inputs, err := env.inputs(paths, stdinName)
			if err != nil {
				return err
			}
			opts, err := env.options(g, paths, config, vars)
			if err != nil {
				return err
			}
			diags := compiler.Load(inputs, opts).Diagnostics()
			if g.quiet {
				diags = atLeast(diags, diag.Error)
			}
			if err := g.lintReport(env, format, diags); err != nil {
				return err
			}
			if len(atLeast(diags, least)) > 0 {
				return findings
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "form of the report: text, json, github or sarif")
	cmd.Flags().StringVar(&failOn, "fail-on", "error", "least severity that makes the exit code 1: error, warning or never")
	cmd.Flags().StringVar(&config, "config", "", "configuration file (default: sigc.yml in or above the first PATH)")
	cmd.Flags().StringArrayVar(&vars, "var", nil, "values of a placeholder, name=value1,value2 (repeatable)")
	cmd.Flags().StringVar(&stdinName, "stdin-name", "stdin.yml", "name of standard input in messages")
	return cmd
}

// lintReport writes the findings to standard output: they are the result of lint.
func (g *global) lintReport(env *Env, format string, diags []diag.Diagnostic) error {
	var err error
	switch format {
	case "text":
		err = report.Text(env.Stdout, diags, g.text(env))
		if err == nil && !g.quiet {
			_, err = fmt.Fprintf(env.Stderr, "%s\n", tally(diags))
		}
	case "json":
		err = report.JSON(env.Stdout, diags)
	case "github":
		err = report.GitHub(env.Stdout, diags)
	case "sarif":
		err = report.SARIF(env.Stdout, diags, report.SARIFOptions{Version: version()})
	default:
		return unknownName("format", format, []string{"text", "json", "github", "sarif"})
	}
	if err != nil {
		return failure("write", err)
	}
	return nil
}

func tally(diags []diag.Diagnostic) string {
	var n [diag.Error + 1]int
	for _, d := range diags {
		n[d.Severity]++
	}
	return fmt.Sprintf("%d errors, %d warnings, %d notes", n[diag.Error], n[diag.Warning], n[diag.Note])
}
