package schema

import (
	"fmt"
	"maps"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// Declaration is what a user says of a log: one of his own, or one that is known and that he adds to. It is written like
// the files of this package, and has a section for each platform that keeps the log.
type Declaration struct {
	File string // where it stands
	Name string
	Node *yaml.Node // its mapping
}

// at is where the declaration speaks of a field.
func (d Declaration) at(field string) *yaml.Node {
	for i := 0; i+1 < len(d.Node.Content); i += 2 {
		if fields := d.Node.Content[i+1]; d.Node.Content[i].Value == "columns" && fields.Kind == yaml.MappingNode {
			for k := 0; k+1 < len(fields.Content); k += 2 {
				if fields.Content[k].Value == field {
					return fields.Content[k]
				}
			}
		}
	}
	return d.Node
}

// Section is what a declaration says of one platform, for the platform to read.
type Section struct {
	File string
	Node *yaml.Node
}

// Sections are the keys of a declaration that are the business of platforms.
var Sections = []string{"loganalytics", "splunk"}

// Catalogue is the logs that rules can mean: those that a user declares, and the embedded ones. Nil has only the latter.
type Catalogue struct {
	own      []*Log
	together []*Log // of embedded ones that put logs together of which the user has added to one
}

// Declare returns a catalogue with the logs of a user. A later declaration of a name adds to the earlier one. The errors
// begin with the place of what is wrong.
func Declare(all []Declaration) (*Catalogue, []error) {
	if len(all) == 0 {
		return nil, nil
	}
	c := &Catalogue{}
	var errs []error
	for _, d := range all {
		r := &reader{file: d.File}
		l := r.declared(c, d)
		if i := slices.IndexFunc(c.own, func(o *Log) bool { return o.Name == l.Name }); i >= 0 {
			c.own[i] = l
		} else {
			c.own = append(c.own, l)
		}
		errs = append(errs, r.errs...)
	}
	for _, t := range Together() {
		if again := *t; slices.ContainsFunc(t.Parts, func(p *Log) bool { return c.latest(p) != p }) {
			again.Parts, again.Columns, again.Base = nil, nil, t
			for _, p := range t.Parts {
				again.Parts = append(again.Parts, c.latest(p))
			}
			again.share()
			again.index()
			c.together = append(c.together, &again)
		}
	}
	return c, errs
}

// Own returns the logs that the user declares, in the order of his declarations.
func (c *Catalogue) Own() []*Log {
	if c == nil {
		return nil
	}
	return c.own
}

// Logs returns all logs, those that put others together first, and then those of the user.
func (c *Catalogue) Logs() []*Log {
	var out []*Log
	for _, l := range slices.Concat(Together(), c.Own(), Logs()) {
		if l = c.latest(l); !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// latest returns what a log is with what the user adds to it.
func (c *Catalogue) latest(l *Log) *Log {
	if c == nil {
		return l
	}
	for _, o := range slices.Concat(c.own, c.together) {
		if o.Base == l {
			return o
		}
	}
	return l
}

// Find returns the logs that a Sigma log source means, the preferred one first; false when none is known. What the user
// says of a log source goes for all that is known of it: his data are there and nowhere else.
func (c *Catalogue) Find(category, product, service string) ([]*Log, bool) {
	var own []*Log
	for _, l := range c.Own() {
		if slices.ContainsFunc(l.added, Logsource{category, product, service}.is) {
			own = append(own, l)
		}
	}
	if len(own) > 0 {
		return own, true
	}
	found, ok := Find(category, product, service)
	if c != nil {
		found = slices.Clone(found)
		for i, l := range found {
			found[i] = c.latest(l)
		}
	}
	return found, ok
}

// declared reads one declaration.
func (r *reader) declared(c *Catalogue, d Declaration) *Log {
	l, before := &Log{Name: d.Name, sections: map[string]Section{}}, c.named(d.Name)
	switch {
	case before != nil && before.Parts != nil:
		r.errorf(d.Node, "%q is several logs together; add to each of them", d.Name)
		return l
	case before != nil:
		l = before.again()
	}
	var own []*Column
	var aliases *yaml.Node
	keys := map[string]func(*yaml.Node){
		"doc": func(n *yaml.Node) { l.Doc = n.Value },
		"logsources": func(n *yaml.Node) {
			items := []*yaml.Node{n} // a map is one of them
			if n.Kind == yaml.SequenceNode {
				items = n.Content
			}
			for _, item := range items {
				s := r.logsource(item)
				if s == (Logsource{}) {
					r.errorf(item, "a logsource needs a category, a product or a service")
				}
				l.added, l.Logsources = append(slices.Clone(l.added), s), append(l.Logsources, s)
			}
		},
		"columns": func(n *yaml.Node) { own = append(own, r.columns(n)...) },
		"others":  func(n *yaml.Node) { own = append(own, r.others(n)...) },
		"aliases": func(n *yaml.Node) { aliases = n },
	}
	for _, name := range Sections {
		keys[name] = func(n *yaml.Node) { l.sections[name] = Section{d.File, n} }
	}
	var like *Log
	taken := map[string]bool{}
	if before == nil {
		keys["time"] = func(n *yaml.Node) { l.Time = n.Value }
		keys["lines"] = func(n *yaml.Node) { l.Lines = n.Value == "true" }
		keys["windows"] = func(n *yaml.Node) { l.Windows = r.channel(n) }
		keys["like"] = func(n *yaml.Node) {
			if like = c.named(n.Value); like == nil {
				r.errorf(n, "no log %q%s", n.Value, diag.Meant(n.Value, c.names()))
			}
		}
		keys["same"] = func(n *yaml.Node) {
			for _, name := range r.texts(n) {
				taken[name] = false
			}
		}
	}
	r.mapping(d.Node, keys)
	if l.Lines && before == nil && !slices.ContainsFunc(own, func(k *Column) bool { return k.Name == Line }) {
		own = append(own, &Column{Name: Line, Type: String})
	}
	if before == nil {
		l.Columns = r.borrow(like, taken)
		r.complete(l, d)
	}
	for _, column := range own {
		// What is in a value that he does not describe is not said: there may be anything.
		column.Open = column.Open || column.Type == Dynamic && !column.Array && len(column.Members) == 0
		switch i := slices.IndexFunc(l.Columns, func(k *Column) bool { return k.Name == column.Name }); {
		case i < 0:
			l.Columns = append(l.Columns, column)
		case before != nil || column.Name != l.Time || l.Windows.Name != "":
			r.errorf(d.at(column.Name), "the log %q has a field %q already", l.Name, column.Name)
		case column.Type != Datetime:
			r.errorf(d.at(column.Name), "the time of a log is of type datetime, and not %s", column.Type)
		default: // the time, which may be said among the others
			l.Columns[i] = column
		}
	}
	if aliases != nil {
		r.aliases(aliases, l)
	}
	l.index()
	return l
}

// again returns a copy that can be added to.
func (l *Log) again() *Log {
	c := *l
	c.Columns, c.Logsources = slices.Clone(l.Columns), slices.Clone(l.Logsources)
	c.sections = maps.Clone(l.sections)
	if !l.IsOwn() {
		c.Base, c.sections = l, map[string]Section{}
	}
	return &c
}

// complete says what a new log is: the events of a channel of Windows, or those of a source of their own.
func (r *reader) complete(l *Log, d Declaration) {
	if len(l.Logsources) == 0 {
		r.errorf(d.Node, `the log %q needs "logsources", by which rules mean it`, l.Name)
	}
	if l.Windows.Name != "" {
		l.Columns = slices.Concat(load().head, l.Columns)
		l.Time = load().head[0].Name
		return
	}
	l.Bare = true
	if l.Time == "" {
		l.Time = load().standard[0].Name
	}
	l.Columns = slices.Concat([]*Column{{Name: l.Time, Type: Datetime}}, slices.DeleteFunc(l.Columns, func(c *Column) bool { return c.Name == l.Time }))
}

// aliases reads further spellings of fields: a spelling, and the field.
func (r *reader) aliases(n *yaml.Node, l *Log) {
	r.each(n, func(key, value *yaml.Node) {
		i := slices.IndexFunc(l.Columns, func(c *Column) bool { return c.Name == value.Value })
		if i < 0 {
			var names []string
			for _, c := range l.Columns {
				names = append(names, c.Name)
			}
			r.errorf(value, "the log %q has no field %q%s", l.Name, value.Value, diag.Meant(value.Value, names))
			return
		}
		c := *l.Columns[i]
		c.Aliases = append(slices.Clone(c.Aliases), key.Value)
		l.Columns[i] = &c
	})
}

func (c *Catalogue) named(name string) *Log {
	if i := slices.IndexFunc(c.own, func(l *Log) bool { return l.Name == name }); i >= 0 {
		return c.own[i]
	}
	return Named(name)
}

func (c *Catalogue) names() []string {
	var out []string
	for _, l := range c.Logs() {
		out = append(out, l.Name)
	}
	return out
}

// Section returns what a user's declaration says of a platform; false when it says nothing.
func (l *Log) Section(platform string) (Section, bool) {
	s, ok := l.sections[platform]
	return s, ok
}

// Fault is a mistake in a declaration. Who holds the file can show it there.
type Fault struct {
	File    string
	At      *yaml.Node
	Message string
	Part    *[2]int // of an expression in the language of a platform, the bytes of its text that are at fault
}

// Error tells it as a line.
func (f *Fault) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.At.Line, f.At.Column, f.Message)
}

// Errorf is a fault at a place of the section.
func (s Section) Errorf(at *yaml.Node, format string, args ...any) *Fault {
	return &Fault{File: s.File, At: at, Message: fmt.Sprintf(format, args...)}
}

// Place returns what a platform has noted of where it keeps the log of a user; nil for nothing.
func (l *Log) Place(platform string) any { return l.places[platform] }

// SetPlace notes where a platform keeps the log of a user, or what it keeps in a table of its own. It is called by who has
// made the log, before others see it.
func (l *Log) SetPlace(platform string, place any) {
	if l.places == nil {
		l.places = map[string]any{}
	}
	l.places[platform] = place
}

// IsOwn reports whether a user declares the log, or adds to it.
func (l *Log) IsOwn() bool { return l.sections != nil }

// IsDeclared reports whether it is a log that only the user knows. It is false for no log.
func (l *Log) IsDeclared() bool { return l != nil && l.IsOwn() && l.Base == nil }

// Is reports whether the log is the other, or what a user has made of it.
func (l *Log) Is(other *Log) bool { return l == other || l.Base != nil && l.Base == other }
