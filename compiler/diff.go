package compiler

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/compiler/witness"
)

// Built is a program and what the targets made of it: one side of a comparison.
type Built struct {
	Program *Program
	Outputs []*Output
}

// Change says how a rule differs between two programs. At least one of Old and New is there.
type Change struct {
	Old, New *Rule
	// Meaning compares what the rule matches; it is [Same] for a rule that is only in one of the programs.
	Meaning Relation
	// Lost is an event that only the old rule matches, Gained one that only the new rule does; nil where none is known.
	Lost, Gained ir.Event
	Lists        []ListChange
	Targets      []TargetChange
}

// Rule returns the new rule, or the old one when it was removed.
func (c *Change) Rule() *Rule { return cmp.Or(c.New, c.Old) }

// Relation is how what one rule matches stands to what another does.
type Relation string

const (
	Same     Relation = "equivalent"
	Narrower Relation = "narrower" // the new rule matches less
	Wider    Relation = "wider"    // it matches more
	Neither  Relation = "neither"  // it loses some events and gains others
	Unknown  Relation = "unknown"  // the search for an event gave up, or there is nothing to compare
)

// ListChange is a list that a rule compares with, whose values have changed.
type ListChange struct {
	Name           string
	Added, Removed []string
}

// TargetChange is how the output for one target differs. A text is "" where the target does not have the rule.
type TargetChange struct {
	Target   string
	Old, New string // the query
	Facts    []FactChange
	// OldRefused and NewRefused say why the target refuses the rule.
	OldRefused, NewRefused string
}

// FactChange is something else about the rule on a target, such as how often it runs.
type FactChange struct{ Name, Old, New string }

// Diff compares two programs rule by rule, and returns the rules that differ in the order of the new program, with
// those that it no longer has at the end. A rule is known by its id, or else by where it stands.
func Diff(before, after Built) []*Change {
	var changes []*Change
	matched := map[*Rule]bool{}
	for _, r := range after.Program.Rules {
		c := &Change{New: r, Old: before.Program.same(r), Meaning: Same}
		matched[c.Old] = true
		changes = append(changes, c)
	}
	for _, r := range before.Program.Rules {
		if !matched[r] {
			changes = append(changes, &Change{Old: r, Meaning: Same})
		}
	}
	parallel(len(changes), func(i int) { changes[i].compare(before, after) })
	return slices.DeleteFunc(changes, func(c *Change) bool {
		return c.Old != nil && c.New != nil && c.Meaning == Same && len(c.Lists) == 0 && len(c.Targets) == 0
	})
}

// same returns the rule of the program that is meant by another one's.
func (p *Program) same(r *Rule) *Rule {
	for _, old := range p.Rules {
		if r.ID != "" && old.ID == r.ID {
			return old
		}
	}
	for _, old := range p.Rules {
		if (r.ID == "" || old.ID == "") && old.Path == r.Path {
			return old
		}
	}
	return nil
}

func (c *Change) compare(before, after Built) {
	if c.Old != nil && c.New != nil {
		c.Lists = listChanges(c.Old.lists, c.New.lists)
		c.Meaning, c.Lost, c.Gained = relation(c.Old, c.New, before.Program, after.Program)
	}
	for i, out := range after.Outputs {
		if change, differs := compareOutputs(before.Outputs[i].of(c.Old), out.of(c.New)); differs {
			change.Target = out.Target.Name
			c.Targets = append(c.Targets, change)
		}
	}
}

// relation compares what two rules of two programs match, with an event that only one of two detection rules does.
func relation(old, new *Rule, in, now *Program) (is Relation, lost, gained ir.Event) {
	before, after := old.located, new.located
	switch {
	case before != nil && after != nil:
		return matches(before, after)
	case old.correlated != nil && new.correlated != nil:
		return firing(old, new, in, now), nil, nil
	case !old.OK() && !new.OK() && bytes.Equal(old.file.Text, new.file.Text):
		return Same, nil, nil
	}
	return Unknown, nil, nil
}

// matches compares what two detection rules match.
func matches(before, after *target.Located) (is Relation, lost, gained ir.Event) {
	if before.Log != after.Log {
		return Neither, nil, nil
	}
	a, b := canonical(before), canonical(after)
	if same := (*ir.Field).String; ir.Canonical(ir.Simplify(a), same) == ir.Canonical(ir.Simplify(b), same) {
		return Same, nil, nil
	}
	several := severalValues(before, after)
	lost, gone := difference(a, b, several)
	gained, come := difference(b, a, several)
	switch {
	case gone == witness.Found && come == witness.Found:
		is = Neither
	case gone == witness.Found && come == witness.None:
		is = Narrower
	case gone == witness.None && come == witness.Found:
		is = Wider
	case gone == witness.None && come == witness.None:
		is = Same
	default:
		is = Unknown
	}
	return is, lost, gained
}

// difference looks for an event that satisfies a and not b. That there is none has to be proven where the search cannot
// have tried every kind of value.
func difference(a, b ir.Expr, several func(*ir.Field) bool) (ir.Event, witness.Verdict) {
	event, verdict := witness.Difference(a, b, witness.Options{Several: several})
	if verdict == witness.Found || verdict == witness.None && tried(a) && tried(b) {
		return event, verdict
	}
	p := ir.Prover{Scalar: func(f *ir.Field) bool { return !several(f) }}
	if p.Implies(p.Read(a), p.Read(b)) {
		return nil, witness.None
	}
	return nil, witness.Gave
}

// tried reports whether the search has values for all that the condition asks: those for regular expressions, inner
// wildcards, hours and comparisons of two fields are only examples.
func tried(e ir.Expr) bool {
	all := true
	ir.Walk(e, func(e ir.Expr) bool {
		switch e := e.(type) {
		case *ir.Regex, *ir.SameAs, *ir.Keyword, *ir.Within:
			all = false
		case *ir.Compare:
			all = all && e.Part == ir.Whole
		case *ir.Like:
			if shape, _ := e.Pattern.Shape(); shape == ir.General {
				all = false
			}
		}
		return all
	})
	return all
}

// presence writes a condition over the rules of a correlation, by their positions.
func presence(p ir.Presence) string {
	all := func(word string, x []ir.Presence) string {
		text := "(" + word
		for _, p := range x {
			text += " " + presence(p)
		}
		return text + ")"
	}
	switch p := p.(type) {
	case nil:
		return ""
	case *ir.Hit:
		return itoa(p.Member)
	case *ir.AllOf:
		return all("and", p.X)
	case *ir.OneOf:
		return all("or", p.X)
	case *ir.Absent:
		return all("not", []ir.Presence{p.X})
	default:
		panic(fmt.Sprintf("compiler: no case for %T", p))
	}
}

func canonical(l *target.Located) ir.Expr {
	if l.Log == nil {
		return l.Expr
	}
	return form.Canonical(l.Rule, l.Log).Expr()
}

// severalValues knows which fields of two rules can have more than one value.
func severalValues(rules ...*target.Located) func(*ir.Field) bool {
	many := map[string]bool{}
	for _, l := range rules {
		for _, n := range l.Named() {
			ref := n.Ref()
			many[ref.Canonical] = many[ref.Canonical] || ref.Several()
		}
	}
	return func(f *ir.Field) bool { return many[f.Name] }
}

// listChanges compares the lists that both rules use.
func listChanges(before, after []UsedList) []ListChange {
	var out []ListChange
	for _, l := range after {
		i := slices.IndexFunc(before, func(old UsedList) bool { return old.Name == l.Name })
		if i < 0 {
			continue
		}
		c := ListChange{Name: l.Name, Added: without(l.Values, before[i].Values), Removed: without(before[i].Values, l.Values)}
		if len(c.Added)+len(c.Removed) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// without returns the values that others do not have.
func without(values, others []string) []string {
	has := make(map[string]bool, len(others))
	for _, v := range others {
		has[v] = true
	}
	var out []string
	for _, v := range values {
		if !has[v] {
			out = append(out, v)
		}
	}
	return out
}

// result is what a target made of a rule: one query, or several where it reads its logs apart.
type result struct {
	compiled []*target.Compiled
	refused  string
}

func (o *Output) of(r *Rule) result {
	if r == nil {
		return result{}
	}
	var out result
	for _, c := range o.Compiled {
		if c.Path == r.Path {
			out.compiled = append(out.compiled, c)
		}
	}
	if out.compiled != nil {
		return out
	}
	for _, refusal := range o.Refused {
		if refusal.Rule == r {
			return result{refused: refusal.Reason.Message}
		}
	}
	return result{}
}

func (r result) text() string {
	var queries []string
	for _, c := range r.compiled {
		queries = append(queries, c.Text)
	}
	return strings.Join(queries, "\n")
}

func (r result) facts() []target.Fact {
	if r.compiled == nil || r.compiled[0].Target.Facts == nil {
		return nil
	}
	return r.compiled[0].Target.Facts(r.compiled[0])
}

func compareOutputs(before, after result) (TargetChange, bool) {
	c := TargetChange{Old: before.text(), New: after.text(), OldRefused: before.refused, NewRefused: after.refused}
	if before.compiled != nil && after.compiled != nil {
		c.Facts = factChanges(before.facts(), after.facts())
	}
	return c, c.Old != c.New || c.OldRefused != c.NewRefused || len(c.Facts) > 0
}

func factChanges(before, after []target.Fact) []FactChange {
	var out []FactChange
	value := func(facts []target.Fact, name string) string {
		for _, f := range facts {
			if f.Name == name {
				return f.Value
			}
		}
		return ""
	}
	for _, f := range after {
		if old := value(before, f.Name); old != f.Value {
			out = append(out, FactChange{f.Name, old, f.Value})
		}
	}
	for _, f := range before {
		if value(after, f.Name) == "" && f.Value != "" && !slices.ContainsFunc(after, func(n target.Fact) bool { return n.Name == f.Name }) {
			out = append(out, FactChange{f.Name, f.Value, ""})
		}
	}
	return out
}
