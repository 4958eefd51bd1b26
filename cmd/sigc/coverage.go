package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/coverage"
	"github.com/sigc-rules/sigc/targets"
)

func newCoverageCmd(env *Env, g *global) *cobra.Command {
	var in reading
	format := choice{flag: "format", words: []string{"text", "md", "json", "navigator"}}
	cmd := &cobra.Command{
		Use:   "coverage [PATH ...]",
		Short: "Say what the rules do for Microsoft's monitoring tables and for ATT&CK",
		Long: `Say what the rules do for every row of the "What to monitor" tables in Microsoft's security operations guides for
consumer accounts and for applications. Without a PATH the embedded pack is asked.

A rule names the rows that it serves under the key monitoring-tables. A row is

  covered      when every target has a rule for it, and the rules have cases that match and cases that do not
  partial      when rules or logs leave something open; the reason says what, and what to do about it
  not-in-log   when no log tells
  missing      when no rule serves it

navigator is a layer for the ATT&CK Navigator: the score of a technique is how many rules are tagged with it.`,
		Example: `  sigc coverage
  sigc coverage rules --format md > coverage.md
  sigc coverage --format navigator > layer.json`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := format.check(); err != nil {
				return err
			}
			p, err := in.rules(env, paths)
			if err != nil {
				return err
			}
			report, err := g.coverage(env, p, len(paths) == 0)
			if err != nil {
				return err
			}
			write := map[string]func(io.Writer) error{
				"text": report.Text, "md": report.Markdown, "json": report.JSON, "navigator": report.Navigator,
			}
			if err := write[format.value](env.Stdout); err != nil {
				return failure("write", err)
			}
			unknown := report.Unknown()
			for _, u := range unknown {
				fmt.Fprintf(env.Stderr, "sigc: %s: %q names the row %q, which there is not\n", u.Rule.File, u.Rule.Title, u.Row)
			}
			if len(unknown) > 0 {
				return findings
			}
			return nil
		},
	}
	format.register(cmd, "print the result as `FORMAT`")
	in.register(cmd)
	return cmd
}

// coverage asks what the rules of a project do for the monitoring tables.
func (g *global) coverage(env *Env, p *project, embedded bool) (*coverage.Report, error) {
	files, _, err := env.allCases(p.inputs, embedded)
	if err != nil {
		return nil, err
	}
	program := p.load()
	outputs := program.Compile(p.settings.configure(targets.All(), nil), compiler.CompileOptions{SkipUnsupported: true})
	return program.Coverage(outputs, files), nil
}
