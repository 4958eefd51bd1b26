package sigma

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// settingsKey is our own key of a document, which other tools take for the author's.
const settingsKey = "sigc"

// settings reads the options of targets that a document sets for itself:
//
//	sigc:
//	    targets:
//	        sentinel:
//	            severity: High
//
// Which targets and options there are is not known here.
func (d *document) settings(key, v *yaml.Node) []Setting {
	var out []Setting
	d.below(key, v, func(key, v *yaml.Node) {
		if key.Value != "targets" {
			t := d.text(key)
			d.unknownWord(d.diags.Errorf("rule/sigc-key", t.At, `%q is no key of "sigc": allowed is "targets"`, t.Value), t, []string{"targets"})
			return
		}
		d.below(key, v, func(name, v *yaml.Node) {
			d.below(name, v, func(option, v *yaml.Node) {
				if value, ok := d.setting(option, v); ok {
					out = append(out, Setting{Target: d.text(name), Option: d.text(option), Value: value})
				}
			})
		})
	})
	return out
}

// below goes over a map.
func (d *document) below(key, v *yaml.Node, each func(key, v *yaml.Node)) {
	if v.Kind != yaml.MappingNode {
		d.badType(key, v, "a map")
		return
	}
	for k, value := range pairs(v) {
		each(k, value)
	}
}

// setting reads the value of an option: a scalar of any type, or a list of them, which stands for its items with commas
// between them.
func (d *document) setting(key, v *yaml.Node) (Text, bool) {
	items := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		items = v.Content
	}
	var values []string
	for _, item := range items {
		if item.Kind != yaml.ScalarNode || item.ShortTag() == "!!null" {
			d.badType(key, v, "a value or a list of values")
			return Text{}, false
		}
		values = append(values, item.Value)
	}
	return Text{Value: strings.Join(values, ","), At: d.spanOr(v, key)}, true
}
