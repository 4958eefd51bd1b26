package homes

import (
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// platform is the key of a user's declaration that this package reads, and the name of what it notes at the log.
const platform = "loganalytics"

// Declare finds the home of a log of a user: what his declaration says, or else where the log lives that he adds to.
// tables are the columns of tables that he has a schema of. The errors begin with their places.
func Declare(log *schema.Log, tables map[string][]*schema.Column) []error {
	s, ok := log.Section(platform)
	if !ok {
		if log.Base != nil && len(Of(log.Base)) > 0 {
			var own []*Home
			for _, h := range Of(log.Base) {
				own = append(own, h.of(log))
			}
			log.SetPlace(platform, own)
		}
		return nil
	}
	o := &ownReader{Section: s, log: log}
	h := o.home(tables)
	if len(o.errs) > 0 {
		return o.errs
	}
	own := []*Home{h}
	if log.Base != nil {
		known := Of(log.Base)
		if i := slices.IndexFunc(known, func(b *Home) bool { return b.Table.Name == h.Table.Name }); i >= 0 {
			if o.agrees(h, known[i]); len(o.errs) > 0 {
				return o.errs
			}
			own = nil
			for _, b := range known {
				own = append(own, b.of(log))
			}
			own[i] = own[i].with(h, o.said)
			h = own[i]
		}
	}
	if o.selects(h); len(o.errs) > 0 {
		return o.errs
	}
	for _, h := range own {
		h.ready()
	}
	log.SetPlace(platform, own)
	return nil
}

// with is the same place with what a user says of the table: fields of the log, columns, and what selects its rows.
func (h *Home) with(own *Home, said map[string]bool) *Home {
	out := h.apart(own)
	own = own.apart(h)
	out.Rows = merged(maps.Clone(h.Rows), own.Rows)
	out.where, out.unless = slices.Concat(h.where, own.where), slices.Concat(h.unless, own.unless)
	out.matching = slices.Concat(h.matching, own.matching)
	if len(own.Shown) > 0 {
		out.Shown = own.Shown
	}
	if len(own.Keywords) > 0 {
		out.Keywords, out.Without = own.Keywords, own.Without
	}
	if own.Body.Column != "" {
		out.Body = own.Body
	}
	if own.Loses != "" { // what the table loses anyway is lost still
		out.Loses = strings.Join(slices.DeleteFunc([]string{h.Loses, own.Loses}, func(s string) bool { return s == "" }), "; ")
	}
	for name, f := range own.fields {
		if !said[name] && out.fields[name].Missing == "" {
			continue
		}
		out.fields[name] = f
		if f.X != nil {
			out.computed[f.Column] = f.X
		}
	}
	columns := slices.Clone(out.Table.Columns)
	for _, c := range own.Table.Columns {
		switch i := slices.IndexFunc(columns, func(k *schema.Column) bool { return k.Name == c.Name }); {
		case i < 0:
			columns = append(columns, c)
		case out.computed[c.Name] != nil && out.computed[c.Name] == own.computed[c.Name]: // which may be of another type
			columns[i] = c
		}
	}
	out.Table = schema.NewTable(h.Table.Name, h.Table.Doc, h.Table.Time, columns)
	return out
}

// apart is the same place with other names for what it computes, where the other one stores columns of those names.
func (h *Home) apart(other *Home) *Home {
	renamed := func(column string) string {
		if other.Table.Column(column) != nil && other.computed[column] == nil {
			return column + "_"
		}
		return column
	}
	out := *h
	out.fields, out.computed = map[string]*Field{}, map[string]kql.Expr{}
	for name, f := range h.fields {
		out.fields[name] = f.called(renamed)
	}
	for column, x := range h.computed {
		out.computed[renamed(column)] = x
	}
	columns := slices.Clone(h.Table.Columns)
	for i, c := range columns {
		if h.computed[c.Name] != nil {
			again := *c
			again.Name = renamed(c.Name)
			columns[i] = &again
		}
	}
	out.Table = schema.NewTable(h.Table.Name, h.Table.Doc, h.Table.Time, columns)
	return &out
}

// called is the same field with other names for what is computed.
func (f *Field) called(by func(column string) string) *Field {
	if f == nil || f.X == nil && f.Plain == nil {
		return f
	}
	again := *f
	if f.X != nil {
		again.Column = by(f.Column)
	}
	again.Plain = f.Plain.called(by)
	return &again
}

// of is the same place for a log with more fields, which the table does not have.
func (h *Home) of(log *schema.Log) *Home {
	own := *h
	own.Log, own.fields = log, maps.Clone(h.fields)
	for _, c := range log.Columns {
		if own.fields[c.Name] == nil {
			own.fields[c.Name] = &Field{Missing: "the table " + h.Table.Name + " has no column for it", Special: ordinary}
		}
	}
	own.Table = schema.NewTable(h.Table.Name, h.Table.Doc, h.Table.Time, h.Table.Columns)
	own.ready()
	return &own
}
