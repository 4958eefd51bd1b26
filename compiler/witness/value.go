package witness

import (
	"encoding/json"
	"fmt"
	"iter"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// absent stands for a field that the event does not have.
var absent any = struct{ absent bool }{true}

// value returns a value of the field that is as asked.
func (s *search) value(a asked) (any, Verdict) {
	var arrays, scalars []literal
	for _, l := range a.literals {
		if _, ok := l.e.(*ir.Each); ok {
			arrays = append(arrays, l)
		} else {
			scalars = append(scalars, l)
		}
	}
	if len(arrays) > 0 {
		v, verdict := s.array(arrays)
		if verdict == Found && !holds(a.field, v, scalars) {
			return nil, Gave // what is asked of the array as a whole is not looked for
		}
		return v, verdict
	}
	for v := range candidates(scalars) {
		if holds(a.field, v, scalars) {
			return v, Found
		}
	}
	if s.Several != nil && s.Several(a.field) {
		return several(a.field, scalars)
	}
	return nil, None
}

// several returns several values of which each wanted condition is met by one.
func several(field *ir.Field, literals []literal) (any, Verdict) {
	var unwanted []literal
	for _, l := range literals {
		if !l.want {
			unwanted = append(unwanted, l)
		}
	}
	var list []any
	for _, l := range literals {
		if !l.want {
			continue
		}
		one := append(slices.Clip(unwanted), l)
		for v := range candidates(one) {
			if v != absent && holds(field, v, one) {
				list = append(list, v)
				break
			}
		}
	}
	if !holds(field, list, literals) {
		return nil, None
	}
	return list, Found
}

// holds judges what is asked of a field by an event that has nothing else.
func holds(field *ir.Field, v any, literals []literal) bool {
	event := ir.Event{}
	if field.IsElement() {
		return v != absent && holdsMember(v, literals)
	}
	if v != absent {
		place(event, field, v)
	}
	for _, l := range literals {
		if ir.Eval(l.e, event) != l.want {
			return false
		}
	}
	return true
}

func holdsMember(v any, literals []literal) bool {
	for _, l := range literals {
		each := &ir.Each{Field: ir.NewField("member", l.e.Span()), Quant: ir.Any, Body: l.e, At: l.e.Span()}
		if ir.Eval(each, ir.Event{"member": []any{v}}) != l.want {
			return false
		}
	}
	return true
}

// other is a text that rules are not likely to name.
const other = "another value"

// candidates yields values for a field, the likeliest first: those that the wanted conditions name, alone and put
// together, then those beside what the unwanted ones name, and last values of no interest.
func candidates(literals []literal) iter.Seq[any] {
	return func(yield func(any) bool) {
		var wanted, unwanted []ir.Expr
		for _, l := range literals {
			if l.want {
				wanted = append(wanted, l.e)
			} else {
				unwanted = append(unwanted, l.e)
			}
		}
		if len(wanted) == 0 && !yield(other) {
			return
		}
		for _, v := range together(wanted) {
			if !yield(v) {
				return
			}
		}
		for _, x := range [][]ir.Expr{wanted, unwanted} {
			for _, e := range x {
				for _, v := range near(e) {
					if !yield(v) {
						return
					}
				}
			}
		}
		for _, v := range []any{other, absent, "", nil, json.Number("7"), true} {
			if !yield(v) {
				return
			}
		}
	}
}

// near returns values that satisfy a condition, and some that nearly do.
func near(e ir.Expr) []any {
	switch e := e.(type) {
	case *ir.Like:
		return texts(instances(e.Pattern))
	case *ir.Regex:
		return texts(ofRegex(e))
	case *ir.Compare:
		if e.Part != ir.Whole {
			return texts(times(e))
		}
		var out []any
		for _, d := range []float64{0, 1, -1, 0.5, -0.5} {
			out = append(out, json.Number(ir.Canon(strconv.FormatFloat(e.Number.Float()+d, 'f', -1, 64))))
		}
		return append([]any{json.Number(e.Number)}, out...)
	case *ir.CIDR:
		first, last := e.Prefix.Masked().Addr(), lastOf(e.Prefix)
		var out []string
		for _, a := range []netip.Addr{first.Next(), first, last, first.Prev(), last.Next()} {
			if a.IsValid() { // the first of all addresses has none before it, and the last none behind it
				out = append(out, a.String())
			}
		}
		return texts(append(out, "192.0.2.1", "2001:db8::1"))
	case *ir.Within:
		return texts(hours())
	case *ir.Exists, *ir.Null:
		return nil // the values of no interest will do
	default:
		panic(fmt.Sprintf("witness: no case for %T", e))
	}
}

// lastOf returns the last address of a network.
func lastOf(network netip.Prefix) netip.Addr {
	bytes := network.Masked().Addr().AsSlice()
	for i := network.Bits(); i < 8*len(bytes); i++ {
		bytes[i/8] |= 0x80 >> (i % 8)
	}
	last, _ := netip.AddrFromSlice(bytes)
	return last
}

func texts(in []string) []any {
	out := make([]any, len(in))
	for i, s := range in {
		out[i] = s
	}
	return out
}

// instances returns texts that fit the pattern, the plainest first, and at last one that differs in case alone.
func instances(p ir.Pattern) []string {
	var out []string
	for _, fill := range []string{"", "x", "x-x"} {
		out = append(out, filled(p, fill))
	}
	plain := out[0]
	for _, s := range []string{strings.ToLower(plain), strings.ToUpper(plain)} {
		if s != plain {
			out = append(out, s)
		}
	}
	// Beside it: what the pattern begins or ends with, and more.
	return append(out, "x"+plain, plain+"x")
}

func filled(p ir.Pattern, many string) string {
	var b strings.Builder
	for part := range p.Parts() {
		switch part.Wild {
		case ir.Many:
			b.WriteString(many)
		case ir.One:
			b.WriteByte('x')
		default:
			b.WriteString(part.Text)
		}
	}
	return b.String()
}

// together makes texts that fit all patterns at once: what they begin with, what they contain, what they end with.
func together(wanted []ir.Expr) []any {
	var begin, end string
	var within []string
	patterns := 0
	for _, e := range wanted {
		like, ok := e.(*ir.Like)
		if !ok {
			continue
		}
		patterns++
		switch shape, text := like.Pattern.Shape(); shape {
		case ir.Prefix:
			if len(text) > len(begin) {
				begin = text
			}
		case ir.Suffix:
			if len(text) > len(end) {
				end = text
			}
		case ir.Exact:
			return texts([]string{text})
		case ir.Anything:
		default:
			within = append(within, filled(like.Pattern, ""))
		}
	}
	if patterns < 2 {
		return nil
	}
	var out []any
	for _, between := range []string{"", " ", "x"} {
		parts := append(append([]string{begin}, within...), end)
		out = append(out, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), between))
	}
	// What one contains may stand in what another ends with.
	return append(out, begin+end, begin+"x"+end)
}

// monday is a day on which nothing happens: no clocks change.
var monday = time.Date(2026, 6, 1, 0, 30, 0, 0, time.UTC)

// hours are points in time all over a week.
func hours() []string {
	var out []string
	for h := range 7 * 24 {
		out = append(out, monday.Add(time.Duration(h+10)*time.Hour).Format(time.RFC3339))
	}
	return out
}

// times are points in time whose parts are about what is asked.
func times(e *ir.Compare) []string {
	n := int(e.Number.Float())
	var out []string
	for _, n := range []int{n, n + 1, n - 1} {
		t := monday
		switch e.Part {
		case ir.Minute:
			t = time.Date(2026, 6, 1, 10, n, 0, 0, time.UTC)
		case ir.Hour:
			t = time.Date(2026, 6, 1, n, 30, 0, 0, time.UTC)
		case ir.Day:
			t = time.Date(2026, 5, n, 10, 30, 0, 0, time.UTC)
		case ir.Week:
			t = time.Date(2026, 1, 1+7*(n-1), 10, 30, 0, 0, time.UTC)
		case ir.Month:
			t = time.Date(2026, time.Month(n), 1, 10, 30, 0, 0, time.UTC)
		case ir.Year:
			t = time.Date(n, 6, 1, 10, 30, 0, 0, time.UTC)
		}
		if t.Year() > 0 && t.Year() < 10000 {
			out = append(out, t.Format(time.RFC3339))
		}
	}
	return out
}
