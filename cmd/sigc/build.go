package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
)

func newBuildCmd(env *Env, g *global) *cobra.Command {
	var (
		targets, formats, vars []string
		out, config            string
		skip                   bool
	)
	cmd := &cobra.Command{
		Use:   "build [PATH ...]",
		Short: "Compile rules into a folder that can be deployed",
		Long: `Compile a tree of rules: one folder per target, one file per rule and format mirroring the tree, beside them
what deploys all rules together, and manifest.json. Without a PATH the embedded pack is compiled. The output folder is
replaced as a whole or not at all.`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			ts, err := selectTargets(targets)
			if err != nil {
				return err
			}
			if err := checkFormats(ts, formats); err != nil {
				return err
			}
			inputs, err := env.inputs(paths, "stdin.yml")
			if err != nil {
				return err
			}
			opts, err := env.options(g, paths, config, vars)
			if err != nil {
				return err
			}
			program := compiler.Load(inputs, opts)
			outputs := program.Compile(ts, compiler.CompileOptions{SkipUnsupported: skip})
			diags := program.Diagnostics()
			if err := g.diagnostics(env, diags); err != nil {
				return failure("write", err)
			}
			if compiled(outputs) == 0 {
				if err := g.summary(env, program, outputs); err != nil {
					return failure("write", err)
				}
				if !g.quiet {
					fmt.Fprintf(env.Stderr, "nothing to write; %s is as it was\n", out)
				}
				return failed(diags)
			}
			files, err := program.Files(outputs, formats, "sigc "+version())
			if err != nil {
				return failure("build", err)
			}
			if err := env.replaceFolder(out, files); err != nil {
				return err
			}
			if err := g.summary(env, program, outputs); err != nil {
				return failure("write", err)
			}
			if !g.quiet {
				fmt.Fprintf(env.Stderr, "wrote %d files to %s\n", len(files), out)
			}
			return failed(diags)
		},
	}
	cmd.Flags().StringSliceVarP(&targets, "target", "t", nil, "targets to compile for (default all)")
	cmd.Flags().StringSliceVarP(&formats, "format", "f", nil, "formats to write (default all)")
	cmd.Flags().StringVarP(&out, "output", "o", "dist", "folder to write")
	cmd.Flags().StringVar(&config, "config", "", "configuration file (default: sigc.yml in or above the first PATH)")
	cmd.Flags().StringArrayVar(&vars, "var", nil, "values of a placeholder, name=value1,value2 (repeatable)")
	cmd.Flags().BoolVarP(&skip, "skip-unsupported", "s", false, "make a note of what a target cannot express, not an error")
	completeTargets(cmd)
	return cmd
}

func compiled(outputs []*compiler.Output) int {
	n := 0
	for _, out := range outputs {
		n += len(out.Compiled)
	}
	return n
}

func completeTargets(cmd *cobra.Command) {
	// The error only says that the flag does not exist, which it does.
	_ = cmd.RegisterFlagCompletionFunc("target", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return targetNames(), cobra.ShellCompDirectiveNoFileComp
	})
}
