package schema

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

type refusal struct {
	Logsource
	reason string
}

// reader reads the files of a catalogue and collects what is wrong with them.
type reader struct {
	dir   fs.FS
	file  string                // the one being read
	head  []*Column             // the columns of every event of Windows
	known map[string]Collection // the ways by which logs come
	errs  []error
}

// log reads the file of one log. before returns a log that it may take columns from, nil when there is none.
func (r *reader) log(name string, before func(name string) *Log, standard []*Column) *Log {
	l := &Log{Name: name}
	var like *Log
	var own []*Column
	taken := map[string]bool{} // columns of like; true: as JSON text
	take := func(text bool) func(*yaml.Node) {
		return func(n *yaml.Node) {
			for _, column := range r.texts(n) {
				if _, twice := taken[column]; twice {
					r.errorf(n, "column %q twice", column)
				}
				taken[column] = text
			}
		}
	}
	r.document(name+".yaml", map[string]func(*yaml.Node){
		"doc": func(n *yaml.Node) { l.Doc = n.Value },
		"logsources": func(n *yaml.Node) {
			for _, item := range n.Content {
				l.Logsources = append(l.Logsources, r.logsource(item))
			}
		},
		"eventhub":   func(n *yaml.Node) { l.EventHub = r.selector(n) },
		"windows":    func(n *yaml.Node) { l.Windows = r.channel(n) },
		"management": func(n *yaml.Node) { l.Management, l.Time = true, n.Value },
		"collect":    func(n *yaml.Node) { l.Collection = r.collection(n) },
		"time":       func(n *yaml.Node) { l.Time, l.Bare = n.Value, true },
		"lines":      func(n *yaml.Node) { l.Lines = n.Value == "true" },
		"nowhere":    func(n *yaml.Node) { l.Nowhere = strings.TrimSpace(n.Value) },
		"like": func(n *yaml.Node) {
			if like = before(n.Value); like == nil {
				r.errorf(n, "no log %q before this one", n.Value)
			}
			r.file = name + ".yaml" // reading the other has turned to its file
		},
		"same":     take(false),
		"text":     take(true),
		"mistaken": func(n *yaml.Node) { l.Mistaken = r.mistaken(n) },
		"spelled":  func(n *yaml.Node) { l.Spelled = r.paths(n) },
		"columns":  func(n *yaml.Node) { own = append(own, r.columns(n)...) },
		"others":   func(n *yaml.Node) { own = append(own, r.others(n)...) },
		"foreign":  func(n *yaml.Node) { r.foreign(n, own) },
		"shown":    func(n *yaml.Node) { r.shown(n, own) },
		"keywords": func(n *yaml.Node) {
			r.named(n, own, func(c *Column) { l.Keywords = append(l.Keywords, c.Name) })
		},
		"beyond": func(n *yaml.Node) {
			for _, c := range r.others(n) {
				c.Beyond = true
				own = append(own, c)
			}
		},
	})
	if l.Collection != nil {
		l.Collection.complete(l)
	}
	l.Columns = slices.Concat(r.borrow(like, taken), own)
	switch {
	case l.Bare:
		standard = nil
		l.Columns = slices.Concat([]*Column{{Name: l.Time, Type: Datetime}}, l.Columns)
	case l.Management:
		standard = nil
	case !l.Tabled():
		standard = nil
		l.Time = r.head[0].Name
		l.Columns = slices.Concat(r.head, l.Columns)
	}
	r.addStandard(l, standard)
	return l
}

// borrow returns the columns that a log has in common with another, in the order of the other.
func (r *reader) borrow(like *Log, taken map[string]bool) []*Column {
	var out []*Column
	if like != nil {
		for _, c := range like.Columns {
			text, ok := taken[c.Name]
			if !ok {
				continue
			}
			delete(taken, c.Name)
			if text {
				t := *c
				t.Type, t.JSON = String, true
				c = &t
			}
			out = append(out, c)
		}
	}
	for name := range taken {
		r.errs = append(r.errs, fmt.Errorf("%s: no column %q in the log it is taken from", r.file, name))
	}
	return out
}

// addStandard adds the columns that every table has and that the log does not describe itself.
func (r *reader) addStandard(l *Log, standard []*Column) {
	for i, c := range standard {
		if i == 0 {
			l.Time = c.Name
		}
		if slices.ContainsFunc(l.Columns, func(own *Column) bool { return own.Name == c.Name }) {
			continue
		}
		if c.Name == "Type" {
			t := *c
			t.Const = l.Name
			c = &t
		}
		if i == 0 {
			l.Columns = slices.Insert(l.Columns, 0, c)
		} else {
			l.Columns = append(l.Columns, c)
		}
	}
	seen := map[string]bool{}
	for _, c := range l.Columns {
		if seen[c.Name] {
			r.errs = append(r.errs, fmt.Errorf("%s: column %q twice", r.file, c.Name))
		}
		seen[c.Name] = true
	}
}
