package cases

import (
	"fmt"
	"strings"
	"time"
)

// eventKeys say which event something is: written out, or made from a base.
var eventKeys = []string{"event", "from", "change", "set", "add", "remove", "time"}

// event returns the event that an object describes by the keys of eventKeys. It is a fresh copy.
func (r *reader) event(n *node, bases *bases) (map[string]any, error) {
	event, err := r.origin(n, bases)
	if err != nil {
		return nil, err
	}
	if change := n.member("change"); change != nil {
		if change.kind != '{' {
			return nil, change.errorf("\"change\" is an object that is merged into the event")
		}
		merge(event, change.value().(map[string]any))
	}
	for _, edit := range []struct {
		key   string
		apply func(map[string]any, string, any) error
	}{{"set", set}, {"add", add}} {
		edits := n.member(edit.key)
		if edits == nil {
			continue
		}
		if edits.kind != '{' {
			return nil, edits.errorf("%q is an object of paths and values", edit.key)
		}
		for _, m := range edits.members {
			if err := edit.apply(event, m.key, m.value.value()); err != nil {
				return nil, m.errorf("%v", err)
			}
		}
	}
	if paths := n.member("remove"); paths != nil {
		if paths.kind != '[' {
			return nil, paths.errorf("\"remove\" is an array of paths")
		}
		for _, p := range paths.items {
			path, ok := p.token.(string)
			if !ok {
				return nil, p.errorf("a path is a text")
			}
			if err := remove(event, path); err != nil {
				return nil, p.errorf("%v", err)
			}
		}
	}
	if at := n.member("time"); at != nil {
		t, err := readTime(at)
		if err != nil {
			return nil, err
		}
		if err := move(event, t); err != nil {
			return nil, at.errorf("%v", err)
		}
	}
	return event, nil
}

// origin returns the event that the edits start from.
func (r *reader) origin(n *node, bases *bases) (map[string]any, error) {
	written, from := n.member("event"), n.member("from")
	switch {
	case written != nil && from != nil:
		return nil, from.errorf("\"event\" and \"from\" both say which event this is; one is enough")
	case written != nil:
		if event, ok := written.value().(map[string]any); ok {
			return event, nil
		}
		return nil, written.errorf("an event is an object")
	case from != nil:
		name, ok := from.token.(string)
		if !ok {
			return nil, from.errorf("\"from\" is the name of a base")
		}
		return bases.event(r, name, from)
	}
	return nil, n.errorf("this needs \"event\" or \"from\"")
}

// maxTimes is more than any threshold of a rule wants, and what a slip of the finger cannot exceed.
const maxTimes = 10000

// sequence returns the events of a case about several.
func (r *reader) sequence(list *node, bases *bases) ([]map[string]any, error) {
	if list.kind != '[' || len(list.items) == 0 {
		return nil, list.errorf("\"events\" is an array of events")
	}
	var out []map[string]any
	for _, n := range list.items {
		if err := known(n, "event", append([]string{"after", "repeat"}, eventKeys...)); err != nil {
			return nil, err
		}
		event, err := r.event(n, bases)
		if err != nil {
			return nil, err
		}
		if after := n.member("after"); after != nil {
			if err := r.follow(n, after, event, out); err != nil {
				return nil, err
			}
		}
		repeat := n.member("repeat")
		if repeat == nil {
			out = append(out, event)
			continue
		}
		again, err := repeated(repeat, event)
		if err != nil {
			return nil, err
		}
		if out = append(out, again...); len(out) > maxTimes {
			return nil, repeat.errorf("a case has at most %d events", maxTimes)
		}
	}
	return out, nil
}

// follow lets an event happen some time after the one before it.
func (r *reader) follow(n, after *node, event map[string]any, before []map[string]any) error {
	if n.member("time") != nil {
		return after.errorf("\"time\" and \"after\" both say when the event happens; one is enough")
	}
	if len(before) == 0 {
		return after.errorf("no event stands before this one")
	}
	span, err := readSpan(after)
	if err != nil {
		return err
	}
	last, err := timeOf(before[len(before)-1])
	if err == nil {
		err = move(event, last.Add(span))
	}
	if err != nil {
		return after.errorf("%v", err)
	}
	return nil
}

// repeated returns copies of an event, one after the other.
func repeated(n *node, event map[string]any) ([]map[string]any, error) {
	if err := known(n, "repetition", []string{"times", "every", "vary"}); err != nil {
		return nil, err
	}
	times, ok := count(n.member("times"))
	if !ok || times < 1 || times > maxTimes {
		return nil, n.errorf("\"repeat\" needs \"times\", a number from 1 to %d", maxTimes)
	}
	var every time.Duration
	if span := n.member("every"); span != nil {
		var err error
		if every, err = readSpan(span); err != nil {
			return nil, err
		}
	}
	vary := n.member("vary")
	if vary != nil && vary.kind != '{' {
		return nil, vary.errorf("\"vary\" is an object of paths and what their values are in turn")
	}
	var out []map[string]any
	for i := range times {
		one := clone(event).(map[string]any)
		if every > 0 {
			at, err := timeOf(one)
			if err == nil {
				err = move(one, at.Add(time.Duration(i)*every))
			}
			if err != nil {
				return nil, n.member("every").errorf("%v", err)
			}
		}
		if vary != nil {
			for _, m := range vary.members {
				v, err := varied(m.value, i)
				if err != nil {
					return nil, err
				}
				if err := set(one, m.key, v); err != nil {
					return nil, m.errorf("%v", err)
				}
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// varied returns the value that a repetition has: the members of an array in turn, or a text with its number from 1.
func varied(n *node, i int) (any, error) {
	if n.kind == '[' && len(n.items) > 0 {
		return n.items[i%len(n.items)].value(), nil
	}
	if text, ok := n.token.(string); ok && strings.Contains(text, "{n}") {
		return strings.ReplaceAll(text, "{n}", fmt.Sprint(i+1)), nil
	}
	return nil, n.errorf("this is an array of values, which are taken in turn, or a text with {n}, which is the number")
}

func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, inner := range v {
			out[key] = clone(inner)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = clone(inner)
		}
		return out
	default:
		return v
	}
}
