package ir

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// happening is an event of a correlation: one of the input, or a time when another correlation fires.
type happening struct {
	Time   time.Time
	Fields Event
	Spell  func(*Field) *Field
	events []int // of the input
}

// group is the events of one combination of group-by values.
type group struct {
	values []string
	items  []*item
	all    []int // the events of the items, one after the other, where all items are events of the input
}

// item is an event of a group.
type item struct {
	time    time.Time
	events  []int
	members []int      // that it matches
	values  []string   // of the fields of a value_* correlation, joined; one for each member that has them
	numbers []rational // the same, of those that are calculated with
}

func (i *item) last() int { return i.events[len(i.events)-1] }

// identity tells the events of a group apart. Two rules that match one event of the input speak of one event; the times
// when a correlation fires are events of their own.
type identity struct {
	group  string
	member int // of a correlation; -1 for an event of the input
	event  int
}

// groups divides the events of all members. Groups come in the order in which their first events are given.
func (f *firer) groups(c *Correlation) []*group {
	var order []*group
	byKey := map[string]*group{}
	items := map[identity]*item{}
	for member, m := range c.Members {
		for n, h := range f.happenings(m) {
			values, numbers, ok := c.valuesOf(member, h)
			if !ok {
				continue
			}
			for _, key := range combinations(c.GroupBy, member, h) {
				id := identity{group: join(key), member: member, event: n}
				if m.Rule != nil {
					id.member, id.event = -1, h.events[0]
				}
				g := byKey[id.group]
				if g == nil {
					g = &group{values: key}
					byKey[id.group] = g
					order = append(order, g)
				}
				it := items[id]
				if it == nil {
					it = &item{time: h.Time, events: h.events}
					items[id] = it
					g.items = append(g.items, it)
				}
				it.add(member, values, numbers)
			}
		}
	}
	for _, g := range order {
		g.sort()
		if !slices.ContainsFunc(c.Members, func(m Member) bool { return m.Correlation != nil }) {
			for _, it := range g.items {
				g.all = append(g.all, it.events[0])
			}
		}
	}
	return order
}

// add gives the event what it is for a further member.
func (i *item) add(member int, values []string, numbers []rational) {
	if !slices.Contains(i.members, member) {
		i.members = append(i.members, member)
	}
	for k, v := range values {
		if slices.Contains(i.values, v) {
			continue
		}
		i.values = append(i.values, v)
		if numbers != nil {
			i.numbers = append(i.numbers, numbers[k])
		}
	}
}

// sort orders the events by time, and those of one time by the input.
func (g *group) sort() {
	slices.SortStableFunc(g.items, func(a, b *item) int { return cmp.Or(a.time.Compare(b.time), cmp.Compare(a.last(), b.last())) })
}

// events returns the events of the input in a run of items, each once. Where items are events themselves, nothing is
// copied: there may be as many firings as events, and as many events in each.
func (g *group) events(from, to int) []int {
	if g.all != nil {
		return g.all[from:to:to]
	}
	var out []int
	seen := map[int]bool{}
	for _, it := range g.items[from:to] {
		for _, e := range it.events {
			if !seen[e] {
				seen[e] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// valuesOf returns what a value_* correlation looks at in an event, and whether the event has it: one that does not is
// no event of the correlation.
func (c *Correlation) valuesOf(member int, h happening) (values []string, numbers []rational, ok bool) {
	if len(c.Values) == 0 {
		return nil, nil, true
	}
	for _, v := range combinations(c.Values, member, h) {
		if c.Kind == ValueCount {
			values = append(values, join(v))
		} else if n, ok := parseNumber(v[0]); ok {
			values, numbers = append(values, v[0]), append(numbers, n)
		}
	}
	return values, numbers, len(values) > 0
}

// join makes one text of several. Their lengths keep them apart.
func join(texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(itoa(len(t)))
		b.WriteByte(':')
		b.WriteString(t)
	}
	return b.String()
}

// combinations returns the texts of the keys in an event, every combination where a field has several; none when a
// field has none. Without keys there is one empty combination.
func combinations(keys []GroupKey, member int, h happening) [][]string {
	out := [][]string{nil}
	for _, k := range keys {
		var texts []string
		f := finder{member: func(v any) bool {
			if s, ok := text(v); ok && s != "" && !slices.Contains(texts, s) {
				texts = append(texts, s)
			}
			return false
		}}
		field := k.Fields[member]
		if h.Spell != nil {
			field = h.Spell(field)
		}
		f.find(h.Fields, field)
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
