package main

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
)

func newEvalCmd(env *Env, g *global) *cobra.Command {
	var (
		events, format, eventForm, config string
		vars                              []string
	)
	cmd := &cobra.Command{
		Use:   "eval RULE ... --events FILE|-",
		Short: "Tell which events rules match",
		Long: `Tell which events rules match, by the reference semantics that every target must keep. RULE is a file or a
folder. Events are a JSON array or one object after the other.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if events == "" {
				return usageError("eval needs events: --events FILE, or --events - for standard input")
			}
			if events == "-" && slices.Contains(paths, "-") {
				return usageError("rules and events cannot both come from standard input")
			}
			if format != "text" && format != "json" {
				return unknownName("format", format, []string{"text", "json"})
			}
			if !slices.Contains(compiler.Forms(), eventForm) {
				return unknownName("form of events", eventForm, compiler.Forms())
			}
			inputs, err := env.inputs(paths, "stdin.yml")
			if err != nil {
				return err
			}
			opts, err := env.options(g, paths, config, vars)
			if err != nil {
				return err
			}
			program := compiler.Load(inputs, opts)
			text, err := env.readFile(events)
			if err != nil {
				return err
			}
			records, err := compiler.ReadEvents(text, eventForm)
			if err != nil {
				return usageError("%s: %v", events, err)
			}
			diags := program.Diagnostics()
			if err := g.diagnostics(env, diags); err != nil {
				return failure("write", err)
			}
			if err := evaluate(env, program, records, format); err != nil {
				return failure("write", err)
			}
			return failed(diags)
		},
	}
	cmd.Flags().StringVar(&events, "events", "", "file with events, - for standard input")
	cmd.Flags().StringVar(&format, "format", "text", "form of the result: text or json")
	cmd.Flags().StringVar(&eventForm, "form", "auto", "form of the events: auto, raw, loganalytics, eventhub, splunk, graph or windows")
	cmd.Flags().StringVar(&config, "config", "", "configuration file (default: sigc.yml in or above the first RULE)")
	cmd.Flags().StringArrayVar(&vars, "var", nil, "values of a placeholder, name=value1,value2 (repeatable)")
	return cmd
}

// evalResult is a line of the JSON form, which is a contract.
type evalResult struct {
	Rule  string `json:"rule"`
	Event int    `json:"event"`
	Match bool   `json:"match"`
}

func evaluate(env *Env, program *compiler.Program, events []*compiler.Event, format string) error {
	out := json.NewEncoder(env.Stdout)
	out.SetEscapeHTML(false)
	for _, r := range program.Rules {
		if !r.OK() {
			continue
		}
		matches := 0
		for i, e := range events {
			match := r.Match(e)
			if match {
				matches++
			}
			switch {
			case format == "json":
				if err := out.Encode(evalResult{r.Key(), i, match}); err != nil {
					return err
				}
			case match:
				if _, err := fmt.Fprintf(env.Stdout, "event %d matches %s\n", i, label(r)); err != nil {
					return err
				}
			}
		}
		if format == "text" {
			if _, err := fmt.Fprintf(env.Stdout, "%s: %d of %d events match\n", label(r), matches, len(events)); err != nil {
				return err
			}
		}
	}
	return nil
}
