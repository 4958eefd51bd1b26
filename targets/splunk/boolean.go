package splunk

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// boolean writes a condition whose lists have been read as an expression that is true or false, never null.
func boolean(n node) expr {
	switch n := n.(type) {
	case *conj:
		x := make([]expr, len(n.x))
		for i, c := range n.x {
			x[i] = boolean(c)
		}
		return all(x...)
	case *disj:
		return oneOf(n.x)
	case *neg:
		return negated(boolean(n.x))
	case *truth:
		if n.value {
			return always
		}
		return never
	case *test:
		return n.expr()
	case *block:
		return n.boolean()
	default:
		panic(fmt.Sprintf("splunk: no case for %T", n))
	}
}

func negated(x expr) expr {
	switch x := x.(type) {
	case *not:
		return x.x
	case *call:
		switch x.name {
		case "isnull":
			return fn("isnotnull", x.args...)
		case "isnotnull":
			return fn("isnull", x.args...)
		}
	case *binary:
		switch x.op {
		case "=":
			return is(x.l, "!=", x.r)
		case "!=":
			return is(x.l, "=", x.r)
		}
	}
	return &not{x}
}

// oneOf joins alternatives: comparisons of one value with texts into a list, and with patterns into one regular expression.
func oneOf(x []node) expr {
	var out []expr
	var joined joint
	for _, n := range x {
		t, ok := n.(*test)
		if !ok {
			out = append(out, boolean(n))
		} else if w := t.wording(); w.x != nil {
			out = append(out, w.x)
		} else if !joined.add(w, len(out)) {
			out = append(out, nil) // until all that it is joined with is known
		}
	}
	for _, g := range joined.groups {
		out[g.at] = g.expr()
	}
	if len(out) == 1 {
		return out[0]
	}
	return &or{out}
}

// joint is the tests that can be joined, by what they are about.
type joint struct {
	groups []*group
	known  map[string]*group
	key    []byte
}

// group is tests of one value: with texts, or with regular expressions of the same flags.
type group struct {
	wording
	at     int      // among the alternatives
	values []string // the texts, or the regular expressions without their flags
}

// add adds a test to its group, and reports whether there was one; else the test begins one, which stands at a place.
func (j *joint) add(w wording, at int) bool {
	g := j.find(w)
	if g == nil {
		j.groups = append(j.groups, &group{w, at, []string{w.literal}})
		j.known[string(j.key)] = j.groups[len(j.groups)-1]
		return false
	}
	g.values = append(g.values, w.literal)
	return true
}

// find returns the group of a test; nil where there is none, and j.key is what it will be known by.
func (j *joint) find(w wording) *group {
	if n := len(j.groups); n > 0 { // most lists are of one field
		if g := j.groups[n-1]; g.subject == w.subject && g.matches == w.matches && g.flags == w.flags {
			return g
		}
	}
	j.key = append(appendExpr(j.key[:0], w.subject, true), w.flags...)
	if w.matches {
		j.key = append(j.key, '~')
	}
	if j.known == nil {
		j.known = map[string]*group{}
	}
	return j.known[string(j.key)]
}

func (g *group) expr() expr {
	if g.matches {
		return fn("match", g.subject, &pattern{g.flags + strings.Join(g.values, "|")})
	}
	if len(g.values) == 1 {
		return g.wording.expr()
	}
	args := make([]expr, 1, 1+len(g.values))
	args[0] = g.subject
	for _, v := range g.values {
		args = append(args, str(v))
	}
	return &call{"in", args}
}

// boolean is what a block says of its event. Documented of mvfilter is only what it keeps, and of mvcount that it is null
// where there is nothing to count: so the members that pass are counted.
func (b *block) boolean() expr {
	if b.outer() {
		return b.flags()
	}
	m := b.members[0]
	body := boolean(b.body)
	hit := body
	if !strict(b.body) {
		hit = all(isMember(m), body)
	}
	passed := func(x expr) expr { return fn("mvfilter", x) }
	failed := passed(all(isMember(m), negated(body)))
	switch b.quant {
	case ir.Any:
		return some(passed(hit))
	case ir.None:
		return nothing(passed(hit))
	case ir.AllOrEmpty:
		return nothing(failed)
	default:
		return all(some(passed(isMember(m))), nothing(failed))
	}
}

func some(list expr) expr { return is(counted(list), "!=", zero) }

func nothing(list expr) expr { return is(counted(list), "=", zero) }

func counted(list expr) expr { return fn("coalesce", fn("mvcount", list), zero) }

func isMember(m *field) expr { return is(m, "!=", str("null")) }

func (b *block) flags() expr {
	zero, one := &numeral{"0"}, &numeral{"1"}
	switch b.quant {
	case ir.Any:
		return is(ref(b.found), "=", one)
	case ir.None:
		return is(ref(b.found), "=", zero)
	case ir.AllOrEmpty:
		return is(ref(b.failed), "=", zero)
	default:
		return all(is(ref(b.some), "=", one), is(ref(b.failed), "=", zero))
	}
}
