package witness

import (
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// place puts a value where a field is found: below the keys of its dotted name, and at its positions in arrays.
func place(event ir.Event, field *ir.Field, v any) {
	root := map[string]any(event)
	place := at(field.Segments, v)
	maps.Copy(root, merge(root, place).(map[string]any))
}

// at wraps a value in what stands above it.
func at(segments []ir.Segment, v any) any {
	if len(segments) == 0 {
		return v
	}
	seg := segments[0]
	v = at(segments[1:], v)
	if seg.Indexed {
		n := seg.Index + 1
		if seg.Index < 0 { // from the end
			n = -seg.Index
		}
		list := make([]any, n)
		for i := range list {
			list[i] = map[string]any{}
		}
		if seg.Index < 0 {
			list[0] = v
		} else {
			list[n-1] = v
		}
		v = list
	}
	if seg.Name == "" {
		return v
	}
	keys := strings.Split(seg.Name, ".")
	for _, key := range slices.Backward(keys) {
		v = map[string]any{key: v}
	}
	return v
}

// merge puts b into a. Where both are something else than objects or arrays, b stays.
func merge(a, b any) any {
	switch b := b.(type) {
	case map[string]any:
		old, ok := a.(map[string]any)
		if !ok {
			return b
		}
		out := maps.Clone(old)
		for key, v := range b {
			if was, has := out[key]; has {
				v = merge(was, v)
			}
			out[key] = v
		}
		return out
	case []any:
		old, ok := a.([]any)
		if !ok {
			return b
		}
		out := slices.Clone(old)
		for i, v := range b {
			if i < len(out) {
				out[i] = merge(out[i], v)
			} else {
				out = append(out, v)
			}
		}
		return out
	default:
		return b
	}
}
