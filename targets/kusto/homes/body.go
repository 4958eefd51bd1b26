package homes

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// inPairs takes a value out of a record as auditd writes them: digits are read as the text that they stand for.
func (r *reader) inPairs(name string, column kql.Expr) kql.Expr {
	find := func(re string) kql.Expr { return call("extract", text(re), &kql.Number{Text: "1"}, column) }
	plain, before := find(`(?:^|[ '\x1d])`+name+`="?([^" '\x1d]*)`), `(?:^|[ '\x1d])`
	switch {
	case slices.Contains(r.Arguments, name):
		before = `type=EXECVE .* `
	case !slices.Contains(r.Encoded, name):
		return plain
	}
	digits := find(before + name + `=((?:[0-9A-F]{2})+)(?:[ '\x1d]|$)`)
	decoded := call("url_decode", call("replace_regex", digits, text("(..)"), text(`%\1`)))
	return call("iff", call("isempty", digits), plain, decoded)
}

// inBody takes a value out of the column that holds the fields of the event, under the name that it has there.
func (r *reader) inBody(c *schema.Column, log *schema.Log) kql.Expr {
	column, name := &kql.Name{Name: r.Body.Column}, c.Name
	if c.Raw != "" {
		name = c.Raw
	}
	if r.Body.Form == "bag" {
		return call("tostring", member(column, name))
	}
	if r.Body.Form == "pairs" {
		return r.inPairs(name, column)
	}
	element := `<Data Name="` + name + `">([^<]*)</Data>`
	if log.Windows.UserData {
		element = `<(?:Data Name="` + name + `"|` + name + `)>([^<]*)</`
	}
	if i := slices.Index(log.Windows.Ordered, c.Name); i >= 0 {
		element = fmt.Sprintf(`<EventData[^>]*>\s*(?:<Data[^<]*(?:/>|</Data>)\s*){%d}<Data>([^<]*)</Data>`, i)
	}
	known := name + element
	if x := r.inner[known]; x != nil {
		return x // another log has the field, too
	}
	x := r.inElement(name, call("extract", text(element), &kql.Number{Text: "1"}, column))
	if r.inner == nil {
		r.inner = map[string]kql.Expr{}
	}
	r.inner[known] = x
	return x
}

// inElement reads the text of an element, in which XML writes some characters as entities.
func (r *reader) inElement(name string, x kql.Expr) kql.Expr {
	if slices.Contains(r.Unmarked, name) {
		return x
	}
	if !slices.Contains(r.Paths, name) {
		x = call("replace_string", x, text("&lt;"), text("<"))
		x = call("replace_string", x, text("&gt;"), text(">"))
	}
	return call("replace_string", x, text("&amp;"), text("&"))
}
