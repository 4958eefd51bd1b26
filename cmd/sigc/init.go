package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
)

//go:embed init
var beginnings embed.FS

// pipelines are where the files of the services stand.
var pipelines = map[string]string{
	"github": ".github/workflows/sigc.yml", "gitlab": ".gitlab-ci.yml", "azure-devops": "azure-pipelines.yml",
}

func newInitCmd(env *Env) *cobra.Command {
	ci := choice{flag: "ci", words: []string{"github", "gitlab", "azure-devops", "none"}}
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Begin a repository of rules",
		Long: `Write what a repository of rules begins with: sigc.yml, an example rule with events that test it, a pipeline that checks,
tests and builds the rules, and a configuration of pre-commit. Files that are there already are left as they are.`,
		Example: `  sigc init
  sigc init detections --ci gitlab`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := ci.check(); err != nil {
				return err
			}
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return env.begin(dir, ci.value)
		},
	}
	ci.register(cmd, "write a pipeline for `SERVICE`")
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
		name := filepath.ToSlash(filepath.Join(dir, f.name))
		if err := os.MkdirAll(filepath.Dir(env.path(name)), 0o755); err != nil {
			return unreadable(name, err)
		}
		out, err := os.OpenFile(env.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // never over a file that is there
		if errors.Is(err, fs.ErrExist) {
			fmt.Fprintf(env.Stderr, "%s is there already\n", name)
			continue
		}
		if err != nil {
			return unreadable(name, err)
		}
		_, err = out.WriteString(values.Replace(string(text)))
		if closed := out.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return failure("write "+name, err)
		}
		fmt.Fprintf(env.Stderr, "wrote %s\n", name)
	}
	return nil
}
