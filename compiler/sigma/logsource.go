package sigma

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// logsource reads where the events of the rule come from. At least one of category, product and service must be given.
func (d *document) logsource(key, v *yaml.Node) Logsource {
	l := Logsource{At: d.spanOr(v, key)}
	if v.Kind != yaml.MappingNode {
		if v.Kind == yaml.ScalarNode && v.ShortTag() == "!!null" {
			d.diags.Errorf("logsource/empty", l.At, `the logsource is empty: it needs a "category", "product" or "service"`)
			return l
		}
		d.badType(key, v, "a map")
		return l
	}
	for k, value := range pairs(v) {
		switch k.Value {
		case "category":
			l.Category = d.lower(k, value)
		case "product":
			l.Product = d.lower(k, value)
		case "service":
			l.Service = d.lower(k, value)
		case "definition":
			l.Definition = d.str(k, value)
		default:
			d.nearKey(v, k, []string{"category", "product", "service", "definition"})
			if value.Kind == yaml.ScalarNode {
				l.Extra = append(l.Extra, Pair{Key: d.text(k), Value: d.text(value)})
			}
		}
	}
	if l.Category.Value == "" && l.Product.Value == "" && l.Service.Value == "" {
		d.diags.Errorf("logsource/empty", d.nodeSpan(key), `the logsource needs a "category", "product" or "service"`)
	}
	return l
}

// lower reads a name of a log source, which is compared in lower case.
func (d *document) lower(key, v *yaml.Node) Text {
	t := d.str(key, v)
	if lower := strings.ToLower(t.Value); lower != t.Value {
		d.diags.Warnf("logsource/upper-case", t.At, "names of log sources are lower case: %q is read as %q", t.Value, lower).Fixes = replace(t, lower)
		t.Value = lower
	}
	return t
}
