package sigma

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"

	"gopkg.in/yaml.v3"
)

// maxSearches bounds the work of a condition, each word of which may speak of every search.
const maxSearches = 4096

// reserved words of conditions cannot name a search (spec section 3.2).
var reserved = []string{"and", "or", "not", "of", "them", "all", "any", "1"}

// searchKeys are the keys beside the searches.
var searchKeys = []string{"condition", "timeframe"}

// topDetection reads the detection of a rule.
func (d *document) topDetection(key, v *yaml.Node) *Detection {
	if v.Kind != yaml.MappingNode {
		d.badType(key, v, "a map")
		return nil
	}
	return d.detection(key, v, true)
}

// detection reads a map of searches and their condition. Only at the top of a rule can it have a timeframe.
func (d *document) detection(key, m *yaml.Node, top bool) *Detection {
	det := d.made.detections.New(Detection{At: d.spanOr(m, key)})
	n := len(m.Content) / 2
	if has(m, "condition") {
		n--
	}
	n = min(n, maxSearches)
	searches := d.made.searches.Take(n)
	det.Searches = d.made.searchRefs.Take(n)[:0]
	var condition, timeframe [2]*yaml.Node
	for k, v := range pairs(m) {
		switch {
		case k.Value == "condition":
			condition = [2]*yaml.Node{k, v}
		case k.Value == "timeframe" && top:
			timeframe = [2]*yaml.Node{k, v}
		case len(det.Searches) == maxSearches:
			d.diags.Errorf("detection/too-many-searches", d.nodeSpan(k), "a detection can have at most %d searches", maxSearches)
			return det
		default:
			s := &searches[len(det.Searches)]
			*s = d.search(m, k, v)
			det.Searches = append(det.Searches, s)
		}
	}
	if timeframe[0] != nil {
		d.timeframe(timeframe[0], timeframe[1], condition[1])
	}
	if len(det.Searches) == 0 {
		d.diags.Errorf("detection/no-search", d.nodeSpan(key), "%q has no search", key.Value)
	}
	if condition[0] == nil {
		d.diags.Errorf("rule/missing-condition", d.nodeSpan(key), `%q has no "condition"`, key.Value)
		return det
	}
	d.conditions(condition[0], condition[1], det)
	return det
}

// timeframe warns of what is left of Sigma 1. With an aggregation, the condition gives an error anyway.
func (d *document) timeframe(key, value, condition *yaml.Node) {
	if condition != nil && strings.Contains(condition.Value, "|") {
		return
	}
	found := d.diags.Warnf("detection/timeframe", d.nodeSpan(key), `"timeframe" is ignored: it belonged to the aggregations of Sigma 1`)
	found.Hint = `write a correlation rule with a "timespan"`
	if line, ok := d.line(key, value); ok {
		found.Fixes = []diag.Fix{{Title: "remove it", Edits: []diag.Edit{{Span: line}}}}
	}
}

func (d *document) search(m, key, v *yaml.Node) Search {
	s := Search{Name: d.text(key)}
	switch {
	case slices.Contains(reserved, key.Value):
		d.diags.Errorf("detection/bad-name", s.Name.At, "%q is a word of conditions and cannot name a search", key.Value)
	case key.Value == "":
		d.diags.Errorf("detection/bad-name", s.Name.At, "a search needs a name")
	case strings.Contains(key.Value, "|"):
		d.diags.Warnf("detection/pipe-in-name", s.Name.At, `the "|" is part of the search's name %q: modifiers belong to fields`, key.Value)
	default:
		d.nearKey(m, key, searchKeys)
	}
	s.Body = d.body(key, v)
	s.At = s.Name.At.To(d.nodeSpan(v))
	return s
}

// body reads what a search looks for: a map, a list of maps and keywords, or one keyword (spec section 3.3).
func (d *document) body(key, v *yaml.Node) []Alternative {
	switch {
	case v.Kind == yaml.MappingNode:
		return d.alternative(d.items(v))
	case v.Kind == yaml.SequenceNode && len(v.Content) == 0:
		d.diags.Errorf("detection/empty-list", d.spanOr(v, key), "%q has an empty list", key.Value)
		return nil
	case v.Kind == yaml.SequenceNode:
		body := d.made.alternatives.Take(len(v.Content))[:0]
		for _, n := range v.Content {
			switch {
			case n.Kind == yaml.MappingNode:
				body = append(body, d.items(n))
			case n.Kind == yaml.SequenceNode:
				d.diags.Errorf("detection/nested-list", d.nodeSpan(n), "a list cannot hold a list")
			default:
				if value, ok := d.listValue(n, key); ok {
					body = append(body, d.keyword(value))
				}
			}
		}
		return body
	case v.ShortTag() == "!!null":
		d.diags.Errorf("detection/null-search", d.spanOr(v, key), "%q has no content", key.Value)
		return nil
	}
	return d.alternative(d.keyword(d.value(v)))
}

// alternative is a body of one alternative.
func (d *document) alternative(a Alternative) []Alternative {
	body := d.made.alternatives.Take(1)
	body[0] = a
	return body
}

func (d *document) keyword(v Value) Alternative {
	return Alternative{Keyword: d.made.values.New(v), At: v.At}
}

// listValue reads a scalar in a list. Null cannot be one of several values (spec section 5.3).
func (d *document) listValue(n, key *yaml.Node) (Value, bool) {
	v := d.value(n)
	if v.Kind != Null {
		return v, true
	}
	d.diags.Errorf("value/null-in-list", d.spanOr(n, key), "a list of values cannot hold null").
		Hint = `write a search of its own for the empty field and join the two with "or"`
	return v, false
}

// items reads a map of fields, all of which must hold.
func (d *document) items(m *yaml.Node) Alternative {
	a := Alternative{At: d.nodeSpan(m)}
	if len(m.Content) == 0 {
		d.diags.Errorf("detection/empty-search", a.At, "an empty map would match every event")
	}
	n := len(m.Content) / 2
	items := d.made.items.Take(n)
	a.Items = d.made.itemRefs.Take(n)[:0]
	for key, v := range pairs(m) {
		item := &items[len(a.Items)]
		d.item(item, key, v)
		a.Items = append(a.Items, item)
	}
	return a
}

// arrayField is a field name with an array quantifier at its end (spec section 17.3).
var arrayField = lazy(`\[(any|all|all_or_empty|none)\]$`)

func (d *document) item(item *Item, key, v *yaml.Node) {
	d.key(item, key)
	if v.Kind != yaml.ScalarNode {
		item.At = item.Key.To(d.nodeSpan(v))
	}
	selects := strings.HasSuffix(item.Field.Value, "]") && arrayField().MatchString(item.Field.Value)
	if d.version < 3 && selects && !isBlock(v) {
		d.diags.Warnf("detection/array-selector", item.Field.At, "%q is only a name here: array matching needs version 3 of Sigma", item.Field.Value).
			Hint = `add "sigma-version: 3" at the top of the rule`
	}
	switch {
	case isBlock(v) && d.version >= 3:
		item.Block = d.block(key, v)
	case isBlock(v):
		found := d.diags.Errorf("detection/map-value", item.Key, "the value of a field must be text, a number or a list, not a map")
		if selects {
			found.Hint = `matching of array members needs "sigma-version: 3" at the top of the rule`
		}
	case v.Kind == yaml.SequenceNode:
		item.List = true
		item.Values = d.values(key, v)
	default:
		item.Values = d.made.values.Take(1)
		value := &item.Values[0]
		*value = d.value(v)
		item.At = item.Key.To(value.At)
		if value.At.Start() == value.At.End() {
			value.At = item.Key
		}
	}
}

// isBlock reports whether a value is a map or a list that begins with one.
func isBlock(v *yaml.Node) bool {
	if v.Kind == yaml.SequenceNode && len(v.Content) > 0 {
		v = v.Content[0]
	}
	return v.Kind == yaml.MappingNode
}

func (d *document) values(key, v *yaml.Node) []Value {
	if len(v.Content) == 0 {
		d.diags.Errorf("detection/empty-list", d.spanOr(v, key), "%q has an empty list", key.Value)
	}
	values := d.made.values.Take(len(v.Content))[:0]
	for _, n := range v.Content {
		switch n.Kind {
		case yaml.ScalarNode:
			if value, ok := d.listValue(n, key); ok {
				values = append(values, value)
			}
		case yaml.SequenceNode:
			d.diags.Errorf("detection/nested-list", d.nodeSpan(n), "a list cannot hold a list")
		default:
			d.diags.Errorf("detection/map-value", d.nodeSpan(n), "a list of values cannot hold a map")
		}
	}
	return values
}

// block reads a body that is tested against one member of an array.
func (d *document) block(key, v *yaml.Node) *Block {
	b := &Block{At: d.spanOr(v, key)}
	if v.Kind == yaml.MappingNode && has(v, "condition") {
		b.Detection = d.detection(key, v, false)
		return b
	}
	if v.Kind == yaml.SequenceNode {
		for _, n := range v.Content {
			if n.Kind != yaml.MappingNode {
				d.diags.Errorf("detection/map-value", d.spanOr(n, key), "a list of maps cannot hold %s", describe(n))
				continue
			}
			b.Body = append(b.Body, d.items(n))
		}
		return b
	}
	b.Body = d.alternative(d.items(v))
	return b
}

// key splits "field|modifier|modifier". There is no escape for "|" (spec section 3.4).
func (d *document) key(item *Item, n *yaml.Node) {
	at, m := d.scalar(n)
	field, rest, more := strings.Cut(n.Value, "|")
	item.Key, item.Field = at, Text{Value: field, At: m.Span(0, len(field))}
	if more {
		item.Modifiers = d.made.texts.Take(strings.Count(rest, "|") + 1)[:0]
	}
	for offset := len(field) + len("|"); more; {
		var word string
		word, rest, more = strings.Cut(rest, "|")
		t := Text{Value: word, At: m.Span(offset, offset+len(word))}
		offset += len(word) + len("|")
		if word == "" {
			pipe := m.Span(offset-len("||"), offset-len("|"))
			d.diags.Errorf("modifier/empty", pipe, `a modifier is missing after "|"`)
			continue
		}
		item.Modifiers = append(item.Modifiers, t)
	}
	if n.Value == "" {
		d.diags.Errorf("detection/bad-name", at, "a field needs a name")
	}
}
