package splunk

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// Ignoring case: where the text of the rule is ASCII, both sides are lower-cased; otherwise a regular expression ignores
// case and has the letters beyond ASCII in both. An expression of a rule that only PCRE reads stays as it is; of that it is
// not documented whether it folds all of Unicode (U), which a note says. The only difference to folding is the long s
// (U+017F).

// present tests that there is a value.
func present(v *value) *test {
	if v.exists != nil {
		return &test{x: v.exists}
	}
	return &test{x: hasText(v)}
}

// hasText tests that there is a value and that it has a text.
func hasText(v *value) expr {
	switch {
	case v.xml:
		return is(v.text(""), "!=", str(""))
	case v.plain:
		return is(v.text("null"), "!=", str("null"))
	default:
		return fn("isnotnull", v.x)
	}
}

// like tests that a value fits one of some patterns, which are its globs.
func (b *builder) like(v *value, globs []glob) *test {
	t := b.tests.New(test{value: v, globs: globs})
	t.term, t.exact = b.asTerm(v, globs)
	if slices.ContainsFunc(globs, func(g glob) bool { return g.stars == starsForEntities }) {
		t.from[0] = b.meaning(v).from
	}
	return t
}

// fitsNull reports whether a pattern fits the text null, as which a JSON null may stand in a record. Most are longer.
func fitsNull(p ir.Pattern) bool {
	_, literal := p.Shape()
	return len(literal) <= len("null") && p.Matches("null")
}

// fitsNothing reports whether a pattern fits a text without characters.
func fitsNothing(p ir.Pattern) bool {
	shape, literal := p.Shape()
	return shape != ir.General && literal == "" // a general pattern is more than a star
}

func lowered(x expr) expr {
	if c, ok := x.(*call); ok && c.name == "lower" {
		return x
	}
	return fn("lower", x)
}

// nonEmpty recognises "?*", the way to say that a field has some text.
func nonEmpty(p ir.Pattern) bool {
	if shape, _ := p.Shape(); shape != ir.General {
		return false
	}
	ones, many := 0, 0
	for part := range p.Parts() {
		switch part.Wild {
		case ir.One:
			ones++
		case ir.Many:
			many++
		default:
			return false
		}
	}
	return ones == 1 && many > 0
}

func isNumber(s string) bool {
	if s == "" || !strings.ContainsRune("+-.0123456789iInN", rune(s[0])) { // also infinity and not-a-number
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// simple reports whether a string literal can hold the text as it is: printable ASCII.
func simple(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

func (b *builder) regex(v *value, e *ir.Regex) *test {
	var wide term
	if e.Wide != nil {
		wide, _ = b.asTerm(v, []glob{v.globOf(*e.Wide)})
	}
	v = b.meaning(v)
	x := fn("match", v.text(""), &pattern{rewrite(e)})
	if e.RE == nil || e.RE.MatchString("") || v.plain && e.RE.MatchString("null") {
		x = all(hasText(v), x)
	}
	return &test{x: x, term: wide, from: [2]*prepared{v.from}}
}

var compareOps = map[ir.CompareOp]string{ir.Eq: "=", ir.Lt: "<", ir.Lte: "<=", ir.Gt: ">", ir.Gte: ">="}

func compare(v *value, e *ir.Compare) *test {
	if e.Part != ir.Whole {
		return timePart(v, e)
	}
	n := fn("tonumber", v.text(""))
	x := all(fn("isnotnull", n), is(fn("coalesce", n, &numeral{"0"}), compareOps[e.Op], &numeral{string(e.Number)}))
	return &test{x: x}
}

// day begins a point in time as the records write it. Parts are read from the text, so no time zone is converted; of a day
// alone, hour and minute are 0.
const day = `^[0-9]{4}-[0-9]{2}-[0-9]{2}`

func timePart(v *value, e *ir.Compare) *test {
	t := v.text("")
	digits := func(from, n int) expr {
		return fn("tonumber", fn("substr", t, &numeral{strconv.Itoa(from)}, &numeral{strconv.Itoa(n)}))
	}
	var part expr
	switch e.Part {
	case ir.Minute:
		part = digits(15, 2)
	case ir.Hour:
		part = digits(12, 2)
	case ir.Day:
		part = digits(9, 2)
	case ir.Month:
		part = digits(6, 2)
	case ir.Year:
		part = digits(1, 4)
	case ir.Week: // there and back in the time zone of the search, so that it does not matter which
		at := fn("strptime", fn("substr", t, &numeral{"1"}, &numeral{"10"}), str("%Y-%m-%d"))
		part = fn("tonumber", fn("strftime", at, str("%V")))
	default:
		panic(fmt.Sprintf("splunk: no case for time part %d", e.Part))
	}
	return &test{x: all(
		fn("match", t, &pattern{day}),
		is(fn("coalesce", part, &numeral{"0"}), compareOps[e.Op], &numeral{string(e.Number)}),
	)}
}

// network holds for addresses only. What cidrmatch gives for other texts is not documented; "if" takes all but true for
// false (D: if).
func network(v *value, prefix netip.Prefix) *test {
	inside := fn("cidrmatch", str(prefix.String()), v.text(""))
	return &test{x: is(fn("if", inside, &numeral{"1"}, &numeral{"0"}), "=", &numeral{"1"})}
}

// same compares two values of the event or of one member. A value that is absent is like no other.
func (b *builder) same(v, w *value, e *ir.SameAs) *test {
	if e.Shape != ir.Exact {
		v, w = b.meaning(v), b.meaning(w)
	}
	l, r := v.text(""), w.text("")
	if !e.Cased {
		l, r = v.lower(), w.lower()
	}
	var x expr
	switch e.Shape {
	case ir.Exact:
		x = is(l, "=", r)
	case ir.Prefix:
		x = is(fn("substr", l, &numeral{"1"}, fn("len", r)), "=", r)
	case ir.Suffix:
		start := &binary{"+", &binary{"-", fn("len", l), fn("len", r)}, &numeral{"1"}}
		longer := &binary{".", r, str("-")} // where l is too short to end in r: equal to no r
		x = is(fn("if", is(fn("len", l), ">=", fn("len", r)), fn("substr", l, start), longer), "=", r)
	case ir.Contains: // lower case has no \E that could end the quoting
		x = fn("match", l, &binary{".", &binary{".", &pattern{`\Q`}, r}, &pattern{`\E`}})
	default:
		panic(fmt.Sprintf("splunk: no case for shape %s", e.Shape))
	}
	return &test{x: all(hasText(v), hasText(w), x), from: [2]*prepared{v.from, w.from}}
}
