package splunk

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// missing says why a record has no such field.
func missing(log *schema.Log, ref target.Ref) string {
	switch {
	case ref.Column == nil:
		return ""
	case ref.Column.Raw == "":
		return "the Event Hub record that Splunk indexes does not hold it"
	case usTimes[log.Name] && ref.Column.Name == log.Time:
		return `these records write it as US text; "DetectedDateTime" and its like are times`
	default:
		return ""
	}
}

// inexact says why a condition cannot be kept exactly.
func inexact(l *target.Located, e ir.Expr) string {
	for _, f := range ir.Fields(e) {
		if why := inexactField(l, e, l.Ref(f)); why != "" {
			return why
		}
	}
	switch e := e.(type) {
	case *ir.SameAs:
		if inList(l.Log, l.Ref(e.Field)) || inList(l.Log, l.Ref(e.Other)) {
			return "two fields of which one has several values cannot be compared"
		}
		if e.Cased && e.Shape == ir.Contains {
			return "a text cannot be looked for in another one with regard to case"
		}
	case *ir.Like:
		shape, text := e.Pattern.Shape()
		if shape == ir.Exact && strings.EqualFold(text, "null") {
			return `the text "null" cannot be told from no value; use null for a field without one`
		}
	}
	return ""
}

func inexactField(l *target.Located, e ir.Expr, ref target.Ref) string {
	h := hops(l.Log, ref, nil)
	event := ref.Column != nil
	byPath := !event || isObject(l.Log, ref) || isArray(l.Log, ref) && len(ref.Node.Members) > 0 || hasPosition(h)
	if _, block := e.(*ir.Each); block {
		byPath = true
	}
	for i, h := range h {
		switch {
		case h.kind == key && !safeName(h.name):
			return "its name has a character that cannot be written in every place of a search"
		case byPath && !h.pathable(event && i == 0):
			return "a path of json_extract cannot name a key with a dot in it"
		}
	}
	if comparesText(e) && len(ref.Node.Members) > 0 && !isText(l.Log, ref) || comparesText(e) && isObject(l.Log, ref) {
		return "the Event Hub record holds an object there and not its text"
	}
	return ""
}

// comparesText reports whether the condition asks for the text of a value.
func comparesText(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Like:
		shape, _ := e.Pattern.Shape()
		return shape != ir.Anything
	case *ir.Compare, *ir.Regex, *ir.CIDR, *ir.SameAs:
		return true
	default:
		return false
	}
}

func inList(log *schema.Log, ref target.Ref) bool {
	return isArray(log, ref) || slices.ContainsFunc(hops(log, ref, nil), func(h hop) bool { return h.kind.lists() })
}
