package pipeline

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// transformation changes a rule.
type transformation func(s *state, i *item)

// kind reads one kind of transformation. onRule says that it looks at no single item.
type kind struct {
	keys, needs []string
	onRule      bool
	read        func(r *reader, at *yaml.Node, keys map[string]*yaml.Node) transformation
}

// kinds are the transformations of pySigma that are kept, by the names of their documentation. It is a function because
// one of them reads others.
func kinds() map[string]kind {
	return map[string]kind{
		"field_name_mapping":           {keys: []string{"mapping"}, needs: []string{"mapping"}, read: readFieldMapping},
		"field_name_prefix_mapping":    {keys: []string{"mapping"}, needs: []string{"mapping"}, read: readPrefixMapping},
		"field_name_suffix":            {keys: []string{"suffix"}, needs: []string{"suffix"}, read: readAffix("suffix", func(f, a string) string { return f + a })},
		"field_name_prefix":            {keys: []string{"prefix"}, needs: []string{"prefix"}, read: readAffix("prefix", func(f, a string) string { return a + f })},
		"drop_detection_item":          {read: readDrop},
		"hashes_fields":                {keys: []string{"valid_hash_algos", "field_prefix", "drop_algo_prefix"}, needs: []string{"valid_hash_algos"}, read: readHashes},
		"replace_string":               {keys: []string{"regex", "replacement", "skip_special", "interpret_special"}, needs: []string{"regex", "replacement"}, read: readReplaceString},
		"map_string":                   {keys: []string{"mapping"}, needs: []string{"mapping"}, read: readMapString},
		"set_value":                    {keys: []string{"value", "force_type"}, needs: []string{"value"}, read: readSetValue},
		"convert_type":                 {keys: []string{"target_type"}, needs: []string{"target_type"}, read: readConvertType},
		"case":                         {keys: []string{"method"}, read: readCase},
		"value_placeholders":           {keys: placeholderKeys, onRule: true, read: readPlaceholders(false)},
		"wildcard_placeholders":        {keys: placeholderKeys, onRule: true, read: readPlaceholders(true)},
		"add_condition":                {keys: []string{"conditions", "name", "template", "negated"}, needs: []string{"conditions"}, onRule: true, read: readAddCondition},
		"change_logsource":             {keys: []string{"category", "product", "service"}, onRule: true, read: readChangeLogsource},
		"add_field":                    {keys: []string{"field"}, needs: []string{"field"}, onRule: true, read: shownFields("field", func(now, said []string) []string { return append(now, said...) })},
		"remove_field":                 {keys: []string{"field"}, needs: []string{"field"}, onRule: true, read: shownFields("field", without)},
		"set_field":                    {keys: []string{"fields"}, needs: []string{"fields"}, onRule: true, read: shownFields("fields", func(_, said []string) []string { return said })},
		"set_state":                    {keys: []string{"key", "val"}, needs: []string{"key", "val"}, onRule: true, read: readSetState},
		"set_custom_attribute":         {keys: []string{"attribute", "value"}, needs: []string{"attribute", "value"}, onRule: true, read: readCustomAttribute},
		"rule_failure":                 {keys: []string{"message"}, needs: []string{"message"}, onRule: true, read: readRuleFailure},
		"detection_item_failure":       {keys: []string{"message"}, needs: []string{"message"}, read: readItemFailure},
		"strict_field_mapping_failure": {onRule: true, read: readStrict},
		"nest":                         {keys: []string{"items"}, needs: []string{"items"}, onRule: true, read: readNest},
	}
}

// refused are transformations that have no meaning here, and why.
var refused = map[string]string{
	"query_expression_placeholders": `it writes a piece of the query of one product. Declare the placeholder below "lists" in sigc.yml with ` +
		`"as: {sentinel: watchlist, splunk: lookup}", and each target looks it up in its own way`,
	"regex":                "it emulates comparisons that do not mind case, which every target has",
	"field_name_transform": "it calls a function of Python",
	"extract_fields":       "what it makes of an item depends on the backend of pySigma",
	"file_placeholders":    `declare the placeholder below "lists" in sigc.yml, with "file" for the values`,
	"http_placeholders":    `rules are compiled without a network: fetch the values into a file, and name it below "lists" in sigc.yml`,
	"command_placeholders": `no programs are run: write the values into a file, and name it below "lists" in sigc.yml`,
}

func kindNames() []string { return slices.Sorted(maps.Keys(kinds())) }

func without(now, said []string) []string {
	return slices.DeleteFunc(now, func(f string) bool { return slices.Contains(said, f) })
}

var placeholderKeys = []string{"include", "exclude"}

// readPlaceholders gives placeholders the values of the variables of the pipeline, or makes wildcards of them. The first
// transformation that takes a placeholder counts.
func readPlaceholders(anything bool) func(*reader, *yaml.Node, map[string]*yaml.Node) transformation {
	return func(r *reader, at *yaml.Node, keys map[string]*yaml.Node) transformation {
		var include, exclude []string
		if n := keys["include"]; n != nil {
			include = r.texts(n)
		}
		if n := keys["exclude"]; n != nil {
			exclude = r.texts(n)
			if include != nil {
				r.fail(n, `"include" and "exclude" cannot both be given`)
			}
		}
		vars := r.vars
		return func(s *state, _ *item) {
			for _, name := range s.placeholderNames() {
				if _, taken := s.values[name]; taken || include != nil && !slices.Contains(include, name) || slices.Contains(exclude, name) {
					continue
				}
				values, given := vars[name]
				if anything {
					values, given = []string{"*"}, true
				}
				if given {
					if s.values == nil {
						s.values = map[string][]string{}
					}
					s.values[name] = values
				}
			}
		}
	}
}

// placeholderNames are the names between percent signs in values under the modifier expand.
func (s *state) placeholderNames() []string {
	var out []string
	s.entries(func(e *entry) []*entry {
		if !slices.ContainsFunc(e.Modifiers, func(m sigma.Text) bool { return m.Value == "expand" }) {
			return nil
		}
		for _, v := range e.Values {
			for i, part := range strings.Split(v.Text, "%") {
				if i > 0 && !slices.Contains(out, part) {
					out = append(out, part)
				}
			}
		}
		return nil
	})
	return out
}

func readChangeLogsource(r *reader, at *yaml.Node, keys map[string]*yaml.Node) transformation {
	to := r.logsource(keys)
	if to == [3]string{} {
		r.fail(at, "a logsource needs a category, a product or a service")
	}
	return func(s *state, _ *item) {
		l := &s.rule.Logsource
		for i, part := range []*sigma.Text{&l.Category, &l.Product, &l.Service} {
			*part = sigma.Text{}
			if to[i] != "" {
				*part = sigma.Text{Value: to[i], At: l.At}
			}
		}
	}
}

// backendStates are states that backends of pySigma read, which sigc has other words for.
var backendStates = map[string]string{
	"query_table": `"mappings" in sigc.yml say which table keeps a log`, "table": `"mappings" in sigc.yml say which table keeps a log`,
	"index": `"mappings" in sigc.yml say where Splunk keeps a log`, "data_model_set": "-O windows=cim searches a data model",
}

func readSetState(r *reader, at *yaml.Node, keys map[string]*yaml.Node) transformation {
	key, val := r.text(keys["key"]), r.text(keys["val"])
	if hint := backendStates[key]; hint != "" {
		r.warn(at, "the state %q is only looked at by conditions of pipelines: %s", key, hint)
	}
	return func(s *state, _ *item) { s.vars[key] = val }
}

func readCustomAttribute(r *reader, at *yaml.Node, keys map[string]*yaml.Node) transformation {
	attribute, value := r.text(keys["attribute"]), r.text(keys["value"])
	r.warn(at, "the attribute %q is only looked at by conditions of pipelines: options of targets are set in sigc.yml or in the rule", attribute)
	return func(s *state, _ *item) {
		if s.attributes == nil {
			s.attributes = map[string]string{}
		}
		s.attributes[attribute] = value
	}
}

func readRuleFailure(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	message := r.text(keys["message"])
	return func(s *state, _ *item) {
		s.error("pipeline/failure", s.rule.At, "the pipeline refuses the rule: %s", message)
	}
}

func readItemFailure(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	message := r.text(keys["message"])
	return func(s *state, i *item) {
		s.each(i, func(e *entry) []*entry {
			s.error("pipeline/failure", e.Key, "the pipeline refuses this: %s", message)
			return nil
		})
	}
}

func readNest(r *reader, _ *yaml.Node, keys map[string]*yaml.Node) transformation {
	inner := r.items(keys["items"])
	return func(s *state, i *item) {
		s.run(inner)
		s.item = i
	}
}

// readAddCondition adds items that must hold besides, or must not.
func readAddCondition(r *reader, at *yaml.Node, keys map[string]*yaml.Node) transformation {
	template, negated, name := r.bool(keys["template"]), r.bool(keys["negated"]), ""
	if n := keys["name"]; n != nil {
		name = r.text(n)
	}
	type added struct {
		field, modifiers string
		values           []*yaml.Node
	}
	var all []added
	r.each(keys["conditions"], `"conditions"`, func(key, value *yaml.Node) {
		a := added{values: []*yaml.Node{value}}
		a.field, a.modifiers, _ = strings.Cut(key.Value, "|")
		if value.Kind == yaml.SequenceNode {
			a.values = value.Content
		}
		for _, v := range a.values {
			if v.Kind != yaml.ScalarNode {
				r.fail(v, "a value belongs here")
			}
			if _, ok := asNumber(sigma.Value{Text: v.Value}); !ok && numeric(v) {
				r.fail(v, "%q is no number", v.Value)
			}
		}
		all = append(all, a)
	})
	if len(all) == 0 {
		r.fail(at, `"conditions" are empty`)
	}
	return func(s *state, i *item) {
		l := s.rule.Logsource
		fill := strings.NewReplacer("$category", l.Category.Value, "$product", l.Product.Value, "$service", l.Service.Value,
			"${category}", l.Category.Value, "${product}", l.Product.Value, "${service}", l.Service.Value)
		where := s.rule.At
		part := &alternative{Alternative: sigma.Alternative{At: where}}
		for _, a := range all {
			made := &entry{Item: sigma.Item{Field: sigma.Text{Value: a.field, At: where}, List: len(a.values) > 1, Key: where, At: where}, applied: map[string]bool{i.id: true}}
			for _, m := range strings.Split(a.modifiers, "|") {
				if m != "" {
					made.Modifiers = append(made.Modifiers, sigma.Text{Value: m, At: where})
				}
			}
			for _, n := range a.values {
				text := n.Value
				if template {
					text = fill.Replace(text)
				}
				v := retold(sigma.Value{At: where}, text)
				switch {
				case numeric(n):
					v, _ = asNumber(v) // as every number of the pipeline is one
				case n.ShortTag() == "!!bool":
					v.Kind, v.Text = sigma.Bool, strings.ToLower(text)
				case n.ShortTag() == "!!null":
					v.Kind, v.Text = sigma.Null, ""
				}
				made.Values = append(made.Values, v)
			}
			part.branches = append(part.branches, &branch{[]*entry{made}})
		}
		s.require(s.free(name), part, negated, where)
	}
}

// free returns the name, or one that no search has.
func (s *state) free(name string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(s.searches, func(one *search) bool { return one.Name.Value == name })
	}
	if name != "" && !taken(name) {
		return name
	}
	for n := 1; ; n++ {
		if name := fmt.Sprintf("_cond_%d", n); !taken(name) {
			return name
		}
	}
}

// require adds a search to the rule that must hold in each of its conditions, or must not.
func (s *state) require(name string, a *alternative, negated bool, at source.Span) {
	s.searches = append(s.searches, &search{Search: sigma.Search{Name: sigma.Text{Value: name, At: at}, At: at}, body: []*alternative{a}})
	for i, c := range s.conditions {
		if c.Expr == nil {
			continue
		}
		var must sigma.Cond = &sigma.CondRef{Name: name, At: at}
		if negated {
			must = &sigma.CondNot{X: must, At: at}
		}
		again := *c
		again.Expr = &sigma.CondAnd{X: []sigma.Cond{must, c.Expr}, At: c.At}
		s.conditions[i] = &again
	}
}
