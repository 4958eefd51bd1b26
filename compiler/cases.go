package compiler

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/sigc-rules/sigc/compiler/form"
)

// Cases are the events that stand beside a rule, in NAME.events.json, and say what it must and must not match.
type Cases struct {
	// Shape names the source of the form of the events: documentation or a published sample.
	Shape string `json:"shape"`
	// Lists are the values of placeholders that the cases assume.
	Lists map[string][]string `json:"lists"`
	Cases []Case              `json:"cases"`
}

// Case is one event.
type Case struct {
	Name  string         `json:"name"`
	Match *bool          `json:"match"` // required, so that a missing one is no silent false
	Event map[string]any `json:"event"`
}

// ReadCases reads a file of cases.
func ReadCases(text []byte) (*Cases, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	d.DisallowUnknownFields()
	var c Cases
	if err := d.Decode(&c); err != nil {
		return nil, jsonError(err, d.InputOffset(), text)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, jsonError(errors.New("something stands after the cases"), d.InputOffset(), text)
	}
	for i, k := range c.Cases {
		if k.Match == nil || k.Event == nil {
			return nil, fmt.Errorf("case %d %q needs \"match\" and \"event\"", i, k.Name)
		}
	}
	return &c, nil
}

// CaseResult is how one case went for one rule.
type CaseResult struct {
	Rule *Rule
	Case string
	Form string // the form of the event: as given, or the Log Analytics row that is made of it
	Want bool
	Got  bool
	Err  error // the event could not be read
}

// OK reports whether the rule did as the case says.
func (r CaseResult) OK() bool { return r.Err == nil && r.Want == r.Got }

// Run tests the rules of one file against its cases. An event is tried as it is given and, where it is an Event Hub
// record, as the Log Analytics row that it becomes: the meaning of a rule does not depend on the form.
func (c *Cases) Run(in Input, opts Options) (*Program, []CaseResult) {
	lists := Values(c.Lists)
	for name, l := range opts.Lists {
		if _, assumed := lists[name]; !assumed {
			lists[name] = l
		}
	}
	p := Load([]Input{in}, Options{Lists: lists})
	var results []CaseResult
	p.Judge()
	for _, r := range p.Rules {
		if !r.Judged() {
			continue
		}
		for _, k := range c.Cases {
			results = append(results, r.try(k)...)
		}
	}
	return p, results
}

func (r *Rule) try(k Case) []CaseResult {
	result := func(f form.Form, record map[string]any) CaseResult {
		e, err := readEvent(f, record)
		got := err == nil && r.Match(e)
		return CaseResult{Rule: r, Case: k.Name, Form: string(f), Want: *k.Match, Got: got, Err: err}
	}
	results := []CaseResult{result(form.Auto, k.Event)}
	if read, err := form.Read(form.Auto, k.Event); err == nil && read.Log != nil && read.Form == form.EventHub {
		results = append(results, result(form.LogAnalytics, form.LogAnalyticsRow(read.Log, k.Event)))
	}
	return results
}
