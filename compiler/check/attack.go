package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// attackChecks compare the tags of the namespace "attack" with the catalogue of MITRE ATT&CK.
var attackChecks = []Check{{
	ID: "attack/unknown-technique", Severity: diag.Warning, Sigma: attackUnknown,
	Doc: Doc{
		Summary: "a tag names a technique that MITRE ATT&CK " + catalogue.AttackVersion + " does not have",
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

var (
	techniqueTag = regexp.MustCompile(`^t[0-9]{4}(\.[0-9]{3})?$`)
	// otherTag is the number of a group, a software, a campaign, a mitigation, a data source or a tactic.
	otherTag = regexp.MustCompile(`^(g|s|c|m|ds|ta)[0-9]{4}$`)
)

// attackTags calls each with what follows "attack." in the tags.
func (p *Pass) attackTags(each func(name string, tag sigma.Text)) {
	for _, t := range p.Tags {
		if name, ok := strings.CutPrefix(t.Value, "attack."); ok {
			each(name, t)
		}
	}
}

// techniques calls each with the techniques among the tags; known says whether there is such a one.
func (p *Pass) techniques(each func(t catalogue.Technique, known bool, tag sigma.Text)) {
	p.attackTags(func(name string, tag sigma.Text) {
		if techniqueTag.MatchString(name) {
			t, ok := catalogue.FindTechnique(strings.ToUpper(name))
			each(t, ok, tag)
		}
	})
}

// tactics returns the tactics among the tags.
func (p *Pass) tactics() []string {
	var out []string
	p.attackTags(func(name string, _ sigma.Text) {
		if t, ok := catalogue.FindTactic(strings.ReplaceAll(name, "_", "-")); ok {
			out = append(out, t.Name)
		}
	})
	return out
}

func attackUnknown(p *Pass) {
	p.techniques(func(_ catalogue.Technique, known bool, tag sigma.Text) {
		if known {
			return
		}
		name := strings.TrimPrefix(tag.Value, "attack.")
		d := p.report(tag.At, "MITRE ATT&CK %s has no technique %q", catalogue.AttackVersion, strings.ToUpper(name))
		if parent, _, sub := strings.Cut(name, "."); sub {
			if t, ok := catalogue.FindTechnique(strings.ToUpper(parent)); ok && t.Active() {
				d.Hint = "it has the technique " + t.ID + ", " + t.Title
			}
		}
	})
}

func attackRevoked(p *Pass) {
	p.techniques(func(t catalogue.Technique, _ bool, tag sigma.Text) {
		if t.RevokedBy == "" {
			return
		}
		d := p.report(tag.At, "the technique %s was replaced by %s", t.ID, t.RevokedBy)
		if now, ok := catalogue.FindTechnique(t.RevokedBy); ok && now.Active() {
			d.Label = now.Title
			d.Fixes = replace(tag.At, "attack."+strings.ToLower(t.RevokedBy))
		}
	})
}

func attackDeprecated(p *Pass) {
	p.techniques(func(t catalogue.Technique, _ bool, tag sigma.Text) {
		if t.Deprecated {
			p.report(tag.At, "MITRE has given up the technique %s", t.ID)
		}
	})
}

func attackTactic(p *Pass) {
	p.attackTags(func(name string, tag sigma.Text) {
		if _, ok := catalogue.FindTactic(strings.ReplaceAll(name, "_", "-")); ok || techniqueTag.MatchString(name) || otherTag.MatchString(name) {
			return
		}
		d := p.report(tag.At, "%q is no tactic, technique, group or software of MITRE ATT&CK", name)
		if near := diag.Nearest(name, tacticNames()); near != "" {
			d.Label = didYouMean("attack." + near)
			d.Fixes = replace(tag.At, "attack."+near)
		}
	})
}

func tacticNames() []string {
	var out []string
	for _, t := range catalogue.Tactics() {
		if t.Until == "" {
			out = append(out, t.Name)
		}
	}
	return out
}

func attackFormer(p *Pass) {
	p.attackTags(func(name string, tag sigma.Text) {
		if t, ok := catalogue.FindTactic(strings.ReplaceAll(name, "_", "-")); ok && t.Until != "" {
			p.report(tag.At, "MITRE ATT&CK has no tactic %q after version %s", t.Name, t.Until).Hint = `what it held is in "stealth" and "defense-impairment"`
		}
	})
}

func attackSpelling(p *Pass) {
	p.attackTags(func(name string, tag sigma.Text) {
		hyphens := strings.ReplaceAll(name, "_", "-")
		if _, ok := catalogue.FindTactic(hyphens); ok && hyphens != name {
			d := p.report(tag.At, "tactics are written with hyphens since Sigma 2")
			d.Label = didYouMean("attack." + hyphens)
			d.Fixes = replace(tag.At, "attack."+hyphens)
		}
	})
}

func attackMismatch(p *Pass) {
	tactics := p.tactics()
	if len(tactics) == 0 || slices.Contains(tactics, "defense-evasion") { // its techniques are spread over its successors
		return
	}
	p.techniques(func(t catalogue.Technique, _ bool, tag sigma.Text) {
		if !t.Active() || slices.ContainsFunc(t.Tactics, func(name string) bool { return slices.Contains(tactics, name) }) {
			return
		}
		if len(t.Tactics) > 0 {
			p.report(tag.At, "%s, %s, is a technique of %s, which is no tactic of this rule", t.ID, t.Title, quoted(t.Tactics, "and")).Hint =
				"the rule names " + quoted(tactics, "and")
		}
	})
}

func attackNoTactic(p *Pass) {
	if len(p.tactics()) > 0 {
		return
	}
	var first source.Span
	p.techniques(func(_ catalogue.Technique, _ bool, tag sigma.Text) {
		if first.IsZero() {
			first = tag.At
		}
	})
	if !first.IsZero() {
		p.report(first, "the rule names a technique, but none of its tactics")
	}
}

func attackParent(p *Pass) {
	p.techniques(func(t catalogue.Technique, _ bool, tag sigma.Text) {
		parent, _, sub := strings.Cut(t.ID, ".")
		if !sub {
			return
		}
		for _, other := range p.Tags {
			if other.Value == "attack."+strings.ToLower(parent) {
				related(p.report(other.At, "the technique is named by its sub-technique %s already", t.ID), "here", tag.At)
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
