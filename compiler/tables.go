package compiler

import (
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Table describes a log that rules can read, for those who ask what there is.
type Table struct {
	Name, Doc  string
	Logsources []string
	Fields     []Field
}

// Field is a field of a table in its canonical spelling; those inside arrays are written with a dot as well.
type Field struct {
	Name, Type, Doc string
}

// Tables returns all tables, better known ones first, with those that a user declares.
func Tables(there *schema.Catalogue) []Table {
	var out []Table
	for _, log := range there.Logs() {
		t := Table{Name: log.Name, Doc: log.Doc}
		for _, s := range log.Logsources {
			t.Logsources = append(t.Logsources, ir.Logsource{Category: s.Category, Product: s.Product, Service: s.Service}.String())
		}
		t.add("", log.Columns)
		out = append(out, t)
	}
	return out
}

func (t *Table) add(prefix string, columns []*schema.Column) {
	for _, c := range columns {
		t.Fields = append(t.Fields, Field{Name: prefix + c.Name, Type: typeOf(c), Doc: c.Doc})
		t.add(prefix+c.Name+".", c.Members)
	}
}

// typeOf names what a field holds.
func typeOf(c *schema.Column) string {
	switch {
	case c.JSON && c.Array:
		return "array as JSON text"
	case c.JSON:
		return "JSON text"
	case c.Array:
		return "array of " + string(c.Type)
	default:
		return string(c.Type)
	}
}
