package check

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// metaChecks are about what a rule says about itself.
var metaChecks = []Check{{
	ID: "rule/placeholder-id", Severity: diag.Warning, Sigma: metaPlaceholderID,
	Doc: Doc{
		Summary: "the id looks made up: all zeros, or digits in a row",
		Why:     "Such ids are left over from templates. The next rule made from the template has the same one.",
		Bad:     "id: 12345678-1234-1234-1234-123456789012\n",
		Good:    "id: 5b0a2a2e-93c0-4d7f-8f40-6a5e2a4b8c11\n",
	},
}, {
	ID: "style/missing-attribute", Severity: diag.Note, Sigma: metaMissing,
	Doc: Doc{
		Summary: "a rule lacks an attribute that a reader or a platform wants: id, level, status, description, author or date",
		Why:     "Without an id the name on a platform changes with the title; without a level the severity is a middling one. An analyst at night reads the description, and wants to know how old and how tried the rule is.",
		Bad:     "author: Ada Lovelace\n",
		Good: "id: 5b0a2a2e-93c0-4d7f-8f40-6a5e2a4b8c11\nstatus: experimental\ndescription: Detects a new user, which an attacker may have added to come back later.\n" +
			"author: Ada Lovelace\ndate: 2026-01-31\nlevel: medium\n",
	},
}, {
	ID: "rule/modified-before-date", Severity: diag.Warning, Sigma: metaModifiedBefore,
	Doc: Doc{
		Summary: "a rule was changed before it was written",
		Why:     "One of the two dates is wrong, often a swapped month and day.",
		Bad:     "date: 2026-03-01\nmodified: 2026-01-31\n",
		Good:    "date: 2026-01-31\nmodified: 2026-03-01\n",
	},
}, {
	ID: "rule/modified-without-date", Severity: diag.Note, Sigma: metaModifiedWithoutDate,
	Doc: Doc{
		Summary: "a rule says when it was changed, but not when it was written",
		Why:     "SigmaHQ asks for the date of the first version; tools sort by it.",
		Bad:     "modified: 2026-03-01\n",
		Good:    "date: 2026-01-31\nmodified: 2026-03-01\n",
	},
}, {
	ID: "rule/modified-same-as-date", Severity: diag.Note, Sigma: metaModifiedSame,
	Doc: Doc{
		Summary: "the date of the last change is that of the first version",
		Why:     "A rule that was never changed has no such date.",
		Bad:     "date: 2026-01-31\nmodified: 2026-01-31\n",
		Good:    "date: 2026-01-31\n",
	},
}, {
	ID: "rule/future-date", Severity: diag.Warning, Sigma: metaFuture,
	Doc: Doc{
		Summary: "a date of the rule lies in the future",
		Why:     "It is a slip of the pen, and tools that look for new rules will find this one for ever.",
		Bad:     "date: 2999-01-31\n",
		Good:    "date: 2026-01-31\n",
	},
}, {
	ID: "style/status-too-high", Severity: diag.Note, Sigma: metaStatusHigh,
	Doc: Doc{
		Summary: "a rule that was written less than 60 days ago is called test or stable",
		Why:     "SigmaHQ's rules begin as experimental. Two months without a change show that a rule works outside of its author's lab.",
		Bad:     "status: stable\ndate: 2026-01-15\n",
		Good:    "status: experimental\ndate: 2026-01-15\n",
	},
}, {
	ID: "rule/deprecated-without-related", Severity: diag.Note, Sigma: metaDeprecated,
	Doc: Doc{
		Summary: "a rule is deprecated, but names no rule that replaces it",
		Why:     "Who still uses the rule wants to know what to use instead.",
		Bad:     "status: deprecated\n",
		Good:    "status: deprecated\nrelated:\n    - id: 5b0a2a2e-93c0-4d7f-8f40-6a5e2a4b8c11\n      type: similar\n",
	},
}, {
	ID: "rule/related-to-itself", Severity: diag.Warning, Sigma: metaRelated,
	Doc: Doc{
		Summary: "a rule is related to itself",
		Why:     "When a rule gets a new id, the old one belongs into the relation; here both are the same.",
		Bad:     "id: 5b0a2a2e-93c0-4d7f-8f40-6a5e2a4b8c11\nrelated:\n    - id: 5b0a2a2e-93c0-4d7f-8f40-6a5e2a4b8c11\n      type: renamed\n",
		Good:    "id: 5b0a2a2e-93c0-4d7f-8f40-6a5e2a4b8c11\nrelated:\n    - id: 0e1f3c5a-2d7b-4c38-9a10-7d2f5b8e4c22\n      type: renamed\n",
	},
}, {
	ID: "rule/duplicate-reference", Severity: diag.Warning, Sigma: given(func(m *sigma.Meta) []sigma.Text { return m.References }, "reference"),
	Doc: Doc{
		Summary: "a reference is given twice",
		Why:     "The second is read again for nothing, or another page was meant.",
		Bad:     "references:\n    - https://example.org/a\n    - https://example.org/a\n",
		Good:    "references:\n    - https://example.org/a\n    - https://example.org/b\n",
	},
}, {
	ID: "rule/duplicate-false-positive", Severity: diag.Warning, Sigma: given(func(m *sigma.Meta) []sigma.Text { return m.FalsePositives }, "false positive"),
	Doc: Doc{
		Summary: "a false positive is given twice",
		Why:     "One entry says it all.",
		Bad:     "falsepositives:\n    - Administrators\n    - administrators\n",
		Good:    "falsepositives:\n    - Administrators\n",
	},
}, {
	ID: "rule/duplicate-shown-field", Severity: diag.Warning, Sigma: metaFields,
	Doc: Doc{
		Summary: `a field stands twice in "fields"`,
		Why:     "It would be shown twice beside a match.",
		Bad:     "fields:\n    - OperationName\n    - OperationName\n",
		Good:    "fields:\n    - OperationName\n    - Result\n",
	},
}}

func metaMissing(p *Pass) {
	if p.Filter != nil || p.Broken { // a broken attribute looks as if it were absent
		return
	}
	var missing []string
	for _, a := range [...]struct {
		name string
		text *sigma.Text
	}{
		{"id", &p.ID}, {"level", &p.Level}, {"status", &p.Status}, {"description", &p.Description}, {"author", &p.Author}, {"date", &p.Date},
	} {
		if a.text.At.IsZero() {
			missing = append(missing, a.name)
		}
	}
	if len(missing) > 0 {
		p.report(p.At, "the rule has no %s", strings.Join(missing, ", no "))
	}
}

func metaPlaceholderID(p *Pass) {
	var digits [32]byte
	n := 0
	for _, b := range []byte(p.ID.Value) {
		switch {
		case b == '-':
			continue
		case n == len(digits):
			return
		case 'A' <= b && b <= 'Z':
			b += 'a' - 'A'
		}
		digits[n] = b
		n++
	}
	if n != len(digits) {
		return
	}
	if bytes.Count(digits[:], digits[:1]) == n || bytes.HasPrefix(digits[:], []byte("12345678")) || bytes.HasPrefix(digits[:], []byte("deadbeef")) {
		p.report(p.ID.At, "the id looks like one from a template").Hint = "generate a random UUID (version 4)"
	}
}

// before reports whether a date comes before another. Dates of this form sort as texts.
func before(a, b sigma.Text) bool { return len(a.Value) == len(b.Value) && a.Value < b.Value }

func metaModifiedBefore(p *Pass) {
	if !p.Date.At.IsZero() && !p.Modified.At.IsZero() && before(p.Modified, p.Date) {
		related(p.report(p.Modified.At, "the rule was changed before it was written"), "written here", p.Date.At)
	}
}

func metaModifiedWithoutDate(p *Pass) {
	if p.Date.At.IsZero() && !p.Modified.At.IsZero() {
		p.report(p.Modified.At, `the rule has "modified", but no "date"`)
	}
}

func metaModifiedSame(p *Pass) {
	if !p.Date.At.IsZero() && p.Modified.Value == p.Date.Value {
		p.report(p.Modified.At, `"modified" says the same as "date"`)
	}
}

func metaFuture(p *Pass) {
	for _, t := range []sigma.Text{p.Date, p.Modified} {
		if p.Today != "" && !t.At.IsZero() && len(t.Value) == len(p.Today) && t.Value > p.Today {
			p.report(t.At, "%s lies in the future", t.Value)
		}
	}
}

// young is how long SigmaHQ calls a rule experimental at least.
const young = 60 * 24 * time.Hour

func metaStatusHigh(p *Pass) {
	if p.Status.Value != "test" && p.Status.Value != "stable" || p.Date.Value <= p.found.grown(p.Today) {
		return
	}
	written, err1 := time.Parse(time.DateOnly, p.Date.Value)
	today, err2 := time.Parse(time.DateOnly, p.Today)
	if err1 != nil || err2 != nil || today.Before(written) {
		return
	}
	if age := today.Sub(written); age < young {
		p.report(p.Status.At, "the rule is %d days old and called %q", int(age.Hours()/24), p.Status.Value).Hint =
			`rules begin as "experimental"`
	}
}

// grown is the last day on which a rule was written that is no longer young; "" when today is not known.
func (f *facts) grown(today string) string {
	if today != f.today {
		f.today, f.lastDay = today, ""
		if t, err := time.Parse(time.DateOnly, today); err == nil {
			f.lastDay = t.Add(-young).Format(time.DateOnly)
		}
	}
	return f.lastDay
}

func metaDeprecated(p *Pass) {
	if p.Status.Value == "deprecated" && len(p.Related) == 0 {
		p.report(p.Status.At, `the rule is deprecated, but "related" names no other`)
	}
}

func metaRelated(p *Pass) {
	for _, r := range p.Related {
		if p.ID.Value != "" && strings.EqualFold(r.ID.Value, p.ID.Value) {
			p.report(r.ID.At, "the rule is related to itself")
		}
	}
}

// given returns a check that a list of texts has no text twice.
func given(of func(*sigma.Meta) []sigma.Text, what string) func(*Pass) {
	return func(p *Pass) {
		listed := of(p.Meta)
		if len(listed) < 2 {
			return
		}
		texts := &p.found.texts
		texts.reset()
		for _, t := range listed {
			if first, again := texts.find(strings.TrimRight(t.Value, "/"), false); again {
				d := p.report(t.At, "this %s is given twice", what)
				related(d, "first given here", listed[first].At)
				d.Fixes = diag.RemoveEntry(t.At)
			}
		}
	}
}

func metaFields(p *Pass) {
	if p.Rule == nil {
		return
	}
	for i, t := range p.Rule.Fields {
		if j := slices.IndexFunc(p.Rule.Fields[:i], func(f sigma.Text) bool { return f.Value == t.Value }); j >= 0 {
			d := p.report(t.At, "the field %q is listed twice", t.Value)
			related(d, "first listed here", p.Rule.Fields[j].At)
			d.Fixes = diag.RemoveEntry(t.At)
		}
	}
}
