package main

import (
	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/target"
)

func newCompileCmd(env *Env, g *global) *cobra.Command {
	var (
		targetName, format, config, stdinName string
		vars                                  []string
		skip                                  bool
	)
	cmd := &cobra.Command{
		Use:     "compile [FILE ...|-]",
		Aliases: []string{"convert"},
		Short:   "Print rules as a target takes them",
		RunE: func(cmd *cobra.Command, paths []string) error {
			if targetName == "" {
				return usageError("compile needs a target: -t %s", targetNames()[0])
			}
			ts, err := selectTargets([]string{targetName})
			if err != nil {
				return err
			}
			f, err := chooseFormat(ts[0], format)
			if err != nil {
				return err
			}
			inputs, err := env.inputs(paths, stdinName)
			if err != nil {
				return err
			}
			opts, err := env.options(g, paths, config, vars)
			if err != nil {
				return err
			}
			program := compiler.Load(inputs, opts)
			outputs := program.Compile(ts, compiler.CompileOptions{SkipUnsupported: skip})
			for i, c := range outputs[0].Compiled {
				data, err := f.Rule(c)
				if err != nil {
					return failure("write "+c.Rule.Key(), err)
				}
				if i > 0 {
					data = append([]byte("\n"), data...)
				}
				if _, err := env.Stdout.Write(data); err != nil {
					return failure("write", err)
				}
			}
			diags := program.Diagnostics()
			if err := g.diagnostics(env, diags); err != nil {
				return failure("write", err)
			}
			if len(outputs[0].Refused) > 0 {
				if err := g.summary(env, program, outputs); err != nil {
					return failure("write", err)
				}
			}
			return failed(diags)
		},
	}
	cmd.Flags().StringVarP(&targetName, "target", "t", "", "target to compile for")
	cmd.Flags().StringVarP(&format, "format", "f", "", "form of the output (default: the query alone)")
	cmd.Flags().StringVar(&config, "config", "", "configuration file (default: sigc.yml in or above the first FILE)")
	cmd.Flags().StringArrayVar(&vars, "var", nil, "values of a placeholder, name=value1,value2 (repeatable)")
	cmd.Flags().StringVar(&stdinName, "stdin-name", "stdin.yml", "name of standard input in messages")
	cmd.Flags().BoolVarP(&skip, "skip-unsupported", "s", false, "make a note of what the target cannot express, not an error")
	completeTargets(cmd)
	return cmd
}

// chooseFormat returns the format of the given name, which must be one for single rules; without a name, the query.
func chooseFormat(t *target.Target, name string) (target.Format, error) {
	if name == "" {
		return t.Formats[0], nil
	}
	if err := checkFormats([]*target.Target{t}, []string{name}); err != nil {
		return target.Format{}, err
	}
	f, _ := t.Format(name)
	if f.Rule == nil {
		return f, usageError("format %q is for all rules together; use \"sigc build -t %s -f %s\"", name, t.Name, name)
	}
	return f, nil
}
