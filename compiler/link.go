package compiler

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

func (r *Rule) locate(opts *Options) {
	if r.meaning == nil {
		return
	}
	before := r.diags.Len()
	if r.located = target.Locate(r.meaning, opts.Logs, &r.diags); r.located != nil {
		r.located.Compare(opts.Lists)
	}
	if r.renamed != nil {
		renamedFields(r.diags.From(before))
	}
}

// linker resolves the references of correlations.
type linker struct {
	byID, byName map[string]*Rule
	second       map[string]*Rule // a further rule of a name
	names        []string         // of byName, once a message asks for them
	state        map[*Rule]linkState
	meaning      map[*Rule]*ir.Correlation
	size         map[*Rule]int // of correlations that have a meaning, see maxSize
}

// maxSize is how many rules and correlations there may be below a correlation, each counted as often as it is referred
// to: a few correlations that refer to each other twice would make a query of any size.
const maxSize = 100

type linkState int

const (
	unvisited linkState = iota
	visiting
	done
)

// correlate finds what correlations refer to, over all files, and what they mean (spec 9.4).
func (p *Program) correlate() {
	if !slices.ContainsFunc(p.Rules, (*Rule).IsCorrelation) {
		return
	}
	l := &linker{byID: map[string]*Rule{}, byName: map[string]*Rule{}, second: map[string]*Rule{}, state: map[*Rule]linkState{}, meaning: map[*Rule]*ir.Correlation{}, size: map[*Rule]int{}}
	for _, r := range p.Rules {
		if id := strings.ToLower(r.ID); id != "" && l.byID[id] == nil {
			l.byID[id] = r
		}
		if r.Name == "" {
			continue
		}
		if l.byName[r.Name] == nil {
			l.byName[r.Name] = r
		} else {
			l.second[r.Name] = r
		}
	}
	generate := map[*Rule]bool{}
	for _, r := range p.Rules {
		if r.written == nil {
			continue
		}
		l.link(r)
		for _, ref := range r.written.Rules {
			if m := l.find(ref.Value); m != nil {
				m.Part = true
				generate[m] = generate[m] || r.written.Generate
			}
		}
	}
	for r, on := range generate {
		if on {
			r.Part = false
		}
	}
}

func (l *linker) find(ref string) *Rule {
	if r := l.byID[strings.ToLower(ref)]; r != nil {
		return r
	}
	return l.byName[ref]
}

// link gives a correlation its meaning, those it refers to first.
func (l *linker) link(r *Rule) {
	if l.state[r] != unvisited {
		return
	}
	l.state[r] = visiting
	defer func() { l.state[r] = done }()
	c := r.written
	if c.Broken || r.diags.FailedSince(0) {
		return
	}
	var members []ir.Member
	var located []target.LocatedMember
	listed := map[*Rule]bool{}
	known := map[string]*Rule{} // by what the correlation calls them
	ok, size := true, 0
	for _, ref := range c.Rules {
		m := l.find(ref.Value)
		switch {
		case m == nil:
			l.unknown(r, ref)
			ok = false
			continue
		case m.Name == ref.Value && l.second[m.Name] != nil:
			l.ambiguous(r, ref, m)
			ok = false
			continue
		case listed[m]:
			r.diags.Errorf("correlation/duplicate-rule", ref.At, "the rule %q is listed before, by another name", ref.Value)
			ok = false
			continue
		case m.written != nil && l.state[m] == visiting:
			r.diags.Errorf("correlation/cycle", ref.At, "the correlation refers to itself through %q", ref.Value)
			ok = false
			continue
		case m.written != nil:
			l.link(m)
		}
		listed[m], known[ref.Value] = true, m
		if !m.OK() {
			r.diags.Errorf("correlation/broken-rule", ref.At, "the rule %q has errors of its own", ref.Value)
			ok = false
			continue
		}
		member := ir.Member{Name: ref.Value, At: ref.At}
		if m.written != nil {
			member.Correlation = l.meaning[m]
		} else {
			member.Rule = m.located.Rule
		}
		if size += 1 + l.size[m]; size > maxSize && ok {
			r.diags.Errorf("correlation/too-large", ref.At, "with %q there are more than %d rules and correlations below this one", ref.Value, maxSize)
			ok = false
		}
		members = append(members, member)
		located = append(located, target.LocatedMember{Rule: m.located, Correlation: m.correlated})
	}
	if !ok {
		return
	}
	c, r.renamed = piped(c, known, &r.diags)
	if meaning := lower.Correlation(c, members, &r.diags); meaning != nil {
		l.meaning[r], l.size[r] = meaning, size
		r.correlated = target.LocateCorrelation(meaning, located, &r.diags)
	}
}

func (l *linker) unknown(r *Rule, ref sigma.Text) {
	d := r.diags.Errorf("correlation/unknown-rule", ref.At, "no rule has the id or name %q", ref.Value)
	if l.names == nil {
		l.names = slices.Sorted(maps.Keys(l.byName))
	}
	if near := diag.Nearest(ref.Value, l.names); near != "" {
		d.Label = fmt.Sprintf("did you mean %q?", near)
	}
	d.Hint = "references go over all files that are compiled together"
}

// ambiguous reports a name that several rules have.
func (l *linker) ambiguous(r *Rule, ref sigma.Text, m *Rule) {
	d := r.diags.Errorf("correlation/ambiguous-rule", ref.At, "several rules are named %q", ref.Value)
	for _, m := range []*Rule{m, l.second[m.Name]} {
		if at := m.nameSpan(); !at.IsZero() {
			d.Related = append(d.Related, diag.Related{Message: "a rule of this name", Span: at})
		}
	}
	d.Hint = "refer to the rule by its id, or give each a name of its own"
}

// nameSpan is where the name of the rule stands; the zero span when the rule has faults.
func (r *Rule) nameSpan() source.Span {
	switch {
	case r.written != nil:
		return r.written.Name.At
	case r.meaning != nil:
		return r.meaning.Name.At
	default:
		return source.Span{}
	}
}
