package main

import (
	"github.com/spf13/cobra"
)

// global are the flags that every command has.
type global struct {
	color string
	quiet bool
}

func newRootCmd(env *Env) *cobra.Command {
	g := &global{}
	root := &cobra.Command{
		Use:   "sigc",
		Short: "Compile Sigma rules for Microsoft Sentinel, Azure Monitor and Splunk",
		Long: `sigc reads Sigma detection rules and writes rules that a security team can deploy. It needs no network and
no plugins. Without a PATH, commands work on the embedded pack of rules for Microsoft Entra ID.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			switch g.color {
			case "auto", "always", "never":
				return nil
			}
			return usageError("--color takes auto, always or never, not %q", g.color)
		},
	}
	root.PersistentFlags().StringVar(&g.color, "color", "auto", "colour of messages: auto, always or never")
	root.PersistentFlags().BoolVar(&g.quiet, "quiet", false, "show errors only")
	root.AddCommand(
		newBuildCmd(env, g), newCompileCmd(env, g), newLintCmd(env, g), newTestCmd(env, g), newEvalCmd(env, g),
		newListCmd(env), newVersionCmd(env),
	)
	return root
}
