package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler/target"
)

func newCompileCmd(env *Env, g *global) *cobra.Command {
	var (
		in                 reading
		to                 writing
		targetName, format string
	)
	cmd := &cobra.Command{
		Use:     "compile [FILE ...|-] -t TARGET",
		Aliases: []string{"convert"},
		Short:   "Print rules as a target takes them",
		Long: `Print rules as a target takes them.

FILE is a file of rules, a folder with .yml and .yaml files, or - for standard input. Without a FILE the embedded pack
is compiled. The rules go to standard output and everything else to standard error. The default format is the query
alone; "sigc list formats" shows the others. Where several rules are printed
without their titles, as searches of Splunk are, standard error tells before each which rule it is of.`,
		Example: `  sigc compile -t sentinel rule.yml
  sigc compile -t sentinel -f yaml rule.yml
  cat rule.yml | sigc compile -t azuremonitor -`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if targetName == "" {
				return usageError("compile needs a target: -t %s", strings.Join(targetNames(), " or -t "))
			}
			ts, err := selectTargets([]string{targetName})
			if err != nil {
				return err
			}
			f, err := chooseFormat(ts[0], format)
			if err != nil {
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
			outputs := to.compile(p, program, ts, true)
			for i, c := range outputs[0].Compiled {
				data, err := f.Rule(c)
				if err != nil {
					return failure("write "+c.Meta.Key(), err)
				}
				if i > 0 {
					data = append([]byte("\n"), data...)
				}
				if f.Untitled && len(outputs[0].Compiled) > 1 && !g.quiet {
					fmt.Fprintf(env.Stderr, "query %d is of %q, %q\n", i+1, c.Meta.Title.Value, c.Meta.At.File.Name)
				}
				if _, err := env.Stdout.Write(data); err != nil {
					return failure("write", err)
				}
			}
			diags := env.told(p, program)
			if len(outputs[0].Refused) > 0 {
				err = g.outcome(env, program, diags, outputs, true)
			} else {
				err = g.diagnostics(env, diags)
			}
			if err != nil {
				return failure("write", err)
			}
			return failed(diags)
		},
	}
	cmd.Flags().StringVarP(&targetName, "target", "t", "", "compile for `TARGET`")
	cmd.Flags().StringVarP(&format, "format", "f", "", "print the rules in `FORMAT` (default: the query alone)")
	in.register(cmd)
	to.register(cmd)
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
