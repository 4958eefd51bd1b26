package sigma

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// aliases reads the map of aliases (spec section 9.7), and checks what the document alone can tell: a rule that is
// referred to by its id may be meant by any name.
func (r *correlationReader) aliases(key, v *yaml.Node) {
	if v.Kind != yaml.MappingNode {
		r.badType(key, v, "a map of aliases")
		return
	}
	for name, fields := range pairs(v) {
		a := Alias{Name: r.text(name)}
		if fields.Kind != yaml.MappingNode || len(fields.Content) == 0 {
			r.diags.Errorf("correlation/bad-alias", r.spanOr(fields, name), "the alias %q needs a map from rules to fields", name.Value)
			continue
		}
		for rule, field := range pairs(fields) {
			if field.Kind != yaml.ScalarNode || field.Value == "" || isNull(field) {
				r.diags.Errorf("correlation/bad-alias", r.spanOr(field, rule), "the alias %q needs the name of a field for the rule %q, not %s", name.Value, rule.Value, describe(field))
				continue
			}
			a.Fields = append(a.Fields, AliasField{Rule: r.text(rule), Field: r.text(field)})
		}
		r.c.Aliases = append(r.c.Aliases, a)
		r.checkAlias(a)
	}
}

func (r *correlationReader) checkAlias(a Alias) {
	used := slices.ContainsFunc(slices.Concat(r.c.GroupBy, r.c.Condition.Field), func(t Text) bool { return t.Value == a.Name.Value })
	if !used {
		r.diags.Warnf("correlation/unused-alias", a.Name.At, `neither "group-by" nor "field" uses the alias %q`, a.Name.Value)
	}
	if slices.ContainsFunc(r.c.Rules, isID) {
		return
	}
	listed, known := set(r.c.Rules), map[string]bool{}
	for _, f := range a.Fields {
		known[f.Rule.Value] = true
		if !isID(f.Rule) && !listed[f.Rule.Value] {
			r.unknownWord(r.diags.Errorf("correlation/alias-rule", f.Rule.At, "the correlation does not refer to a rule %q", f.Rule.Value), f.Rule, values(r.c.Rules))
			return // the slip of the pen is also why another rule has no field
		}
	}
	if slices.ContainsFunc(a.Fields, func(f AliasField) bool { return isID(f.Rule) }) || !used {
		return
	}
	for _, rule := range r.c.Rules {
		if !known[rule.Value] {
			r.diags.Errorf("correlation/alias-incomplete", a.Name.At, "the alias %q has no field for the rule %q", a.Name.Value, rule.Value)
		}
	}
}

// isID reports whether a reference is an id and not a name.
func isID(t Text) bool { return isUUID(t.Value) }

// values returns the texts without their places.
func values(ts []Text) []string {
	var out []string
	for _, t := range ts {
		out = append(out, t.Value)
	}
	return out
}
