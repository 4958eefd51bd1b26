package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
)

func newEvalCmd(env *Env, g *global) *cobra.Command {
	var in reading
	var events string
	format := choice{flag: "format", words: []string{"text", "json"}}
	form := choice{flag: "form", words: compiler.Forms()}
	cmd := &cobra.Command{
		Use:   "eval RULE ... --events FILE|-",
		Short: "Tell which events rules match",
		Long: `Tell which events rules match, by the meaning that every target must keep. No platform is needed.

RULE is a file of rules or a folder. Events are a JSON array, or one object after the other. An event is the object
itself, or {"time": "2026-03-02T10:00:01Z", "event": {...}}. It may be a row of Log Analytics, an Event Hub record, an
object of Microsoft Graph, an event of the Splunk add-on, a Windows event, a record of AWS CloudTrail or of the Office 365
Management Activity API; which one is told by its shape.

Windows events may be XML, of syslog those of Sysmon for Linux, JSON as evtx_dump, Chainsaw, EvtxECmd, Hayabusa (profile
all-field-info), Velociraptor, Winlogbeat or NXLog write it, or rows of the tables SecurityEvent, Event and WindowsEvent. What
Log Analytics, Splunk, Elasticsearch, "aws cloudtrail lookup-events" and CloudWatch Logs answer is read as it is, and so are
tables in CSV that the portal, Splunk or EvtxECmd export. A file may be packed with gzip.`,
		Example: `  sigc eval rule.yml --events export.json
  az monitor log-analytics query ... | sigc eval rules --events - --format json`,
		Args: atLeastOne("RULE"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if events == "" {
				return usageError("eval needs events: --events FILE, or --events - for standard input")
			}
			if events == "-" && slices.Contains(paths, "-") {
				return usageError("rules and events cannot both come from standard input")
			}
			if err := format.check(); err != nil {
				return err
			}
			if err := form.check(); err != nil {
				return err
			}
			p, err := in.rules(env, paths)
			if err != nil {
				return err
			}
			program := p.load()
			text, err := env.readFile(events)
			if err != nil {
				return err
			}
			records, err := compiler.ReadEvents(text, form.value)
			if err != nil {
				return usageError("%s: %v", events, err)
			}
			program.Judge()
			diags := env.told(p, program)
			if err := g.diagnostics(env, diags); err != nil {
				return failure("write", err)
			}
			if len(records) == 0 && !g.quiet {
				fmt.Fprintf(env.Stderr, "no events in %s\n", events)
			}
			if told := program.Unrecognised(records); told != "" && !g.quiet {
				fmt.Fprintln(env.Stderr, told)
			}
			if err := evaluate(env, program, records, format.value); err != nil {
				return failure("write", err)
			}
			return failed(diags)
		},
	}
	cmd.Flags().StringVar(&events, "events", "", "read the events from `FILE`, - for standard input")
	format.register(cmd, "print the result as `FORMAT`")
	form.register(cmd, "read the events as `FORM`")
	in.register(cmd)
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
		if !r.Judged() {
			continue
		}
		if r.IsCorrelation() {
			if err := fire(env, program, r, events, format); err != nil {
				return err
			}
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

// firing is a line of the JSON form for a correlation, which is a contract.
type firing struct {
	Rule   string          `json:"rule"`
	Group  json.RawMessage `json:"group"`
	First  time.Time       `json:"first"`
	Last   time.Time       `json:"last"`
	Events []int           `json:"events"`
}

func fire(env *Env, program *compiler.Program, r *compiler.Rule, events []*compiler.Event, format string) error {
	fired, err := program.Fire(r, events)
	if err != nil {
		return usageError("%v", err)
	}
	out := json.NewEncoder(env.Stdout)
	out.SetEscapeHTML(false)
	for _, f := range fired {
		group, err := groupObject(f)
		if err != nil {
			return err
		}
		if format == "json" {
			err = out.Encode(firing{r.Key(), group, f.First, f.Last, f.Events})
		} else {
			_, err = fmt.Fprintf(env.Stdout, "%s fires for %s from %s to %s, events %v\n",
				label(r), group, f.First.Format(time.RFC3339), f.Last.Format(time.RFC3339), f.Events)
		}
		if err != nil {
			return err
		}
	}
	if format == "text" {
		_, err = fmt.Fprintf(env.Stdout, "%s: fires %d times\n", label(r), len(fired))
	}
	return err
}

// groupObject writes the group-by values as a JSON object in the order of the rule, which a map would lose.
func groupObject(f compiler.Firing) (json.RawMessage, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, v := range f.Group {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, s := range []string{v.Name, v.Value} {
			text, err := json.Marshal(s)
			if err != nil {
				return nil, err
			}
			if j > 0 {
				b.WriteByte(':')
			}
			b.Write(text)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
