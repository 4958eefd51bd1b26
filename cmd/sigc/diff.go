package main

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/target"
)

func newDiffCmd(env *Env, g *global) *cobra.Command {
	var (
		in       reading
		to       writing
		targets  []string
		exitCode bool
	)
	format := choice{flag: "format", words: []string{"text", "json", "markdown"}}
	cmd := &cobra.Command{
		Use:   "diff REV[..REV] [PATH ...]",
		Short: "Say what a change does to the rules",
		Long: `Say what a change does to the rules: which of them match less or more than before, with an event that shows it, and
what becomes of their queries, schedules, entities and lists on every target.

REV is a revision of the git repository; with one, it is compared with the files as they are. PATH is a file of rules or a
folder; without a PATH the current folder is compared. Both sides are read with the configuration they had.

A rule is "narrower" when it loses events and gains none, "wider" when it gains some and loses none, "neither" when it
does both, "equivalent" when no event can tell the two apart, and "unknown" where neither an event was found nor that there
is none could be proven. Of a correlation it says, without an event, what follows from its rules, its window and its thresholds
where these can be compared.`,
		Example: `  sigc diff main                      # what the working folder changes
  sigc diff v1.2..HEAD rules -t sentinel
  sigc diff origin/main --format markdown > comment.md`,
		Args: atLeastOne("REV"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := format.check(); err != nil {
				return err
			}
			ts, err := selectTargets(targets)
			if err != nil {
				return err
			}
			if err := to.check(ts); err != nil {
				return err
			}
			changes, err := env.diff(args[0], args[1:], &in, &to, ts)
			if err != nil {
				return err
			}
			if err := writeChanges(env, changes, format.value); err != nil {
				return failure("write", err)
			}
			if exitCode && len(changes) > 0 {
				return findings
			}
			return nil
		},
	}
	cmd.Flags().StringSliceVarP(&targets, "target", "t", nil, "compare what becomes of the rules on `TARGET,...` (default: all)")
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, "end with exit code 1 when there are changes")
	format.register(cmd, "print the changes as `FORMAT`")
	in.register(cmd)
	to.register(cmd)
	return cmd
}

// diff compares the rules below the paths at two revisions.
func (env *Env) diff(revisions string, paths []string, in *reading, to *writing, ts []*target.Target) ([]*compiler.Change, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	paths, err := env.allInside(paths)
	if err != nil {
		return nil, err
	}
	first, second, two := strings.Cut(revisions, "..")
	old, remove, err := env.at(first)
	if err != nil {
		return nil, err
	}
	defer remove()
	current := env
	if two {
		var removeNew func()
		if current, removeNew, err = env.at(second); err != nil {
			return nil, err
		}
		defer removeNew()
	}
	before, err := old.built(paths, in, to, ts)
	if err != nil {
		return nil, err
	}
	after, err := current.built(paths, in, to, ts)
	if err != nil {
		return nil, err
	}
	return compiler.Diff(before, after), nil
}

// allInside returns paths as they are called from the working folder.
func (env *Env) allInside(paths []string) ([]string, error) {
	out := make([]string, len(paths))
	for i, p := range paths {
		rel, err := env.inside(p)
		if err != nil {
			return nil, err
		}
		out[i] = rel
	}
	return out, nil
}

// inside returns a path as it is called from the working folder.
func (env *Env) inside(p string) (string, error) {
	if !filepath.IsAbs(p) {
		return p, nil
	}
	dir, err := filepath.Abs(env.Dir)
	if err != nil {
		return "", failure("compare revisions", err)
	}
	rel, err := filepath.Rel(dir, p)
	if err != nil || !filepath.IsLocal(rel) {
		return "", usageError("%s is not below the current folder", p)
	}
	return rel, nil
}

// built compiles the rules below the paths. A path that one of the revisions does not have, or that has no rules there,
// stands for no rules.
func (env *Env) built(paths []string, in *reading, to *writing, ts []*target.Target) (compiler.Built, error) {
	p, err := env.there(paths, in)
	if err != nil {
		return compiler.Built{}, err
	}
	program := p.load()
	return compiler.Built{Program: program, Outputs: to.compile(p, program, ts, false)}, nil
}

// there is the project of those paths that there are.
func (env *Env) there(paths []string, in *reading) (*project, error) {
	var there []string
	for _, p := range paths {
		if found, err := env.walk(p); err == nil && len(found) > 0 {
			there = append(there, p)
		}
	}
	if len(there) == 0 {
		return &project{}, nil
	}
	return in.rules(env, there)
}

// before reads the rules below the paths as they were at a revision.
func (env *Env) before(revision string, paths []string, in *reading) (*compiler.Program, error) {
	paths, err := env.allInside(paths)
	if err != nil {
		return nil, err
	}
	old, remove, err := env.at(revision)
	if err != nil {
		return nil, err
	}
	defer remove()
	p, err := old.there(paths, in)
	if err != nil {
		return nil, err
	}
	return p.load(), nil
}
