package sigma

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

var (
	baselineKeys = []string{"periods", "every", "increase"}
	percentForm  = lazy(`^[0-9]{1,6}(\.[0-9]{1,6})?\s*%?$`)
)

const maxPeriods = 30

// baseline reads our extension, which stands beside "correlation" where other tools take it for the author's own key.
func (r *correlationReader) baseline(key, v *yaml.Node) {
	if v.Kind != yaml.MappingNode {
		r.badType(key, v, "a map")
		return
	}
	b := &Baseline{At: r.spanOr(v, key), Interval: r.c.Window}
	r.c.Baseline = b
	switch r.c.Type.Value {
	case "event_count", "value_count", "":
	default:
		r.diags.Errorf("baseline/type", r.nodeSpan(key), `a baseline compares counts: it goes with the types "event_count" and "value_count" only`)
	}
	for k, value := range pairs(v) {
		switch k.Value {
		case "periods":
			r.periods(b, k, value)
		case "every":
			r.every(b, k, value)
		case "increase":
			r.increase(b, k, value)
		default:
			t := r.text(k)
			r.unknownWord(r.diags.Errorf("baseline/unknown-key", t.At, "%q is no key of a baseline: allowed are %s", k.Value, quoteAll(baselineKeys)), t, baselineKeys)
		}
	}
	if !has(v, "periods") {
		r.diags.Errorf("baseline/missing-periods", r.nodeSpan(key), `the baseline has no "periods": how many past windows are compared with`)
	}
	if !has(v, "increase") {
		r.diags.Errorf("baseline/missing-increase", r.nodeSpan(key), `the baseline has no "increase": by how much the count must exceed the average, such as "10%%"`)
	}
}

func (r *correlationReader) periods(b *Baseline, key, v *yaml.Node) {
	const id = "baseline/bad-periods"
	t, ok := r.number(id, key, v)
	if !ok {
		return
	}
	n, err := strconv.Atoi(t.Value)
	if err != nil || n < 1 || n > maxPeriods {
		r.diags.Errorf(id, t.At, "a baseline has from 1 to %d periods, not %s", maxPeriods, t.Value)
		return
	}
	b.Periods, b.N = t, n
}

func (r *correlationReader) every(b *Baseline, key, v *yaml.Node) {
	if isNull(v) {
		return
	}
	t, interval := r.timespan("baseline/bad-every", key, v)
	if interval == 0 {
		return
	}
	if interval < r.c.Window {
		r.diags.Errorf("baseline/overlap", t.At, `windows of %s that begin every %s overlap: "every" must not be shorter than the "timespan"`, r.c.Timespan.Value, t.Value)
		return
	}
	b.Every, b.Interval = t, interval
}

func (r *correlationReader) increase(b *Baseline, key, v *yaml.Node) {
	t := r.text(v)
	if v.Kind != yaml.ScalarNode || !percentForm().MatchString(t.Value) {
		r.diags.Errorf("baseline/bad-increase", r.spanOr(v, key), `"increase" must be a percentage such as "10%%": from 0 to 999999`)
		return
	}
	percent, err := strconv.ParseFloat(strings.TrimRight(t.Value, "% \t"), 64)
	if err != nil {
		panic("sigma: a percentage that is no number: " + t.Value)
	}
	b.Increase, b.Percent = t, percent
}
