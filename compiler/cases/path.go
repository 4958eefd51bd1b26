package cases

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// A step of a path leads from a value to one inside of it.
type step struct {
	text string // as it is written, for messages

	key   string // of an object
	index int    // of an array, when it is one of these; -1 otherwise

	by, is string // picks the member of an array whose key "by" has the text "is"
	end    bool   // behind the last member of an array
}

// parsePath reads a path such as
//
//	properties.targetResources[0].modifiedProperties[displayName=AppAddress].newValue
//
// Keys are joined by dots. Brackets pick a member of an array, by its number from 0 or by the text of one of its keys,
// and [] the place behind the last one. A key that holds a dot or a bracket stands in brackets and quotes: ['a.b'].
func parsePath(path string) ([]step, error) {
	var steps []step
	for rest := path; rest != ""; {
		var s step
		n := 0
		switch {
		case strings.HasPrefix(rest, "['"):
			key, _, closed := strings.Cut(rest[2:], "']")
			if !closed {
				return nil, fmt.Errorf("path %q: %q is not closed", path, "['")
			}
			s, n = step{key: key, index: -1}, len(key)+4
		case rest[0] == '[':
			inner, _, closed := strings.Cut(rest[1:], "]")
			if !closed {
				return nil, fmt.Errorf("path %q: %q is not closed", path, "[")
			}
			var err error
			if s, err = selector(inner); err != nil {
				return nil, fmt.Errorf("path %q: %w", path, err)
			}
			n = len(inner) + 2
		default:
			if n = strings.IndexAny(rest, ".["); n < 0 {
				n = len(rest)
			}
			s = step{key: rest[:n], index: -1}
		}
		if n == 0 {
			return nil, fmt.Errorf("path %q: a key is empty", path)
		}
		s.text = rest[:n]
		steps = append(steps, s)
		rest = rest[n:]
		if strings.HasPrefix(rest, ".") {
			if rest = rest[1:]; rest == "" || rest[0] == '[' {
				return nil, fmt.Errorf("path %q: no key follows a dot", path)
			}
		}
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("a path is empty")
	}
	return steps, nil
}

func selector(inner string) (step, error) {
	if inner == "" {
		return step{index: -1, end: true}, nil
	}
	if by, is, ok := strings.Cut(inner, "="); ok {
		return step{index: -1, by: by, is: is}, nil
	}
	i, err := strconv.ParseUint(inner, 10, 31)
	if err != nil {
		return step{}, fmt.Errorf("%q picks nothing; brackets hold a number, key=text or nothing", "["+inner+"]")
	}
	return step{index: int(i)}, nil
}

// join writes steps as a path.
func join(steps []step) string {
	var b strings.Builder
	for i, s := range steps {
		if i > 0 && s.text[0] != '[' {
			b.WriteByte('.')
		}
		b.WriteString(s.text)
	}
	return b.String()
}

// place is where a value stands: in an object under a key, or in an array at an index.
type place struct {
	object map[string]any
	key    string
	array  []any
	index  int
}

func (p place) get() any {
	if p.object != nil {
		return p.object[p.key]
	}
	return p.array[p.index]
}

func (p place) put(v any) {
	if p.object != nil {
		p.object[p.key] = v
	} else {
		p.array[p.index] = v
	}
}

// find follows steps to a place that exists.
func find(event map[string]any, steps []step) (place, error) {
	var at place
	var v any = event
	for i, s := range steps {
		next, err := s.in(v)
		if err != nil {
			if i > 0 {
				err = fmt.Errorf("%q %w", join(steps[:i]), err)
			} else {
				err = fmt.Errorf("the event %w", err)
			}
			return at, err
		}
		at = next
		v = at.get()
	}
	return at, nil
}

// in returns the place that the step leads to. The error goes on after the name of the value.
func (s step) in(v any) (place, error) {
	if s.key != "" {
		object, ok := v.(map[string]any)
		if !ok {
			return place{}, fmt.Errorf("is %s, not an object with %q", kindOf(v), s.key)
		}
		if _, ok := object[s.key]; !ok {
			return place{}, fmt.Errorf("has no %q%s", s.key, meant(object, s.key))
		}
		return place{object: object, key: s.key}, nil
	}
	array, ok := v.([]any)
	switch {
	case !ok:
		return place{}, fmt.Errorf("is %s, not an array for %q", kindOf(v), s.text)
	case s.end:
		return place{}, fmt.Errorf("has nothing at %q, which is only for adding", s.text)
	case s.by != "":
		return s.pick(array)
	case s.index >= len(array):
		return place{}, fmt.Errorf("has %d members, so there is none at %q", len(array), s.text)
	}
	return place{array: array, index: s.index}, nil
}

// pick returns the one member of an array whose key has the text of the step.
func (s step) pick(array []any) (place, error) {
	var found []int
	var there []string
	for i, v := range array {
		object, _ := v.(map[string]any)
		text, ok := object[s.by].(string)
		if number, isNumber := object[s.by].(json.Number); isNumber {
			text, ok = number.String(), true
		}
		if ok && text == s.is {
			found = append(found, i)
		}
		if ok {
			there = append(there, strconv.Quote(text))
		}
	}
	switch {
	case len(found) == 1:
		return place{array: array, index: found[0]}, nil
	case len(found) > 1:
		return place{}, fmt.Errorf("has %d members with %s %q; pick one by its number", len(found), s.by, s.is)
	case len(there) > 0:
		return place{}, fmt.Errorf("has no member with %s %q; there are %s", s.by, s.is, strings.Join(there, ", "))
	}
	return place{}, fmt.Errorf("has no member with a key %q", s.by)
}

func kindOf(v any) string {
	switch v.(type) {
	case map[string]any:
		return "an object"
	case []any:
		return "an array"
	case string:
		return "a text"
	case nil:
		return "null"
	default:
		return "a scalar"
	}
}

// meant asks whether a key that is there was meant.
func meant(object map[string]any, key string) string {
	keys := slices.Sorted(maps.Keys(object))
	if near := diag.Nearest(key, keys); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
