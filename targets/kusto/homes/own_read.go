package homes

import (
	"cmp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/types"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// ownReader reads the section of a user, whose mistakes are told where they stand.
type ownReader struct {
	schema.Section
	log  *schema.Log
	said map[string]bool // fields of which the section speaks
	errs []error
}

func (o *ownReader) fail(at *yaml.Node, format string, args ...any) {
	o.errs = append(o.errs, o.Errorf(at, format, args...))
}

var (
	ownKeys = []string{
		"table", "time", "columns", "where", "unless", "same", "rest", "body", "channel", "event", "fields", "shown", "rows", "loses", "paths", "unmarked", "encoded", "arguments", "keywords", "matches",
	}
	fieldKeys = []string{"is", "file", "none", "missing", "const", "folded", "hashes", "values", "absent", "blank", "also", "loses", "begin", "escapes"}
)

func (o *ownReader) home(tables map[string][]*schema.Column) *Home {
	parts := o.parts(o.Node, "", ownKeys)
	r := &reader{file: o.File}
	if err := o.Node.Decode(&r.written); err != nil {
		o.fail(o.Node, "%s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	r.standard = load().index.Standard
	if r.Table == "" {
		o.fail(o.Node, `"table" is missing: the table of Log Analytics that keeps the log`)
		return nil
	}
	if r.Time == "" {
		r.Time = "TimeGenerated"
	}
	o.said = map[string]bool{}
	for name := range r.Fields {
		o.said[name] = true
	}
	o.lines(r)
	if r.Fields == nil {
		r.Fields, r.Same = map[string]yaml.Node{}, true
	}
	declared := len(r.Columns) > 0
	if r.Columns == nil {
		r.Columns = map[schema.Type]string{}
	}
	known, found := tables[r.Table]
	if !found {
		known = tableOf(r.Table)
	}
	said := r.columnNames()
	for _, c := range known {
		if !slices.Contains(said, c.Name) {
			r.Columns[c.Type] += " " + c.Name
			said = append(said, c.Name)
		}
	}
	if !declared && len(known) == 0 {
		o.infer(r)
	}
	if o.log.Lines && !o.said[schema.Line] && !slices.Contains(r.columnNames(), rawData) {
		o.fail(o.Node, `the table %q has no column %q: "fields: {%s: COLUMN}" says which column has the line`, r.Table, rawData, schema.Line)
		return nil
	}
	if r.Time != "" && !slices.Contains(r.columnNames(), r.Time) {
		r.Columns[schema.Datetime] += " " + r.Time
	}
	if _, said := r.Fields[o.log.Time]; !said {
		r.Fields[o.log.Time] = yaml.Node{Kind: yaml.ScalarNode, Value: r.Time}
	}
	o.check(r, parts)
	if len(o.errs) > 0 {
		return nil
	}
	if r.Doc == "" {
		r.Doc = o.log.Doc
	}
	r.gives = func(x kql.Expr) schema.Type {
		typ, _ := types.Of(x, typesOf(r.columns()))
		return schema.Type(cmp.Or(typ, string(schema.String)))
	}
	r.own, r.done = map[string]Section{}, map[string]Section{o.log.Name: r.Section}
	h := r.home(o.log)
	for _, err := range r.errs {
		o.errs = append(o.errs, o.Errorf(o.Node, "%v", err))
	}
	return h
}

// rawData is the column of a table that the agent fills from a file.
const rawData = "RawData"

// lines says of a log of lines of text what the agent of Azure Monitor makes of a file: a table with each line as it came
// (https://learn.microsoft.com/azure/azure-monitor/vm/data-collection-log-text).
func (o *ownReader) lines(r *reader) {
	if !o.log.Lines {
		return
	}
	if _, said := r.Fields[schema.Line]; !said {
		if r.Fields == nil {
			r.Fields = map[string]yaml.Node{}
		}
		r.Fields[schema.Line] = yaml.Node{Kind: yaml.ScalarNode, Value: rawData}
	}
	if r.Keywords == "" {
		r.Keywords = schema.Line
	}
	if r.Shown == "" {
		r.Shown = schema.Line
	}
}

// parts are the values of a mapping by their keys; what is not allowed there is reported.
func (o *ownReader) parts(n *yaml.Node, of string, keys []string) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	if n.Kind != yaml.MappingNode {
		o.fail(n, "a mapping belongs here")
		return out
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case !slices.Contains(keys, key.Value) && of != "":
			o.fail(key, "%s %q%s", of, key.Value, diag.Meant(key.Value, keys))
		case !slices.Contains(keys, key.Value):
			o.fail(key, "unknown key %q%s", key.Value, diag.Meant(key.Value, keys))
		case out[key.Value] != nil:
			o.fail(key, "key %q twice", key.Value)
		}
		out[key.Value] = n.Content[i+1]
	}
	return out
}

// infer takes for the columns of a table of which nothing is said what the fields need.
func (o *ownReader) infer(r *reader) {
	for _, c := range o.log.Columns {
		n, said := r.Fields[c.Name]
		name := n.Value
		if n.Kind == yaml.MappingNode {
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == "is" {
					name = n.Content[i+1].Value
				}
			}
		}
		if !said && r.Same {
			name = c.Name
		}
		if x, err := expression(name); err == nil && name != "" && c.Name != o.log.Time {
			if column, plain := x.(*kql.Name); plain && !slices.Contains(r.columnNames(), column.Name) {
				r.Columns[typeOf(c)] += " " + column.Name
			}
		}
	}
}

// typeOf is the type of a column that keeps a field as it is.
func typeOf(c *schema.Column) schema.Type {
	if c.Array {
		return schema.Dynamic
	}
	return c.Type
}

// tableOf are the columns of a table that is known; none for another.
func tableOf(name string) []*schema.Column {
	if l := schema.ByName(name); l != nil && l.Tabled() {
		return l.Columns
	}
	for _, t := range load().index.Tables {
		if t.called() != name {
			continue
		}
		for h := range t.homes {
			return slices.DeleteFunc(slices.Clone(h.Table.Columns), func(c *schema.Column) bool { return h.computed[c.Name] != nil })
		}
	}
	return nil
}

// columnNames are the columns of the table, as far as they have been said.
func (r *reader) columnNames() []string { return namesOf(r.columns()) }

func namesOf(columns []*schema.Column) []string {
	var out []string
	for _, c := range columns {
		out = append(out, c.Name)
	}
	return out
}

var columnTypes = []schema.Type{
	schema.String, schema.Int, schema.Long, schema.Real, schema.Bool, schema.Datetime, schema.Timespan, schema.GUID, schema.Dynamic,
}

func asTexts[T ~string](list []T) []string {
	var out []string
	for _, x := range list {
		out = append(out, string(x))
	}
	return out
}
