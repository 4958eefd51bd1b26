package judge

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// Rows returns what reads the rows of the tables in which a user says that a log is, the other way round than [HomeRow]; nil
// when the log is in none.
func Rows(log *schema.Log) func(row map[string]any) (map[string]any, bool) {
	own := homes.Of(log)
	if len(own) == 0 {
		return nil
	}
	return func(row map[string]any) (map[string]any, bool) {
		for _, h := range own {
			if isRow(h, row) {
				return event(h, row), true
			}
		}
		return nil, false
	}
}

// isRow reports whether what looks like an event is a row of the table: it says so, or it has a column by which the log calls
// no field. An event of the log itself has fields alone.
func isRow(h *homes.Home, row map[string]any) bool {
	if name, ok := row["Type"].(string); ok && h.Log.Column("Type") == nil {
		return name == h.Table.Name
	}
	return slices.ContainsFunc(h.Table.Columns, func(c *schema.Column) bool {
		return row[c.Name] != nil && h.Computed(c) == nil && c.Name != h.Table.Time && h.Log.Column(c.Name) == nil
	})
}

// event returns the fields that a row of the table has; nil when it is a row of another log.
func event(h *homes.Home, row map[string]any) ir.Event {
	columns, err := withComputed(h, row)
	if err != nil || !ir.Eval(&ir.And{X: h.Selection()}, columns) {
		return nil
	}
	out := ir.Event{}
	for _, c := range h.Log.Columns {
		if v := valueOf(h.Field(c.Name), columns); v != nil && v != "" {
			out[c.Name] = v
		}
	}
	return out
}

// withComputed returns the row with the columns that queries compute of it.
func withComputed(h *homes.Home, row map[string]any) (ir.Event, error) {
	stored, out := map[string]any{}, ir.Event{}
	project := &kql.Project{}
	for _, c := range h.Table.Columns {
		if x := h.Computed(c); x != nil {
			project.Columns = append(project.Columns, kql.Assign{Name: c.Name, X: x})
			continue
		}
		v, err := given(c, row[c.Name])
		if err != nil {
			return nil, err
		}
		stored[c.Name], out[c.Name] = v, v
	}
	if len(project.Columns) == 0 {
		return out, nil
	}
	table, err := Table(h.Table, stored)
	if err != nil {
		return nil, err
	}
	result, err := eval.Run(&kql.Query{Source: &kql.Table{Name: "T"}, Ops: []kql.Operator{project}}, map[string]eval.Table{"T": table})
	if err != nil {
		return nil, err
	}
	for i, c := range project.Columns {
		out[c.Name] = result.Rows[0][i]
	}
	return out, nil
}

// given is a value of an export in the type of its column: a column of text may have a number there, or an object.
func given(c *schema.Column, v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return typed(c, v)
	case string:
		if c.Type == schema.Datetime {
			v = form.RFC3339(v)
		}
		return typed(c, v)
	case json.Number:
		if c.Type == schema.String {
			return v.String(), nil
		}
		return v, nil
	default:
		if c.Type != schema.String {
			return v, nil
		}
		text, err := json.Marshal(v)
		return string(text), err
	}
}

// valueOf is what a field of the log is in the row; nil where that does not tell.
func valueOf(f *homes.Field, columns ir.Event) any {
	switch {
	case f.Const != "":
		return f.Const
	case f.Hashes != nil:
		var all []string
		for algorithm, column := range f.Hashes {
			if v := fmt.Sprint(columns[column]); columns[column] != nil && v != "" {
				all = append(all, algorithm+"="+v)
			}
		}
		slices.Sort(all)
		return strings.Join(all, ",")
	case f.Missing != "" || f.Column == "":
		return nil
	}
	v := at(columns, f.Column)
	text, isText := v.(string)
	switch {
	case f.Values != nil:
		return wordFor(f, v)
	case isText && f.Absent != "" && text == f.Absent:
		return nil
	case isText && f.Blank != "":
		return strings.ReplaceAll(text, f.Blank, " ")
	default:
		return v
	}
}

// wordFor is the word of the log for what a column has; nil when no word is known.
func wordFor(f *homes.Field, stored any) any {
	for _, word := range slices.Sorted(maps.Keys(f.Values)) {
		several, ok := f.Values[word].([]any)
		if !ok {
			several = []any{f.Values[word]}
		}
		for _, v := range several {
			if stored != nil && strings.EqualFold(fmt.Sprint(v), fmt.Sprint(stored)) {
				return word
			}
		}
	}
	return nil
}
