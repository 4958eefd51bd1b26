package main

import (
	"encoding/json"
	"encoding/xml"
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
		Long: `Try rules on their own events, by the meaning that every target must keep. No platform is needed.

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
happen some time "after" the one before it and "repeat". rules/README.md in the source of sigc tells it all.`,
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

func (g *global) test(env *Env, p *project, embedded bool, format string) error {
	var results []compiler.CaseResult
	var untested []string
	bad := false
	for _, in := range p.inputs {
		file, open, err := env.cases(in, embedded)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		if file == nil {
			untested = append(untested, in.File.Name)
			continue
		}
		cases, err := compiler.ReadCases(file, open)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		program, got := cases.Run(in, p.Options)
		if err := g.diagnostics(env, program.Diagnostics()); err != nil {
			return failure("write", err)
		}
		bad = bad || failed(program.Diagnostics()) != nil
		results = append(results, got...)
	}
	for _, r := range results {
		bad = bad || !r.OK()
	}
	if err := writeResults(env, results, format); err != nil {
		return failure("write", err)
	}
	if !g.quiet {
		for _, name := range untested {
			fmt.Fprintf(env.Stderr, "no events beside %s\n", name)
		}
	}
	if bad {
		return findings
	}
	return nil
}

// testResult is a line of the JSON form, which is a contract.
type testResult struct {
	Rule string `json:"rule"`
	Case string `json:"case"`
	OK   bool   `json:"ok"`
	Want bool   `json:"want"`
	Got  bool   `json:"got"`
	Form string `json:"form"`
}

func writeResults(env *Env, results []compiler.CaseResult, format string) error {
	switch format {
	case "json":
		out := json.NewEncoder(env.Stdout)
		out.SetEscapeHTML(false)
		for _, r := range results {
			if err := out.Encode(testResult{r.Rule.Key(), r.Case, r.OK(), r.Want, r.Got, r.Form}); err != nil {
				return err
			}
		}
		return nil
	case "junit":
		return writeJUnit(env, results)
	}
	failures := 0
	for _, r := range results {
		if r.OK() {
			continue
		}
		failures++
		if _, err := fmt.Fprintf(env.Stdout, "FAIL %s: %s (%s): %s\n", label(r.Rule), r.Case, r.Form, unexpected(r)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(env.Stdout, "%d passed, %d failed\n", len(results)-failures, failures)
	return err
}

func unexpected(r compiler.CaseResult) string {
	if r.Err != nil {
		return r.Err.Error()
	}
	switch {
	case r.Want && !r.Got:
		return "does not match, but should"
	case !r.Want && r.Got:
		return "matches, but should not"
	default:
		return fmt.Sprintf("fires %d times, but should %d times", r.Fired, r.Fires)
	}
}

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitFailure `xml:"failure,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
}

func writeJUnit(env *Env, results []compiler.CaseResult) error {
	suite := junitSuite{Name: "sigc", Tests: len(results)}
	for _, r := range results {
		c := junitCase{Class: label(r.Rule), Name: r.Case + " (" + r.Form + ")"}
		if !r.OK() {
			suite.Failures++
			c.Failure = &junitFailure{Message: unexpected(r)}
		}
		suite.Cases = append(suite.Cases, c)
	}
	if _, err := fmt.Fprint(env.Stdout, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(env.Stdout)
	e.Indent("", "  ")
	if err := e.Encode(suite); err != nil {
		return err
	}
	_, err := fmt.Fprintln(env.Stdout)
	return err
}
