package compiler

import (
	"bytes"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/check"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// touched are the files whose rules a change from an earlier program concerns: those that differ, and those with rules
// whose correlations, filters or lists do.
func (p *Program) touched(before *Program) map[*source.File]bool {
	out := map[*source.File]bool{}
	texts := map[string][]byte{}
	for _, f := range before.files {
		texts[f.Name] = f.Text
	}
	names := map[string]bool{}
	for _, f := range p.files {
		names[f.Name] = true
		old, there := texts[f.Name]
		out[f] = !there || !bytes.Equal(old, f.Text)
	}
	differs := func(f *source.File) bool { // of the earlier program
		return !names[f.Name] || slices.ContainsFunc(p.files, func(n *source.File) bool { return n.Name == f.Name && out[n] })
	}
	direct := map[*source.File]bool{}
	for f, is := range out {
		direct[f] = is
	}
	for _, r := range p.Rules {
		if old := before.same(r); old != nil && len(listChanges(old.lists, r.lists)) > 0 {
			out[r.file] = true
		}
		for _, f := range p.filters {
			out[r.file] = out[r.file] || direct[f.written.File] && f.meaning != nil && f.names(r)
		}
		for _, f := range before.filters {
			out[r.file] = out[r.file] || differs(f.written.File) && f.meaning != nil && f.names(r)
		}
		if r.written != nil && direct[r.file] { // what it refers to becomes a part of it, or no longer is one
			for _, m := range p.Rules {
				out[m.file] = out[m.file] || refers(r.written, m)
			}
		}
	}
	var gone []*Rule
	for _, old := range before.Rules {
		if differs(old.file) && p.same(old) == nil {
			gone = append(gone, old)
		}
	}
	for again := true; again; {
		again = false
		for _, r := range p.Rules {
			if r.written == nil || out[r.file] {
				continue
			}
			about := func(m *Rule) bool { return refers(r.written, m) }
			if slices.ContainsFunc(gone, about) || slices.ContainsFunc(p.Rules, func(m *Rule) bool { return out[m.file] && about(m) }) {
				out[r.file], again = true, true
			}
		}
	}
	return out
}

func refers(c *sigma.Correlation, r *Rule) bool {
	return slices.ContainsFunc(c.Rules, func(t sigma.Text) bool { return r.called(t.Value) })
}

// historyIDs are found only where there is something to compare with.
var historyIDs = []string{"rule/unmodified", "rule/id-changed"}

// OfHistory reports whether an id, or one of the family "area/*", is found only beside an earlier version of the rules.
func OfHistory(id string) bool {
	return slices.ContainsFunc(historyIDs, func(h string) bool { return check.Fits(id, h) })
}

// history reports what can only be seen beside the earlier version of a rule.
func (p *Program) history(before *Program, today string, diags *diag.List) {
	for _, r := range p.Rules {
		if r.header == nil {
			continue
		}
		count := diags.Len()
		if old := before.byID(r.ID); old != nil && old.header != nil {
			reused(r, old, p, diags)
			unmodified(r, old, today, diags)
		} else if old := before.atPlace(r); old != nil && old.header != nil {
			if old.ID != "" && r.ID != "" && p.byID(old.ID) == nil && !kept(r, old.ID) {
				d := diags.Warnf("rule/id-changed", r.header.ID.At, "the id of the rule was %q before", old.ID)
				d.Hint = `platforms take it for another rule; if that is meant, name the old id below "related"`
			}
			unmodified(r, old, today, diags)
		}
		found := diags.From(count)
		for i := range found {
			found[i].Rule = r.Key()
		}
	}
}

func (p *Program) byID(id string) *Rule {
	i := slices.IndexFunc(p.Rules, func(r *Rule) bool { return id != "" && strings.EqualFold(r.ID, id) })
	if i < 0 {
		return nil
	}
	return p.Rules[i]
}

// atPlace returns the rule that stood in the same file, and there in the same place or under the same title.
func (p *Program) atPlace(r *Rule) *Rule {
	for _, same := range []func(*Rule) bool{
		func(o *Rule) bool { return o.Title == r.Title },
		func(o *Rule) bool { return o.doc == r.doc },
	} {
		if i := slices.IndexFunc(p.Rules, func(o *Rule) bool { return o.file.Name == r.file.Name && same(o) }); i >= 0 {
			return p.Rules[i]
		}
	}
	return nil
}

// kept reports whether a rule names its former id.
func kept(r *Rule, id string) bool {
	return slices.ContainsFunc(r.header.Related, func(x sigma.Related) bool { return strings.EqualFold(x.ID.Value, id) })
}

// reused warns of an id that was taken from another rule: neither title, nor file, nor meaning are those of before.
func reused(r, old *Rule, p *Program, diags *diag.List) {
	if r.Title == old.Title || r.file.Name == old.file.Name || ownText(r) == ownText(old) {
		return
	}
	diags.Warnf("rule/id-changed", r.header.ID.At, "the id is that of another rule before the change, %q", old.Title).Hint =
		"what platforms know of the old rule would be said of this one: generate a random UUID (version 4)"
}

// unmodified warns of a rule that matches something else than before and still has the date of before.
func unmodified(r, old *Rule, today string, diags *diag.List) {
	text := ownText(r)
	if text == "" || ownText(old) == "" || text == ownText(old) || r.header.Modified.Value != old.header.Modified.Value {
		return
	}
	if r.header.Modified.At.IsZero() && (r.header.Date.At.IsZero() || r.header.Date.Value != old.header.Date.Value || r.header.Date.Value == today) {
		return // a rule without dates, one that was dated anew, and one of today
	}
	if r.header.Modified.At.IsZero() {
		diags.Warnf("rule/unmodified", r.header.Date.At, `the rule matches something else than before, but has no "modified"`)
		return
	}
	if r.header.Modified.Value == today {
		return
	}
	d := diags.Warnf("rule/unmodified", r.header.Modified.At, `the rule matches something else than before, but "modified" is the same`)
	if today != "" && d.Span.Text() == r.header.Modified.Value {
		d.Fixes = diag.Replace(d.Span, today)
	}
}

// ownText is a text of what a rule means by itself, without its filters; "" where it means nothing.
func ownText(r *Rule) string {
	switch {
	case r.written != nil && !r.written.Broken:
		return correlationText(r.written)
	case r.own != nil:
		return r.own.Logsource.String() + " " + meaningText(r.own.Expr(), r)
	}
	return ""
}
