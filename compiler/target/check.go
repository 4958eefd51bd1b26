package target

import (
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// check reports a comparison that can never hold, whatever the event: the type of the field rules it out. It decides
// by the type alone; what values a service writes is not its business.
func (l *locator) check(e ir.Expr, f *ir.Field, ref Ref) {
	node := ref.Node
	if node.Open && len(node.Members) == 0 {
		return
	}
	if isObject(node) {
		switch e := e.(type) {
		case *ir.Exists, *ir.Null:
			return
		case *ir.Like:
			if shape, _ := e.Pattern.Shape(); shape == ir.Anything {
				return
			}
		}
		l.objectCompared(e, f, ref)
		return
	}
	if node.Type == schema.Datetime && comparesText(e) {
		l.timeAsText(e, ref)
		return
	}
	switch e := e.(type) {
	case *ir.Like:
		l.checkLike(e, ref)
	case *ir.CIDR:
		if node.Type != schema.String && node.Type != schema.Dynamic {
			l.neverHolds(e, ref, "an address")
		}
	case *ir.Within:
		if node.Type != schema.Datetime && node.Type != schema.String && node.Type != schema.Dynamic {
			l.neverHolds(e, ref, "a point in time")
		}
	case *ir.Compare:
		switch {
		case e.Part != ir.Whole && node.Type != schema.Datetime && node.Type != schema.String && node.Type != schema.Dynamic:
			l.neverHolds(e, ref, "a point in time")
		case e.Part == ir.Whole && (node.Type == schema.Bool || node.Type == schema.Datetime || node.Type == schema.GUID):
			l.neverHolds(e, ref, "a number")
		}
	}
}

// comparesText reports whether the condition looks at the text of a value, not just whether there is one.
func comparesText(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Like:
		shape, _ := e.Pattern.Shape()
		return shape != ir.Anything
	case *ir.Regex, *ir.SameAs:
		return true
	default:
		return false
	}
}

// checkLike looks at whole values, and at what stands between the wildcards of others.
func (l *locator) checkLike(e *ir.Like, ref Ref) {
	shape, text := e.Pattern.Shape()
	switch t := ref.Node.Type; {
	case t.Numeric():
		for p := range e.Pattern.Parts() {
			if strings.Trim(p.Text, numberSigns) != "" {
				l.neverHolds(e, ref, "text like "+quote(p.Text))
				return
			}
		}
		if shape == ir.Exact && !isNumber(text, t) {
			l.neverHolds(e, ref, "the text "+quote(text))
		}
	case t == schema.Bool && shape == ir.Exact && !strings.EqualFold(text, "true") && !strings.EqualFold(text, "false"):
		l.neverHolds(e, ref, "the text "+quote(text))
	}
}

const numberSigns = "0123456789.eE+-"

// isNumber reports whether a field of the type can have the text: only the shortest decimal form can occur.
func isNumber(s string, t schema.Type) bool {
	switch t {
	case schema.Int, schema.Long:
		bits := 64
		if t == schema.Int {
			bits = 32
		}
		_, err := strconv.ParseInt(s, 10, bits)
		return err == nil && ir.Canon(s) == s
	}
	digits := strings.TrimPrefix(s, "-")
	return digits != "" && strings.Trim(digits, numberSigns) == "" && ir.Canon(s) == s
}

// isObject reports whether the value is an object, or an array of objects, and so has no text to compare with. What a
// table keeps as JSON text is no text in the record.
func isObject(c *schema.Column) bool {
	return len(c.Members) > 0 && (c.JSON || c.Type == schema.Dynamic)
}

// undescribed notes a comparison with a value below an object that the schema does not describe: whether it is an array
// is not known, and no target looks at its members one by one unless the rule selects them.
func (l *locator) undescribed(e ir.Expr, f *ir.Field, ref Ref) {
	node := ref.Node
	known := !node.Open || node.JSON || node.Array || len(node.Members) > 0 || len(ref.Steps) == 0
	switch e.(type) {
	case *ir.Compare, *ir.CIDR, *ir.Within:
	default:
		if !comparesText(e) {
			return
		}
	}
	if !known && !l.noted[ref.Canonical] {
		if l.noted == nil {
			l.noted = map[string]bool{}
		}
		l.noted[ref.Canonical] = true
		l.undescribedField(f)
	}
}
