package form

import (
	"maps"
	"slices"
	"strings"
)

// isSplunk: the fields that Splunk itself adds, or names of extracted fields. A bare Event Hub record in Splunk is
// taken for what it is.
func isSplunk(obj map[string]any) bool {
	for name := range obj {
		if strings.HasPrefix(name, "properties.") || strings.Contains(name, "{}") {
			return true
		}
	}
	_, raw := obj["_raw"].(string)
	_, typed := obj["sourcetype"].(string)
	return raw || typed && isRecord(obj)
}

// splunkRecord returns the Event Hub record behind a result of Splunk: its raw text if that is there, or else the
// record that its extracted fields describe.
func splunkRecord(obj map[string]any) map[string]any {
	if raw, ok := obj["_raw"].(string); ok {
		if v, ok := decode(raw); ok {
			if record, ok := v.(map[string]any); ok {
				return record
			}
		}
	}
	record := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(obj)) { // "a" before the "a.b" that goes below it, always
		put(record, strings.Split(name, "."), obj[name])
	}
	if at, ok := obj["_time"]; ok && record["time"] == nil {
		record["time"] = at
	}
	return record
}

// put sets the value at a path of extracted names. Behind "{}" the values of all members of an array stand in one list;
// they are dealt out to members in order. Which of them belonged to the same member is lost where some had none, and
// which inner array they were in is lost always: Splunk does not keep it.
func put(at map[string]any, path []string, v any) {
	name, isArray := strings.CutSuffix(path[0], "{}")
	switch {
	case !isArray && len(path) == 1:
		at[name] = v
	case !isArray:
		below, ok := at[name].(map[string]any)
		if !ok {
			below = map[string]any{}
			at[name] = below
		}
		put(below, path[1:], v)
	case len(path) == 1:
		at[name] = values(v)
	default:
		list, _ := at[name].([]any)
		parts := values(v)
		if slices.ContainsFunc(path[1:], func(key string) bool { return strings.HasSuffix(key, "{}") }) {
			parts = []any{parts} // all into the innermost array of the first member
		}
		for i, part := range parts {
			if i == len(list) {
				list = append(list, map[string]any{})
			}
			if member, ok := list[i].(map[string]any); ok {
				put(member, path[1:], part)
			}
		}
		at[name] = list
	}
}

// values returns the values of a field that may have several.
func values(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}
