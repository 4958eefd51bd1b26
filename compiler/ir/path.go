package ir

import "strings"

// finder follows the name of a field into an event until one of its functions returns true. Either may be nil; both see
// explicit nulls.
type finder struct {
	whole  func(v any) bool // called with the value at the end of the path, arrays as a whole
	member func(v any) bool // called with every scalar and object at the end of the path, members of arrays one by one
}

func (f *finder) find(root any, field *Field) bool {
	if field.IsElement() {
		return f.end(root)
	}
	return f.segments(root, field.Segments)
}

func (f *finder) segments(v any, segs []Segment) bool {
	if len(segs) == 0 {
		return f.end(v)
	}
	seg := segs[0]
	if seg.Name == "" && seg.Indexed { // "[0]" of the value at hand, as in a[0][1]
		return f.index(v, seg, segs[1:])
	}
	return f.name(v, seg.Name, func(v any) bool {
		if !seg.Indexed {
			return f.segments(v, segs[1:])
		}
		return f.index(v, seg, segs[1:])
	})
}

func (f *finder) index(v any, seg Segment, rest []Segment) bool {
	if s, ok := v.(string); ok {
		v = decoded(s)
	}
	list, ok := v.([]any)
	i := seg.Index
	if i < 0 {
		i += len(list)
	}
	if !ok || i < 0 || i >= len(list) {
		return false
	}
	return f.segments(list[i], rest)
}

// name follows a dotted name: a key of exactly that name first, then shorter keys and the rest below them. It goes
// through the members of arrays and into JSON texts.
func (f *finder) name(v any, name string, then func(any) bool) bool {
	switch v := v.(type) {
	case Event:
		return f.name(map[string]any(v), name, then)
	case map[string]any:
		for end := len(name); end > 0; end = strings.LastIndexByte(name[:end], '.') {
			sub, ok := v[name[:end]]
			if !ok {
				continue
			}
			if end == len(name) {
				return then(sub)
			}
			return f.name(sub, name[end+1:], then)
		}
	case []any:
		for _, m := range v {
			if f.name(m, name, then) {
				return true
			}
		}
	case string:
		switch d := decoded(v).(type) {
		case map[string]any, []any:
			return f.name(d, name, then)
		}
	}
	return false
}

func (f *finder) end(v any) bool {
	if f.whole != nil && f.whole(v) {
		return true
	}
	if f.member == nil {
		return false
	}
	if list, ok := v.([]any); ok {
		for _, m := range list {
			if f.end(m) {
				return true
			}
		}
		return false
	}
	return f.member(v)
}
