package homes

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// hold gives the column at the head of a path what is known of the field that the table keeps there: its members, and
// that it is an array. A column of text that holds more than a text holds JSON. In the path, [] stands behind an array. The
// column is that of one home then, and no longer the one that the homes of the table share.
func (r *reader) hold(columns []*schema.Column, path string, field *schema.Column) {
	keys := strings.Split(path, ".")
	head, array := strings.CutSuffix(keys[0], "[]")
	i := slices.IndexFunc(columns, func(c *schema.Column) bool { return c.Name == head })
	if len(keys) == 1 && !field.Array && !field.Open && len(field.Members) == 0 {
		return
	}
	if columns[i] == r.stored[i] {
		own := *columns[i]
		columns[i] = &own
	}
	at := columns[i]
	switch {
	case at.Type == schema.String:
		at.JSON = true
	case at.Type != schema.Dynamic:
		r.errorf("%s: the column %s holds nothing but itself", field.Name, head)
		return
	}
	for _, key := range keys[1:] {
		at.Array = at.Array || array
		key, array = strings.CutSuffix(key, "[]")
		below := at.Member(key)
		if below == nil {
			below = &schema.Column{Name: key, Raw: key, Type: schema.Dynamic}
			at.Members = append(at.Members, below)
		}
		at = below
	}
	if len(keys) > 1 {
		at.Type = field.Type
	}
	at.Array, at.Open = field.Array, field.Open
	for _, m := range field.Members {
		if at.Member(m.Name) == nil {
			at.Members = append(at.Members, m)
		}
	}
}
