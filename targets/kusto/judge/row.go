package judge

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// rowOf returns the row that an event becomes in a table: a log of its own, or one that keeps the events of another.
func rowOf(table *schema.Log, event map[string]any) (row map[string]any, ok bool, err error) {
	h := homes.At(table)
	if h == nil {
		row, ok = form.Row(table, event)
		return row, ok, nil
	}
	read, err := form.ReadAs(form.Auto, h.Log, event)
	if err != nil || read.Log != h.Log {
		return nil, false, nil // of another log
	}
	row, err = HomeRow(h, read.Fields)
	return row, err == nil, err
}

// HomeRow returns the row that an event of a log becomes in a table, from the same data that say what the fields of the
// log are there.
func HomeRow(h *homes.Home, fields ir.Event) (map[string]any, error) {
	row := map[string]any{}
	texts := map[string]string{}
	var unnamed []any
	for _, c := range h.Log.Columns {
		v := at(fields, c.Name)
		list, several := v.([]any)
		switch nameless := h.Field(c.Name).Unnamed; {
		case nameless && several:
			unnamed = list
		case nameless && v != nil:
			unnamed = []any{v}
		case v != nil && v != (ir.NoText{}):
			texts[c.Name] = fmt.Sprint(v)
		}
	}
	for column, values := range h.Where {
		row[column] = values[0]
	}
	for _, c := range h.Log.Columns {
		text, ok := texts[c.Name]
		switch f := h.Field(c.Name); {
		case !ok:
		case held(h, c, f):
			hold(row, strings.Split(f.Column, "."), at(fields, c.Name))
		default:
			place(row, f, text)
		}
	}
	for column, x := range h.Rows {
		v, err := evaluated(x, h.Log, texts)
		if err != nil {
			return nil, fmt.Errorf("%s: column %s: %w", h.Table.Name, column, err)
		}
		if row[column] == nil || v != nil && v != "" {
			row[column] = v
		}
	}
	if text := body(h, texts, unnamed); text != nil {
		row[h.Body.Column] = text
	}
	for _, c := range h.Table.Columns {
		if m, single := row[c.Name].(map[string]any); single && c.Array {
			row[c.Name] = []any{m}
		}
		var err error
		if row[c.Name], err = typed(c, row[c.Name]); err != nil {
			return nil, fmt.Errorf("%s: %w", h.Table.Name, err)
		}
	}
	return row, nil
}

// at follows a path into an event, whose keys may have dots themselves.
func at(event map[string]any, path string) any {
	if v, ok := event[path]; ok {
		return v
	}
	for end := strings.LastIndexByte(path, '.'); end > 0; end = strings.LastIndexByte(path[:end], '.') {
		if inner, ok := event[path[:end]].(map[string]any); ok {
			return at(inner, path[end+1:])
		}
	}
	return nil
}

// held reports whether the table keeps the value of a field as it came: below a column, or with members of its own.
func held(h *homes.Home, c *schema.Column, f *homes.Field) bool {
	if f.X != nil || f.Column == "" || f.Values != nil {
		return false
	}
	column := h.Table.Column(f.Column)
	return column == nil || column.Type == schema.Dynamic || c.Array || c.Open || len(c.Members) > 0
}

// hold puts a value at a path, beside what is there already.
func hold(row map[string]any, path []string, v any) {
	for _, key := range path[:len(path)-1] {
		below, _ := row[key].(map[string]any)
		below = maps.Clone(below)
		if below == nil {
			below = map[string]any{}
		}
		row[key] = below
		row = below
	}
	row[path[len(path)-1]] = v
}

// place puts the value of a field where the table has it. What is computed of columns is the business of Rows.
func place(row map[string]any, f *homes.Field, text string) {
	switch {
	case f.Hashes != nil:
		for _, hash := range strings.Split(text, ",") {
			if algorithm, digits, ok := strings.Cut(hash, "="); ok && f.Hashes[algorithm] != "" {
				row[f.Hashes[algorithm]] = strings.ToLower(digits)
			}
		}
		return
	case f.Values != nil:
		for v, stored := range f.Values {
			if strings.EqualFold(v, text) {
				if list, several := stored.([]any); several {
					stored = list[0]
				}
				hold(row, strings.Split(f.Column, "."), fmt.Sprint(stored))
			}
		}
		return
	case f.Column == "" && f.File != "": // the name alone
		row[f.File] = strings.ToLower(text[strings.LastIndexAny(text, `\/`)+1:])
		return
	case f.Column == "" || f.X != nil:
		return
	case text == f.None:
		text = ""
	case f.Folded:
		text = strings.ToLower(text)
	case f.Blank != "":
		text = strings.ReplaceAll(text, " ", f.Blank)
	}
	row[f.Column] = text
	if f.File != "" {
		row[f.File] = text[strings.LastIndexAny(text, `\/`)+1:]
	}
}

// body is the column that holds the fields of the event as they came; nil where there is none, or none of its fields.
func body(h *homes.Home, texts map[string]string, unnamed []any) any {
	if h.Body.Form == "bag" {
		bag := map[string]any{}
		for _, c := range h.Log.Columns {
			if text, ok := texts[c.Name]; ok {
				bag[nameOf(c)] = text
			}
		}
		return bag
	}
	if h.Body.Column == "" || h.Body.Form == "record" {
		return nil
	}
	if h.Body.Form == "pairs" {
		if texts["type"] == "" { // an event that is given by its text
			return nil
		}
		return pairs(h, texts)
	}
	var b strings.Builder
	for column, values := range h.Where { // what comes before the data
		if column == h.Body.Column {
			b.WriteString(strings.ReplaceAll(values[0], "*", ""))
		}
	}
	b.WriteString(`<DataItem type="System.XmlData"><EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event">`)
	for i, c := range h.Log.Columns {
		text, ok := texts[c.Name]
		switch {
		case slices.Contains(h.Log.Windows.Ordered, c.Name):
			fmt.Fprintf(&b, `<Data>%s</Data>`, escaped(text))
		case !ok || inHead[c.Name] && !(texts["EventID"] == "104" && slices.Contains(h.Log.Windows.Inner, c.Name)):
		case inHead[c.Name]:
			fmt.Fprintf(&b, `<%s>%s</%s>`, c.Name, escaped(text), c.Name)
		case h.Log.Windows.UserData && i%2 == 0: // an event has either; a query must find both
			fmt.Fprintf(&b, `<%s>%s</%s>`, nameOf(c), escaped(text), nameOf(c))
		default:
			fmt.Fprintf(&b, `<Data Name="%s">%s</Data>`, nameOf(c), escaped(text))
		}
	}
	if len(h.Log.Windows.Ordered) > 0 { // which have been written by their names
		unnamed = nil
	}
	for _, text := range unnamed {
		fmt.Fprintf(&b, `<Data>%s</Data>`, escaped(fmt.Sprint(text)))
	}
	b.WriteString(`</EventData></DataItem>`)
	return b.String()
}

// pairs is a record of auditd: a value with a blank or a quotation mark is written as hexadecimal digits.
func pairs(h *homes.Home, texts map[string]string) string {
	var b strings.Builder
	b.WriteString("type=" + texts["type"] + " msg=audit(1714564800.123:42):")
	for _, c := range h.Log.Columns {
		text, ok := texts[c.Name]
		switch {
		case !ok || h.Field(c.Name).X == nil || c.Name == "type":
		case strings.ContainsAny(text, " \"'"):
			fmt.Fprintf(&b, " %s=%X", c.Name, text)
		default:
			fmt.Fprintf(&b, " %s=%q", c.Name, text)
		}
	}
	return b.String()
}

// inHead are the fields of the head of an event, which are not in the body.
var inHead = map[string]bool{
	"TimeCreated": true, "EventID": true, "Provider_Name": true, "Channel": true, "Computer": true, "Level": true, "Task": true, "Opcode": true,
	"Keywords": true, "EventRecordID": true, "Version": true,
}

// nameOf is what the event calls a field.
func nameOf(c *schema.Column) string {
	if c.Raw != "" {
		return c.Raw
	}
	return c.Name
}

// escaped writes a text as XML does between elements.
func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// evaluated is the value of an expression over the fields of an event.
func evaluated(x string, log *schema.Log, texts map[string]string) (any, error) {
	q, err := Parse("Event | project Value = " + x)
	if err != nil {
		return nil, err
	}
	table := eval.Table{Rows: [][]any{nil}}
	for _, c := range log.Columns {
		table.Columns = append(table.Columns, eval.Column{Name: c.Name, Type: "string"})
		table.Rows[0] = append(table.Rows[0], texts[c.Name])
	}
	out, err := eval.Run(q, map[string]eval.Table{"Event": table})
	if err != nil {
		return nil, err
	}
	return out.Rows[0][0], nil
}

// typed is a value in the type of its column: null, or an empty text, for none.
func typed(c *schema.Column, v any) (any, error) {
	if c.JSON && v != nil {
		text, err := json.Marshal(v)
		return string(text), err
	}
	text, isText := v.(string)
	switch {
	case v == nil && c.Type == schema.String:
		return "", nil
	case !isText || c.Type == schema.String || c.Type == schema.Datetime:
		if isText && text == "" && c.Type == schema.Datetime {
			return nil, nil
		}
		return v, nil
	case text == "":
		return nil, nil
	case c.Type.Numeric():
		n, err := strconv.ParseInt(text, 0, 64)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		return n, nil
	case c.Type == schema.Bool:
		return strings.EqualFold(text, "true"), nil
	default:
		return v, nil
	}
}
