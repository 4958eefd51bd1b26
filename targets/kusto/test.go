package kusto

import (
	"net/netip"
	"strings"
	"unicode"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// present tests that a field has a value. A column of type string cannot tell an empty text from none.
func present(v value) node {
	switch {
	case v.isText():
		return &test{x: call("isnotempty", v.raw), computed: v.made}
	case v.node.Array && len(v.node.Members) == 0 && v.node.Type == schema.Dynamic:
		return &test{x: binary(call("array_length", v.raw), ">", number(0)), nullable: true}
	default:
		return &test{x: call("isnotnull", v.raw)}
	}
}

// like tests the text of a value. The operator follows from the shape of the pattern, and only where it is exactly that
// question: never "has", which looks for whole terms.
func like(v value, p ir.Pattern) node {
	shape, text := p.Shape()
	if shape == ir.Exact {
		if t := typed(v, text); t != nil {
			return t
		}
	}
	switch {
	case shape == ir.Anything:
		return present(v)
	case shape == ir.Exact && text == "":
		if v.isText() {
			return &test{x: call("isempty", v.raw), computed: v.made}
		}
		return &test{x: &kql.And{X: []kql.Expr{call("isnotnull", v.raw), call("isempty", v.text())}}, computed: v.computed()}
	}
	t := &test{computed: v.computed()}
	subject := v.text()
	if isFilled(p) {
		t.x, t.filled = call("isnotempty", subject), []kql.Expr{subject}
		return t
	}
	cs := p.Cased || !hasCase(text)
	if shape != ir.Exact {
		t.pattern, t.value, t.subject = &p, subject, v.key
	}
	switch shape {
	case ir.Exact:
		literal := str(text)
		t.x, t.list = binary(subject, pick(cs, "==", "=~"), literal), pick(cs, "in", "in~")
		t.value, t.subject, t.literals = subject, v.key, []kql.Expr{literal}
		t.equality = v.stored
	case ir.Prefix:
		t.x = binary(subject, pick(p.Cased, "startswith_cs", "startswith"), str(text))
	case ir.Suffix:
		t.x = binary(subject, pick(p.Cased, "endswith_cs", "endswith"), str(text))
	case ir.Contains:
		t.x = binary(subject, pick(p.Cased, "contains_cs", "contains"), str(text))
	default:
		t.x = binary(subject, "matches regex", str(p.Regex()))
	}
	return t
}

// isFilled reports whether the pattern fits every text but the empty one: one "?" and any number of "*".
func isFilled(p ir.Pattern) bool {
	ones, stars := 0, 0
	for _, part := range p.Parts {
		switch part.Wild {
		case ir.One:
			ones++
		case ir.Many:
			stars++
		default:
			return false
		}
	}
	return ones == 1 && stars > 0
}

// regex tests the text of a value. An expression that matches the empty text would hold for an absent field, whose text
// is empty.
func regex(v value, e *ir.Regex) node {
	t := &test{x: binary(v.text(), "matches regex", str(e.Source())), computed: v.computed()}
	if e.RE.MatchString("") {
		t.x = &kql.And{X: []kql.Expr{present(v).(*test).x, t.x}}
	}
	return t
}

// conversions make a number of a value inside a dynamic column.
var conversions = map[schema.Type]string{schema.Int: "toint", schema.Long: "tolong", schema.Real: "todouble"}

// typed compares a number or a boolean as what it is. The text of a number that the log writes as text is compared as
// text, though: nil means that.
func typed(v value, text string) node {
	switch t := v.typ; {
	case t.Numeric():
		x := v.raw
		if !v.stored {
			x = call(conversions[t], v.raw)
		}
		return &test{
			x: binary(x, "==", &kql.Number{Text: text}), equality: v.stored,
			value: x, subject: v.key, list: "in", literals: []kql.Expr{&kql.Number{Text: text}},
		}
	case t == schema.Bool:
		x := v.raw
		if !v.stored {
			x = call("tobool", v.raw)
		}
		return &test{x: binary(x, "==", &kql.Bool{Value: strings.EqualFold(text, "true")}), equality: v.stored}
	default:
		return nil
	}
}

// hasCase reports whether case can matter for the text. Where it cannot, "==" is the same as "=~", and faster.
func hasCase(s string) bool {
	for _, r := range s {
		if unicode.SimpleFold(r) != r {
			return true
		}
	}
	return false
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func compare(v value, e *ir.Compare) node {
	if e.Part != ir.Whole {
		x := v.raw
		if !v.stored || v.typ != schema.Datetime {
			x = call("todatetime", v.text())
		}
		part := call("datetime_part", str(e.Part.String()), x)
		if e.Part == ir.Week {
			part = call("week_of_year", x)
		}
		n := &kql.Number{Text: string(e.Number)}
		return &test{
			x:     binary(part, e.Op.String(), n),
			value: part, subject: v.key + " " + e.Part.String(), list: "in", literals: []kql.Expr{n},
			computed: v.computed(),
		}
	}
	x := v.raw
	switch {
	case v.typ.Numeric() && !v.stored:
		x = call(conversions[v.typ], v.raw)
	case !v.typ.Numeric():
		x = call("todouble", v.text())
	}
	return &test{
		x:        binary(x, e.Op.String(), &kql.Number{Text: string(e.Number)}),
		nullable: true, computed: v.computed() && !v.typ.Numeric(),
	}
}

func network(v value, e *ir.CIDR) node {
	f, list := "ipv4_is_in_range", "ipv4_is_in_any_range"
	if e.Prefix.Addr().Is6() {
		f, list = "ipv6_is_in_range", "ipv6_is_in_any_range"
	}
	t := &test{
		x:     call(f, v.text(), str(e.Prefix.String())),
		value: v.text(), subject: v.key, list: list, literals: []kql.Expr{str(e.Prefix.String())},
		nullable: true, computed: v.computed(),
	}
	if e.Prefix.Contains(mapped) {
		t.x, t.list = &kql.And{X: []kql.Expr{binary(v.text(), "contains", str(":")), t.x}}, ""
	}
	return t
}

// mapped is where the addresses of IPv4 are in IPv6. Kusto's functions for IPv6 look there for an address of IPv4, which
// is in no network of IPv6.
var mapped = netip.MustParseAddr("::ffff:0.0.0.0")

// same compares two fields of the event; an absent field is like no other.
func same(v, w value, e *ir.SameAs) node {
	a, b := v.text(), w.text()
	op := map[ir.Shape]string{ir.Exact: "=~", ir.Prefix: "startswith", ir.Suffix: "endswith", ir.Contains: "contains"}[e.Shape]
	if e.Cased {
		op = map[ir.Shape]string{ir.Exact: "==", ir.Prefix: "startswith_cs", ir.Suffix: "endswith_cs", ir.Contains: "contains_cs"}[e.Shape]
	}
	filled := []kql.Expr{call("isnotempty", a)}
	if e.Shape != ir.Exact { // what equals a text that is not empty is not empty
		filled = append(filled, call("isnotempty", b))
	}
	return &test{
		x:        &kql.And{X: append(filled, binary(a, op, b))},
		computed: v.computed() || w.computed(),
	}
}
