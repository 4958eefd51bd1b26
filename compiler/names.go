package compiler

import (
	"fmt"
	"path"
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
	first := map[string]source.Span{}
	for _, r := range p.Rules {
		at := r.idSpan()
		if r.ID == "" || at.IsZero() {
			continue
		}
		id := strings.ToLower(r.ID)
		before, taken := first[id]
		if !taken {
			first[id] = at
			continue
		}
		d := r.diags.Errorf("rule/duplicate-id", at, "the id is that of another rule")
		d.Related = []diag.Related{{Message: "first used here", Span: before}}
		d.Hint = "give one of the rules an id of its own"
		r.meaning = nil
	}
}

// idSpan is where the id of the rule stands; the zero span when the rule has faults of its own.
func (r *Rule) idSpan() source.Span {
	switch {
	case r.meaning != nil:
		return r.meaning.ID.At
	case r.written != nil && !r.written.Broken:
		return r.written.ID.At
	default:
		return source.Span{}
	}
}
