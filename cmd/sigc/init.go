package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler/jsonschema"
	"github.com/sigc-rules/sigc/targets"
)

//go:embed init
var beginnings embed.FS

// pipelines are where the files of the services stand.
var pipelines = map[string]string{
	"github": ".github/workflows/sigc.yml", "gitlab": ".gitlab-ci.yml", "azure-devops": "azure-pipelines.yml",
}

func newInitCmd(env *Env) *cobra.Command {
	ci := choice{flag: "ci", words: []string{"github", "gitlab", "azure-devops", "none"}}
	editor := choice{flag: "editor", words: []string{"none", "vscode"}}
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Begin a repository of rules",
		Long: `Write what a repository of rules begins with: sigc.yml, an example rule with events that test it, a pipeline that checks,
tests and builds the rules, and a configuration of pre-commit. Files that are there already are left as they are.

With --editor vscode also the settings by which Visual Studio Code completes and checks rules, configuration and events, and the
schemas that these name; .vscode/extensions.json recommends the extension that reads them.`,
		Example: `  sigc init
  sigc init detections --ci gitlab
  sigc init --editor vscode`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := ci.check(); err != nil {
				return err
			}
			if err := editor.check(); err != nil {
				return err
			}
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			if err := env.begin(dir, ci.value); err != nil {
				return err
			}
			if editor.value == "vscode" {
				return env.editor(dir)
			}
			return nil
		},
	}
	ci.register(cmd, "write a pipeline for `SERVICE`")
	editor.register(cmd, "write the settings of `EDITOR` as well")
	return cmd
}

// begin writes the files that are not there yet.
func (env *Env) begin(dir, ci string) error {
	id, err := uuid.NewRandom()
	if err != nil {
		return failure("make an id", err)
	}
	values := strings.NewReplacer("@ID@", id.String(), "@TODAY@", env.Now().Format(time.DateOnly))
	const rule = "rules/azure_conditional_access_policy_deleted"
	files := []struct{ name, from string }{
		{configName, "sigc.yml"}, {rule + ".yml", "rule.yml"}, {rule + ".events.json", "rule.events.json"}, {".pre-commit-config.yaml", "pre-commit.yml"},
	}
	if name, ok := pipelines[ci]; ok {
		files = append(files, struct{ name, from string }{name, ci + ".yml"})
	}
	for _, f := range files {
		text, err := beginnings.ReadFile("init/" + f.from)
		if err != nil {
			return failure("begin", err)
		}
		if err := env.write(filepath.ToSlash(filepath.Join(dir, f.name)), []byte(values.Replace(string(text)))); err != nil {
			return err
		}
	}
	return nil
}

// editorSchemas are the schemas that the settings of an editor name.
var editorSchemas = []string{"document", "config", "tests", "bases"}

// editor writes the settings of Visual Studio Code, and the schemas that they name.
func (env *Env) editor(dir string) error {
	for _, name := range []string{"settings.json", "extensions.json"} {
		text, err := beginnings.ReadFile("init/vscode/" + name)
		if err != nil {
			return failure("begin", err)
		}
		if err := env.write(filepath.ToSlash(filepath.Join(dir, ".vscode", name)), text); err != nil {
			return err
		}
	}
	for _, s := range jsonschema.All() {
		if slices.Contains(editorSchemas, s.Name) {
			if err := env.write(filepath.ToSlash(filepath.Join(dir, ".vscode", "sigc-"+s.Name+".json")), s.Text(targets.All())); err != nil {
				return err
			}
		}
	}
	return nil
}

// write writes a file that is not there yet, and says so.
func (env *Env) write(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(env.path(name)), 0o755); err != nil {
		return unreadable(name, err)
	}
	out, err := os.OpenFile(env.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // never over a file that is there
	if errors.Is(err, fs.ErrExist) {
		fmt.Fprintf(env.Stderr, "%s is there already\n", name)
		return nil
	}
	if err != nil {
		return unreadable(name, err)
	}
	_, err = out.Write(text)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return failure("write "+name, err)
	}
	fmt.Fprintf(env.Stderr, "wrote %s\n", name)
	return nil
}
