package compiler

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
)

// explainer takes the condition of a rule apart into the lines that it was written with. Those share their field.
type explainer struct {
	located *target.Located
	targets []*target.Target
	tests   []Test
	seen    []*ir.Field
}

// walk collects the tests of an expression. around holds the negations and array blocks that the expression stands in,
// outermost first.
func (x *explainer) walk(e ir.Expr, around []ir.Expr) {
	if f := onlyField(e); f != nil {
		x.test(e, f, around)
		return
	}
	switch e := e.(type) {
	case *ir.Keyword:
		x.test(e, nil, around)
	case *ir.Not:
		x.walk(e.X, append(slices.Clip(around), e))
	case *ir.Each:
		x.walk(e.Body, append(slices.Clip(around), e))
	case *ir.And:
		for _, part := range byField(e.X) {
			x.walk(joined(part, func(parts []ir.Expr) ir.Expr { return &ir.And{X: parts, At: e.At} }), around)
		}
	case *ir.Or:
		for _, part := range byField(e.X) {
			x.walk(joined(part, func(parts []ir.Expr) ir.Expr { return &ir.Or{X: parts, At: e.At} }), around)
		}
	}
}

func joined(parts []ir.Expr, join func([]ir.Expr) ir.Expr) ir.Expr {
	if len(parts) == 1 {
		return parts[0]
	}
	return join(parts)
}

// byField puts those of the expressions together that come from the same line.
func byField(list []ir.Expr) [][]ir.Expr {
	var out [][]ir.Expr
	place := map[*ir.Field]int{}
	for _, e := range list {
		f := onlyField(e)
		if i, ok := place[f]; ok && f != nil {
			out[i] = append(out[i], e)
			continue
		}
		place[f] = len(out)
		out = append(out, []ir.Expr{e})
	}
	return out
}

// onlyField returns the field of the one line that the expression comes from; nil when it is made of several, or of
// none. A negation around a line is not part of it.
func onlyField(e ir.Expr) *ir.Field {
	switch e := e.(type) {
	case *ir.And:
		return same(e.X)
	case *ir.Or:
		return same(e.X)
	case *ir.Not, *ir.Each:
		return nil
	case *ir.Listed:
		return e.Field
	}
	if fields := ir.Fields(e); len(fields) > 0 {
		return fields[0]
	}
	return nil
}

func same(list []ir.Expr) *ir.Field {
	var f *ir.Field
	for i, e := range list {
		g := onlyField(e)
		if g == nil || i > 0 && g != f {
			return nil
		}
		f = g
	}
	return f
}

func (x *explainer) test(e ir.Expr, f *ir.Field, around []ir.Expr) {
	if f != nil && slices.Contains(x.seen, f) {
		return // the condition names the search twice
	}
	x.seen = append(x.seen, f)
	t := Test{At: e.Span(), Meaning: words(e)}
	var spelled, canonical []string
	name := func(f *ir.Field, selector string) {
		if f.IsElement() {
			if len(spelled) > 0 && selector != "" {
				spelled[len(spelled)-1] += selector
			}
			return
		}
		spelled = append(spelled, f.Name+selector)
		canonical = append(canonical, x.located.Ref(f).Canonical)
	}
	for _, a := range around {
		switch a := a.(type) {
		case *ir.Not:
			t.Negated = !t.Negated
		case *ir.Each:
			name(a.Field, "["+a.Quant.String()+"]")
		}
	}
	if f != nil {
		t.At = f.At
		name(f, "")
		t.Type = typeOf(x.located.Ref(f).Node)
	}
	t.Field, t.Canonical = strings.Join(spelled, "."), strings.Join(canonical, ".")
	for i := len(around) - 1; i >= 0; i-- {
		switch a := around[i].(type) {
		case *ir.Not:
			e = &ir.Not{X: e, At: a.At}
		case *ir.Each:
			e = &ir.Each{Field: a.Field, Quant: a.Quant, Body: e, At: a.At}
		}
	}
	t.Alone = x.alone(ir.Simplify(e))
	x.tests = append(x.tests, t)
}

// alone asks each target for the query of a single test and returns what it has more than that of a rule without tests.
func (x *explainer) alone(e ir.Expr) []Alone {
	var out []Alone
	for _, t := range x.targets {
		with := x.query(t, e)
		if with == nil {
			out = add(out, t.Name, nil)
			continue
		}
		base := x.query(t, &ir.Const{Value: true, At: e.Span()})
		var lines []string
		for _, line := range with {
			if i := slices.IndexFunc(base, func(b string) bool { return bare(b) == bare(line) }); i >= 0 {
				base = slices.Delete(base, i, i+1)
				continue
			}
			lines = append(lines, line)
		}
		out = add(out, t.Name, lines)
	}
	return out
}

// bare is a line of a query without the comma that more of a list makes.
func bare(line string) string { return strings.TrimSuffix(strings.TrimSpace(line), ",") }

func add(out []Alone, name string, lines []string) []Alone {
	for i := range out {
		if slices.Equal(out[i].Lines, lines) {
			out[i].Targets = append(out[i].Targets, name)
			return out
		}
	}
	return append(out, Alone{Targets: []string{name}, Lines: lines})
}

// query returns the lines of the query of a rule that tests e and nothing else; nil when the target refuses it.
func (x *explainer) query(t *target.Target, e ir.Expr) []string {
	rule := *x.located.Rule
	rule.Conditions = []ir.Expr{e}
	l := x.located.With(e)
	l.Rule = &rule
	bound := target.Bind(t, l, &diag.List{})
	if bound == nil {
		return nil
	}
	return strings.Split(strings.TrimRight(t.Query(bound).String(), "\n"), "\n")
}
