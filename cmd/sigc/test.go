package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
)

func newTestCmd(env *Env, g *global) *cobra.Command {
	var in reading
	format := choice{flag: "format", words: []string{"text", "json", "junit"}}
	cmd := &cobra.Command{
		Use:   "test [PATH ...]",
		Short: "Try rules on their own events",
		Long: `Try rules on their own events: by their meaning, which every target must keep, and by the queries that the targets get.
The queries are read back and run by evaluators of their languages, which share no code with what writes them. No
platform is needed.

PATH is a file of rules or a folder with .yml and .yaml files. Without a PATH the embedded pack is tried. The events of
NAME.yml stand beside it in NAME.events.json:

  {
    "shape": "where the form of the events comes from",
    "lists": {"admins": ["alice@contoso.example"]},
    "base": {"usual": {"event": {...}}},
    "cases": [
      {"name": "what happens", "match": true, "from": "usual"},
      {"name": "what is nearly the same", "match": false, "from": "usual", "set": {"properties.result": "failure"}}
    ]
  }

"lists" are values of placeholders that the cases assume. An event stands in the case itself ("event") or is made from
a base by "change", "set", "add", "remove" and "time". A case of a correlation has "events", each of which may also
happen some time "after" the one before it and "repeat". rules/README.md in the source of sigc tells it all.

Rules of SigmaHQ name their tests by "regression_tests_path": an info.yml with files of events and how many of them match,
from the folder of the rule or one above it. Of a binary event log (EVTX) the JSON beside it is read. Pipelines and
filters that a test names change the rule for that test. A path to tests that leads nowhere is an error; where not even
its first folder is there, rules have come without their tests, which is a warning.`,
		Example: `  sigc test
  sigc test rules --format junit > results.xml`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := format.check(); err != nil {
				return err
			}
			p, err := in.rules(env, paths)
			if err != nil {
				return err
			}
			return g.test(env, p, len(paths) == 0, format.value)
		},
	}
	format.register(cmd, "print the result as `FORMAT`")
	in.register(cmd)
	return cmd
}

// test tries the rules of a project on the cases beside them.
func (g *global) test(env *Env, p *project, embedded bool, format string) error {
	all, err := env.allCases(p.inputs, embedded)
	if err != nil {
		return err
	}
	changed, err := env.changedRuns(p, all)
	if err != nil {
		return err
	}
	suite := compiler.Suite{Inputs: p.inputs, Options: p.Options, Targets: p.settings.configure(allowed(p.Pipelines), nil)}
	told, results := all.told(), []compiler.CaseResult(nil)
	for _, run := range append(suite.Run(all.files), changed...) {
		told = append(told, run.Diagnostics...)
		results = append(results, run.Results...)
	}
	if err := g.diagnostics(env, told); err != nil {
		return failure("write", err)
	}
	bad := failed(told) != nil
	for _, r := range results {
		bad = bad || !r.OK()
	}
	if err := g.writeResults(env, results, format); err != nil {
		return failure("write", err)
	}
	if !g.quiet {
		for _, name := range all.untested {
			fmt.Fprintf(env.Stderr, "no events beside %s\n", name)
		}
	}
	if bad {
		return findings
	}
	return nil
}
