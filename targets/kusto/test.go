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
func (b *builder) present(v *value) node {
	switch {
	case v.isText():
		return b.tests.New(test{x: b.call("isnotempty", v.raw), computed: v.made})
	case v.node.Array && len(v.node.Members) == 0 && v.node.Type == schema.Dynamic:
		return b.tests.New(test{x: hasMembers(v.raw), nullable: true, computed: v.made})
	default:
		return b.tests.New(test{x: b.call("isnotnull", v.raw), computed: v.made})
	}
}

// like tests the text of a value. The operator follows from the shape of the pattern, and only where it is exactly that
// question: never "has", which looks for whole terms.
func (b *builder) like(v *value, e *ir.Like) node {
	p := &e.Pattern
	shape, text := p.Shape()
	switch {
	case shape == ir.Exact && v.typ == schema.Bool:
		x := b.binary(b.converted(v), "==", &kql.Bool{Value: strings.EqualFold(text, "true")})
		return b.tests.New(test{x: x, equality: v.stored, computed: v.made})
	case shape == ir.Anything:
		return b.present(v)
	case shape == ir.Exact && text == "" && !v.typ.Numeric():
		if v.isText() {
			return b.tests.New(test{x: b.call("isempty", v.raw), computed: v.made})
		}
		x := b.conjunction(b.call("isnotnull", v.raw), b.call("isempty", b.text(v)))
		return b.tests.New(test{x: x, computed: v.computed()})
	}
	if shape == ir.Exact {
		return b.equal(v, e.Pattern)
	}
	subject := b.text(v)
	t := b.tests.New(test{computed: v.computed()})
	if isFilled(*p) {
		t.x, t.listing = b.call("isnotempty", subject), b.listings.New(listing{op: filled, literals: b.exprs.Take(1)})
		t.listing.literals[0] = subject
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
		l.value, t.computed = b.converted(v), v.made
	} else {
		l.value, t.computed = b.text(v), v.computed()
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
		return b.number(text), "in"
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
func (b *builder) regex(v *value, e *ir.Regex) node {
	t := b.tests.New(test{x: b.binary(b.text(v), "matches regex", b.str(e.Source())), computed: v.computed()})
	if e.RE.MatchString("") {
		t.x = b.conjunction(b.present(v).(*test).x, t.x)
	}
	return t
}

// conversions make a number or a boolean of a value inside a dynamic column.
var conversions = map[schema.Type]string{schema.Int: "toint", schema.Long: "tolong", schema.Real: "todouble", schema.Bool: "tobool"}

// converted is a number or a boolean as what it is.
func (b *builder) converted(v *value) kql.Expr {
	if v.stored {
		return v.raw
	}
	return b.call(conversions[v.typ], v.raw)
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

func (b *builder) compare(v *value, e *ir.Compare) node {
	if e.Part != ir.Whole {
		x := v.raw
		if !v.stored || v.typ != schema.Datetime {
			x = b.call("todatetime", b.text(v))
		}
		part := b.call("datetime_part", b.str(e.Part.String()), x)
		if e.Part == ir.Week {
			part = b.call("week_of_year", x)
		}
		n := b.number(string(e.Number))
		return b.tests.New(test{
			x:        b.binary(part, e.Op.String(), n),
			computed: v.computed(),
			listing:  &listing{value: part, subject: v.key + " " + e.Part.String(), op: "in", literals: []kql.Expr{n}},
		})
	}
	var x kql.Expr
	if v.typ.Numeric() {
		x = b.converted(v)
	} else {
		x = b.call("todouble", b.text(v))
	}
	return b.tests.New(test{
		x:        b.binary(x, e.Op.String(), b.number(string(e.Number))),
		nullable: true, computed: v.made || v.computed() && !v.typ.Numeric(),
	})
}

func (b *builder) network(v *value, e *ir.CIDR) node {
	family := pick(e.Prefix.Addr().Is6(), "ipv6", "ipv4")
	literal := b.str(e.Prefix.String())
	t := b.tests.New(test{x: b.call(family+"_is_in_range", b.text(v), literal), nullable: true, computed: v.computed()})
	if e.Prefix.Contains(mapped) {
		t.x = b.conjunction(b.binary(b.text(v), "contains", b.str(":")), t.x)
	} else {
		t.listing = &listing{value: b.text(v), subject: v.key, op: family + anyNetwork, literals: []kql.Expr{literal}}
	}
	return t
}

// mapped is where the addresses of IPv4 are in IPv6. Kusto's functions for IPv6 look there for an address of IPv4, which
// is in no network of IPv6.
var mapped = netip.MustParseAddr("::ffff:0.0.0.0")

// same compares two fields of the event; an absent field is like no other.
func (b *builder) same(v, w *value, e *ir.SameAs) node {
	x, y := b.text(v), b.text(w)
	op := map[ir.Shape]string{ir.Exact: "=~", ir.Prefix: "startswith", ir.Suffix: "endswith", ir.Contains: "contains"}[e.Shape]
	if e.Cased {
		op = map[ir.Shape]string{ir.Exact: "==", ir.Prefix: "startswith_cs", ir.Suffix: "endswith_cs", ir.Contains: "contains_cs"}[e.Shape]
	}
	filled := []kql.Expr{call("isnotempty", x)}
	if e.Shape != ir.Exact { // what equals a text that is not empty is not empty
		filled = append(filled, call("isnotempty", y))
	}
	return &test{
		x:        &kql.And{X: append(filled, binary(x, op, y))},
		computed: v.computed() || w.computed(),
	}
}
