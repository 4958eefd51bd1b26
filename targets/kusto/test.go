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
		return &test{x: binary(call("array_length", v.raw), ">", number(0)), nullable: true, computed: v.made}
	default:
		return &test{x: call("isnotnull", v.raw), computed: v.made}
	}
}

// like tests the text of a value. The operator follows from the shape of the pattern, and only where it is exactly that
// question: never "has", which looks for whole terms.
func (b *builder) like(v *value, e *ir.Like) node {
	p := &e.Pattern
	shape, text := p.Shape()
	switch {
	case shape == ir.Exact && v.typ == schema.Bool:
		return &test{x: binary(v.converted(), "==", &kql.Bool{Value: strings.EqualFold(text, "true")}), equality: v.stored, computed: v.made}
	case shape == ir.Anything:
		return present(*v)
	case shape == ir.Exact && text == "" && !v.typ.Numeric():
		if v.isText() {
			return &test{x: call("isempty", v.raw), computed: v.made}
		}
		return &test{x: &kql.And{X: []kql.Expr{call("isnotnull", v.raw), call("isempty", v.text())}}, computed: v.computed()}
	}
	if shape == ir.Exact {
		return b.equal(v, e.Pattern)
	}
	subject := v.text()
	t := b.tests.New(test{computed: v.computed()})
	if isFilled(*p) {
		t.x, t.listing = call("isnotempty", subject), &listing{op: filled, literals: []kql.Expr{subject}}
		return t
	}
	if b.short {
		t.pattern = &likeness{p, subject, v.key}
	}
	var op string
	switch shape {
	case ir.Prefix:
		op = pick(p.Cased, "startswith_cs", "startswith")
	case ir.Suffix:
		op = pick(p.Cased, "endswith_cs", "endswith")
	case ir.Contains:
		op = pick(p.Cased, "contains_cs", "contains")
	default:
		op, text = "matches regex", p.Regex()
	}
	t.x = b.binary(subject, op, b.str(text))
	return t
}

// equal tests that a value is a text or a number.
func (b *builder) equal(v *value, p ir.Pattern) node {
	literal, op := b.literal(v, p)
	l := b.listings.New(listing{subject: v.key, op: op, literals: b.exprs.Take(1)})
	l.literals[0] = literal
	t := b.tests.New(test{equality: v.stored, listing: l})
	if v.typ.Numeric() {
		l.value, t.computed = v.converted(), v.made
	} else {
		l.value, t.computed = v.text(), v.computed()
	}
	t.x = b.binary(l.value, pick(op == "in", "==", "=~"), literal)
	return t
}

// literal is what a value is compared with, and the operator by which others can join it in a list; "" where none can, as
// the comparison is not one for equality with a text or a number.
func (b *builder) literal(v *value, p ir.Pattern) (literal kql.Expr, list string) {
	shape, text := p.Shape()
	switch {
	case shape != ir.Exact || v.typ == schema.Bool:
		return nil, ""
	case v.typ.Numeric(): // the text of a number that the log writes as text is compared as text, though
		return &kql.Number{Text: text}, "in"
	case text == "":
		return nil, ""
	default:
		return b.str(text), pick(p.Cased || !hasCase(text), "in", "in~")
	}
}

// isFilled reports whether the pattern fits every text but the empty one: one "?" and any number of "*".
func isFilled(p ir.Pattern) bool {
	ones, stars := 0, 0
	for part := range p.Parts() {
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

// conversions make a number or a boolean of a value inside a dynamic column.
var conversions = map[schema.Type]string{schema.Int: "toint", schema.Long: "tolong", schema.Real: "todouble", schema.Bool: "tobool"}

// converted is a number or a boolean as what it is.
func (v *value) converted() kql.Expr {
	if v.stored {
		return v.raw
	}
	return call(conversions[v.typ], v.raw)
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
			x:        binary(part, e.Op.String(), n),
			computed: v.computed(),
			listing:  &listing{value: part, subject: v.key + " " + e.Part.String(), op: "in", literals: []kql.Expr{n}},
		}
	}
	var x kql.Expr
	if v.typ.Numeric() {
		x = v.converted()
	} else {
		x = call("todouble", v.text())
	}
	return &test{
		x:        binary(x, e.Op.String(), &kql.Number{Text: string(e.Number)}),
		nullable: true, computed: v.made || v.computed() && !v.typ.Numeric(),
	}
}

func network(v value, e *ir.CIDR) node {
	family := pick(e.Prefix.Addr().Is6(), "ipv6", "ipv4")
	literal := str(e.Prefix.String())
	t := &test{x: call(family+"_is_in_range", v.text(), literal), nullable: true, computed: v.computed()}
	if e.Prefix.Contains(mapped) {
		t.x = &kql.And{X: []kql.Expr{binary(v.text(), "contains", str(":")), t.x}}
	} else {
		t.listing = &listing{value: v.text(), subject: v.key, op: family + anyNetwork, literals: []kql.Expr{literal}}
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
