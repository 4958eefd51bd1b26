package main

import (
	"bytes"
	"fmt"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler/layout"
)

func newFmtCmd(env *Env, g *global) *cobra.Command {
	var (
		check, diff bool
		stdinName   string
	)
	cmd := &cobra.Command{
		Use:   "fmt [PATH ...]",
		Short: "Write rules in the usual layout",
		Long: `Write rules, correlations and filters in the layout of Sigma's own rules: keys in the usual order, four blanks for each
level, lists indented, quotes where they are needed. Comments stay with what they are about.

PATH is a file of rules, a folder with .yml and .yaml files, or - for standard input, which is written to standard output.
Without a PATH the current folder is formatted, in place.

What rules mean never changes: every file is read back, and one whose values or comments would not be the same is left as
it is, with a note. So are files that hold anchors or tags of YAML, and files that hold no rule.`,
		Example: `  sigc fmt rules
  sigc fmt --check rules   # exit code 1 when a file is in another layout
  sigc fmt --diff rules    # show what would change, and change nothing`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				paths = []string{"."}
			}
			inputs, err := env.inputs(paths, stdinName)
			if err != nil {
				return err
			}
			changed := 0
			for i, in := range inputs {
				text, note := layout.Format(in.File)
				if note != "" && !g.quiet {
					fmt.Fprintf(env.Stderr, "%s: left as it is: %s\n", in.File.Name, note)
				}
				differs := !bytes.Equal(text, in.File.Text)
				if differs {
					changed++
				}
				stdin := paths[min(i, len(paths)-1)] == "-" && in.File.Name == stdinName
				switch {
				case diff && differs:
					_, err = fmt.Fprint(env.Stdout, udiff.Unified("a/"+in.File.Name, "b/"+in.File.Name, string(in.File.Text), string(text)))
				case diff || check && !differs:
				case check:
					_, err = fmt.Fprintln(env.Stdout, in.File.Name)
				case stdin:
					_, err = env.Stdout.Write(text)
				case differs:
					if err = env.replaceFile(in.File.Name, text); err == nil && !g.quiet {
						fmt.Fprintf(env.Stderr, "formatted %s\n", in.File.Name)
					}
				}
				if err != nil {
					return failure("write", err)
				}
			}
			if (check || diff) && changed > 0 {
				return findings
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "name the files in another layout, change none, and end with exit code 1 if there are any")
	cmd.Flags().BoolVar(&diff, "diff", false, "show what would change, and change nothing")
	cmd.Flags().StringVar(&stdinName, "stdin-name", "stdin.yml", "call standard input `NAME` in messages")
	return cmd
}
