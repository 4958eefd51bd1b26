package ir

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// Occurrence is an event that a rule matches, or a time when a correlation fires.
type Occurrence struct {
	Time   time.Time
	Events []int // indexes into the input, in order; the last one is the event that completes it
	Fields Event
	// Spell, when set, turns the name of a field as rules write it into its name in Fields.
	Spell func(*Field) *Field
}

// Firing is a time when a group satisfies a correlation.
type Firing struct {
	Group       []GroupValue
	First, Last time.Time // of the events in the window
	Events      []int     // indexes into the input
}

// GroupValue is the value of a group-by field.
type GroupValue struct{ Name, Value string }

// Fire returns every time that the correlation fires, in the order of time. occurrences returns the events that a
// detection rule matches, in any order.
func (c *Correlation) Fire(occurrences func(*Rule) []Occurrence) []Firing {
	var out []Firing
	for _, g := range c.groups(occurrences) {
		out = append(out, c.fire(g)...)
	}
	slices.SortStableFunc(out, func(a, b Firing) int {
		return cmp.Or(a.Last.Compare(b.Last), cmp.Compare(a.Events[len(a.Events)-1], b.Events[len(b.Events)-1]))
	})
	return out
}

// group is the events of one combination of group-by values.
type group struct {
	values []string
	items  []*item
	known  map[string]*item // by their events
}

// item is an event of a group.
type item struct {
	Occurrence
	members []int    // that match it, ascending
	values  []string // of the fields of a value_* correlation, joined; one for each member that has them
}

// groups divides the occurrences of all members. Groups come in the order in which their first events are given.
func (c *Correlation) groups(occurrences func(*Rule) []Occurrence) []*group {
	var order []*group
	byKey := map[string]*group{}
	for i, m := range c.Members {
		for _, o := range memberOccurrences(m, occurrences) {
			for _, key := range combinations(c.GroupBy, i, o) {
				k := strings.Join(key, "\x00")
				g := byKey[k]
				if g == nil {
					g = &group{values: key, known: map[string]*item{}}
					byKey[k] = g
					order = append(order, g)
				}
				g.add(i, o, c.Values)
			}
		}
	}
	for _, g := range order {
		sort.SliceStable(g.items, func(a, b int) bool {
			x, y := g.items[a], g.items[b]
			if !x.Time.Equal(y.Time) {
				return x.Time.Before(y.Time)
			}
			return x.last() < y.last()
		})
	}
	return order
}

func (i *item) last() int { return i.Events[len(i.Events)-1] }

// add gives the group an event of a member. The event may be there already because of another member.
func (g *group) add(member int, o Occurrence, values []GroupKey) {
	key := fmt.Sprint(o.Events)
	it := g.known[key]
	if it == nil {
		it = &item{Occurrence: o}
		g.known[key] = it
		g.items = append(g.items, it)
	}
	if !slices.Contains(it.members, member) {
		it.members = append(it.members, member)
	}
	if len(values) > 0 {
		for _, v := range combinations(values, member, o) {
			if joined := strings.Join(v, "\x00"); !slices.Contains(it.values, joined) {
				it.values = append(it.values, joined)
			}
		}
	}
}

func memberOccurrences(m Member, occurrences func(*Rule) []Occurrence) []Occurrence {
	if m.Rule != nil {
		return occurrences(m.Rule)
	}
	var out []Occurrence
	for _, f := range m.Correlation.Fire(occurrences) {
		fields := Event{}
		for _, v := range f.Group {
			fields[v.Name] = v.Value
		}
		out = append(out, Occurrence{Time: f.Last, Events: f.Events, Fields: fields})
	}
	return out
}

// combinations returns the texts of the keys in an event, every combination where a field has several; none when a
// field has none. Without keys there is one empty combination.
func combinations(keys []GroupKey, member int, o Occurrence) [][]string {
	out := [][]string{nil}
	for _, k := range keys {
		var texts []string
		f := finder{member: func(v any) bool {
			if s, ok := text(v); ok && v != any(NoText{}) && !slices.Contains(texts, s) {
				texts = append(texts, s)
			}
			return false
		}}
		field := k.Fields[member]
		if o.Spell != nil {
			field = o.Spell(field)
		}
		f.find(o.Fields, field)
		var next [][]string
		for _, prefix := range out {
			for _, t := range texts {
				next = append(next, append(slices.Clip(prefix), t))
			}
		}
		out = next
	}
	return out
}

// fire returns the times when one group fires.
func (c *Correlation) fire(g *group) []Firing {
	var out []Firing
	w := newWindow(c)
	start := 0
	for i, it := range g.items {
		for ; g.items[start].Time.Before(it.Time.Add(-c.Window)); start++ {
			w.remove(g.items[start])
		}
		before := w.satisfied(it.Time, c.history(g, it.Time, i))
		w.add(it)
		if before || !w.satisfied(it.Time, c.history(g, it.Time, i)) {
			continue
		}
		f := Firing{First: g.items[start].Time, Last: it.Time}
		for k, v := range g.values {
			f.Group = append(f.Group, GroupValue{c.GroupBy[k].Name, v})
		}
		for _, in := range g.items[start : i+1] {
			f.Events = append(f.Events, in.Events...)
		}
		out = append(out, f)
	}
	return out
}

// history returns the average number in the past windows of a baseline, for the window that ends at the given time. A
// past window is open at its beginning, so that windows that follow each other share no event.
func (c *Correlation) history(g *group, at time.Time, upTo int) float64 {
	if c.Baseline == nil {
		return 0
	}
	total := 0.0
	for k := 1; k <= c.Baseline.Periods; k++ {
		end := at.Add(-time.Duration(k) * c.Baseline.Every)
		from := sort.Search(upTo, func(i int) bool { return g.items[i].Time.After(end.Add(-c.Window)) })
		past := newWindow(c)
		for _, it := range g.items[from:upTo] {
			if it.Time.After(end) {
				break
			}
			past.add(it)
		}
		total += past.number()
	}
	return total / float64(c.Baseline.Periods)
}
