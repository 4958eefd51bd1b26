package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/explain"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets"
)

// listed is a line of the list command; more keys may follow name and doc.
type listed struct {
	Name string `json:"name"`
	Doc  string `json:"doc"`
	Type string `json:"type,omitempty"`
	Of   string `json:"of,omitempty"` // what it belongs to: the table of a field, the target of a format

	// Of a list of values: how many, where they stand, and how targets get them where that is not in the query.
	Values *int                     `json:"values,omitempty"`
	From   string                   `json:"from,omitempty"`
	As     map[string]list.Delivery `json:"as,omitempty"`
	Hours  string                   `json:"hours,omitempty"` // of a schedule, which has no values

	// Of an option of a target.
	Default string   `json:"default,omitempty"`
	Allowed []string `json:"allowed,omitempty"`
	PerRule bool     `json:"per_rule,omitempty"` // a rule may set it for itself
}

// listKinds are what the list command can show.
var listKinds = []string{"targets", "formats", "options", "checks", "tables", "fields", "lists", "rules"}

func newListCmd(env *Env) *cobra.Command {
	format := choice{flag: "format", words: []string{"text", "json"}}
	cmd := &cobra.Command{
		Use:   "list " + strings.Join(listKinds, "|"),
		Short: "Show what there is",
		Long: `Show what there is:

  targets        the platforms that rules are compiled for
  formats        what each target can be given
  options        what can be set for each target, with -O or in sigc.yml
  checks         what can be found in rules; "sigc explain ID" says more
  tables         the logs that rules can read, with their logsources
  fields TABLE   the fields of a table; without TABLE, of all
  lists          what placeholders stand for: the lists of the embedded pack, and of sigc.yml here or above
  rules          the rules of the embedded pack`,
		Example:   "  sigc list fields AuditLogs",
		ValidArgs: listKinds,
		Args:      atLeastOne(strings.Join(listKinds, "|")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := format.check(); err != nil {
				return err
			}
			if !slices.Contains(listKinds, args[0]) {
				return unknownName("list", args[0], listKinds)
			}
			if args[0] != "fields" && len(args) > 1 {
				return usageError("\"list %s\" takes nothing more, not %q", args[0], args[1])
			}
			items, err := env.listOf(args[0], args[1:])
			if err != nil {
				return err
			}
			return writeList(env, items, format.value)
		},
	}
	format.register(cmd, "print the list as `FORMAT`")
	return cmd
}

func (env *Env) listOf(kind string, of []string) ([]listed, error) {
	var out []listed
	switch kind {
	case "targets":
		for _, t := range targets.All() {
			out = append(out, listed{Name: t.Name, Doc: t.Doc})
		}
	case "formats":
		for _, t := range targets.All() {
			for _, f := range t.Formats {
				doc := f.Doc
				if f.OnRequest {
					doc += " (a build writes it only with -f)"
				}
				out = append(out, listed{Name: f.Name, Doc: doc, Of: t.Name})
			}
		}
	case "options":
		for _, t := range targets.All() {
			for _, o := range t.Options {
				out = append(out, listed{
					Name: o.Name, Doc: o.Doc, Of: t.Name, Default: o.Default, Allowed: o.Values, PerRule: o.PerRule,
				})
			}
		}
	case "checks":
		for _, c := range explain.All() {
			out = append(out, listed{Name: c.ID, Doc: c.Summary, Type: c.Severity.String()})
		}
	case "tables":
		p, err := env.configured(nil, &reading{})
		if err != nil {
			return nil, err
		}
		for _, t := range compiler.Tables(p.Logs) {
			out = append(out, listed{Name: t.Name, Doc: t.Doc, Of: strings.Join(t.Logsources, "; ")})
		}
	case "fields":
		p, err := env.configured(nil, &reading{})
		if err != nil {
			return nil, err
		}
		return listFields(p.Logs, of)
	case "lists":
		p, err := env.configured(nil, &reading{})
		if err != nil {
			return nil, err
		}
		for _, name := range slices.Sorted(maps.Keys(p.Lists)) {
			l := p.Lists[name]
			line := listed{Name: name, Doc: l.Doc, Type: string(l.Type), From: l.From, As: l.As}
			if n := len(l.Values); l.Hours == nil {
				line.Values = &n
			} else {
				line.Hours = l.Hours.String()
			}
			out = append(out, line)
		}
	case "rules":
		inputs, err := packInputs()
		if err != nil {
			return nil, err
		}
		for _, r := range compiler.Load(inputs, compiler.Options{}).Rules {
			out = append(out, listed{Name: r.ID, Doc: r.Title, Of: r.File})
		}
	}
	return out, nil
}

func listFields(there *schema.Catalogue, tables []string) ([]listed, error) {
	var out []listed
	var names []string
	for _, t := range compiler.Tables(there) {
		names = append(names, t.Name)
		if len(tables) > 0 && !slices.Contains(tables, t.Name) {
			continue
		}
		for _, f := range t.Fields {
			out = append(out, listed{Name: f.Name, Doc: f.Doc, Type: f.Type, Of: t.Name})
		}
	}
	for _, t := range tables {
		if !slices.Contains(names, t) {
			return nil, unknownName("table", t, names)
		}
	}
	return out, nil
}

func writeList(env *Env, items []listed, format string) error {
	if format == "json" {
		out := json.NewEncoder(env.Stdout)
		out.SetEscapeHTML(false)
		for _, item := range items {
			if err := out.Encode(item); err != nil {
				return failure("write", err)
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, item := range items {
		columns := []string{item.Name}
		values := ""
		if item.Values != nil {
			values = count(*item.Values, "value")
		}
		preset := ""
		if item.Default != "" {
			preset = "default " + item.Default
		}
		for _, c := range []string{item.Type, item.Of, values, item.Hours, item.From, preset, strings.Join(item.Allowed, "|"), item.Doc} {
			if c != "" {
				columns = append(columns, c)
			}
		}
		fmt.Fprintln(w, strings.Join(columns, "\t"))
	}
	if err := w.Flush(); err != nil {
		return failure("write", err)
	}
	return nil
}
