package lower

import "github.com/sigc-rules/sigc/compiler/ir"

// schedule returns the first schedule that a value names.
func (c *chain) schedule(o operand) (ir.Schedule, bool) {
	if c.opts.Schedule == nil {
		return ir.Schedule{}, false
	}
	for _, p := range o.parts {
		if p.Wild != placeholder {
			continue
		}
		if s, ok := c.opts.Schedule(p.Text); ok {
			return s, true
		}
	}
	return ir.Schedule{}, false
}

// within returns the comparison with a schedule. It has no texts that anything else could be done with.
func (c *chain) within(s ir.Schedule, o operand) ir.Expr {
	for i, m := range c.mods {
		if m.kind != expandKw {
			c.scheduleMisplaced(s.Name, c.item.Modifiers[i].At)
			return nil
		}
	}
	if c.field == nil || len(o.parts) != 1 {
		c.scheduleMisplaced(s.Name, o.value.At)
		return nil
	}
	return &ir.Within{Field: c.field, Schedule: s, At: o.value.At}
}
