package sigma

import (
	"github.com/sigc-rules/sigc/compiler/diag"

	"gopkg.in/yaml.v3"
)

// filter reads a filter (spec section 10).
func (d *document) filter(root *yaml.Node) *Filter {
	f := &Filter{Version: d.readVersion(root)}
	d.version = f.Version
	var body, logsource entry
	keys := []string{"logsource", "filter", "sigma-version"}
	metaReader{document: d, kind: "filter", keys: keys, own: func(key, v *yaml.Node) bool {
		switch key.Value {
		case "logsource":
			logsource = entry{key, v}
			f.Logsource = d.logsource(key, v)
		case "filter":
			body = entry{key, v}
		case "status", "level":
			d.diags.Warnf("filter/ignored-attribute", d.nodeSpan(key), "%q is ignored: it is that of the rules that are filtered", key.Value)
		case "sigma-version":
		default:
			return false
		}
		return true
	}}.read(root, &f.Meta)
	if logsource.key == nil {
		d.diags.Errorf("rule/missing-logsource", f.At, `the filter has no "logsource"`)
	}
	if body.value.Kind != yaml.MappingNode {
		d.badType(body.key, body.value, "a map")
		return f
	}
	d.filterBody(f, body)
	return f
}

// filterBody reads the map "filter": a detection that also lists rules.
func (d *document) filterBody(f *Filter, body entry) {
	var rules entry
	for k, v := range pairs(body.value) {
		if k.Value == "rules" {
			rules = entry{k, v}
		}
	}
	f.Detection = d.detection(body.key, without(body.value, "rules"), false)
	f.Detection.At = d.spanOr(body.value, body.key)
	if rules.given() {
		d.filterRules(f, rules)
	} else {
		found := d.diags.Errorf("filter/missing-rules", d.nodeSpan(body.key), `the filter has no "rules"`)
		found.Hint = `list ids or names of rules, or write "rules: any"`
		for _, s := range f.Detection.Searches {
			if diag.Nearest(s.Name.Value, []string{"rules"}) != "" {
				found.Related = []diag.Related{{Message: `did you mean "rules" here?`, Span: s.Name.At}}
			}
		}
	}
	d.checkFilterCondition(f)
}

// filterRules reads which rules are filtered (spec section 10.2).
func (d *document) filterRules(f *Filter, rules entry) {
	v := rules.value
	switch {
	case v.Kind == yaml.ScalarNode && v.Value == "any":
		f.Any = true
	case v.Kind == yaml.SequenceNode && len(v.Content) == 0:
		f.Any = true
		d.diags.Warnf("filter/empty-rules", d.nodeSpan(v), `an empty list of rules means every rule of the log source: write "any" instead`).Fixes = diag.Replace(d.nodeSpan(v), "any")
	default:
		f.Rules = d.names("filter/duplicate-rule", rules.key, v)
	}
}

// checkFilterCondition looks at what makes the condition of a filter another thing than that of a rule.
func (d *document) checkFilterCondition(f *Filter) {
	conditions := f.Detection.Conditions
	if len(conditions) > 1 {
		d.diags.Errorf("filter/several-conditions", conditions[1].At, `a filter has one condition: join several with "or"`)
		return
	}
	if len(conditions) == 1 && conditions[0].Expr != nil && !negates(conditions[0].Expr) {
		d.diags.Warnf("filter/keeps", conditions[0].At, "the condition says which events remain, not which are dropped").
			Hint = `to drop the events that a search finds, write "not" before it`
	}
}

// negates reports whether there is a "not" in the condition.
func negates(c Cond) bool {
	switch c := c.(type) {
	case *CondAnd:
		return anyNegates(c.X)
	case *CondOr:
		return anyNegates(c.X)
	case *CondNot:
		return true
	}
	return false
}

func anyNegates(xs []Cond) bool {
	for _, x := range xs {
		if negates(x) {
			return true
		}
	}
	return false
}

// without returns a map without one of its keys.
func without(m *yaml.Node, name string) *yaml.Node {
	out := *m
	out.Content = nil
	for key, value := range pairs(m) {
		if key.Value != name {
			out.Content = append(out.Content, key, value)
		}
	}
	return &out
}
