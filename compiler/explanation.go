package compiler

import (
	"slices"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Explanation says how the compiler understood a rule, and what the targets make of each part of it.
type Explanation struct {
	Correlation *Correlated   // of a correlation, which has none of what follows but Logs, Renderings and Told
	Logs        []*schema.Log // that must be collected, each with a table of its own

	Logsource   ir.Logsource
	Candidates  []Candidate // the logs that the logsource means, in order of preference
	Reason      string      // why there is no log
	Tests       []Test
	Shown       []Shown
	Lists       []UsedList
	Needs       []Need // what the rule asks of a target besides comparing whole texts
	Renderings  []Rendering
	Told        []Told
	Description string // of the log
}

// Told is what a platform is told about the rule besides its query.
type Told struct {
	Target string
	Facts  []target.Fact
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

// Explain explains a rule that is without errors; nil for any other.
func (r *Rule) Explain(targets []*target.Target) *Explanation {
	x := &Explanation{Lists: r.lists}
	switch {
	case r.located != nil:
		x.detection(r.located, targets)
		x.collect(r.located)
	case r.correlated != nil:
		x.Correlation = correlated(r.correlated)
		for _, m := range r.correlated.Members {
			x.collect(m.Rule)
		}
	default:
		return nil
	}
	x.render(r, targets)
	return x
}

func (x *Explanation) render(r *Rule, targets []*target.Target) {
	for _, t := range targets {
		var diags diag.List
		rendering := Rendering{Targets: []string{t.Name}}
		var queries []string
		for _, c := range compile(r, t, CompileOptions{}, &diags) {
			queries = append(queries, c.Text)
			if t.Facts != nil && c.Nth == 0 {
				x.Told = append(x.Told, Told{t.Name, t.Facts(c)})
			}
		}
		rendering.Query = strings.Join(queries, "\n")
		rendering.Remarks = diags.Sorted()
		if i := slices.IndexFunc(x.Renderings, rendering.alike); i >= 0 {
			x.Renderings[i].Targets = append(x.Renderings[i].Targets, t.Name)
			continue
		}
		x.Renderings = append(x.Renderings, rendering)
	}
}

// collect adds the logs of a rule; nil is a correlation inside another.
func (x *Explanation) collect(l *target.Located) {
	if l == nil || l.Log == nil {
		return
	}
	for _, log := range l.Log.Tables() {
		if !slices.Contains(x.Logs, log) {
			x.Logs = append(x.Logs, log)
		}
	}
}

func (x *Explanation) detection(l *target.Located, targets []*target.Target) {
	s := l.Rule.Logsource
	x.Logsource, x.Reason = s, l.Reason
	for _, log := range l.Known {
		x.Candidates = append(x.Candidates, Candidate{Log: log.Name, Taken: log == l.Log})
	}
	x.Needs = needs(l.Rule, targets)
	if l.Log == nil {
		return
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
	slices.SortStableFunc(x.Tests, func(a, b Test) int {
		if a.At.File != b.At.File { // of a filter, which comes last anyway
			return 0
		}
		return a.At.Start() - b.At.Start()
	})
}

// Correlated says what a correlation is about.
type Correlated struct {
	Kind    string
	Window  time.Duration
	At      source.Span
	Members []CorrelatedRule
}

// CorrelatedRule is a rule that a correlation refers to, and what the fields of the correlation are in its events.
type CorrelatedRule struct {
	At     source.Span
	Title  string
	Log    string // "" when the rule is a correlation itself
	Fields []Shown
}

func correlated(l *target.LocatedCorrelation) *Correlated {
	c := l.Correlation
	out := &Correlated{Kind: c.Kind.String(), Window: c.Window, At: c.At}
	for i, m := range c.Members {
		rule := CorrelatedRule{At: m.At, Title: m.Meta().Title.Value}
		located := l.Members[i].Rule
		if located != nil && located.Log != nil {
			rule.Log = located.Log.Name
			fields := func(keys []ir.GroupKey, refs [][]target.Ref) {
				for k, key := range keys {
					ref := refs[k][i]
					rule.Fields = append(rule.Fields, Shown{At: key.At, Field: key.Name, Canonical: ref.Canonical, Type: typeOf(ref.Node)})
				}
			}
			fields(c.GroupBy, l.GroupBy)
			fields(c.Values, l.Values)
		}
		out.Members = append(out.Members, rule)
	}
	return out
}

// alike reports whether two targets have the same query and nothing to say that sets them apart.
func (a Rendering) alike(b Rendering) bool {
	return a.Query == b.Query && len(a.Remarks) == 0 && len(b.Remarks) == 0
}

// recording tells of each placeholder that a meaning asks for.
func recording(opts lower.Options, used func(UsedList)) lower.Options {
	values := opts.Placeholder
	opts.Placeholder = func(name string) ([]string, bool) {
		list, ok := values(name)
		if ok {
			used(UsedList{Name: name, Values: list})
		}
		return list, ok
	}
	return opts
}

// asksFor makes the rule remember a placeholder, once.
func (r *Rule) asksFor(list UsedList) {
	if !slices.ContainsFunc(r.lists, func(l UsedList) bool { return l.Name == list.Name }) {
		r.lists = append(r.lists, list)
	}
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
