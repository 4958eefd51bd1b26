package compiler

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Explanation says how the compiler understood a detection rule, and what the targets make of each part of it.
type Explanation struct {
	Logsource   ir.Logsource
	Candidates  []Candidate // the logs that the logsource means, in order of preference
	Reason      string      // why there is no log
	Tests       []Test
	Shown       []Shown
	Lists       []UsedList
	Needs       []Need // what the rule asks of a target besides comparing whole texts
	Renderings  []Rendering
	Description string // of the log
}

// Candidate is a log that the logsource of a rule means. The first one that has all fields of the rule is taken.
type Candidate struct {
	Log   string
	Taken bool
}

// Test is one line of a search: a field and what it is compared with.
type Test struct {
	At        source.Span
	Field     string // as the rule spells it, with the array blocks around it
	Canonical string // the path from the column on; "" for keywords
	Type      string
	Meaning   string // in words
	Negated   bool
	Alone     []Alone
}

// Alone is what the test adds to the query of some targets when the rule has no other test. In the whole query, tests
// of one value may be joined in a list and those of one array in a block.
type Alone struct {
	Targets []string
	Lines   []string // none when the target refuses the test
}

// Shown is a field that an analyst wants to see beside a match.
type Shown struct {
	At        source.Span
	Field     string
	Canonical string // "" when the log does not have it
	Type      string
}

// UsedList is a placeholder of the rule and the values that took its place.
type UsedList struct {
	Name   string
	Values []string
}

// Need is a feature that the rule asks of a target, and the first place that asks for it.
type Need struct {
	Feature string
	At      source.Span
	Answers []Answer // of each target
}

// Answer says whether some targets express a feature "exactly", "approximately" or "not at all".
type Answer struct {
	Targets   []string
	How, Loss string
}

// Rendering is the rule on those targets that write it in the same way.
type Rendering struct {
	Targets []string
	Query   string            // "" when the target refuses the rule
	Remarks []diag.Diagnostic // what it refuses, drops or approximates
}

// Explain explains a detection rule that is without errors; nil for any other.
func (r *Rule) Explain(targets []*target.Target) *Explanation {
	if r.located == nil {
		return nil
	}
	l := r.located
	s := l.Rule.Logsource
	x := &Explanation{Logsource: s, Reason: l.Reason, Lists: r.lists}
	logs, _ := schema.Find(s.Category, s.Product, s.Service)
	for _, log := range logs {
		x.Candidates = append(x.Candidates, Candidate{Log: log.Name, Taken: log == l.Log})
	}
	for _, t := range targets {
		var diags diag.List
		rendering := Rendering{Targets: []string{t.Name}}
		if c := compile(r, t, &diags); c != nil {
			rendering.Query = c.Text
		}
		rendering.Remarks = diags.Sorted()
		if i := slices.IndexFunc(x.Renderings, rendering.alike); i >= 0 {
			x.Renderings[i].Targets = append(x.Renderings[i].Targets, t.Name)
			continue
		}
		x.Renderings = append(x.Renderings, rendering)
	}
	x.Needs = needs(l.Rule, targets)
	if l.Log == nil {
		return x
	}
	x.Description = l.Log.Doc
	for _, f := range l.Rule.Fields {
		shown := Shown{At: f.At, Field: f.Name}
		if found, ok := l.Log.Resolve(nil, f.Name); ok {
			shown.Canonical, shown.Type = found.Canonical, typeOf(found.Node)
		}
		x.Shown = append(x.Shown, shown)
	}
	e := &explainer{located: l, targets: targets}
	e.walk(l.Expr, nil)
	x.Tests = e.tests
	slices.SortStableFunc(x.Tests, func(a, b Test) int { return a.At.Start - b.At.Start })
	return x
}

// alike reports whether two targets have the same query and nothing to say that sets them apart.
func (a Rendering) alike(b Rendering) bool {
	return a.Query == b.Query && len(a.Remarks) == 0 && len(b.Remarks) == 0
}

// record makes the rule remember which placeholders its meaning asks for.
func (r *Rule) record(opts lower.Options) lower.Options {
	values := opts.Placeholder
	opts.Placeholder = func(name string) ([]string, bool) {
		list, ok := values(name)
		if ok && !slices.ContainsFunc(r.lists, func(l UsedList) bool { return l.Name == name }) {
			r.lists = append(r.lists, UsedList{Name: name, Values: list})
		}
		return list, ok
	}
	return opts
}

func needs(r *ir.Rule, targets []*target.Target) []Need {
	var out []Need
	seen := map[ir.Feature]bool{}
	for _, n := range ir.Needs(r) {
		if seen[n.Feature] {
			continue
		}
		seen[n.Feature] = true
		need := Need{Feature: n.Feature.String(), At: n.At}
		for _, t := range targets {
			a := Answer{Targets: []string{t.Name}, How: "exactly"}
			if loss, ok := t.Approximates[n.Feature]; ok {
				a.How, a.Loss = "approximately", loss
			} else if t.Supports&n.Feature == 0 {
				a.How = "not at all"
			}
			if i := slices.IndexFunc(need.Answers, func(b Answer) bool { return b.How == a.How && b.Loss == a.Loss }); i >= 0 {
				need.Answers[i].Targets = append(need.Answers[i].Targets, t.Name)
				continue
			}
			need.Answers = append(need.Answers, a)
		}
		out = append(out, need)
	}
	return out
}

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
	l, rule := *x.located, *x.located.Rule
	rule.Conditions = []ir.Expr{e}
	l.Rule, l.Expr = &rule, e
	bound := target.Bind(t, &l, &diag.List{})
	if bound == nil {
		return nil
	}
	return strings.Split(strings.TrimRight(t.Query(bound).String(), "\n"), "\n")
}
