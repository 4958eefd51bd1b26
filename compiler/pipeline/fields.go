package pipeline

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/sigma"
)

// rename says what a field becomes: one name, several of which any may match, or nil where it stays. The name of
// keywords, which have no field, is "".
type rename func(field string) []string

// mapNames is the transformation that gives fields other names: those of items, those that items are compared with, and
// those that the rule wants to see.
func mapNames(to rename) transformation {
	return func(s *state, i *item) {
		names := func(field string) []string {
			if made := to(field); made != nil && i.takes(s, field) {
				for _, name := range made {
					s.note(field, name, i.id)
				}
				return made
			}
			return nil
		}
		s.renames = append(s.renames, names)
		var fields []sigma.Text
		for _, f := range s.rule.Fields {
			made := names(f.Value)
			if made == nil {
				made = []string{f.Value}
			}
			if !s.grow(f.At, len(made)-1, 0) {
				return
			}
			for _, name := range made {
				fields = append(fields, sigma.Text{Value: name, At: f.At})
			}
		}
		s.rule.Fields = fields
		s.each(i, func(e *entry) []*entry {
			e = e.with(e.Item)
			changed := s.mapReferences(e, names)
			made := names(e.Field.Value)
			if made == nil {
				if changed {
					return []*entry{e}
				}
				return nil
			}
			if e.Field.Value == "" {
				s.aroundKeywords(e)
			}
			if !s.grow(e.Key, len(made)-1, 0) {
				return nil
			}
			out := []*entry{}
			for _, name := range made {
				one := e.with(e.Item)
				one.Field = sigma.Text{Value: name, At: e.Field.At}
				one.mapped = true
				out = append(out, one)
			}
			return out
		})
	}
}

// note remembers which transformations a name has gone through.
func (s *state) note(from, to, id string) {
	applied := map[string]bool{id: true}
	for before := range s.appliedTo[from] {
		applied[before] = true
	}
	s.appliedTo[to] = applied
}

// mapReferences renames the fields that an item is compared with.
func (s *state) mapReferences(e *entry, names rename) bool {
	if !slices.ContainsFunc(e.Modifiers, func(m sigma.Text) bool { return m.Value == "fieldref" }) {
		return false
	}
	var values []sigma.Value
	changed := false
	for _, v := range e.Values {
		made := names(v.Text)
		if made == nil {
			values = append(values, v)
			continue
		}
		if !s.grow(v.At, len(made)-1, 0) {
			return false
		}
		changed = true
		for _, name := range made {
			values = append(values, retold(v, name))
		}
	}
	e.setValues(values)
	return changed
}

// aroundKeywords makes values of keywords, which are found anywhere in a text, values of a field.
func (s *state) aroundKeywords(e *entry) {
	if !slices.ContainsFunc(e.Modifiers, func(m sigma.Text) bool { return slices.Contains(otherModifiers, m.Value) }) {
		s.wildcards(e)
		for k, v := range e.Values {
			if v.Kind != sigma.Null {
				e.Values[k] = retold(v, wild(v.Text, "contains"))
			}
		}
	}
}

// mapping reads names, and what each becomes.
func (r *reader) mapping(n *yaml.Node) map[string][]string {
	out := map[string][]string{}
	r.each(n, `"mapping"`, func(key, value *yaml.Node) {
		name := key.Value
		if key.ShortTag() == "!!null" {
			name = ""
		}
		out[name] = r.texts(value)
	})
	return out
}

func readFieldMapping(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	to := r.mapping(keys["mapping"])
	return mapNames(func(field string) []string { return to[field] })
}

func readPrefixMapping(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	to := r.mapping(keys["mapping"])
	var prefixes []string // in the order of the file, of which the first counts
	for i := 0; i+1 < len(keys["mapping"].Content); i += 2 {
		prefixes = append(prefixes, keys["mapping"].Content[i].Value)
	}
	return mapNames(func(field string) []string {
		for _, p := range prefixes {
			if rest, ok := strings.CutPrefix(field, p); ok && field != "" {
				out := []string{}
				for _, name := range to[p] {
					out = append(out, name+rest)
				}
				return out
			}
		}
		return nil
	})
}

func readAffix(name string, join func(field, affix string) string) func(*reader, *yaml.Node, map[string]*yaml.Node) transformation {
	return func(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
		affix := r.text(keys[name])
		return mapNames(func(field string) []string {
			if field == "" {
				return nil
			}
			return []string{join(field, affix)}
		})
	}
}

func readDrop(*reader, *yaml.Node, map[string]*yaml.Node) transformation {
	return func(s *state, i *item) {
		s.each(i, func(*entry) []*entry { return []*entry{} })
	}
}

// shownFields changes the fields that the rule wants to see.
func shownFields(key string, change func(now, said []string) []string) func(*reader, *yaml.Node, map[string]*yaml.Node) transformation {
	return func(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
		said := r.texts(keys[key])
		return func(s *state, _ *item) {
			var now []string
			at := map[string]sigma.Text{}
			for _, f := range s.rule.Fields {
				now = append(now, f.Value)
				at[f.Value] = f
			}
			s.rule.Fields = nil
			for _, name := range change(now, said) {
				f, had := at[name]
				if !had {
					f = sigma.Text{Value: name, At: s.rule.At}
				}
				s.rule.Fields = append(s.rule.Fields, f)
			}
		}
	}
}

func readStrict(*reader, *yaml.Node, map[string]*yaml.Node) transformation {
	return func(s *state, i *item) {
		s.entries(func(e *entry) []*entry {
			if e.Field.Value != "" && !e.mapped {
				s.error("pipeline/failure", e.Field.At, "no pipeline has mapped the field %q, and strict_field_mapping_failure asks for it", e.Field.Value)
			}
			return nil
		})
	}
}
