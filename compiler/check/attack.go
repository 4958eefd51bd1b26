package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/attack"
	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// attackChecks compare the tags of the namespace "attack" with the catalogue of MITRE ATT&CK.
var attackChecks = []Check{{
	ID: "attack/unknown-technique", Severity: diag.Warning, Sigma: attackUnknown,
	Doc: Doc{
		Summary: "a tag names a technique that MITRE ATT&CK " + attack.Version + " does not have",
		Why:     "Coverage is counted by techniques, and platforms refuse or drop those they do not know. A digit is soon mistyped.",
		Bad:     "tags:\n    - attack.persistence\n    - attack.t1098.099\n",
		Good:    "tags:\n    - attack.persistence\n    - attack.t1098.003\n",
	},
}, {
	ID: "attack/revoked", Severity: diag.Warning, Sigma: attackRevoked,
	Doc: Doc{
		Summary: "a tag names a technique that another one has replaced",
		Why:     "MITRE keeps the numbers of techniques that were merged or moved, but nobody counts them any more: the rule vanishes from maps of what is covered.",
		Bad:     "tags:\n    - attack.defense-impairment\n    - attack.t1562.001\n",
		Good:    "tags:\n    - attack.defense-impairment\n    - attack.t1685\n",
	},
}, {
	ID: "attack/deprecated", Severity: diag.Warning, Sigma: attackDeprecated,
	Doc: Doc{
		Summary: "a tag names a technique that MITRE has given up",
		Why:     "Nothing has taken the place of a deprecated technique; what it stood for was found to be no technique of its own.",
		Bad:     "tags:\n    - attack.execution\n    - attack.t1064\n",
		Good:    "tags:\n    - attack.execution\n    - attack.t1059\n",
	},
}, {
	ID: "attack/unknown-tactic", Severity: diag.Warning, Sigma: attackTactic,
	Doc: Doc{
		Summary: "a tag is neither a tactic nor the number of a technique, group or software of MITRE ATT&CK",
		Why:     "A misspelt tactic is no tactic: the rule is missing wherever rules are sorted by it.",
		Bad:     "tags:\n    - attack.persistance\n",
		Good:    "tags:\n    - attack.persistence\n",
	},
}, {
	ID: "attack/former-tactic", Severity: diag.Note, Sigma: attackFormer,
	Doc: Doc{
		Summary: "a tag names a tactic that MITRE ATT&CK no longer has",
		Why:     `Version 19 has split "defense-evasion" into "stealth" and "defense-impairment". Platforms follow at their own pace, so the old name is still understood.`,
		Bad:     "tags:\n    - attack.defense-evasion\n",
		Good:    "tags:\n    - attack.stealth\n",
	},
}, {
	ID: "attack/spelling", Severity: diag.Warning, Sigma: attackSpelling,
	Doc: Doc{
		Summary: "a tactic is written with underscores",
		Why:     "Since Sigma 2 tags of tactics are written with hyphens. Tools that compare tags as texts take the two for different tactics.",
		Bad:     "tags:\n    - attack.credential_access\n",
		Good:    "tags:\n    - attack.credential-access\n",
	},
}, {
	ID: "attack/mismatch", Severity: diag.Warning, Sigma: attackMismatch,
	Doc: Doc{
		Summary: "a technique belongs to none of the tactics that the rule names",
		Why:     "Either the technique or the tactic is the wrong one. Sentinel shows a technique below its tactics only.",
		Bad:     "tags:\n    - attack.exfiltration\n    - attack.t1098.003\n",
		Good:    "tags:\n    - attack.persistence\n    - attack.t1098.003\n",
	},
}, {
	ID: "attack/no-tactic", Severity: diag.Note, Sigma: attackNoTactic,
	Doc: Doc{
		Summary: "a rule names techniques, but no tactic",
		Why:     "A technique can serve several tactics. Which of them the rule is about is for its author to say.",
		Bad:     "tags:\n    - attack.t1098.003\n",
		Good:    "tags:\n    - attack.persistence\n    - attack.t1098.003\n",
	},
}, {
	ID: "attack/parent", Severity: diag.Note, Sigma: attackParent,
	Doc: Doc{
		Summary: "a rule names a technique and one of its sub-techniques",
		Why:     "A sub-technique belongs to its technique already; naming both counts the rule twice in some maps.",
		Bad:     "tags:\n    - attack.persistence\n    - attack.t1098\n    - attack.t1098.003\n",
		Good:    "tags:\n    - attack.persistence\n    - attack.t1098.003\n",
	},
}}

// otherTag is the number of a group, a software, a campaign, a mitigation, a data source or a tactic.
var otherTag = regexp.MustCompile(`^(g|s|c|m|ds|ta)[0-9]{4}$`)

// isTechnique reports whether a name is the number of a technique: t1098 or t1098.003. Every tag is asked several times.
func isTechnique(name string) bool {
	number, sub, dotted := strings.Cut(name, ".")
	digits := strings.TrimPrefix(number, "t")
	return len(digits) == 4 && len(number) == 5 && strings.Trim(digits+sub, "0123456789") == "" && (len(sub) == 3 || !dotted)
}

// attackTags calls each with what follows "attack." in the tags.
func (p *Pass) attackTags(each func(name string, tag sigma.Text)) {
	for _, t := range p.Tags {
		if name, ok := strings.CutPrefix(t.Value, "attack."); ok {
			each(name, t)
		}
	}
}

// technique is a tag that has the number of a technique.
type technique struct {
	id  string
	tag sigma.Text
}

// tags finds the techniques and the tactics among the tags of a document.
func (f *facts) tags(p *Pass) {
	p.attackTags(func(name string, tag sigma.Text) {
		if isTechnique(name) {
			f.techniques = append(f.techniques, technique{strings.ToUpper(name), tag})
		} else if known, _ := isTactic(hyphened(name)); known {
			f.tactics = append(f.tactics, hyphened(name))
		}
	})
}

// techniques calls each with the ids of techniques among the tags.
func (p *Pass) techniques(each func(id string, tag sigma.Text)) {
	for _, t := range p.facts().techniques {
		each(t.id, t.tag)
	}
}

// tacticNames are the tactics in use.
func tacticNames() []string {
	var out []string
	for _, t := range attack.Tactics() {
		out = append(out, t.Short)
	}
	return out
}

// isTactic reports whether a name is that of a tactic, in use or not, and whether it is in use.
func isTactic(name string) (known, inUse bool) {
	for _, t := range attack.Tactics() {
		if t.Short == name {
			return true, true
		}
	}
	_, gone := catalogue.FormerTactics()[name]
	return gone, false
}

func hyphened(name string) string { return strings.ReplaceAll(name, "_", "-") }

func attackUnknown(p *Pass) {
	p.techniques(func(id string, tag sigma.Text) {
		_, known := attack.Find(id)
		if _, gone := catalogue.FindFormer(id); known || gone {
			return
		}
		d := p.report(tag.At, "MITRE ATT&CK %s has no technique %q", attack.Version, id)
		if parent, _, sub := strings.Cut(id, "."); sub {
			if t, ok := attack.Find(parent); ok {
				d.Hint = "it has the technique " + t.ID + ", " + t.Name
			}
		}
	})
}

func attackRevoked(p *Pass) {
	p.techniques(func(id string, tag sigma.Text) {
		old, _ := catalogue.FindFormer(id)
		if old.RevokedBy == "" {
			return
		}
		d := p.report(tag.At, "the technique %s was replaced by %s", id, old.RevokedBy)
		if now, ok := attack.Find(old.RevokedBy); ok {
			d.Label = now.Name
			d.Fixes = replace(tag.At, "attack."+strings.ToLower(now.ID))
		}
	})
}

func attackDeprecated(p *Pass) {
	p.techniques(func(id string, tag sigma.Text) {
		if old, _ := catalogue.FindFormer(id); old.Deprecated {
			p.report(tag.At, "MITRE has given up the technique %s", id)
		}
	})
}

func attackTactic(p *Pass) {
	p.attackTags(func(name string, tag sigma.Text) {
		if known, _ := isTactic(hyphened(name)); isTechnique(name) || known || otherTag.MatchString(name) {
			return
		}
		d := p.report(tag.At, "%q is no tactic, technique, group or software of MITRE ATT&CK", name)
		if near := diag.Nearest(name, tacticNames()); near != "" {
			d.Label = didYouMean("attack." + near)
			d.Fixes = replace(tag.At, "attack."+near)
		}
	})
}

func attackFormer(p *Pass) {
	p.attackTags(func(name string, tag sigma.Text) {
		if until, gone := catalogue.FormerTactics()[hyphened(name)]; gone {
			p.report(tag.At, "MITRE ATT&CK has no tactic %q after version %s", hyphened(name), until).Hint = `what it held is in "stealth" and "defense-impairment"`
		}
	})
}

func attackSpelling(p *Pass) {
	p.attackTags(func(name string, tag sigma.Text) {
		if !strings.Contains(name, "_") {
			return
		}
		if known, _ := isTactic(hyphened(name)); known {
			d := p.report(tag.At, "tactics are written with hyphens since Sigma 2")
			d.Label = didYouMean("attack." + hyphened(name))
			d.Fixes = replace(tag.At, "attack."+hyphened(name))
		}
	})
}

func attackMismatch(p *Pass) {
	tactics := p.facts().tactics
	if len(tactics) == 0 || slices.ContainsFunc(tactics, func(name string) bool { _, inUse := isTactic(name); return !inUse }) {
		return // techniques of a tactic that is gone are spread over its successors
	}
	p.techniques(func(id string, tag sigma.Text) {
		t, ok := attack.Find(id)
		if ok && !slices.ContainsFunc(t.Tactics, func(name string) bool { return slices.Contains(tactics, name) }) {
			p.report(tag.At, "%s, %s, is a technique of %s, which the rule does not name", t.ID, t.Name, quoted(t.Tactics, "and")).Hint =
				"the rule names " + quoted(tactics, "and")
		}
	})
}

func attackNoTactic(p *Pass) {
	if len(p.facts().tactics) > 0 {
		return
	}
	var first source.Span
	p.techniques(func(_ string, tag sigma.Text) {
		if first.IsZero() {
			first = tag.At
		}
	})
	if !first.IsZero() {
		p.report(first, "the rule names a technique, but none of its tactics")
	}
}

func attackParent(p *Pass) {
	p.techniques(func(id string, tag sigma.Text) {
		parent, _, sub := strings.Cut(id, ".")
		if !sub {
			return
		}
		parent = "attack." + strings.ToLower(parent)
		for _, other := range p.Tags {
			if other.Value == parent {
				related(p.report(other.At, "the technique is named by its sub-technique %s already", id), "here", tag.At)
				return
			}
		}
	})
}

// quoted joins words for a message.
func quoted(words []string, join string) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			b.WriteString(" " + join + " ")
		default:
			b.WriteString(", ")
		}
		b.WriteString(`"` + w + `"`)
	}
	return b.String()
}
