package schema

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/block"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// The files are read node by node and not into structs: so unknown keys, wrong kinds of nodes and duplicates are errors
// with a line at every depth, columns keep their order, and reading stays fast.

func (r *reader) errorf(at *yaml.Node, format string, args ...any) {
	r.errs = append(r.errs, Section{File: r.file}.Errorf(at, format, args...))
}

// document reads a file that holds one mapping.
func (r *reader) document(name string, keys map[string]func(*yaml.Node)) {
	r.file = name
	text, err := fs.ReadFile(r.dir, name)
	if err != nil {
		r.errs = append(r.errs, err)
		return
	}
	if root := block.Read(text); root != nil {
		r.mapping(root, keys)
		return
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		r.errs = append(r.errs, fmt.Errorf("%s: %w", name, err))
		return
	}
	if len(doc.Content) == 0 {
		r.errorf(&yaml.Node{Line: 1}, "empty file")
		return
	}
	r.mapping(doc.Content[0], keys)
}

// mapping calls the function of every key, in the order of the file.
func (r *reader) mapping(n *yaml.Node, keys map[string]func(*yaml.Node)) {
	r.each(n, func(key, value *yaml.Node) {
		read, ok := keys[key.Value]
		if !ok {
			r.errorf(key, "unknown key %q%s", key.Value, diag.Meant(key.Value, slices.Sorted(maps.Keys(keys))))
			return
		}
		read(value)
	})
}

func (r *reader) each(n *yaml.Node, read func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.errorf(n, "a mapping belongs here")
		return
	}
	seen := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			r.errorf(key, "key %q twice", key.Value)
			continue
		}
		seen[key.Value] = true
		read(key, n.Content[i+1])
	}
}

// texts reads a list, or words in one scalar, which take less room where there are many.
func (r *reader) texts(n *yaml.Node) []string {
	switch n.Kind {
	case yaml.ScalarNode:
		return strings.Fields(n.Value)
	case yaml.SequenceNode:
		out := make([]string, 0, len(n.Content))
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				r.errorf(item, "a text belongs here")
			}
			out = append(out, item.Value)
		}
		return out
	default:
		r.errorf(n, "a list of texts belongs here")
		return nil
	}
}

// paths reads what names stand for.
func (r *reader) paths(n *yaml.Node) map[string]string {
	out := map[string]string{}
	r.each(n, func(name, path *yaml.Node) { out[name.Value] = path.Value })
	return out
}

func (r *reader) logsource(n *yaml.Node) (s Logsource) {
	r.mapping(n, s.keys())
	return s
}

func (s *Logsource) keys() map[string]func(*yaml.Node) {
	return map[string]func(*yaml.Node){
		"category": func(n *yaml.Node) { s.Category = n.Value },
		"product":  func(n *yaml.Node) { s.Product = n.Value },
		"service":  func(n *yaml.Node) { s.Service = n.Value },
	}
}

func (r *reader) refusal(n *yaml.Node) (f refusal) {
	keys := f.Logsource.keys()
	keys["reason"] = func(n *yaml.Node) { f.reason = n.Value }
	r.mapping(n, keys)
	return f
}

func (r *reader) selector(n *yaml.Node) (s Selector) {
	r.mapping(n, map[string]func(*yaml.Node){
		"category":   func(n *yaml.Node) { s.Category = n.Value },
		"categories": func(n *yaml.Node) { s.Categories = r.texts(n) },
		"resource":   func(n *yaml.Node) { s.Resource = n.Value },
	})
	return s
}

func (r *reader) channel(n *yaml.Node) (c Channel) {
	r.mapping(n, map[string]func(*yaml.Node){
		"channel": func(n *yaml.Node) {
			c.Names = []string{n.Value} // which can have spaces
			if n.Kind == yaml.SequenceNode {
				c.Names = r.texts(n)
			}
			if len(c.Names) == 0 || c.Names[0] == "" {
				r.errorf(n, "the name of a channel belongs here, or several")
				return
			}
			c.Name = c.Names[0]
		},
		"events":   func(n *yaml.Node) { c.Events = r.texts(n) },
		"ordered":  func(n *yaml.Node) { c.Ordered = r.texts(n) },
		"userdata": func(n *yaml.Node) { c.UserData = n.Value == "true" },
		"inner":    func(n *yaml.Node) { c.Inner = r.texts(n) },
		"having": func(n *yaml.Node) {
			r.each(n, func(key, value *yaml.Node) { c.Having = append(c.Having, Having{key.Value, r.texts(value)}) })
		},
	})
	return c
}

// columns reads columns with their definitions.
func (r *reader) columns(n *yaml.Node) []*Column {
	out := make([]*Column, 0, len(n.Content)/2)
	r.each(n, func(key, value *yaml.Node) {
		c := &Column{Name: key.Value}
		out = append(out, c)
		if value.Kind == yaml.ScalarNode {
			r.definition(c, value)
			return
		}
		r.mapping(value, map[string]func(*yaml.Node){
			"is":      func(n *yaml.Node) { r.definition(c, n) },
			"doc":     func(n *yaml.Node) { c.Doc = n.Value },
			"const":   func(n *yaml.Node) { c.Const = n.Value },
			"else":    func(n *yaml.Node) { c.Else = path(n.Value) },
			"pretty":  func(n *yaml.Node) { c.Pretty = n.Value == "true" },
			"aliases": func(n *yaml.Node) { c.Aliases = r.texts(n) },
			"members": func(n *yaml.Node) { c.Members = r.members(n) },
			"shown":   func(n *yaml.Node) { c.Shown = r.shownNames(n) },
		})
		if c.Type == "" {
			r.errorf(key, "column %q has no type", c.Name)
		}
	})
	return out
}

// foreign reads beginnings of the values of some columns, and how events begin there.
func (r *reader) foreign(n *yaml.Node, columns []*Column) {
	r.each(n, func(key, value *yaml.Node) {
		var begins []Foreign
		r.each(value, func(of, is *yaml.Node) {
			f := Foreign{Begins: of.Value, Is: []string{is.Value}}
			if is.Kind == yaml.SequenceNode {
				f.Is = r.texts(is)
			}
			begins = append(begins, f)
		})
		slices.SortStableFunc(begins, func(a, b Foreign) int { return len(b.Begins) - len(a.Begins) })
		r.named(key, columns, func(c *Column) { c.Foreign = begins })
	})
}

// shown reads what viewers show in place of the values of some columns.
func (r *reader) shown(n *yaml.Node, columns []*Column) {
	r.each(n, func(key, value *yaml.Node) {
		shown := r.shownNames(value)
		r.named(key, columns, func(c *Column) { c.Shown = shown })
	})
}

// shownNames reads names with what the log has for each, as "list" where a value has several of them, and with "GUID" how it has
// identifiers. A text instead is what stands before every value.
func (r *reader) shownNames(n *yaml.Node) *Shown {
	if n.Kind == yaml.ScalarNode {
		return &Shown{Behind: n.Value}
	}
	out := &Shown{}
	r.each(n, func(name, is *yaml.Node) {
		if is.Kind == yaml.MappingNode && name.Value == "list" {
			out = r.shownNames(is)
			out.List = true
			return
		}
		if name.Value == "GUID" {
			out.GUID = is.Value
			return
		}
		out.Names = append(out.Names, ShownName{name.Value, is.Value})
	})
	return out
}

// named hands over the columns that a key names.
func (r *reader) named(key *yaml.Node, columns []*Column, each func(*Column)) {
	for _, name := range r.texts(key) {
		i := slices.IndexFunc(columns, func(c *Column) bool { return c.Name == name })
		if i < 0 {
			r.errorf(key, "no column %q before this", name)
			continue
		}
		each(columns[i])
	}
}

func (r *reader) members(n *yaml.Node) []*Column {
	out := r.columns(n)
	for _, m := range out {
		m.Raw = m.Name
	}
	return out
}

// others reads names by type, for columns of which nothing else is known.
func (r *reader) others(n *yaml.Node) []*Column {
	var out []*Column
	r.each(n, func(key, value *yaml.Node) {
		for _, name := range r.texts(value) {
			c := &Column{Name: name}
			r.definition(c, key)
			out = append(out, c)
		}
	})
	return out
}

// definition reads "type" or "type path".
func (r *reader) definition(c *Column, n *yaml.Node) {
	name, raw, _ := strings.Cut(n.Value, " ")
	name, c.Open = strings.CutSuffix(name, "...")
	name, c.Array = strings.CutSuffix(name, "[]")
	if name == "json" {
		name, c.JSON = string(String), true
	}
	switch t := Type(name); t {
	case String, Int, Long, Real, Bool, Datetime, Timespan, GUID, Dynamic:
		c.Type = t
	default:
		r.errorf(n, "no type %q%s", name, diag.Meant(name, []string{"string", "int", "long", "real", "bool", "datetime", "timespan", "guid", "dynamic", "json"}))
	}
	if raw != "" {
		c.Raw = path(raw)
	}
}

// path spells out a path whose leading dot stands for the properties of an Event Hub record.
func path(raw string) string {
	if strings.HasPrefix(raw, ".") {
		return "properties" + raw
	}
	return raw
}
