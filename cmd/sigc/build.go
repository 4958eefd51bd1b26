package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/target"
)

func newBuildCmd(env *Env, g *global) *cobra.Command {
	var (
		in               reading
		to               writing
		targets, formats []string
		out              string
		notes            bool
	)
	cmd := &cobra.Command{
		Use:   "build [PATH ...]",
		Short: "Compile rules into a folder that can be deployed",
		Long: `Compile rules into a folder that can be deployed.

PATH is a file of rules, a folder with .yml and .yaml files, or - for standard input. Without a PATH the embedded pack
of rules for Microsoft Entra ID is compiled.

The output has a folder for each target. In it stands a file for each rule and format, in the same tree as the rules,
and what deploys all rules together. manifest.json beside the folders says what became of every rule, and where rules name
rows of Microsoft's monitoring tables and no format is chosen, coverage.html shows what they do for these. The output
folder is replaced as a whole or not at all; one that sigc has not written is left alone.

A rule that cannot be compiled harms no other: it is reported, listed at the end, and makes the exit code 1.`,
		Example: `  sigc build                                     # the embedded pack, all targets, into dist
  sigc build rules -t sentinel -f arm -o deploy  # ARM templates for Sentinel
  sigc build rules -t sentinel -f solution -O packName="Contoso Entra" -O publisherId=contoso
  sigc build rules --var admins=alice@contoso.example,bob@contoso.example`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			ts, err := selectTargets(targets)
			if err != nil {
				return err
			}
			if err := checkFormats(ts, formats); err != nil {
				return err
			}
			if err := to.check(ts); err != nil {
				return err
			}
			p, err := in.rules(env, paths)
			if err != nil {
				return err
			}
			if err := checkBackends(p.Pipelines, ts); err != nil {
				return err
			}
			program := p.load()
			page := wantsCoverage(program, formats)
			outputs := to.compile(p, program, ts, !page)
			wrote := fmt.Sprintf("no rule compiled: nothing was written to %s", out)
			if compiled(outputs) > 0 {
				var others []target.File
				if page {
					if others, err = coveragePage(env, p, program, outputs, len(paths) == 0); err != nil {
						return err
					}
				}
				n, err := env.replaceFolder(out, func(write func(target.File) error) error {
					return program.Emit(outputs, formats, "sigc "+version(), write, others...)
				})
				if err != nil {
					return err
				}
				wrote = fmt.Sprintf("wrote %d files to %s", n, out)
			}
			diags := env.told(p, program)
			if err := g.outcome(env, program, diags, outputs, notes); err != nil {
				return failure("write", err)
			}
			if !g.quiet {
				fmt.Fprintln(env.Stderr, wrote)
			}
			return failed(diags)
		},
	}
	cmd.Flags().StringSliceVarP(&targets, "target", "t", nil, "compile for `TARGET,...` (default: all)")
	cmd.Flags().StringSliceVarP(&formats, "format", "f", nil, "write `FORMAT,...` (default: all that need no asking for, see \"sigc list formats\")")
	cmd.Flags().StringVarP(&out, "output", "o", "dist", "write the folder `DIR`")
	cmd.Flags().BoolVar(&notes, "notes", false, "show every note, also those that many rules share")
	in.register(cmd)
	to.register(cmd)
	return cmd
}

func compiled(outputs []*compiler.Output) int {
	n := 0
	for _, out := range outputs {
		n += len(out.Compiled)
	}
	return n
}
