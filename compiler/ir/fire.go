package ir

import (
	"cmp"
	"slices"
	"time"
)

// Occurrence is an event that a rule matches.
type Occurrence struct {
	Time   time.Time
	Event  int // index into the input
	Fields Event
	// Spell, when set, turns the name of a field as rules write it into its name in Fields.
	Spell func(*Field) *Field
}

// Firing is a time when a group satisfies a correlation.
type Firing struct {
	Group       []GroupValue
	First, Last time.Time // of the events in the window
	Events      []int     // in the window, in the order of their times: indexes into the input
}

// GroupValue is the value of a group-by field.
type GroupValue struct{ Name, Value string }

// Fire returns every time that the correlation fires, in the order of time. occurrences returns the events that a
// detection rule matches, in any order; it is asked once about each.
func (c *Correlation) Fire(occurrences func(*Rule) []Occurrence) []Firing {
	f := &firer{occurrences: occurrences, rules: map[*Rule][]Occurrence{}, fired: map[*Correlation][]Firing{}}
	return f.fire(c)
}

// firer remembers what it has found out, for rules and correlations that several others refer to.
type firer struct {
	occurrences func(*Rule) []Occurrence
	rules       map[*Rule][]Occurrence
	fired       map[*Correlation][]Firing
}

func (f *firer) fire(c *Correlation) []Firing {
	if known, ok := f.fired[c]; ok {
		return known
	}
	var out []Firing
	for _, g := range f.groups(c) {
		out = append(out, g.fire(c)...)
	}
	slices.SortStableFunc(out, func(a, b Firing) int {
		return cmp.Or(a.Last.Compare(b.Last), cmp.Compare(a.Events[len(a.Events)-1], b.Events[len(b.Events)-1]))
	})
	f.fired[c] = out
	return out
}

// happenings are the events of a member: those that a rule matches, or the times when a correlation fires.
func (f *firer) happenings(m Member) []happening {
	var out []happening
	if m.Correlation != nil {
		for _, fired := range f.fire(m.Correlation) {
			fields := Event{}
			for _, v := range fired.Group {
				fields[v.Name] = v.Value
			}
			out = append(out, happening{Time: fired.Last, Fields: fields, events: fired.Events})
		}
		return out
	}
	occurrences, known := f.rules[m.Rule]
	if !known {
		occurrences = f.occurrences(m.Rule)
		f.rules[m.Rule] = occurrences
	}
	for _, o := range occurrences {
		out = append(out, happening{Time: o.Time, Fields: o.Fields, Spell: o.Spell, events: []int{o.Event}})
	}
	return out
}

// fire returns the times when one group fires.
func (g *group) fire(c *Correlation) []Firing {
	var out []Firing
	w := newWindow(c)
	start, next := 0, 0
	for now := 0; now < len(g.items); now = next {
		at := g.items[now].time
		for next = now + 1; next < len(g.items) && g.items[next].time.Equal(at); {
			next++
		}
		for ; g.items[start].time.Before(at.Add(-c.Window)); start++ {
			w.remove(g.items[start])
		}
		past := func() *past { return g.past(c, at, now) }
		before := w.satisfied(at, past)
		w.add(at, g.items[now:next])
		if before || !w.satisfied(at, past) {
			continue
		}
		f := Firing{First: g.items[start].time, Last: at, Events: g.events(start, next)}
		for k, v := range g.values {
			f.Group = append(f.Group, GroupValue{c.GroupBy[k].Name, v})
		}
		out = append(out, f)
	}
	return out
}
