package schema

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// Mistaken is what a name in rules is likely to mean that is no field of a log, or one that is an object. Such names come
// from the columns of a portal, the tables of guides and the messages of collectors.
type Mistaken struct {
	Fields []string          // that can be meant, the likeliest first
	Values map[string]Meant  // what the name with one of these values means
	Sure   bool              // the name stands for the one of Fields, whatever the value
	Hint   string            // what to write in its place, where that is more than the name of a field
	Hints  map[string]string // the same for one of these values
}

// Meant is a field and what it is compared with.
type Meant struct{ Field, Value string }

// mistaken reads names, each with the fields that can be meant, and with what it means together with some values.
func (r *reader) mistaken(n *yaml.Node) map[string]Mistaken {
	out := map[string]Mistaken{}
	r.each(n, func(name, value *yaml.Node) {
		var m Mistaken
		r.mapping(value, map[string]func(*yaml.Node){
			"fields": func(n *yaml.Node) { m.Fields = r.texts(n) },
			"sure":   func(n *yaml.Node) { m.Sure = n.Value == "true" },
			"hint":   func(n *yaml.Node) { m.Hint = n.Value },
			"hints": func(n *yaml.Node) {
				m.Hints = map[string]string{}
				r.each(n, func(written, hint *yaml.Node) { m.Hints[written.Value] = hint.Value })
			},
			"values": func(n *yaml.Node) {
				m.Values = map[string]Meant{}
				r.each(n, func(written, means *yaml.Node) {
					field, text, ok := strings.Cut(means.Value, " ")
					if !ok {
						r.errorf(means, "a field and a value belong here")
					}
					m.Values[written.Value] = Meant{field, text}
				})
			},
		})
		out[name.Value] = m
	})
	return out
}
