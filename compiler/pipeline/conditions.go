package pipeline

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/sigma"
)

var ruleConditions = map[string]conditionKind[ruleCondition]{
	"logsource": {keys: []string{"category", "product", "service"}, read: func(r *reader, keys map[string]*yaml.Node) ruleCondition {
		want := r.logsource(keys)
		return func(s *state) bool {
			l := s.rule.Logsource
			for _, p := range [][2]string{{want[0], l.Category.Value}, {want[1], l.Product.Value}, {want[2], l.Service.Value}} {
				if p[0] != "" && p[0] != p[1] {
					return false
				}
			}
			return true
		}
	}},
	"contains_field": {keys: []string{"field"}, needs: []string{"field"}, read: func(r *reader, keys map[string]*yaml.Node) ruleCondition {
		field := r.text(keys["field"])
		return func(s *state) bool { return s.some(func(e *entry) bool { return e.Field.Value == field }) }
	}},
	"contains_detection_item": {keys: []string{"field", "value"}, needs: []string{"field", "value"}, read: func(r *reader, keys map[string]*yaml.Node) ruleCondition {
		field, same := r.text(keys["field"]), r.same(keys["value"])
		return func(s *state) bool {
			return s.some(func(e *entry) bool {
				return e.Field.Value == field && slices.ContainsFunc(e.Values, func(v sigma.Value) bool { return same(e.full(v)) })
			})
		}
	}},
	"processing_item_applied": {keys: []string{"processing_item_id"}, needs: []string{"processing_item_id"}, read: func(r *reader, keys map[string]*yaml.Node) ruleCondition {
		id := r.text(keys["processing_item_id"])
		return func(s *state) bool { return s.applied[id] }
	}},
	"processing_state": {keys: stateKeys, needs: stateKeys[:2], read: func(r *reader, keys map[string]*yaml.Node) ruleCondition {
		return r.stateCondition(keys)
	}},
	"is_sigma_rule":             {read: func(*reader, map[string]*yaml.Node) ruleCondition { return func(*state) bool { return true } }},
	"is_sigma_correlation_rule": {read: func(*reader, map[string]*yaml.Node) ruleCondition { return func(*state) bool { return false } }}, // told by the reader
	"rule_attribute": {keys: []string{"attribute", "value", "op"}, needs: []string{"attribute", "value"}, read: func(r *reader, keys map[string]*yaml.Node) ruleCondition {
		attribute, value := r.text(keys["attribute"]), r.text(keys["value"])
		op := r.word(keys["op"], "eq", "ne", "gte", "gt", "lte", "lt", "in", "not_in")
		return func(s *state) bool { return s.compareAttribute(attribute, op, value) }
	}},
	"tag": {keys: []string{"tag"}, needs: []string{"tag"}, read: func(r *reader, keys map[string]*yaml.Node) ruleCondition {
		tag := r.text(keys["tag"])
		return func(s *state) bool {
			return slices.ContainsFunc(s.rule.Tags, func(t sigma.Text) bool { return strings.EqualFold(t.Value, tag) })
		}
	}},
}

var valueConditions = map[string]conditionKind[valueCondition]{
	"match_string": {keys: []string{"cond", "pattern", "negate"}, needs: []string{"cond", "pattern"}, read: func(r *reader, keys map[string]*yaml.Node) valueCondition {
		re, negate := r.pattern(keys["pattern"], true), r.bool(keys["negate"])
		return r.values(keys, func(text string, as form) bool { return (as == str && re.MatchString(plain(text))) != negate })
	}},
	"match_value": {keys: []string{"cond", "value"}, needs: []string{"cond", "value"}, read: func(r *reader, keys map[string]*yaml.Node) valueCondition {
		return r.values(keys, r.same(keys["value"]))
	}},
	"contains_wildcard": {keys: []string{"cond"}, needs: []string{"cond"}, read: func(r *reader, keys map[string]*yaml.Node) valueCondition {
		return r.values(keys, func(text string, as form) bool { return as == str && hasWildcard(text) })
	}},
	"is_null": {keys: []string{"cond"}, needs: []string{"cond"}, read: func(r *reader, keys map[string]*yaml.Node) valueCondition {
		return r.values(keys, func(_ string, as form) bool { return as == null })
	}},
	"processing_item_applied": {keys: []string{"processing_item_id"}, needs: []string{"processing_item_id"}, read: func(r *reader, keys map[string]*yaml.Node) valueCondition {
		id := r.text(keys["processing_item_id"])
		return func(_ *state, e *entry) bool { return e.applied[id] }
	}},
	"processing_state": {keys: stateKeys, needs: stateKeys[:2], read: func(r *reader, keys map[string]*yaml.Node) valueCondition {
		c := r.stateCondition(keys)
		return func(s *state, _ *entry) bool { return c(s) }
	}},
}

var fieldConditions = map[string]conditionKind[fieldCondition]{
	"include_fields": {keys: []string{"fields", "mode"}, needs: []string{"fields"}, read: func(r *reader, keys map[string]*yaml.Node) fieldCondition {
		return r.fieldIn(keys, true)
	}},
	"exclude_fields": {keys: []string{"fields", "mode"}, needs: []string{"fields"}, read: func(r *reader, keys map[string]*yaml.Node) fieldCondition {
		return r.fieldIn(keys, false)
	}},
	"processing_item_applied": {keys: []string{"processing_item_id"}, needs: []string{"processing_item_id"}, read: func(r *reader, keys map[string]*yaml.Node) fieldCondition {
		id := r.text(keys["processing_item_id"])
		return func(s *state, field string) bool { return s.appliedTo[field][id] }
	}},
	"processing_state": {keys: stateKeys, needs: stateKeys[:2], read: func(r *reader, keys map[string]*yaml.Node) fieldCondition {
		c := r.stateCondition(keys)
		return func(s *state, _ string) bool { return c(s) }
	}},
}

var stateKeys = []string{"key", "val", "op"}

func (r *reader) stateCondition(keys map[string]*yaml.Node) ruleCondition {
	key, want := r.text(keys["key"]), r.text(keys["val"])
	op := r.word(keys["op"], "eq", "ne", "gte", "gt", "lte", "lt")
	return func(s *state) bool {
		got, ok := s.vars[key]
		return ok && holds(op, order(got, want))
	}
}

// values tests one or all values of an item.
func (r *reader) values(keys map[string]*yaml.Node, test func(text string, as form) bool) valueCondition {
	all := r.word(keys["cond"], "any", "all") == "all"
	return func(s *state, e *entry) bool {
		of := func(v sigma.Value) bool {
			text, as := e.full(v)
			if as == unknown {
				s.inexact(e, "what its values are after its modifiers is not known to a pipeline")
			}
			return test(text, as)
		}
		if all {
			return !slices.ContainsFunc(e.Values, func(v sigma.Value) bool { return !of(v) })
		}
		return slices.ContainsFunc(e.Values, of)
	}
}

func (r *reader) fieldIn(keys map[string]*yaml.Node, in bool) fieldCondition {
	fields := r.texts(keys["fields"])
	if r.word(keys["mode"], "plain", "re") == "plain" {
		return func(_ *state, field string) bool { return (field != "" && slices.Contains(fields, field)) == in }
	}
	var patterns []fieldCondition
	nodes := keys["fields"].Content
	if len(nodes) == 0 {
		nodes = []*yaml.Node{keys["fields"]}
	}
	for _, n := range nodes {
		re := r.pattern(n, true)
		patterns = append(patterns, func(_ *state, field string) bool { return re.MatchString(field) })
	}
	return func(s *state, field string) bool {
		return (field != "" && slices.ContainsFunc(patterns, func(c fieldCondition) bool { return c(s, field) })) == in
	}
}

func (r *reader) logsource(keys map[string]*yaml.Node) (parts [3]string) {
	for i, name := range []string{"category", "product", "service"} {
		if n := keys[name]; n != nil && n.ShortTag() != "!!null" {
			parts[i] = r.text(n)
		}
	}
	return parts
}

// order compares two texts, as numbers where they are.
func order(a, b string) int {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	if err1 == nil && err2 == nil {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(a, b)
}

func holds(op string, order int) bool {
	switch op {
	case "eq":
		return order == 0
	case "ne":
		return order != 0
	case "gte":
		return order >= 0
	case "gt":
		return order > 0
	case "lte":
		return order <= 0
	default: // lt
		return order < 0
	}
}

// ranks are the values of attributes whose order is not that of their letters.
var ranks = map[string][]string{
	"level":  {"informational", "low", "medium", "high", "critical"},
	"status": {"unsupported", "deprecated", "experimental", "test", "stable"},
}

// same reads a value of a pipeline, and compares others with it: a number is no text.
func (r *reader) same(n *yaml.Node) func(text string, as form) bool {
	want, kind := r.text(n), str
	switch n.ShortTag() {
	case "!!int", "!!float":
		kind = number
	case "!!bool":
		want, kind = strings.ToLower(want), truth
	}
	return func(text string, as form) bool {
		switch {
		case as != kind:
			return false
		case kind == number:
			return order(text, want) == 0
		case kind == str:
			return plain(text) == plain(want)
		default:
			return text == want
		}
	}
}

// compareAttribute compares an attribute of the rule. One that it does not have satisfies nothing.
func (s *state) compareAttribute(name, op, want string) bool {
	r := s.rule
	lists := map[string][]sigma.Text{"tags": r.Tags, "references": r.References, "falsepositives": r.FalsePositives, "fields": r.Fields, "scope": r.Scope}
	list, isList := lists[name]
	single := map[string]sigma.Text{
		"title": r.Title, "id": r.ID, "name": r.Name, "status": r.Status, "level": r.Level, "description": r.Description,
		"author": r.Author, "license": r.License, "date": r.Date, "modified": r.Modified, "taxonomy": r.Taxonomy,
	}
	value := single[name].Value
	if _, known := single[name]; !known && !isList {
		texts := r.CustomTexts(name)
		if set, ok := s.attributes[name]; ok {
			texts = []string{set}
		}
		switch {
		case len(texts) == 1:
			value = texts[0]
		case len(texts) > 1:
			isList = true
			for _, t := range texts {
				list = append(list, sigma.Text{Value: t})
			}
		}
	}
	if isList {
		has := slices.ContainsFunc(list, func(t sigma.Text) bool { return t.Value == want })
		return op == "ne" || op == "in" && has || op == "not_in" && !has
	}
	if value == "" || op == "in" || op == "not_in" {
		return false
	}
	if ranked := ranks[name]; ranked != nil {
		a, b := slices.Index(ranked, value), slices.Index(ranked, strings.ToLower(want))
		return a >= 0 && b >= 0 && holds(op, cmp.Compare(a, b))
	}
	return holds(op, order(value, want))
}
