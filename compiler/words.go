package compiler

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// words says in English what a line of a search asks of its field.
func words(e ir.Expr) string {
	switch e := e.(type) {
	case *ir.And:
		return several(e.X, "and")
	case *ir.Or:
		return several(e.X, "or")
	}
	verb, object := phrase(e)
	return strings.TrimSpace(verb + " " + object)
}

// several joins what is said of one field, and says a verb that all have in common once.
func several(parts []ir.Expr, join string) string {
	var verbs, objects, whole []string
	for _, e := range parts {
		verb, object := phrase(e)
		verbs, objects = append(verbs, verb), append(objects, object)
		whole = append(whole, strings.TrimSpace(verb+" "+object))
	}
	slices.Sort(verbs)
	if verbs = slices.Compact(verbs); len(verbs) == 1 {
		return verbs[0] + " " + enumerate(objects, join)
	}
	return enumerate(whole, join)
}

func enumerate(items []string, join string) string {
	last := len(items) - 1
	if last < 1 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:last], ", ") + " " + join + " " + items[last]
}

// phrase is what one comparison asks, as a verb and what it is about.
func phrase(e ir.Expr) (verb, object string) {
	switch e := e.(type) {
	case *ir.And, *ir.Or:
		return "", "(" + words(e) + ")"
	case *ir.Like:
		return pattern(e.Pattern)
	case *ir.Keyword:
		if e.Regex != nil {
			return "some value of the event matches the regular expression", strconv.Quote(e.Regex.Source())
		}
		_, text := pattern(e.Pattern)
		return "some value of the event contains", text
	case *ir.Compare:
		if e.Part != ir.Whole {
			return "has as its " + e.Part.String(), string(e.Number)
		}
		return "is " + e.Op.String(), string(e.Number)
	case *ir.Regex:
		return "matches the regular expression", strconv.Quote(e.Source())
	case *ir.CIDR:
		return "is in the network", e.Prefix.String()
	case *ir.Within:
		return "is within the schedule", fmt.Sprintf("%%%s%% (%s)", e.Schedule.Name, e.Schedule)
	case *ir.Listed:
		return fromList(e)
	case *ir.SameAs:
		verb := map[ir.Shape]string{
			ir.Exact: "is the same as", ir.Prefix: "begins with", ir.Suffix: "ends with", ir.Contains: "contains",
		}[e.Shape]
		object := "the field " + e.Other.Name
		if e.Cased {
			object += " (case counts)"
		}
		return verb, object
	case *ir.Exists:
		return "is there", ""
	case *ir.Null:
		return "has no value", ""
	default:
		panic(fmt.Sprintf("compiler: no words for %T", e))
	}
}

// fromList names the list. Its values are told apart.
func fromList(e *ir.Listed) (verb, object string) {
	verb = map[ir.ListKind]string{
		ir.ListEqual: "is in the list", ir.ListPrefix: "begins with a text of the list", ir.ListSuffix: "ends with a text of the list",
		ir.ListContains: "contains a text of the list", ir.ListNetwork: "is in a network of the list",
	}[e.Kind]
	object = "%" + e.List + "%"
	if e.Cased {
		object += " (case counts)"
	}
	return verb, object
}

func pattern(p ir.Pattern) (verb, object string) {
	shape, text := p.Shape()
	object = strconv.Quote(text)
	switch shape {
	case ir.Anything:
		return "has a value", ""
	case ir.Prefix:
		verb = "begins with"
	case ir.Suffix:
		verb = "ends with"
	case ir.Contains:
		verb = "contains"
	case ir.Exact:
		verb = "is"
	default:
		if fitsAllButEmpty(p) {
			return "is not empty", ""
		}
		verb, object = "fits", strconv.Quote(p.String())
	}
	if p.Cased {
		object += " (case counts)"
	}
	return verb, object
}

// fitsAllButEmpty reports whether the pattern is how a rule asks for some text: one "?" and any number of "*".
func fitsAllButEmpty(p ir.Pattern) bool {
	ones, stars := 0, 0
	for part := range p.Parts() {
		switch part.Wild {
		case ir.Literal:
			return false
		case ir.One:
			ones++
		default:
			stars++
		}
	}
	return ones == 1 && stars > 0
}
