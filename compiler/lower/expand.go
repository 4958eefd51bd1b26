package lower

import (
	"regexp"
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// expand replaces the placeholders of each text by their values, in every combination (spec 7). Values may hold
// wildcards; in a regular expression these become what matches the same.
func (c *chain) expand(in []operand) []operand {
	var out []operand
	for _, o := range in {
		variants := []operand{{value: o.value}}
		found := false
		for _, p := range o.parts {
			if p.Wild != placeholder {
				extend(variants, p)
				continue
			}
			found = true
			values, ok := c.placeholder(p.Text, o)
			if !ok {
				return nil
			}
			more := len(variants) * (len(values) - 1)
			if !c.grow(more, more*len(o.value.Text), o.value) {
				return nil
			}
			if len(values) == 1 {
				extend(variants, c.expanded(values[0], o)...)
				continue
			}
			var next []operand
			for _, v := range variants {
				for _, s := range values {
					parts := append(slices.Clip(v.parts), c.expanded(s, o)...)
					next = append(next, operand{parts: parts, value: v.value})
				}
			}
			variants = next
		}
		if !found {
			c.nothingToExpand(o.value)
		}
		out = append(out, variants...)
	}
	return out
}

// expanded returns the parts of one value of a placeholder.
func (c *chain) expanded(s string, o operand) []ir.Part {
	parsed := c.parseText(s, o.value, false, 0)
	if c.op != regexOp {
		return parsed.parts
	}
	re := ""
	for _, p := range parsed.parts {
		switch p.Wild {
		case ir.Many:
			re += ".*"
		case ir.One:
			re += "."
		default:
			re += regexp.QuoteMeta(p.Text)
		}
	}
	return literal(re, o.value).parts
}

func (c *chain) placeholder(name string, o operand) ([]string, bool) {
	if c.opts.Placeholder != nil {
		if values, ok := c.opts.Placeholder(name); ok {
			if len(values) == 0 {
				c.emptyList(name, o)
			}
			return values, true
		}
	}
	c.unresolved(name, o)
	return nil, false
}

// list returns the name of a list, where the value that the rule writes is its placeholder and nothing else and the field
// is compared with all of it; "" otherwise.
func (c *chain) list(written operand) string {
	if len(written.parts) != 1 || written.parts[0].Wild != placeholder || c.field == nil || c.all || c.encoded.Value != "" ||
		c.op != cidrOp && c.op != equals {
		return ""
	}
	return written.parts[0].Text
}

// listed returns the comparison with the values of a list as one that knows the list.
func (c *chain) listed(list string, v *sigma.Value, x ir.Expr) ir.Expr {
	e := &ir.Listed{Field: c.field, List: list, Kind: ir.ListNetwork, Cased: c.cased, X: x, At: v.At}
	if c.op == equals {
		e.Kind = map[ir.Shape]ir.ListKind{
			ir.Exact: ir.ListEqual, ir.Prefix: ir.ListPrefix, ir.Suffix: ir.ListSuffix, ir.Contains: ir.ListContains,
		}[c.place]
	}
	return e
}
