package judge

import (
	"fmt"
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
		f := data.Field(c)
		v, ok := at(event, strings.Split(c.Name, "."))
		if !ok || f.Path == "" {
			continue
		}
		if word, known := f.Words[strings.ToLower(fmt.Sprint(v))]; known {
			v = strings.ReplaceAll(word, "*", "")
		}
		put(out, strings.Split(f.Path, "."), v)
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

// put puts a value at a path; below a key that ends in "{}" it is in the one member of an array.
func put(record map[string]any, path []string, v any) {
	for i, key := range path[:len(path)-1] {
		if array, many := strings.CutSuffix(key, "{}"); many {
			member := map[string]any{}
			record[array] = []any{member}
			put(member, path[i+1:], v)
			return
		}
		below, ok := record[key].(map[string]any)
		if !ok {
			below = map[string]any{}
			record[key] = below
		}
		record = below
	}
	record[path[len(path)-1]] = v
}
