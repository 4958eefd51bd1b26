package form

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// LogAnalyticsRow returns the row of the table of the log that an Event Hub record becomes. It has every column of the
// log; those the record says nothing about are "" if they are strings and null otherwise.
func LogAnalyticsRow(log *schema.Log, eventHub map[string]any) map[string]any {
	row := make(map[string]any, len(log.Columns))
	for _, c := range log.Columns {
		v, _ := recorded(log, c, eventHub)
		if c.Const != "" {
			v = c.Const
		}
		row[c.Name] = cell(c, v)
	}
	return row
}

// Row returns the row of the table of the log that an event becomes, or is. It is false for an event of another log, and
// for one in a form of which no row is made.
func Row(log *schema.Log, event map[string]any) (map[string]any, bool) {
	read, err := ReadAs(Auto, log, event)
	if err != nil || read.Log == nil || read.Log != log {
		return nil, false
	}
	switch read.Form {
	case EventHub:
		return LogAnalyticsRow(log, event), true
	case LogAnalytics:
		given, row := columns(event), make(map[string]any, len(log.Columns))
		for _, c := range log.Columns {
			v := content(given, c.Name)
			if v == "" && c.Type != schema.String {
				v = nil
			}
			row[c.Name] = cell(c, v)
		}
		return row, true
	default:
		return nil, false
	}
}

// readRow reads a row of a table. Columns that the table does not have, which queries add, are left out.
func readRow(likely *schema.Log, obj map[string]any) (Event, error) {
	row := columns(obj)
	log, _ := rowLog(likely, row)
	if log == nil {
		return Event{}, fmt.Errorf("this is no row of a table that is known: it has none of the columns")
	}
	fields := ir.Event{}
	for _, c := range log.Columns {
		if v := fromCell(c, content(row, c.Name)); v != nil {
			fields[c.Name] = v
		}
	}
	return Event{Log: log, Form: LogAnalytics, Fields: fields, Time: eventTime(log, fields)}, nil
}

// ownRow reads a row of a table of the user's; false where it is none, or no log of his is likely.
func ownRow(likely *schema.Log, obj map[string]any) (Event, bool) {
	if likely == nil || likely.Rows == nil {
		return Event{}, false
	}
	row := columns(obj)
	fields, ok := likely.Rows(row)
	if !ok {
		return Event{}, false
	}
	log := likely
	if fields == nil {
		log = otherLog
	}
	return Event{Log: log, Form: LogAnalytics, Fields: fields, Time: anyTime(row)}, true
}

// otherLog is that of rows of a user's table which do not belong to the log that is asked for.
var otherLog = &schema.Log{Name: "another log"}

// columns strips what the portal adds to the names of times: "TimeGenerated [UTC]". Times that it wrote in another zone
// cannot be read and keep their names.
func columns(obj map[string]any) map[string]any {
	row := make(map[string]any, len(obj))
	for name, v := range obj {
		row[strings.TrimSuffix(name, " [UTC]")] = v
	}
	return row
}

// content returns the content of a column. A union of tables in which its types differ has it once per type.
func content(row map[string]any, name string) any {
	for _, n := range []string{name, name + "_dynamic", name + "_string"} {
		if v, ok := row[n]; ok && v != nil && v != "" {
			return v
		}
	}
	return row[name]
}

// fromCell returns the value that the content of a column stands for; nil for none. A text that is empty may be an empty
// value or none; JSON text is never an empty value. Other columns are null when they have no value.
func fromCell(c *schema.Column, v any) any {
	if v == "" || v == nil {
		if c.Type == schema.String && v == "" && !c.JSON {
			return ir.NoText{}
		}
		return nil
	}
	return canonical(c, v)
}

// isRow: it names its table, or is mostly columns of one table, with the time that only Log Analytics calls so or enough
// of them to do without.
func isRow(obj map[string]any) bool {
	row := columns(obj)
	log, known := rowLog(nil, row)
	if log == nil {
		return false
	}
	_, timed := row[log.Time]
	telling := len(row)
	for name := range common() {
		if _, ok := row[name]; ok {
			telling--
		}
	}
	return tableLog(row) != nil || 2*known >= telling && (timed && known >= 2 || known >= 8)
}

// tabled are the logs that are tables.
func tabled() []*schema.Log {
	return slices.DeleteFunc(slices.Clone(schema.Logs()), func(l *schema.Log) bool { return !l.Tabled() })
}

// tableLog returns the log of the table that a row says it is from.
func tableLog(row map[string]any) *schema.Log {
	for _, name := range []string{"Type", "$table", "TableName"} {
		if table, ok := row[name].(string); ok {
			if l := schema.ByName(table); l != nil && l.Tabled() {
				return l
			}
		}
	}
	return nil
}

// rowLog returns the log whose table a row is from, and how many of its columns the row has: the log that the row names,
// or the one that knows most of its columns. Of several, the likely one comes first.
func rowLog(likely *schema.Log, row map[string]any) (best *schema.Log, known int) {
	logs := tabled()
	if named := tableLog(row); named != nil {
		logs = []*schema.Log{preferred(likely, named)}
	} else if likely != nil && likely.Tabled() {
		logs = append([]*schema.Log{likely}, logs...)
	}
	for _, l := range logs {
		n := 0
		for name := range row {
			if l.Column(name) != nil && (len(logs) == 1 || !common()[name]) {
				n++
			}
		}
		// The sign-in tables share most columns; only the category tells short rows apart.
		if category, _ := row["Category"].(string); category != "" && category == l.EventHub.Category {
			n++
		}
		if n > known {
			best, known = l, n
		}
	}
	return best, known
}

// common are the columns of every table, which say nothing about the one a row is from.
var common = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	logs := tabled()
	for _, c := range logs[0].Columns {
		if !slices.ContainsFunc(logs, func(l *schema.Log) bool { return l.Column(c.Name) == nil }) {
			out[c.Name] = true
		}
	}
	return out
})
