package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/targets"
)

// listed is a line of the list command; more keys may follow name and doc.
type listed struct {
	Name string `json:"name"`
	Doc  string `json:"doc"`
	Type string `json:"type,omitempty"`
	Of   string `json:"of,omitempty"` // what it belongs to: the table of a field, the target of a format
}

func newListCmd(env *Env) *cobra.Command {
	var format string
	kinds := []string{"targets", "formats", "tables", "fields", "lists", "rules"}
	cmd := &cobra.Command{
		Use:       "list " + strings.Join(kinds, "|") + " [TABLE ...]",
		Short:     "Show what there is",
		Long:      "Show what there is: targets and their formats, tables and their fields, the lists and the rules of the embedded pack.",
		ValidArgs: kinds,
		Args:      cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return unknownName("format", format, []string{"text", "json"})
			}
			if !slices.Contains(kinds, args[0]) {
				return unknownName("kind", args[0], kinds)
			}
			items, err := listOf(args[0], args[1:])
			if err != nil {
				return err
			}
			return writeList(env, items, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "form of the list: text or json")
	return cmd
}

func listOf(kind string, of []string) ([]listed, error) {
	var out []listed
	switch kind {
	case "targets":
		for _, t := range targets.All() {
			out = append(out, listed{Name: t.Name, Doc: t.Doc})
		}
	case "formats":
		for _, t := range targets.All() {
			for _, f := range t.Formats {
				out = append(out, listed{Name: f.Name, Doc: f.Doc, Of: t.Name})
			}
		}
	case "tables":
		for _, t := range compiler.Tables() {
			out = append(out, listed{Name: t.Name, Doc: t.Doc, Of: strings.Join(t.Logsources, "; ")})
		}
	case "fields":
		return listFields(of)
	case "lists":
		pack, err := packConfig()
		if err != nil {
			return nil, err
		}
		for name, l := range pack.lists {
			out = append(out, listed{Name: name, Doc: l.doc})
		}
		slices.SortFunc(out, func(a, b listed) int { return strings.Compare(a.Name, b.Name) })
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

func listFields(tables []string) ([]listed, error) {
	var out []listed
	var names []string
	for _, t := range compiler.Tables() {
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
		for _, c := range []string{item.Type, item.Of, item.Doc} {
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
