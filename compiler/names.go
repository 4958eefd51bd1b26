package compiler

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

func itoa(n int) string { return strconv.Itoa(n) }

// stem is a path without its extension.
func stem(p string) string { return strings.TrimSuffix(p, path.Ext(p)) }

// uniquePaths makes the paths of all rules differ, also on file systems that do not mind case: of a.yml and a.yaml the
// second becomes a-2.
func (p *Program) uniquePaths() {
	taken := make(map[string]bool, len(p.Rules))
	for _, r := range p.Rules {
		candidate, key := r.Path, strings.ToLower(r.Path)
		for n := 2; taken[key]; n++ {
			candidate = fmt.Sprintf("%s-%d", r.Path, n)
			key = strings.ToLower(candidate)
		}
		taken[key] = true
		r.Path = candidate
	}
}

// duplicates reports rules that share an id: platforms know a rule by it, so the second would replace the first. Rules
// that share a title are warned of, and told apart by their number where they have no id.
func (p *Program) duplicates() {
	ids, titles := make(map[string]*Rule, len(p.Rules)), make(map[string]*Rule, len(p.Rules))
	count := map[string]int{}
	for _, r := range p.Rules {
		meta := r.meta()
		if meta == nil {
			continue
		}
		id := strings.ToLower(r.ID)
		if first, taken := ids[id]; taken && id != "" {
			d := r.diags.Errorf("rule/duplicate-id", meta.id.At, "the id is that of another rule")
			d.Related = []diag.Related{{Message: "first used here", Span: first.meta().id.At}}
			d.Hint = "give one of the rules an id of its own"
			r.duplicate = true
			continue
		}
		ids[id] = r
		title := strings.ToLower(r.Title)
		if r.ID == "" {
			r.namesake = count[title]
			count[title]++
		}
		if first, taken := titles[title]; taken {
			d := r.diags.Warnf("rule/same-title", meta.title.At, "another rule has the same title")
			d.Related = []diag.Related{{Message: "first used here", Span: first.meta().title.At}}
			d.Hint = "platforms show rules by their titles, and some want them to differ"
		} else {
			titles[title] = r
		}
	}
	for _, r := range p.Rules {
		if r.duplicate {
			r.meaning = nil
		}
	}
}

// names are what a rule is known by.
type names struct{ id, title source.Text }

// meta returns what the rule is known by; nil when the rule has faults of its own.
func (r *Rule) meta() *names {
	switch {
	case r.meaning != nil:
		return &names{r.meaning.ID, r.meaning.Title}
	case r.written != nil && !r.written.Broken:
		return &names{r.written.ID, r.written.Title}
	default:
		return nil
	}
}

// knownTargets warns of settings for a target that there is not.
func (p *Program) knownTargets(names []string) {
	if names == nil {
		return
	}
	for _, r := range p.Rules {
		if r.header == nil {
			continue
		}
		for _, s := range r.header.Settings {
			if slices.Contains(names, s.Target.Value) {
				continue
			}
			d := r.diags.Warnf("rule/unknown-target", s.Target.At, "there is no target %q: there are %s", s.Target.Value, strings.Join(names, ", "))
			if near := diag.Nearest(s.Target.Value, names); near != "" {
				d.Label = fmt.Sprintf("did you mean %q?", near)
			}
		}
	}
}
