package jsonschema

import (
	"strconv"

	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/target"
)

// object is a part of a schema that is made here. The encoder sorts its keys.
type object map[string]any

// ofTargets returns the definitions that depend on what targets there are: their options, those that a rule may set for
// itself, and how each target gets a list.
func ofTargets(targets []*target.Target) object {
	all, perRule, deliveries := object{}, object{}, object{}
	for _, t := range targets {
		ofAll, ofRule := object{}, object{}
		for _, o := range t.Options {
			ofAll[o.Name] = ofOption(o)
			if o.PerRule {
				ofRule[o.Name] = ofOption(o)
			}
		}
		all[t.Name], perRule[t.Name] = closed(ofAll, t.Doc), closed(ofRule, t.Doc)
		ways := []list.Delivery{list.Inline}
		if t.Keeping != "" {
			ways = append(ways, t.Keeping)
		}
		deliveries[t.Name] = object{"enum": ways}
	}
	return object{
		"targets":     closed(all, "Options of targets."),
		"ruleTargets": closed(perRule, "Options of targets that a rule may set for itself."),
		"deliveries": object{
			"description": "How targets get the list: inline, or a map from targets to how they keep it.",
			"anyOf":       []object{{"const": list.Inline}, closed(deliveries, "")},
		},
	}
}

// closed is an object that has no other keys.
func closed(properties object, doc string) object {
	out := object{"type": "object", "additionalProperties": false, "properties": properties}
	if doc != "" {
		out["description"] = doc
	}
	return out
}

// ofOption returns what an option can be. What [target.Option.Check] asks beyond its words is left to the compiler.
func ofOption(o target.Option) object {
	out := object{"description": o.Doc}
	if o.Default != "" {
		out["default"] = o.Default
	}
	if o.Values == nil {
		scalar := []string{"string", "number", "boolean"}
		out["type"], out["items"] = append(scalar, "array"), object{"type": scalar}
		return out
	}
	// YAML makes other types of some words, and the compiler takes them by their text.
	var typed []any
	for _, v := range o.Values {
		if n, err := strconv.Atoi(v); err == nil {
			typed = append(typed, n)
		} else if v == "true" || v == "false" {
			typed = append(typed, v == "true")
		}
	}
	if typed == nil {
		out["enum"] = o.Values
	} else {
		out["anyOf"] = []object{{"enum": typed}, {"enum": o.Values}}
	}
	return out
}
