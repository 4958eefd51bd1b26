package main

import (
	"encoding/json"
	"os"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/explain"
	"github.com/sigc-rules/sigc/compiler/target"
)

func newExplainCmd(env *Env, g *global) *cobra.Command {
	var (
		in      reading
		targets []string
	)
	format := choice{flag: "format", words: []string{"text", "json"}}
	cmd := &cobra.Command{
		Use:   "explain RULE|CHECK-ID",
		Short: "Say how a rule is understood, or what a finding means",
		Long: `Say how a rule is understood, or what a finding means.

RULE is a file of rules, a folder, - for standard input, or a file of the embedded pack as messages name it. For each
rule: which table it reads and why, what it takes to collect that log, what each line of the searches becomes for each
target, which values its placeholders have, what a target refuses or leaves out, and the queries.

CHECK-ID is the id that a message ends with, such as condition/unknown-search: what it means, why it matters, and an
example before and after it is mended. "sigc list checks" shows all.`,
		Example: `  sigc explain rule.yml -t sentinel
  sigc explain rules/consumer/privileged-accounts/privileged_account_lockout.yml
  sigc explain field/unknown`,
		Args: cobra.MatchAll(atLeastOne("a RULE or a CHECK-ID"), cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := format.check(); err != nil {
				return err
			}
			ts, err := selectTargets(targets)
			if err != nil {
				return err
			}
			if env.isCheckID(args[0]) {
				return explainCheck(env, args[0], format.value)
			}
			p, err := in.explained(env, args[0])
			if err != nil {
				return err
			}
			return g.explainRules(env, p.load(), p.settings.configure(ts, nil), format.value)
		},
	}
	cmd.Flags().StringSliceVarP(&targets, "target", "t", nil, "explain for `TARGET,...` (default: all)")
	format.register(cmd, "print the explanation as `FORMAT`")
	in.register(cmd)
	completeTargets(cmd)
	return cmd
}

// isCheckID reports whether an argument that names no file is meant to be an id: rules have an extension.
func (env *Env) isCheckID(arg string) bool {
	if arg == "-" || path.Ext(arg) != "" {
		return false
	}
	_, err := os.Stat(env.path(arg))
	return err != nil
}

// explained reads what is to be explained. A name that is no file may be one of the embedded pack.
func (r *reading) explained(env *Env, arg string) (*project, error) {
	if _, err := os.Stat(env.path(arg)); err != nil && arg != "-" {
		pack, err := r.rules(env, nil)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(pack.inputs, func(in compiler.Input) bool { return in.File.Name == arg }); i >= 0 {
			pack.inputs = pack.inputs[i : i+1]
			return pack, nil
		}
	}
	return r.rules(env, []string{arg})
}

// checkJSON is the JSON form of an entry of the catalogue.
type checkJSON struct {
	Name     string `json:"name"`
	Severity string `json:"severity"`
	Summary  string `json:"summary"`
	Why      string `json:"why"`
	Bad      string `json:"bad"`
	Good     string `json:"good"`
}

func explainCheck(env *Env, id, format string) error {
	c, ok := explain.Find(id)
	if !ok {
		if near := explain.Nearest(id); near != "" {
			return usageError("no file and no check is called %q; did you mean %q?", id, near)
		}
		return usageError("no file and no check is called %q; \"sigc list checks\" shows all checks", id)
	}
	var err error
	if format == "json" {
		err = encode(env, checkJSON{c.ID, c.Severity.String(), c.Summary, c.Why, c.Bad, c.Good})
	} else {
		p := &page{w: env.Stdout}
		p.line("%s (%s)", c.ID, c.Severity)
		p.line("%s", c.Summary)
		p.line("")
		p.paragraph(c.Why)
		p.line("")
		p.line("Bad:")
		p.example(c.Bad)
		p.line("")
		p.line("Good:")
		p.example(c.Good)
		err = p.err
	}
	if err != nil {
		return failure("write", err)
	}
	return nil
}

func (g *global) explainRules(env *Env, program *compiler.Program, ts []*target.Target, format string) error {
	diags := program.Diagnostics()
	if err := g.diagnostics(env, diags); err != nil {
		return failure("write", err)
	}
	first := true
	for _, r := range program.Rules {
		x := r.Explain(ts)
		if x == nil {
			continue
		}
		var err error
		if format == "json" {
			err = encode(env, newExplanationJSON(r, x))
		} else {
			p := &page{w: env.Stdout}
			if !first {
				p.line("")
			}
			p.rule(r, x)
			err = p.err
		}
		if err != nil {
			return failure("write", err)
		}
		first = false
	}
	return failed(diags)
}

// encode writes a value as one line of JSON.
func encode(env *Env, v any) error {
	out := json.NewEncoder(env.Stdout)
	out.SetEscapeHTML(false)
	return out.Encode(v)
}
