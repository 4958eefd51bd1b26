package main

import (
	"github.com/spf13/cobra"
)

// colors are what --color takes.
var colors = []string{"auto", "always", "never"}

// global are the flags that every command has.
type global struct {
	color string
	quiet bool
}

func newRootCmd(env *Env) *cobra.Command {
	g := &global{}
	env.flags = g
	root := &cobra.Command{
		Use:   "sigc",
		Short: "Compile Sigma rules for Microsoft Sentinel, Azure Monitor and Splunk",
		Long: `sigc compiles Sigma rules into rules that Microsoft Sentinel, Azure Monitor and Splunk deploy. It needs no network and
no plugins, and carries a pack of rules for Microsoft Entra ID that build, compile, test, coverage and docs use where no
PATH is given.

Exit codes: 0 all went well, 1 something was found (a rule refused, a test failed), 2 wrong usage or configuration, 3 a
failure of sigc or the disk.`,
		Example: `  sigc build                         # compile the embedded pack into dist
  sigc compile -t sentinel rule.yml  # one rule, on standard output
  sigc lint rules                    # what is wrong with rules
  sigc explain rule.yml              # why this table, these columns, these operators`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownName("command", args[0], commandNames(cmd))
			}
			return cmd.Help()
		},
		DisableFlagsInUseLine: true,
		SilenceUsage:          true,
		SilenceErrors:         true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return oneOf("--color", g.color, colors)
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError("%v; see %q", err, cmd.CommandPath()+" --help")
	})
	root.PersistentFlags().StringVar(&g.color, "color", "auto", "colour messages `WHEN`: "+alternatives(colors))
	root.PersistentFlags().BoolVar(&g.quiet, "quiet", false, "show errors and results only")
	root.AddCommand(
		newBuildCmd(env, g), newCompileCmd(env, g), newLintCmd(env, g), newTestCmd(env, g), newEvalCmd(env, g), newCoverageCmd(env, g), newDocsCmd(env, g),
		newExplainCmd(env, g), newDiffCmd(env, g), newFmtCmd(env, g), newInitCmd(env), newListCmd(env), newSchemaCmd(env), newVersionCmd(env), newConfigHelp(),
	)
	return root
}

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	return names
}

// atLeastOne asks for arguments, and says which.
func atLeastOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usageError("%s needs %s; see %q", cmd.Name(), what, cmd.CommandPath()+" --help")
		}
		return nil
	}
}
