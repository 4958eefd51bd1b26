package main

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/pipeline"
	"github.com/sigc-rules/sigc/compiler/source"
)

// changedRuns tries the rules that tests want changed by pipelines and filters of their own. Rules that cannot be read so
// have their tests skipped, with the reason.
func (env *Env) changedRuns(p *project, all *allCases) ([]compiler.Run, error) {
	var out []compiler.Run
	for _, c := range all.changed {
		suite, err := env.changedSuite(p, c)
		if err != nil {
			return nil, err
		}
		for _, in := range p.inputs {
			tests := c.tests[in.File]
			if tests == nil {
				continue
			}
			one := compiler.Load(append(slices.Clip(suite.Filters), in), suite.Options)
			if why := refusedIn(one, in.File); why != "" {
				for _, k := range tests.Cases {
					all.files[in.File].AddSkipped(k.Name, k.Rule, "the rule changed by "+c.by()+" cannot be read here: "+why)
				}
				delete(c.tests, in.File)
			}
		}
		runs := suite.Run(c.tests)
		for _, run := range runs {
			c.name(run.Results)
		}
		out = append(out, runs...)
	}
	for file, tests := range all.files {
		if tests.Shape == regressionShape && len(tests.Cases) == 0 { // nobody asks about the rule as it stands
			delete(all.files, file)
		}
	}
	return out, nil
}

// by is what changes the rules.
func (c *changed) by() string { return strings.Join(slices.Concat(c.pipelines, c.filters), ", ") }

// name tells the rules in results from those that stand in the files.
func (c *changed) name(results []compiler.CaseResult) {
	done := map[*compiler.Rule]bool{}
	for _, r := range results {
		if !done[r.Rule] {
			done[r.Rule] = true
			r.Rule.Title = label(r.Rule) + ", changed by " + c.by()
		}
	}
}

// changedSuite tries rules as pipelines and filters change them, besides those of the project.
func (env *Env) changedSuite(p *project, c *changed) (*compiler.Suite, error) {
	var diags diag.List
	more, err := env.pipelines(c.pipelines, &diags)
	if err != nil {
		return nil, err
	}
	if err := env.mistaken(&diags); err != nil {
		return nil, err
	}
	suite := &compiler.Suite{Inputs: p.inputs, Options: p.Options}
	suite.Options.Pipelines = append(slices.Clip(p.Pipelines), more...)
	pipeline.Sort(suite.Options.Pipelines)
	suite.Targets = p.settings.configure(allowed(suite.Options.Pipelines), nil)
	for _, name := range c.filters {
		read, err := env.walk(name)
		if err != nil {
			return nil, err
		}
		suite.Filters = append(suite.Filters, read...)
	}
	return suite, nil
}

// refusedIn is the first error about a file; "" for none.
func refusedIn(p *compiler.Program, file *source.File) string {
	for _, d := range p.Diagnostics() {
		if d.Span.File == file && d.Severity == diag.Error {
			return d.Message
		}
	}
	return ""
}
