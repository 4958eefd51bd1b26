package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/coverage"
	coveragepage "github.com/sigc-rules/sigc/compiler/coverage/page"
	"github.com/sigc-rules/sigc/compiler/lang"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

func newCoverageCmd(env *Env, g *global) *cobra.Command {
	var in reading
	format := choice{flag: "format", words: []string{"text", "md", "json", "html", "navigator"}}
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

html is one page for a browser that loads nothing from anywhere, with the rules' queries, sample events and the ATT&CK
matrix. navigator is a layer for the ATT&CK Navigator: the score of a technique is how many rules are tagged with it.`,
		Example: `  sigc coverage
  sigc coverage rules --format md > coverage.md
  sigc coverage --format html > coverage.html
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
				"html": func(w io.Writer) error { return coveragepage.Write(w, report, pageLang(p), "sigc "+version()) },
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

// pageLang is the language that a page begins with.
func pageLang(p *project) string { return cmp.Or(p.lang, lang.Source) }

// coverage asks what the rules of a project do for the monitoring tables.
func (g *global) coverage(env *Env, p *project, embedded bool) (*coverage.Report, error) {
	cases, err := env.allCases(p.inputs, embedded)
	if err != nil {
		return nil, err
	}
	program := p.load()
	outputs := program.Compile(p.settings.configure(targets.All(), nil), compiler.CompileOptions{SkipUnsupported: true})
	return program.Coverage(outputs, cases.files), nil
}

// wantsCoverage reports whether a build has a page about its coverage: where nobody asks for certain formats, and there is
// something to say, as a rule names a row.
func wantsCoverage(program *compiler.Program, formats []string) bool {
	return len(formats) == 0 && slices.ContainsFunc(program.Rules, func(r *compiler.Rule) bool { return len(r.Serves) > 0 })
}

// coveragePage returns the page about the coverage of a build.
func coveragePage(env *Env, p *project, program *compiler.Program, outputs []*compiler.Output, embedded bool) ([]target.File, error) {
	cases, err := env.allCases(p.inputs, embedded)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := coveragepage.Write(&b, program.Coverage(outputs, cases.files), pageLang(p), "sigc "+version()); err != nil {
		return nil, failure("build", err)
	}
	return []target.File{{Path: "coverage.html", Data: b.Bytes()}}, nil
}
