package splunk

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// nameFields names the fields of the correlation: user, src_ip and app where they are that, otherwise as the record does.
func (s *stage) nameFields() {
	for k, key := range s.rule.GroupBy {
		s.groups = append(s.groups, s.nameField(key, s.bound.GroupBy[k]))
	}
	for k, key := range s.rule.Values {
		g := slices.IndexFunc(s.rule.GroupBy, func(g ir.GroupKey) bool { return g.Name == key.Name })
		several := slices.ContainsFunc(origins(s.bound, key, s.bound.Values[k]), s.severalAt)
		if g >= 0 && !s.calculates() && !several {
			s.values = append(s.values, s.groups[g])
		} else {
			s.values = append(s.values, s.nameField(key, s.bound.Values[k]))
		}
	}
	if !s.exploding() {
		return
	}
	for _, p := range s.parts {
		if p.inner {
			continue
		}
		for _, name := range s.fields() {
			p.keys = append(p.keys, s.unique(name))
		}
	}
}

// fields are the fields of the correlation, each once.
func (s *stage) fields() []string {
	out := slices.Clone(s.groups)
	for _, v := range s.values {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// origin is where a field of a correlation comes from in the records of one rule.
type origin struct {
	rule *target.Bound
	ref  target.Ref
}

// field is what Splunk calls it.
func (p *platform) field(o origin) string {
	return extracted(hops(p.choice.Data(o.rule.Log), o.ref, nil))
}

// origins follows a field of a correlation down to the records, through inner correlations too.
func origins(bound *target.BoundCorrelation, key ir.GroupKey, refs []target.Ref) []origin {
	var out []origin
	for i, r := range bound.Rules {
		if r != nil {
			out = append(out, origin{r, refs[i]})
			continue
		}
		in := bound.Inner[i]
		g := offering(in.Correlation, key, i)
		out = append(out, origins(in, in.Correlation.GroupBy[g], in.GroupBy[g])...)
	}
	return out
}

// offering is the group-by field in which an inner correlation, which is the given member, offers a field.
func offering(inner *ir.Correlation, key ir.GroupKey, member int) int {
	return slices.IndexFunc(inner.GroupBy, func(g ir.GroupKey) bool { return g.Name == key.Fields[member].Name })
}

// nameField names a field after what it is, or as all records call it. A field of the record that is a field of the
// correlation keeps its name; others of the record are never overwritten.
func (s *stage) nameField(key ir.GroupKey, refs []target.Ref) string {
	from := origins(s.bound, key, refs)
	every := func(test func(origin) bool) bool {
		return !slices.ContainsFunc(from, func(o origin) bool { return !test(o) })
	}
	for _, role := range roles {
		named := func(o origin) bool {
			return slices.Contains(rolePaths(s.choice.Data(o.rule.Log), role), s.field(o))
		}
		if !s.taken[role] && every(named) {
			return s.unique(role)
		}
	}
	name := snake(key.Name)
	if every(func(o origin) bool { return o.ref.Canonical == from[0].ref.Canonical }) {
		name = snake(from[0].ref.Canonical)
	}
	if reserved[name] { // an alias can be any word
		name += "_field"
	}
	if s.raw[name] && every(func(o origin) bool { return s.field(o) == name }) {
		delete(s.raw, name)
		return name
	}
	return s.unique(name)
}

// roles are the fields that name what an alert is about.
var roles = []string{"user", "src_ip", "app"}

// keyOf is the text of a field of a record, null where there is none. An empty text is none.
func keyOf(d *forms.Data, ref target.Ref) expr {
	v := valueOf(d, ref, hops(d, ref, nil), scope{})
	x := v.x
	switch {
	case v.native && v.typ == schema.Bool:
		x = fn("lower", fn("tostring", fn("coalesce", x, str(""))))
	case v.native && v.typ != schema.String && v.typ != schema.Datetime && v.typ != schema.GUID:
		x = fn("tostring", fn("coalesce", x, str("")))
	case v.plain:
		if c, ok := x.(*call); ok && c.name == "coalesce" {
			var args []expr
			for _, a := range c.args {
				args = append(args, fn("nullif", a, str("null")))
			}
			x = fn("coalesce", args...)
		} else {
			x = fn("nullif", x, str("null"))
		}
	}
	return fn("nullif", x, str(""))
}

// keys computes the fields of all correlations from the records: for the parts of rules, where a row can be of several.
func (c *correlator) keys() {
	e := &eval{}
	for _, s := range c.stages {
		names := s.fields()
		for f, name := range names {
			var cases []expr
			for _, p := range s.parts {
				if p.inner {
					continue
				}
				i := p.members[0]
				c.turnTo(s.bound.Rules[i])
				x := keyOf(c.data, s.ref(f, i))
				if s.severalIn(f, i) {
					x = c.values(s.ref(f, i))
				}
				switch {
				case len(s.parts) == 1 && s.spreads(f):
					e.assign = append(e.assign, assign{name, x})
				case len(s.parts) == 1:
					e.assign = append(e.assign, assign{name, s.converted(f, x)})
				case s.exploding():
					e.assign = append(e.assign, assign{p.keys[f], x})
				default:
					cases = append(cases, s.matched(p), x)
				}
			}
			if len(cases) > 0 {
				x := fn("case", cases...)
				if !s.spreads(f) {
					x = s.converted(f, x)
				}
				e.assign = append(e.assign, assign{name, x})
			}
		}
	}
	if len(e.assign) > 0 {
		c.add(e)
	}
}

// calculates reports whether the values are numbers.
func (s *stage) calculates() bool {
	switch s.rule.Kind {
	case ir.ValueSum, ir.ValueAvg, ir.ValuePercentile, ir.ValueMedian:
		return true
	default:
		return false
	}
}

// calculated reports whether the f-th of the fields is calculated with.
func (s *stage) calculated(f int) bool { return f >= len(s.groups) && s.calculates() }

// converted is the f-th of the fields as what it is used for: a number, or null where it is none.
func (s *stage) converted(f int, x expr) expr {
	if s.calculated(f) {
		return fn("tonumber", x)
	}
	return x
}

// ref is what the f-th of the fields is for a member.
func (s *stage) ref(f, member int) target.Ref {
	if f < len(s.groups) {
		return s.bound.GroupBy[f][member]
	}
	name := s.fields()[f]
	return s.bound.Values[slices.Index(s.values, name)][member]
}

// offered is the field in which an inner correlation gives the f-th of the fields.
func (s *stage) offered(f, member int) string {
	var key ir.GroupKey
	if f < len(s.groups) {
		key = s.rule.GroupBy[f]
	} else {
		key = s.rule.Values[slices.Index(s.values, s.fields()[f])]
	}
	in := s.inner[member]
	return in.groups[offering(in.rule, key, member)]
}

// turnTo makes the builder read the records of a rule.
func (c *correlator) turnTo(bound *target.Bound) {
	f := c.platform.frame(bound.Log)
	c.builder.bound, c.builder.data, c.builder.frame, c.builder.scalars, c.builder.last = bound, f.data, f, nil, namedField{}
}
