package lower

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// modifier is a row of the table of modifiers (spec 6.2).
type modifier struct {
	name string
	kind kind

	// texts rewrites the operands of one value, which it takes over, for kinds encode, place and expandKw.
	texts func(c *chain, in []operand) []operand

	// op is the operator that the modifier chooses, for kinds place and operator.
	op operator
	// place is the position that it gives a pattern or a fieldref.
	place ir.Shape
	// compare and part belong to the operators compareOp and partOp.
	compare ir.CompareOp
	part    ir.TimePart
	// flag is what a kind flag sets.
	flag func(c *chain)
}

type kind int

const (
	encode   kind = iota // changes the text: windash, wide, base64, …
	place                // contains, startswith, endswith
	operate              // chooses another comparison; one a chain
	regflag              // i, m and s, only after re
	setflag              // all, cased, neq
	expandKw             // expand, whose work is done at its place in the chain
)

type operator int

const (
	equals operator = iota
	regexOp
	cidrOp
	existsOp
	compareOp
	partOp
	fieldrefOp
)

var modifiers = []modifier{
	{name: "contains", kind: place, place: ir.Contains, texts: around(true, true)},
	{name: "startswith", kind: place, place: ir.Prefix, texts: around(false, true)},
	{name: "endswith", kind: place, place: ir.Suffix, texts: around(true, false)},

	{name: "windash", kind: encode, texts: (*chain).windash},
	{name: "base64", kind: encode, texts: (*chain).base64},
	{name: "base64offset", kind: encode, texts: (*chain).base64offset},
	{name: "utf16le", kind: encode, texts: (*chain).utf16le},
	{name: "wide", kind: encode, texts: (*chain).utf16le},
	{name: "utf16be", kind: encode, texts: (*chain).utf16be},
	{name: "utf16", kind: encode, texts: (*chain).utf16},
	{name: "expand", kind: expandKw, texts: (*chain).expand},

	{name: "re", kind: operate, op: regexOp},
	{name: "cidr", kind: operate, op: cidrOp},
	{name: "exists", kind: operate, op: existsOp},
	{name: "fieldref", kind: operate, op: fieldrefOp},
	{name: "lt", kind: operate, op: compareOp, compare: ir.Lt},
	{name: "lte", kind: operate, op: compareOp, compare: ir.Lte},
	{name: "gt", kind: operate, op: compareOp, compare: ir.Gt},
	{name: "gte", kind: operate, op: compareOp, compare: ir.Gte},
	{name: "minute", kind: operate, op: partOp, part: ir.Minute},
	{name: "hour", kind: operate, op: partOp, part: ir.Hour},
	{name: "day", kind: operate, op: partOp, part: ir.Day},
	{name: "week", kind: operate, op: partOp, part: ir.Week},
	{name: "month", kind: operate, op: partOp, part: ir.Month},
	{name: "year", kind: operate, op: partOp, part: ir.Year},

	{name: "i", kind: regflag, flag: func(c *chain) { c.ignoreCase = true }},
	{name: "ignorecase", kind: regflag, flag: func(c *chain) { c.ignoreCase = true }},
	{name: "m", kind: regflag, flag: func(c *chain) { c.multi = true }},
	{name: "multiline", kind: regflag, flag: func(c *chain) { c.multi = true }},
	{name: "s", kind: regflag, flag: func(c *chain) { c.dotAll = true }},
	{name: "dotall", kind: regflag, flag: func(c *chain) { c.dotAll = true }},

	{name: "all", kind: setflag, flag: func(c *chain) { c.all = true }},
	{name: "cased", kind: setflag, flag: func(c *chain) { c.cased = true }},
	{name: "neq", kind: setflag, flag: func(c *chain) { c.neq = true }},
}

// Modifiers returns the names of all modifiers, in the order of the table.
func Modifiers() []string {
	names := make([]string, len(modifiers))
	for i, m := range modifiers {
		names[i] = m.name
	}
	return names
}

func findModifier(name string) *modifier {
	for i := range modifiers {
		if modifiers[i].name == name {
			return &modifiers[i]
		}
	}
	return nil
}

// stars is how many stars the position of a text in a value stands for.
func stars(place ir.Shape) int {
	switch place {
	case ir.Contains:
		return 2
	case ir.Prefix, ir.Suffix:
		return 1
	}
	return 0
}

// around adds a star before or after each text; one that is there already is not doubled.
func around(before, after bool) func(*chain, []operand) []operand {
	return func(c *chain, in []operand) []operand {
		if c.op == fieldrefOp || c.op == regexOp {
			return in // the position becomes part of the comparison
		}
		many := ir.Part{Wild: ir.Many}
		for i := range in {
			o := &in[i]
			if before && !(len(o.parts) > 0 && o.parts[0].Wild == ir.Many) {
				o.parts = slices.Insert(o.parts, 0, many)
			}
			if after && !(len(o.parts) > 0 && o.parts[len(o.parts)-1].Wild == ir.Many) {
				o.parts = append(o.parts, many)
			}
		}
		return in
	}
}
