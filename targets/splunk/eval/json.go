package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// extract gives an event the fields that automatic extraction finds in its JSON: keys joined with dots, "{}" behind
// arrays, all members of an array in one multivalue field. The limits of extraction are not modelled: they are notes of
// the compiler.
func (r Reading) extract(event map[string]any) (map[string]value, error) {
	raw, err := encode(event)
	if err != nil {
		return nil, err
	}
	lists := map[string][]string{}
	var walk func(name string, v any)
	walk = func(name string, v any) {
		switch v := v.(type) {
		case map[string]any:
			keys := make([]string, 0, len(v))
			for k := range v {
				keys = append(keys, k)
			}
			sort.Strings(keys)
			for _, k := range keys {
				sub := k
				if name != "" {
					sub = name + "." + k
				}
				walk(sub, v[k])
			}
		case []any:
			for _, m := range v {
				walk(name+"{}", m)
			}
		default:
			if s, ok := r.scalar(v); ok {
				lists[name] = append(lists[name], s)
			}
		}
	}
	walk("", event)
	fields := map[string]value{"_raw": str(raw), "index": str("main")}
	for name, list := range lists {
		fields[name] = several(list)
	}
	return fields, nil
}

// scalar is the text of a JSON scalar outside of the JSON functions.
func (r Reading) scalar(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "null", r.NullText
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case json.Number:
		return v.String(), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	default:
		return fmt.Sprint(v), true
	}
}

func encode(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

func decode(s string) (any, bool) {
	if !json.Valid([]byte(s)) {
		return nil, false
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	return v, d.Decode(&v) == nil
}

// step is one part of a location path: a key, every member of an array, or one of them.
type step struct {
	key   string
	every bool
	index int // -1 when it is none
}

func path(p string) []step {
	var out []step
	for _, part := range strings.Split(p, ".") {
		name, rest, _ := strings.Cut(part, "{")
		if name != "" {
			out = append(out, step{key: name, index: -1})
		}
		for rest != "" {
			var in string
			in, rest, _ = strings.Cut(rest, "}")
			rest = strings.TrimPrefix(rest, "{")
			if in == "" {
				out = append(out, step{every: true, index: -1})
			} else if n, err := strconv.Atoi(in); err == nil {
				out = append(out, step{index: n})
			}
		}
	}
	return out
}

// follow calls visit for every value at the end of a path.
func follow(v any, steps []step, visit func(any)) {
	if len(steps) == 0 {
		visit(v)
		return
	}
	switch s := steps[0]; {
	case s.every:
		list, _ := v.([]any)
		for _, m := range list {
			follow(m, steps[1:], visit)
		}
	case s.index >= 0:
		if list, ok := v.([]any); ok && s.index < len(list) {
			follow(list[s.index], steps[1:], visit)
		}
	default:
		if object, ok := v.(map[string]any); ok {
			if m, ok := object[s.key]; ok {
				follow(m, steps[1:], visit)
			}
		}
	}
}

// spath gives every value at the path as text, objects and arrays as JSON (SR spath).
func (r Reading) spath(s, p string) value {
	v, ok := decode(s)
	if !ok {
		return value{}
	}
	var list []string
	follow(v, path(p), func(v any) {
		switch v := v.(type) {
		case map[string]any, []any:
			if s, err := encode(v); err == nil {
				list = append(list, s)
			}
		default:
			if s, ok := r.scalar(v); ok {
				list = append(list, s)
			}
		}
	})
	return several(list)
}

// jsonExtract gives the value at a path in Splunk's own type: null for a JSON null, a boolean for a boolean (JF).
func jsonExtract(s string, p string) value {
	v, ok := decode(s)
	if !ok {
		return value{}
	}
	out := value{}
	follow(v, path(p), func(v any) { out = native(v) })
	return out
}

func native(v any) value {
	switch v := v.(type) {
	case nil:
		return value{}
	case string:
		return str(v)
	case bool:
		return truth(v)
	case json.Number:
		f, _ := v.Float64()
		return value{kind: num, num: f, text: v.String()}
	default:
		s, _ := encode(v)
		return str(s)
	}
}

// members gives the members of an array, each as JSON: with the second argument true, texts keep their quotes; what is no
// array gives nothing (JF json_array_to_mv).
func members(s string) value {
	var list []json.RawMessage
	if s = strings.TrimSpace(s); !strings.HasPrefix(s, "[") || json.Unmarshal([]byte(s), &list) != nil {
		return value{}
	}
	var out []string
	for _, m := range list {
		var b bytes.Buffer
		if json.Compact(&b, m) != nil {
			return value{}
		}
		out = append(out, b.String())
	}
	return several(out)
}
