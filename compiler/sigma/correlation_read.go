package sigma

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"

	"gopkg.in/yaml.v3"
)

// correlationKeys are the keys of the map "correlation" (spec section 9.2).
var correlationKeys = []string{"type", "rules", "timespan", "group-by", "condition", "aliases", "generate"}

// extensions are keys of other tools for which there is no common meaning (spec section 13).
var extensions = map[string]string{
	"window": `every window slides and is as long as the "timespan"`,
	"gap":    `every window slides and is as long as the "timespan"`,
}

// entry is a line of a map. The zero entry is an absent one.
type entry struct{ key, value *yaml.Node }

// given reports whether the line is there and has a value.
func (e entry) given() bool { return e.value != nil && !isNull(e.value) }

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// correlationReader reads one correlation rule.
type correlationReader struct {
	*document
	c    *Correlation
	key  *yaml.Node       // "correlation"
	body map[string]entry // of it
}

// correlation reads a correlation rule.
func (d *document) correlation(root *yaml.Node) *Correlation {
	r := correlationReader{document: d, c: &Correlation{Version: d.readVersion(root)}, body: map[string]entry{}}
	top := map[string]entry{}
	metaReader{document: d, kind: "rule", keys: []string{"correlation", "generate", "baseline", "sigma-version"}, own: func(key, v *yaml.Node) bool {
		top[key.Value] = entry{key, v}
		return r.topKey(key, v)
	}}.read(root, &r.c.Meta)

	e := top["correlation"]
	r.key = e.key
	if e.value.Kind != yaml.MappingNode {
		r.badType(e.key, e.value, "a map")
		return r.c
	}
	for k, v := range pairs(e.value) {
		if slices.Contains(correlationKeys, k.Value) {
			r.body[k.Value] = entry{k, v}
			continue
		}
		r.unknownKey(k)
	}
	r.read()
	r.generate(top["generate"], r.body["generate"])
	if b := top["baseline"]; b.given() {
		r.baseline(b.key, b.value)
	}
	return r.c
}

// topKey takes the keys beside "correlation" that are read later or differ from those of other documents.
func (r *correlationReader) topKey(key, v *yaml.Node) bool {
	switch {
	case slices.Contains([]string{"correlation", "generate", "baseline", "sigma-version"}, key.Value):
		return true
	case key.Value == "falsepositives" && v.Kind == yaml.ScalarNode: // one string is allowed too (spec section 9.1)
		if t := r.str(key, v); !t.At.IsZero() {
			r.c.FalsePositives = []Text{t}
		}
		return true
	case key.Value == "logsource":
		r.diags.Warnf("correlation/logsource", r.nodeSpan(key), `"logsource" is ignored: the log sources are those of the rules referred to`)
	case slices.Contains(correlationKeys, key.Value):
		r.diags.Warnf("correlation/misplaced-key", r.nodeSpan(key), `%q is ignored here: it belongs in the map "correlation"`, key.Value)
	}
	return false
}

func (r *correlationReader) unknownKey(k *yaml.Node) {
	t := r.text(k)
	if why, ok := extensions[k.Value]; ok {
		r.diags.Errorf("correlation/extension", t.At, "%q is an extension of another tool and not supported", k.Value).Hint = why
		return
	}
	found := r.diags.Errorf("correlation/unknown-key", t.At, "%q is no key of a correlation: allowed are %s", k.Value, quoteAll(correlationKeys))
	if k.Value == "baseline" {
		found.Hint = `write "baseline" beside "correlation", so that other tools can ignore it`
		return
	}
	r.unknownWord(found, t, correlationKeys)
}

// read reads the map "correlation" in the order in which its parts need each other.
func (r *correlationReader) read() {
	c := r.c
	if e, ok := r.need("correlation/missing-type", "type"); ok {
		c.Type = r.oneOf("correlation/bad-type", e.key, e.value, CorrelationTypes)
	}
	if e, ok := r.need("correlation/missing-timespan", "timespan"); ok {
		c.Timespan, c.Window = r.timespan("correlation/bad-timespan", e.key, e.value)
	}
	if e := r.body["group-by"]; e.given() {
		c.GroupBy = r.names("correlation/duplicate-field", e.key, e.value)
	} else {
		r.diags.Warnf("correlation/no-group-by", r.nodeSpan(r.key), `without "group-by" all events are in one group`).
			Hint = `list the fields whose values the events must share, or write "group-by: []" if one group is meant`
	}
	r.rules()
	r.condition(r.body["condition"])
	if e := r.body["aliases"]; e.given() {
		r.aliases(e.key, e.value)
	}
}

// need returns a line that must be there, and reports it when it is not.
func (r *correlationReader) need(id, name string) (entry, bool) {
	e := r.body[name]
	if !e.given() {
		r.diags.Errorf(id, r.nodeSpan(r.key), "the correlation has no %q", name)
	}
	return e, e.given()
}

// rules reads the references. A condition over the names of rules can stand for them (spec section 9.8).
func (r *correlationReader) rules() {
	if condition := r.body["condition"]; !r.body["rules"].given() && r.c.Temporal() && condition.given() && condition.value.Kind == yaml.ScalarNode {
		return
	}
	e, ok := r.need("correlation/missing-rules", "rules")
	if !ok {
		return
	}
	if e.value.Kind == yaml.SequenceNode && len(e.value.Content) == 0 {
		r.diags.Errorf("correlation/missing-rules", r.nodeSpan(e.value), `the list of "rules" is empty`)
		return
	}
	r.c.Rules = r.names("correlation/duplicate-rule", e.key, e.value)
}

// generate reads an attribute that is documented beside "correlation" and read by others inside of it (spec section 9.9).
func (r *correlationReader) generate(outside, inside entry) {
	var values []Text
	for _, e := range []entry{outside, inside} {
		if !e.given() {
			continue
		}
		if e.value.Kind == yaml.ScalarNode && classify(e.value) == Bool {
			values = append(values, Text{Value: strings.ToLower(e.value.Value), At: r.nodeSpan(e.value)})
			continue
		}
		r.badType(e.key, e.value, "true or false")
	}
	if len(values) == 2 && values[0].Value != values[1].Value {
		r.diags.Errorf("correlation/generate", values[1].At, `"generate" is %s here and %s beside "correlation"`, values[1].Value, values[0].Value).
			Related = firstHere(values[0])
	}
	r.c.Generate = len(values) > 0 && values[0].Value == "true"
}

// names reads a list of names, or a single one. A name that occurs twice is reported by the given id.
func (d *document) names(id string, key, v *yaml.Node) []Text {
	nodes := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		nodes = v.Content
	}
	first := map[string]Text{}
	var out []Text
	for _, n := range nodes {
		if n.Kind != yaml.ScalarNode || isNull(n) {
			d.diags.Errorf("rule/bad-type", d.spanOr(n, key), "%q must be a name or a list of names: this is %s", key.Value, describe(n))
			continue
		}
		t := d.text(n)
		if t.Value == "" {
			d.diags.Errorf("rule/bad-type", t.At, "a name in %q is empty", key.Value)
			continue
		}
		if before, ok := first[t.Value]; ok {
			found := d.diags.Errorf(id, t.At, "%q is listed twice", t.Value)
			found.Related, found.Fixes = firstHere(before), diag.RemoveEntry(t.At)
			continue
		}
		first[t.Value] = t
		out = append(out, t)
	}
	return out
}
