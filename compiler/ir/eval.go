package ir

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// Match reports whether the event satisfies one of the conditions of the rule.
func (r *Rule) Match(event Event) bool {
	for _, c := range r.Conditions {
		if Eval(c, event) {
			return true
		}
	}
	return false
}

// Eval reports whether the event satisfies the expression. It is the reference for every target; the package
// documentation says what it means.
func Eval(e Expr, event Event) bool { return eval(e, event) }

// eval tests e against v, which is the event or, inside an Each, a member of an array.
func eval(e Expr, v any) bool {
	switch e := e.(type) {
	case *And:
		for _, x := range e.X {
			if !eval(x, v) {
				return false
			}
		}
		return true
	case *Or:
		for _, x := range e.X {
			if eval(x, v) {
				return true
			}
		}
		return false
	case *Not:
		return !eval(e.X, v)
	case *Const:
		return e.Value
	case *Like:
		return anyValue(v, e.Field, func(m any) bool { return like(e.Pattern, m) })
	case *Compare:
		return anyText(v, e.Field, e.holds)
	case *Regex:
		return anyText(v, e.Field, e.matches)
	case *CIDR:
		return anyText(v, e.Field, e.contains)
	case *SameAs:
		return anyText(v, e.Field, func(a string) bool {
			return anyText(v, e.Other, func(b string) bool { return e.same(a, b) })
		})
	case *Exists:
		f := finder{whole: func(m any) bool { return m != NoText{} }}
		return f.find(v, e.Field)
	case *Null:
		return !anyValue(v, e.Field, func(m any) bool { return !isNull(m) })
	case *Keyword:
		return keyword(e, v)
	case *Each:
		return each(e, v)
	case *Within:
		return anyText(v, e.Field, e.holds)
	case *Listed:
		return eval(e.X, v)
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

func anyValue(v any, field *Field, test func(any) bool) bool {
	f := finder{member: test}
	return f.find(v, field)
}

func anyText(v any, field *Field, test func(string) bool) bool {
	return anyValue(v, field, func(m any) bool {
		s, ok := text(m)
		return ok && m != any(NoText{}) && test(s)
	})
}

// like lets objects, which have no text, fit the pattern that any value fits; NoText fits only the empty text.
func like(p Pattern, v any) bool {
	shape, literal := p.Shape()
	switch s, ok := text(v); {
	case v == any(NoText{}):
		return shape == Exact && literal == ""
	case ok:
		return p.Matches(s)
	default:
		return v != nil && shape == Anything
	}
}

func (e *Regex) matches(s string) bool { return e.RE != nil && e.RE.MatchString(s) }

func (e *CIDR) contains(s string) bool {
	addr, err := netip.ParseAddr(s)
	return err == nil && e.Prefix.Contains(addr.WithZone(""))
}

func (e *Compare) holds(s string) bool {
	if e.Part != Whole {
		n, ok := e.Part.of(s)
		return ok && compare(float64(n), e.Op, e.Number.Float())
	}
	if a, err := strconv.ParseInt(s, 10, 64); err == nil {
		if b, ok := e.Number.Int(); ok { // exact where float64 is not
			return compare(a, e.Op, b)
		}
	}
	return IsNumber(s) && compare(Number(s).Float(), e.Op, e.Number.Float())
}

func compare[N int64 | float64](a N, op CompareOp, b N) bool {
	switch op {
	case Eq:
		return a == b
	case Lt:
		return a < b
	case Lte:
		return a <= b
	case Gt:
		return a > b
	case Gte:
		return a >= b
	default:
		panic(fmt.Sprintf("ir: no case for operator %d", op))
	}
}

func (e *SameAs) same(a, b string) bool {
	if !e.Cased {
		a, b = fold(a), fold(b)
	}
	switch e.Shape {
	case Exact:
		return a == b
	case Prefix:
		return strings.HasPrefix(a, b)
	case Suffix:
		return strings.HasSuffix(a, b)
	case Contains:
		return strings.Contains(a, b)
	default:
		panic(fmt.Sprintf("ir: no case for shape %s", e.Shape))
	}
}

// keyword looks at the text of every value, at any depth; names of fields do not count.
func keyword(e *Keyword, v any) bool {
	switch v := v.(type) {
	case Event:
		return keyword(e, map[string]any(v))
	case map[string]any:
		for _, m := range v {
			if keyword(e, m) {
				return true
			}
		}
		return false
	case []any:
		for _, m := range v {
			if keyword(e, m) {
				return true
			}
		}
		return false
	}
	s, ok := text(v)
	if !ok {
		return false
	}
	if e.Regex != nil {
		return e.Regex.matches(s)
	}
	return e.Pattern.Matches(s)
}

func each(e *Each, v any) bool {
	// The array is what the path leads to; a path that itself crosses arrays leads to the members of all of them.
	var members []any
	f := finder{whole: func(m any) bool {
		members = append(members, elements(m)...)
		return false
	}}
	f.find(v, e.Field)
	if len(members) == 0 {
		return e.Quant == AllOrEmpty || e.Quant == None
	}
	for _, m := range members {
		switch hit := eval(e.Body, m); {
		case hit && e.Quant == Any:
			return true
		case hit && e.Quant == None, !hit && (e.Quant == All || e.Quant == AllOrEmpty):
			return false
		}
	}
	return e.Quant != Any
}

func elements(v any) []any {
	if s, ok := v.(string); ok {
		v = decoded(s)
	}
	if isNull(v) {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		return []any{v}
	}
	var members []any
	for _, m := range list {
		if !isNull(m) {
			members = append(members, m)
		}
	}
	return members
}

var timeLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02"}

// readTime reads a point in time as records write it.
func readTime(s string) (time.Time, bool) {
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// of returns the part of a point in time as it is written: no time zone is converted.
func (p TimePart) of(s string) (int, bool) {
	t, ok := readTime(s)
	if !ok {
		return 0, false
	}
	switch p {
	case Minute:
		return t.Minute(), true
	case Hour:
		return t.Hour(), true
	case Day:
		return t.Day(), true
	case Week:
		_, week := t.ISOWeek()
		return week, true
	case Month:
		return int(t.Month()), true
	case Year:
		return t.Year(), true
	default:
		panic(fmt.Sprintf("ir: no case for time part %d", p))
	}
}
