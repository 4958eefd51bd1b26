package pipeline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Pipeline is a file of transformations.
type Pipeline struct {
	Name     string
	File     string
	Priority int      // pipelines with a lower one are applied first
	Backends []string // those that the pipeline is made for, as pySigma calls them; none means all

	vars  map[string][]string
	items []*item
}

// item is one transformation and when it is applied.
type item struct {
	id, at string // at is the place in the file, for messages
	kind   string
	do     transformation
	rules  conditions[ruleCondition]
	values conditions[valueCondition] // of detection items
	fields conditions[fieldCondition]
}

// reader reads one file and collects what is wrong with it.
type reader struct {
	tree  sigma.Tree
	diags *diag.List
	vars  map[string][]string
}

// Read reads a pipeline. It returns nil where diags has an error about it; what has no effect here is a warning.
func Read(file *source.File, diags *diag.List) *Pipeline {
	before := diags.Len()
	tree, ok := sigma.Document(file, diags)
	if !ok {
		return nil
	}
	if tree.Root == nil {
		diags.Errorf("pipeline/invalid", source.Span{File: file}, "an empty file is no pipeline")
		return nil
	}
	r := &reader{tree: tree, diags: diags}
	p := &Pipeline{File: file.Name, Name: file.Name}
	keys := r.keys(tree.Root, "a pipeline",
		"name", "priority", "allowed_backends", "vars", "transformations", "postprocessing", "finalizers", "author", "description")
	if n := keys["name"]; n != nil {
		p.Name = r.text(n)
	}
	if n := keys["priority"]; n != nil {
		var err error
		if p.Priority, err = strconv.Atoi(n.Value); err != nil {
			r.fail(n, "%q is no whole number", n.Value)
		}
	}
	if n := keys["allowed_backends"]; n != nil {
		p.Backends = r.texts(n)
	}
	if n := keys["vars"]; n != nil {
		p.vars = map[string][]string{}
		r.each(n, "vars", func(key, value *yaml.Node) { p.vars[key.Value] = r.texts(value) })
	}
	r.vars = p.vars
	if n := keys["transformations"]; n != nil {
		p.items = r.items(n)
	}
	if n := keys["postprocessing"]; n != nil && len(n.Content) > 0 {
		r.refuse(n, `"postprocessing" changes the text of queries, which cannot be kept exact: say it by an option of the target ("sigc list options") or by "mappings" in sigc.yml`)
	}
	if n := keys["finalizers"]; n != nil && len(n.Content) > 0 {
		r.warn(n, `"finalizers" have no effect: the formats of sigc say how its output looks ("sigc list formats")`)
	}
	if diags.FailedSince(before) {
		return nil
	}
	return p
}

// items reads a list of transformations.
func (r *reader) items(n *yaml.Node) []*item {
	if n.Kind != yaml.SequenceNode {
		r.fail(n, "a list of transformations belongs here")
		return nil
	}
	var out []*item
	for _, n := range n.Content {
		if i := r.item(n); i != nil {
			out = append(out, i)
		}
	}
	return out
}

// conditionKeys are the keys of a transformation that say when it is applied.
var conditionKeys = []string{
	"rule_conditions", "rule_cond_op", "rule_cond_not", "rule_cond_expr",
	"detection_item_conditions", "detection_item_cond_op", "detection_item_cond_not", "detection_item_cond_expr",
	"field_name_conditions", "field_name_cond_op", "field_name_cond_not", "field_name_cond_expr",
}

func (r *reader) item(n *yaml.Node) *item {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "a transformation is a map")
		return nil
	}
	kind := ""
	var kindAt *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "type" {
			kindAt = n.Content[i+1]
			kind = kindAt.Value
		}
	}
	known, ok := kinds()[kind]
	switch {
	case kind == "":
		r.fail(n, `a transformation needs a "type"`)
		return nil
	case refused[kind] != "":
		r.refuse(kindAt, "the transformation %q cannot be kept: %s", kind, refused[kind])
		return nil
	case !ok:
		r.fail(kindAt, "there is no transformation %q%s", kind, diag.Meant(kind, kindNames()))
		return nil
	}
	keys := r.keys(n, fmt.Sprintf("the transformation %q", kind), slices.Concat([]string{"id", "type"}, known.keys, conditionKeys)...)
	out := &item{kind: kind, at: fmt.Sprintf("%s:%d", r.tree.File().Name, n.Line)}
	if id := keys["id"]; id != nil {
		out.id = r.text(id)
	}
	before := r.diags.Len()
	for _, name := range known.needs {
		if keys[name] == nil {
			r.fail(n, "the transformation %q needs %q", kind, name)
		}
	}
	if !r.diags.FailedSince(before) {
		out.do = known.read(r, n, keys)
	}
	out.rules = readConditions(r, keys, "rule", ruleConditions)
	r.aboutCorrelations(keys)
	out.values = readConditions(r, keys, "detection_item", valueConditions)
	out.fields = readConditions(r, keys, "field_name", fieldConditions)
	if known.onRule && (len(out.values.all) > 0 || len(out.fields.all) > 0) {
		r.fail(n, "the transformation %q is applied to whole rules: conditions on fields and items have no effect", kind)
	}
	return out
}

// aboutCorrelations tells transformations that are meant for correlations: these are changed as the rules that they are
// about.
func (r *reader) aboutCorrelations(keys map[string]*yaml.Node) {
	n := keys["rule_conditions"]
	if n == nil || r.bool(keys["rule_cond_not"]) || keys["rule_cond_expr"] != nil {
		return
	}
	for _, c := range n.Content {
		for k := 0; c.Kind == yaml.MappingNode && k+1 < len(c.Content); k += 2 {
			if v := c.Content[k+1]; c.Content[k].Value == "type" && v.Value == "is_sigma_correlation_rule" {
				r.warn(v, "a correlation is changed as the rules that it is about: nothing is done to it alone")
			}
		}
	}
}

func (r *reader) fail(at *yaml.Node, format string, args ...any) {
	r.diags.Errorf("pipeline/invalid", r.tree.Span(at), format, args...)
}

// refuse reports what is right for pySigma and cannot be kept here.
func (r *reader) refuse(at *yaml.Node, format string, args ...any) {
	r.diags.Errorf("pipeline/refused", r.tree.Span(at), format, args...)
}

func (r *reader) warn(at *yaml.Node, format string, args ...any) {
	r.diags.Warnf("pipeline/no-effect", r.tree.Span(at), format, args...)
}

// each calls read for the entries of a map.
func (r *reader) each(n *yaml.Node, what string, read func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "%s must be a map", what)
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		read(n.Content[i], n.Content[i+1])
	}
}

// keys returns the values of a map by their keys, which must be among the known.
func (r *reader) keys(n *yaml.Node, what string, known ...string) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	r.each(n, what, func(key, value *yaml.Node) {
		if !slices.Contains(known, key.Value) {
			r.fail(key, "%s has no %q%s", what, key.Value, diag.Meant(key.Value, known))
			return
		}
		out[key.Value] = value
	})
	return out
}

func (r *reader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		r.fail(n, "a text belongs here")
	}
	return n.Value
}

// texts reads one text or several.
func (r *reader) texts(n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode {
		return []string{r.text(n)}
	}
	out := []string{}
	for _, item := range n.Content {
		out = append(out, r.text(item))
	}
	return out
}

// bool reads true or false; false where nothing is said.
func (r *reader) bool(n *yaml.Node) bool {
	if n == nil {
		return false
	}
	v, err := strconv.ParseBool(strings.ToLower(n.Value))
	if err != nil {
		r.fail(n, "true or false belongs here")
	}
	return v
}

// word reads one of the words, the first where nothing is said.
func (r *reader) word(n *yaml.Node, words ...string) string {
	if n == nil {
		return words[0]
	}
	if !slices.Contains(words, n.Value) {
		r.fail(n, "%q is none of %s", n.Value, strings.Join(words, ", "))
	}
	return n.Value
}
