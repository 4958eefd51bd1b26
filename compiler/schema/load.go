package schema

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed logs/*.yaml
var files embed.FS

// catalogue is what the files say.
type catalogue struct {
	logs     []*Log
	together []*Log
	refused  []refusal

	standard []*Column            // of every table of Log Analytics
	head     []*Column            // of every event of Windows
	meant    map[Logsource][]*Log // by log source
}

type refusal struct {
	Logsource
	reason string
}

// load reads the embedded files once. A mistake in them is a bug of ours, which the tests of this package find.
var load = sync.OnceValue(func() *catalogue {
	c, err := readEmbedded()
	if err != nil {
		panic(err)
	}
	return c
})

func readEmbedded() (*catalogue, error) {
	dir, err := fs.Sub(files, "logs")
	if err != nil {
		return nil, err
	}
	return read(dir)
}

// reader reads the files of a catalogue and collects what is wrong with them.
type reader struct {
	dir   fs.FS
	file  string                // the one being read
	head  []*Column             // the columns of every event of Windows
	known map[string]Collection // the ways by which logs come
	errs  []error
}

func read(dir fs.FS) (*catalogue, error) {
	r := &reader{dir: dir}
	c := &catalogue{meant: map[Logsource][]*Log{}}
	var names []string
	var standard []*Column
	var together *yaml.Node
	r.document("index.yaml", map[string]func(*yaml.Node){
		"together": func(n *yaml.Node) { together = n },
		"logs":     func(n *yaml.Node) { names = r.texts(n) },
		"ways":     func(n *yaml.Node) { r.known = r.ways(n) },
		"standard": func(n *yaml.Node) { standard = r.columns(n) },
		"event":    func(n *yaml.Node) { r.head = r.columns(n) },
		"refused": func(n *yaml.Node) {
			for _, item := range n.Content {
				c.refused = append(c.refused, r.refusal(item))
			}
		},
	})
	for _, name := range names {
		if l := r.log(name, c.logs, standard); l != nil {
			c.logs = append(c.logs, l)
		}
	}
	if together != nil {
		r.file = "index.yaml"
		r.each(together, func(name, n *yaml.Node) { c.together = append(c.together, r.together(name.Value, n, c.logs)) })
	}
	if err := errors.Join(r.errs...); err != nil {
		return nil, err
	}
	c.standard, c.head = standard, r.head
	for _, l := range slices.Concat(c.together, c.logs) {
		l.index()
		for _, s := range l.Logsources {
			if s = s.folded(); !slices.Contains(c.meant[s], l) {
				c.meant[s] = append(c.meant[s], l)
			}
		}
	}
	return c, nil
}

// log reads the file of one log. before are the logs that it may take columns from.
func (r *reader) log(name string, before []*Log, standard []*Column) *Log {
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
		"like": func(n *yaml.Node) {
			i := slices.IndexFunc(before, func(l *Log) bool { return l.Name == n.Value })
			if i < 0 {
				r.errorf(n, "no log %q before this one", n.Value)
				return
			}
			like = before[i]
		},
		"same":     take(false),
		"text":     take(true),
		"mistaken": func(n *yaml.Node) { l.Mistaken = r.mistaken(n) },
		"spelled":  func(n *yaml.Node) { l.Spelled = r.paths(n) },
		"columns":  func(n *yaml.Node) { own = append(own, r.columns(n)...) },
		"others":   func(n *yaml.Node) { own = append(own, r.others(n)...) },
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
