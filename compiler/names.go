package compiler

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

func itoa(n int) string { return strconv.Itoa(n) }

// stem is a path without its extension.
func stem(p string) string { return strings.TrimSuffix(p, path.Ext(p)) }

// uniquePaths makes the paths of all rules differ, also on file systems that do not mind case: of a.yml and a.yaml the
// second becomes a-2.
func (p *Program) uniquePaths() {
	taken := map[string]bool{}
	for _, r := range p.Rules {
		candidate := r.Path
		for n := 2; taken[strings.ToLower(candidate)]; n++ {
			candidate = fmt.Sprintf("%s-%d", r.Path, n)
		}
		taken[strings.ToLower(candidate)] = true
		r.Path = candidate
	}
}

// duplicateIDs reports rules that share an id. Platforms know a rule by its id, so the second would replace the first.
func (p *Program) duplicateIDs() {
	first := map[string]*Rule{}
	for _, r := range p.Rules {
		id := strings.ToLower(r.ID)
		if id == "" || r.located == nil {
			continue
		}
		before, ok := first[id]
		if !ok {
			first[id] = r
			continue
		}
		at := r.located.Rule.ID.At
		d := p.diags.Errorf("rule/duplicate-id", at, "the id is that of another rule")
		d.Related = []diag.Related{{Message: "first used here", Span: before.located.Rule.ID.At}}
		d.Hint = "give one of the rules an id of its own"
		d.Rule = r.Key()
		r.located = nil
		r.faults = append(r.faults, *d)
	}
}
