package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler/jsonschema"
	"github.com/sigc-rules/sigc/targets"
)

func newSchemaCmd(env *Env) *cobra.Command {
	var names []string
	for _, s := range jsonschema.All() {
		names = append(names, s.Name)
	}
	return &cobra.Command{
		Use:   "schema [NAME]",
		Short: "Print a JSON Schema for editors",
		Long: `Print the JSON Schema of what NAME says; without it, show which there are.

Editors complete and check by a schema while a file is written: those with the language server of YAML by a first line
"# yaml-language-server: $schema=PATH" or by their settings. In VS Code, with the extension of Red Hat for YAML, these
stand in .vscode/settings.json:

  {
    "yaml.schemas": {
      ".vscode/sigc-document.json": "rules/**/*.yml",
      ".vscode/sigc-config.json": "**/sigc.yml"
    },
    "json.schemas": [
      {"fileMatch": ["*.events.json"], "url": "./.vscode/sigc-tests.json"}
    ]
  }

"sigc init --editor vscode" writes these settings and the schemas.

A schema sees the form of a file and not what it means; "sigc lint" sees both.`,
		Example: `  sigc schema
  sigc schema document > .vscode/sigc-document.json
  sigc schema config > .vscode/sigc-config.json
  sigc schema tests > .vscode/sigc-tests.json`,
		ValidArgs: names,
		Args:      cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			all := jsonschema.All()
			if len(args) == 0 {
				var items []listed
				for _, s := range all {
					items = append(items, listed{Name: s.Name, Doc: s.Doc})
				}
				return writeList(env, items, "text")
			}
			i := slices.Index(names, args[0])
			if i < 0 {
				return unknownName("schema", args[0], names)
			}
			if _, err := env.Stdout.Write(all[i].Text(targets.All())); err != nil {
				return failure("write", err)
			}
			return nil
		},
	}
}
