package sigma

import (
	"math/big"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// operators compare a count or value with a number (spec section 9.8).
var operators = []string{"gt", "gte", "lt", "lte", "eq", "neq"}

// condition reads when the correlation fires. Only temporal types can do without.
func (r *correlationReader) condition(e entry) {
	switch {
	case !slices.Contains(CorrelationTypes, r.c.Type.Value):
		return // what the condition needs depends on the type, which was reported
	case !e.given() && r.c.Temporal():
		return
	case !e.given():
		r.diags.Errorf("correlation/missing-condition", r.nodeSpan(r.key), `a correlation of type %q needs a "condition"`, r.c.Type.Value).
			Hint = `write how many are too many, such as "gte: 10"`
		return
	}
	r.c.Condition.At = r.spanOr(e.value, e.key)
	switch {
	case e.value.Kind == yaml.MappingNode:
		r.thresholds(e)
	case e.value.Kind == yaml.ScalarNode && r.c.Temporal():
		r.expression(e)
	case r.c.Temporal():
		r.badType(e.key, e.value, "a map of operators or a condition over the names of rules")
	default:
		r.badType(e.key, e.value, "a map of operators")
	}
}

// counts reports whether the numbers of the condition are counts, which are whole.
func (r *correlationReader) counts() bool {
	return r.c.Temporal() || r.c.Type.Value == "event_count" || r.c.Type.Value == "value_count"
}

// looksAtValues reports whether the correlation is about the values of a field.
func (r *correlationReader) looksAtValues() bool { return strings.HasPrefix(r.c.Type.Value, "value_") }

// thresholds reads a condition that is a map.
func (r *correlationReader) thresholds(e entry) {
	c := &r.c.Condition
	known := append([]string{"field", "percentile"}, operators...)
	sound := true
	for k, v := range pairs(e.value) {
		switch {
		case k.Value == "field":
			r.fields(k, v)
		case k.Value == "percentile":
			r.percentile(k, v)
		case slices.Contains(operators, k.Value):
			n, ok := r.threshold(k, v)
			sound = sound && ok
			if ok {
				c.Thresholds = append(c.Thresholds, Threshold{Op: r.text(k), Number: n})
			}
		default:
			sound = false
			t := r.text(k)
			r.unknownWord(r.diags.Errorf("correlation/unknown-operator", t.At, "%q is no operator: allowed are %s", k.Value, quoteAll(operators)), t, known)
		}
	}
	if len(c.Thresholds) == 0 && sound {
		r.diags.Errorf("correlation/missing-operator", c.At, "the condition compares with no number: write one of %s", quoteAll(operators))
	}
	if r.looksAtValues() && !has(e.value, "field") {
		r.diags.Errorf("correlation/missing-field", c.At, `a correlation of type %q needs a "field" in its condition`, r.c.Type.Value)
	}
	if r.c.Type.Value == "value_percentile" && !has(e.value, "percentile") {
		r.diags.Errorf("correlation/missing-percentile", c.At, `a correlation of type "value_percentile" needs a "percentile" in its condition, from 0 to 100`)
	}
	if sound {
		r.checkRange()
	}
}

// threshold reads the number of an operator.
func (r *correlationReader) threshold(key, v *yaml.Node) (Text, bool) {
	t, ok := r.number("correlation/bad-threshold", key, v)
	if !ok || !r.counts() {
		return t, ok
	}
	if n, _ := new(big.Rat).SetString(t.Value); !n.IsInt() {
		r.diags.Errorf("correlation/bad-threshold", t.At, "a count is a whole number, which %q is not", t.Value)
		return t, false
	}
	return t, true
}

func (r *correlationReader) fields(key, v *yaml.Node) {
	fields := r.names("correlation/duplicate-field", key, v)
	switch {
	case !r.looksAtValues():
		r.diags.Errorf("correlation/unexpected-field", r.nodeSpan(key), `a correlation of type %q looks at no field`, r.c.Type.Value).
			Hint = `"value_count" counts the distinct values of a field`
	case len(fields) > 1 && r.c.Type.Value != "value_count":
		r.diags.Errorf("correlation/too-many-fields", fields[1].At, `only "value_count" can look at several fields: %q takes one`, r.c.Type.Value)
	case v.Kind == yaml.SequenceNode && len(v.Content) == 0:
		r.diags.Errorf("correlation/missing-field", r.nodeSpan(v), `the list of fields is empty`)
	}
	r.c.Condition.Field = fields
}

func (r *correlationReader) percentile(key, v *yaml.Node) {
	const id = "correlation/bad-percentile"
	if r.c.Type.Value != "value_percentile" {
		r.diags.Errorf(id, r.nodeSpan(key), `only "value_percentile" takes a percentile, %q does not`, r.c.Type.Value)
		return
	}
	t, ok := r.number(id, key, v)
	if !ok {
		return
	}
	if n, _ := new(big.Rat).SetString(t.Value); n.Sign() < 0 || n.Cmp(big.NewRat(100, 1)) > 0 {
		r.diags.Errorf(id, t.At, "%q is no percentile: write a number from 0 to 100", t.Value)
		return
	}
	r.c.Condition.Percentile = t
}

// number reads a number in canonical form. Quotes around it are forgiven; anything else is reported by the given id.
func (d *document) number(id string, key, v *yaml.Node) (Text, bool) {
	if v.Kind != yaml.ScalarNode || isNull(v) {
		d.diags.Errorf(id, d.spanOr(v, key), "%q must be a number, not %s", key.Value, describe(v))
		return Text{}, false
	}
	t := d.text(v)
	kind, canon := parseNumber(v.Value)
	switch {
	case kind == String || isSpecial(v.Value):
		d.diags.Errorf(id, t.At, "%q must be a number: %q is none", key.Value, t.Value)
		return t, false
	case v.ShortTag() == "!!str":
		d.diags.Warnf(id, t.At, "write the number %s without quotes", canon)
	case kind == Int && unusual(v.Value):
		d.diags.Warnf("yaml/implicit-type", t.At, "%q is read as the number %s", v.Value, canon)
	}
	t.Value = canon
	return t, true
}
