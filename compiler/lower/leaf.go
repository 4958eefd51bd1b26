package lower

import (
	"math"
	"net/netip"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// leaf returns the comparison of the field with one text, nil when that is an error.
func (c *chain) leaf(o operand) ir.Expr {
	at := o.value.At
	switch c.op {
	case regexOp:
		if !c.mayCompile(o.value) {
			return nil
		}
		text, _ := o.literal()
		re := c.regex(text, o.value)
		if re == nil {
			return nil
		}
		re.Field, re.At = c.field, at
		if c.field == nil {
			return &ir.Keyword{Regex: re, At: at}
		}
		return re
	case cidrOp:
		return c.cidr(o)
	case compareOp, partOp:
		return c.number(o)
	case fieldrefOp:
		name, ok := o.literal()
		if !ok {
			c.wildcardNotAllowed(o.value, c.opWord)
			return nil
		}
		other := c.parseField(sigma.Text{Value: name, At: at})
		if len(other.scopes) > 0 {
			c.referenceToMembers(o.value)
			return nil
		}
		return &ir.SameAs{Field: c.field, Other: other.field(at), Shape: c.place, Cased: c.cased, At: at}
	}
	if c.field == nil { // a keyword is found anywhere in a value (spec 3.6)
		many := []ir.Part{{Wild: ir.Many}}
		p := ir.NewPattern(slices.Concat(many, o.parts, many))
		p.Cased = c.cased
		return &ir.Keyword{Pattern: p, At: at}
	}
	p := ir.NewPattern(o.parts)
	p.Cased = c.cased
	return c.room.Like(ir.Like{Field: c.field, Pattern: p, At: at})
}

func (c *chain) exists(v *sigma.Value) ir.Expr {
	if v.Kind != sigma.Bool || len(c.item.Values) != 1 {
		c.existsWantsBool(v)
		return nil
	}
	var e ir.Expr = &ir.Exists{Field: c.field, At: c.item.At}
	if v.Canon() == "false" {
		e = &ir.Not{X: e, At: c.item.At}
	}
	return e
}

func (c *chain) cidr(o operand) ir.Expr {
	text, ok := o.literal()
	if !ok || o.value.Kind != sigma.String {
		c.badNetwork(o.value, o.value.Text)
		return nil
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		addr, err := netip.ParseAddr(text)
		if err != nil || addr.Zone() != "" {
			c.badNetwork(o.value, text)
			return nil
		}
		prefix = netip.PrefixFrom(addr, addr.BitLen())
	}
	if prefix.Masked() != prefix {
		c.hostBits(o.value, prefix)
	}
	return &ir.CIDR{Field: c.field, Prefix: prefix.Masked(), At: o.value.At}
}

// partRange is what each part of a time may be (spec 6.2; ISO weeks reach 53).
var partRange = map[ir.TimePart][2]int64{
	ir.Minute: {0, 59}, ir.Hour: {0, 23}, ir.Day: {1, 31}, ir.Week: {1, 53}, ir.Month: {1, 12}, ir.Year: {1, 9999},
}

func (c *chain) number(o operand) ir.Expr {
	text, ok := o.literal()
	n := ir.Number(ir.Canon(strings.TrimSpace(text)))
	if !ok || !ir.IsNumber(string(n)) || math.IsInf(n.Float(), 0) {
		c.wantsNumber(o.value)
		return nil
	}
	if o.value.Quoted && !c.expands {
		c.quotedNumber(o.value)
	}
	if c.op == partOp {
		i, whole := n.Int()
		if r := partRange[c.part]; !whole || i < r[0] || i > r[1] {
			c.partOutOfRange(o.value, r)
			return nil
		}
		return &ir.Compare{Field: c.field, Part: c.part, Op: ir.Eq, Number: n, At: o.value.At}
	}
	return &ir.Compare{Field: c.field, Op: c.compare, Number: n, At: o.value.At}
}
