package schema

import (
	"slices"
	"strings"
	"sync"
)

// Resolved is what a field name in a rule means.
type Resolved struct {
	Column    *Column // the column the path starts at; nil inside an array, where it starts at a member of the scope
	Steps     []Step  // from the column, or the member of the scope, down to Node
	Node      *Column // what the name ends at
	Canonical string  // the name in canonical spelling
}

// lookup is what names mean in a log.
type lookup struct {
	once   sync.Once
	names  map[string]*Column   // by canonical name
	others map[string][]*Column // further spellings of a column, the likelier column first
}

// index prepares for looking up names, when the columns are complete.
func (l *Log) index() { l.looked, l.made = &lookup{}, &sync.Map{} }

// lookup collects the spellings of the columns, when one is first looked up: most logs are those of no rule. A column's
// own name goes before its path in the record, that before further spellings, and those before the path without
// "properties.", which is how Graph names it: so "location" is the country of a sign-in and "location.city" is in
// LocationDetails.
func (l *Log) lookup() *lookup {
	k := l.looked
	k.once.Do(func() {
		k.names = make(map[string]*Column, len(l.Columns))
		for _, c := range l.Columns {
			k.names[c.Name] = c
		}
		k.others = map[string][]*Column{}
		for rank := 1; rank < 4; rank++ { // rank 0 is the name
			for _, c := range l.Columns {
				c.spelled(rank, func(s string) { k.spell(s, c) })
			}
		}
	})
	return k
}

// spelled goes over the spellings of a column that have a rank.
func (c *Column) spelled(rank int, each func(string)) {
	switch rank {
	case 0:
		each(c.Name)
	case 1:
		each(c.Raw)
	case 2:
		each(c.Else)
		for _, s := range c.Aliases {
			each(s)
		}
	default:
		short := func(s string) {
			if s, ok := strings.CutPrefix(s, "properties."); ok {
				each(s)
			}
		}
		short(c.Raw)
		for _, s := range c.Aliases {
			short(s)
		}
	}
}

func (k *lookup) spell(s string, c *Column) {
	if s == "" || k.names[s] == c || slices.Contains(k.others[s], c) {
		return
	}
	k.others[s] = append(k.others[s], c)
}

// Resolve follows a field name as a rule writes it: the canonical name, the path in the Event Hub record with or
// without "properties.", the path in Microsoft Graph, or a further known spelling. Case counts. With a scope, which is
// an array, names are those of its members, and "." is the member itself.
func (l *Log) Resolve(scope *Column, name string) (Resolved, bool) {
	if scope != nil {
		element := scope.Element()
		if name == "." {
			return Resolved{Node: element, Canonical: name}, true
		}
		return element.follow(Resolved{}, name)
	}
	k := l.lookup()
	for end := len(name); end > 0; end = strings.LastIndexByte(name[:end], '.') {
		if c := k.names[name[:end]]; c != nil {
			if r, ok := c.resolve(name, end); ok {
				return r, true
			}
		}
		for _, c := range k.others[name[:end]] {
			if r, ok := c.resolve(name, end); ok {
				return r, true
			}
		}
	}
	if path, ok := l.Spelled[name]; ok {
		return l.Resolve(nil, path)
	}
	return Resolved{}, false
}

// resolve follows a field name whose beginning, of that length, means the column.
func (c *Column) resolve(name string, end int) (Resolved, bool) {
	r := Resolved{Column: c, Node: c, Canonical: c.Name}
	if end == len(name) {
		return r, true
	}
	return c.follow(r, name[end+1:])
}

// follow goes from c, at which r ends, to the member of that name. Keys may have dots, so longer ones are tried first,
// as ir does when it reads events.
func (c *Column) follow(r Resolved, name string) (Resolved, bool) {
	for end := len(name); end > 0; end = strings.LastIndexByte(name[:end], '.') {
		m := c.Member(name[:end])
		if m == nil {
			continue
		}
		next := r.to(c, m)
		if end == len(name) {
			return next, true
		}
		if next, ok := m.follow(next, name[end+1:]); ok {
			return next, true
		}
	}
	if !c.Open {
		return Resolved{}, false
	}
	for _, key := range strings.Split(name, ".") {
		if key == "" {
			return Resolved{}, false
		}
		m := &Column{Name: key, Raw: key, Type: Dynamic, Open: true}
		r, c = r.to(c, m), m
	}
	return r, true
}

// to adds the steps from c to its member m.
func (r Resolved) to(c, m *Column) Resolved {
	steps := append([]Step(nil), r.Steps...)
	text := c.JSON
	if c.Array {
		steps = append(steps, Step{Kind: Members, JSON: text})
		text = false
	}
	r.Steps = append(steps, Step{Kind: Member, Name: m.Name, JSON: text})
	r.Node = m
	if r.Canonical == "" {
		r.Canonical = m.Name
	} else {
		r.Canonical += "." + m.Name
	}
	return r
}
