package judge

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// placed is the record that a form makes of an event whose fields it has at other places; the event itself when it has
// them where they are.
func placed(data *forms.Data, event map[string]any) map[string]any {
	moved := slices.ContainsFunc(data.Log.Columns, func(c *schema.Column) bool { return data.Field(c).Path != c.Name })
	if !moved {
		return event
	}
	out := map[string]any{}
	for _, t := range data.Records {
		put(out, strings.Split(t.Field, "."), t.Values[0])
	}
	for _, c := range data.Log.Columns {
		if v, ok := at(event, strings.Split(c.Name, ".")); ok && data.Field(c).Path != "" {
			put(out, strings.Split(data.Field(c).Path, "."), v)
		}
	}
	return out
}

func at(event map[string]any, path []string) (any, bool) {
	for _, key := range path[:len(path)-1] {
		event, _ = event[key].(map[string]any)
	}
	v, ok := event[path[len(path)-1]]
	return v, ok
}

func put(record map[string]any, path []string, v any) {
	for _, key := range path[:len(path)-1] {
		below, ok := record[key].(map[string]any)
		if !ok {
			below = map[string]any{}
			record[key] = below
		}
		record = below
	}
	record[path[len(path)-1]] = v
}
