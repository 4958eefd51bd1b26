package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/coverage/docs"
	coveragepage "github.com/sigc-rules/sigc/compiler/coverage/page"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
)

func newDocsCmd(env *Env, g *global) *cobra.Command {
	var (
		in      reading
		targets []string
		out     string
	)
	cmd := &cobra.Command{
		Use:   "docs [PATH ...]",
		Short: "Write a page about every rule",
		Long: `Write a page about every rule, in Markdown: what it detects and why, what to do about an alert, false positives, the logs
that it needs with what sends them and the licences that they take, the lists to fill, the queries for every target with
their schedule, and the names of the cases that it is tested with. Without a PATH it is done for the embedded pack.

README.md leads to the pages, and says what all rules together need. coverage.html is the page that build writes too. The
folder is replaced as a whole or not at all; one that sigc has not written is left alone.`,
		Example: `  sigc docs                       # the embedded pack, into docs
  sigc docs rules -o wiki -t splunk
  sigc docs --lang it`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			ts, err := selectTargets(targets)
			if err != nil {
				return err
			}
			p, err := in.rules(env, paths)
			if err != nil {
				return err
			}
			program := p.load()
			files, err := env.pages(p, program, p.settings.configure(ts, nil), len(paths) == 0)
			if err != nil {
				return err
			}
			wrong := atLeast(program.Diagnostics(), diag.Error)
			if err := g.diagnostics(env, wrong); err != nil {
				return failure("write", err)
			}
			n, err := env.replaceFolder(out, func(write func(target.File) error) error {
				for _, f := range files {
					if err := write(f); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			if !g.quiet {
				fmt.Fprintf(env.Stderr, "wrote %d files to %s\n", n, out)
			}
			return failed(wrong)
		},
	}
	cmd.Flags().StringSliceVarP(&targets, "target", "t", nil, "show the queries for `TARGET,...` (default: all)")
	cmd.Flags().StringVarP(&out, "output", "o", "docs", "write the folder `DIR`")
	in.register(cmd)
	completeTargets(cmd)
	return cmd
}

// pages are those about the rules of a project, with the manifest by which the folder is known as ours.
func (env *Env) pages(p *project, program *compiler.Program, ts []*target.Target, embedded bool) ([]target.File, error) {
	cases, err := env.allCases(p.inputs, embedded)
	if err != nil {
		return nil, err
	}
	outputs := program.Compile(ts, compiler.CompileOptions{SkipUnsupported: true, Lang: p.lang})
	report := program.Coverage(outputs, cases.files)
	var files []target.File
	for _, f := range docs.Files(report, pageLang(p)) {
		files = append(files, target.File{Path: f.Path, Data: f.Data})
	}
	var b bytes.Buffer
	if err := coveragepage.Write(&b, report, pageLang(p), "sigc "+version()); err != nil {
		return nil, failure("docs", err)
	}
	files = append(files, target.File{Path: "coverage.html", Data: b.Bytes()})
	return program.Files(nil, nil, "sigc "+version(), files...)
}
