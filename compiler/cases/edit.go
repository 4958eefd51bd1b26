package cases

import "fmt"

// merge puts a change into an object: objects merge, everything else replaces what was there, null included.
func merge(into map[string]any, change map[string]any) {
	for key, v := range change {
		inner, isObject := v.(map[string]any)
		if there, ok := into[key].(map[string]any); ok && isObject {
			merge(there, inner)
			continue
		}
		into[key] = v
	}
}

// set replaces a value that is there.
func set(event map[string]any, path string, v any) error {
	steps, err := parsePath(path)
	if err != nil {
		return err
	}
	at, err := find(event, steps)
	if err != nil {
		return err
	}
	at.put(v)
	return nil
}

// add puts a value where none is: under a new key, or behind the last member of an array.
func add(event map[string]any, path string, v any) error {
	steps, err := parsePath(path)
	if err != nil {
		return err
	}
	last := steps[len(steps)-1]
	outer := place{object: map[string]any{"": event}}
	if len(steps) > 1 {
		if outer, err = find(event, steps[:len(steps)-1]); err != nil {
			return err
		}
	}
	switch into := outer.get().(type) {
	case []any:
		if !last.end {
			return fmt.Errorf("a member is added to an array at %q, not at %q", "[]", last.text)
		}
		outer.put(append(into[:len(into):len(into)], v))
		return nil
	case map[string]any:
		if last.key == "" {
			return fmt.Errorf("%q is an object, which has no %q", join(steps[:len(steps)-1]), last.text)
		}
		if _, there := into[last.key]; there {
			return fmt.Errorf("%q is there already; \"set\" replaces what is there", path)
		}
		into[last.key] = v
		return nil
	default:
		return fmt.Errorf("%q is %s, to which nothing can be added", join(steps[:len(steps)-1]), kindOf(into))
	}
}

// remove takes away a key of an object or a member of an array.
func remove(event map[string]any, path string) error {
	steps, err := parsePath(path)
	if err != nil {
		return err
	}
	at, err := find(event, steps)
	if err != nil {
		return err
	}
	if at.object != nil {
		delete(at.object, at.key)
		return nil
	}
	outer, err := find(event, steps[:len(steps)-1])
	if err != nil {
		return err
	}
	outer.put(append(at.array[:at.index:at.index], at.array[at.index+1:]...))
	return nil
}
