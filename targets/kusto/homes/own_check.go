package homes

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// check looks for names that are no fields of the log or no columns of the table.
func (o *ownReader) check(r *reader, parts map[string]*yaml.Node) {
	var fields []string
	for _, c := range o.log.Columns {
		fields = append(fields, c.Name)
	}
	for t := range r.Columns {
		if !slices.Contains(columnTypes, t) {
			o.fail(parts["columns"], "no type %q%s", t, diag.Meant(string(t), asTexts(columnTypes)))
		}
	}
	if r.Rest && !slices.Contains(r.columnNames(), r.Body.Column) {
		o.fail(o.Node, `"rest" needs a "body" whose column the table has`)
	}
	if n := parts["body"]; n != nil {
		switch {
		case !r.Rest:
			o.fail(n, `"rest: true" is missing: that the fields of which nothing is said are in the body`)
		case !slices.Contains(forms, r.Body.Form):
			o.fail(n, "no form %q%s", r.Body.Form, diag.Meant(r.Body.Form, forms))
		}
	}
	if n := parts["fields"]; n != nil {
		fs := o.parts(n, fmt.Sprintf("the log %q has no field", o.log.Name), fields)
		for _, c := range o.log.Columns {
			if n := fs[c.Name]; n != nil {
				o.field(r, c, n)
			}
		}
	}
	for _, key := range []string{"where", "unless"} {
		if n := parts[key]; n != nil {
			o.parts(n, fmt.Sprintf("the table %q has no column", r.Table), r.columnNames())
		}
	}
	if n := parts["rows"]; n != nil {
		rows := o.parts(n, fmt.Sprintf("the table %q has no column", r.Table), r.columnNames())
		for _, column := range slices.Sorted(maps.Keys(rows)) {
			o.expression(rows[column], fmt.Sprintf("the log %q has no field", o.log.Name), o.log.Columns)
		}
	}
	for _, key := range []string{"shown", "keywords"} {
		if n := parts[key]; n != nil {
			for _, name := range strings.Fields(n.Value) {
				if !slices.Contains(fields, name) {
					o.fail(n, "the log %q has no field %q%s", o.log.Name, name, diag.Meant(name, fields))
				}
			}
		}
	}
	if n := parts["matches"]; n != nil {
		matches := o.parts(n, fmt.Sprintf("the log %q has no field", o.log.Name), fields)
		for _, field := range slices.Sorted(maps.Keys(matches)) {
			if _, err := regexp.Compile(matches[field].Value); err != nil {
				o.fail(matches[field], "this is no regular expression: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
			}
		}
	}
}

// selects looks for fields by which the table cannot select the rows.
func (o *ownReader) selects(h *Home) {
	n := o.parts(o.Node, "", ownKeys)["matches"]
	for _, re := range h.matching {
		if n != nil && h.fields[re.Field.Name].Column == "" {
			o.fail(n, "the table %q has no column for the field %q", h.Table.Name, re.Field.Name)
		}
	}
}

// forms are those of a body.
var forms = []string{"xml", "bag", "record", "pairs"}

// agrees looks for what goes against a table that is known, to which the section adds.
func (o *ownReader) agrees(own, known *Home) {
	parts := o.parts(o.Node, "", ownKeys)
	if n := parts["time"]; n != nil && n.Value != known.Table.Time {
		o.fail(n, "the table %q has its time in %q", known.Table.Name, known.Table.Time)
	}
	if n := parts["body"]; n != nil && known.Body.Column != "" && own.Body != known.Body {
		o.fail(n, "the table %q has its body in %q, of form %q", known.Table.Name, known.Body.Column, known.Body.Form)
	}
}
