package schema

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// together reads a log that puts others together. Its columns are those that all of them have, as the first has them: a
// value there may be JSON text in the others. single returns a log that it may put together, nil when there is none.
func (r *reader) together(name string, n *yaml.Node, single func(name string) *Log) *Log {
	l := &Log{Name: name}
	r.mapping(n, map[string]func(*yaml.Node){
		"doc": func(n *yaml.Node) { l.Doc = n.Value },
		"logsources": func(n *yaml.Node) {
			for _, item := range n.Content {
				l.Logsources = append(l.Logsources, r.logsource(item))
			}
		},
		"logs": func(n *yaml.Node) {
			for _, part := range r.texts(n) {
				one := single(part)
				r.file = "index.yaml" // reading it has turned to its file
				if one == nil {
					r.errorf(n, "no log %q", part)
					continue
				}
				l.Parts = append(l.Parts, one)
			}
		},
	})
	if len(l.Parts) < 2 {
		r.errorf(n, "%q puts no logs together", name)
		return l
	}
	l.share()
	return l
}

// share takes what the logs have in common.
func (l *Log) share() {
	l.Time, l.EventHub.Categories = l.Parts[0].Time, nil
	for _, p := range l.Parts {
		l.EventHub.Categories = append(l.EventHub.Categories, p.EventHub.Category)
	}
	for _, c := range l.Parts[0].Columns {
		if c := common(c, l.Parts[1:]); c != nil {
			l.Columns = append(l.Columns, c)
		}
	}
}

// common is a column that the other logs have as well; nil when one does not. What differs from log to log is no longer
// constant.
func common(c *Column, others []*Log) *Column {
	for _, l := range others {
		i := slices.IndexFunc(l.Columns, func(o *Column) bool { return o.Name == c.Name })
		if i < 0 {
			return nil
		}
		o := l.Columns[i]
		if o.Array != c.Array || o.Type != c.Type && !o.JSON {
			return nil
		}
		if o.Const != c.Const {
			varies := *c
			varies.Const = ""
			c = &varies
		}
	}
	return c
}
