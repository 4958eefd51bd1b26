package check

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/attack"
	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/diag"
)

// attackChecks compare the tags of the namespace "attack" with the catalogue of MITRE ATT&CK.
var attackChecks = []Check{{
	ID: "attack/unknown-technique", Severity: diag.Warning, Tag: attackUnknown,
	Doc: Doc{
		Summary: "a tag names a technique that MITRE ATT&CK " + attack.Version + " does not have",
		Why:     "Coverage is counted by techniques, and platforms refuse or drop those they do not know. A digit is soon mistyped.",
		Bad:     "tags:\n    - attack.persistence\n    - attack.t1098.099\n",
		Good:    "tags:\n    - attack.persistence\n    - attack.t1098.003\n",
	},
}, {
	ID: "attack/revoked", Severity: diag.Warning, Tag: attackRevoked,
	Doc: Doc{
		Summary: "a tag names a technique that another one has replaced",
		Why:     "MITRE keeps the numbers of techniques that were merged or moved, but nobody counts them any more: the rule vanishes from maps of what is covered.",
		Bad:     "tags:\n    - attack.defense-impairment\n    - attack.t1562.001\n",
		Good:    "tags:\n    - attack.defense-impairment\n    - attack.t1685\n",
	},
}, {
	ID: "attack/deprecated", Severity: diag.Warning, Tag: attackDeprecated,
	Doc: Doc{
		Summary: "a tag names a technique that MITRE has given up",
		Why:     "Nothing has taken the place of a deprecated technique; what it stood for was found to be no technique of its own.",
		Bad:     "tags:\n    - attack.execution\n    - attack.t1064\n",
		Good:    "tags:\n    - attack.execution\n    - attack.t1059\n",
	},
}, {
	ID: "attack/unknown-tactic", Severity: diag.Warning, Tag: attackTactic,
	Doc: Doc{
		Summary: "a tag is neither a tactic nor the number of a technique, group or software of MITRE ATT&CK",
		Why:     "A misspelt tactic is no tactic: the rule is missing wherever rules are sorted by it.",
		Bad:     "tags:\n    - attack.persistance\n",
		Good:    "tags:\n    - attack.persistence\n",
	},
}, {
	ID: "attack/former-tactic", Severity: diag.Note, Tag: attackFormer,
	Doc: Doc{
		Summary: "a tag names a tactic that MITRE ATT&CK no longer has",
		Why:     `Version 19 has split "defense-evasion" into "stealth" and "defense-impairment". Platforms follow at their own pace, so the old name is still understood.`,
		Bad:     "tags:\n    - attack.defense-evasion\n",
		Good:    "tags:\n    - attack.stealth\n",
	},
}, {
	ID: "attack/spelling", Severity: diag.Warning, Tag: attackSpelling,
	Doc: Doc{
		Summary: "a tactic is written with underscores",
		Why:     "Since Sigma 2 tags of tactics are written with hyphens. Tools that compare tags as texts take the two for different tactics.",
		Bad:     "tags:\n    - attack.credential_access\n",
		Good:    "tags:\n    - attack.credential-access\n",
	},
}, {
	ID: "attack/mismatch", Severity: diag.Warning, Tag: attackMismatch,
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
	ID: "attack/parent", Severity: diag.Note, Tag: attackParent,
	Doc: Doc{
		Summary: "a rule names a technique and one of its sub-techniques",
		Why:     "A sub-technique belongs to its technique already; naming both counts the rule twice in some maps.",
		Bad:     "tags:\n    - attack.persistence\n    - attack.t1098\n    - attack.t1098.003\n",
		Good:    "tags:\n    - attack.persistence\n    - attack.t1098.003\n",
	},
}}

// attackTag is what a tag of the namespace "attack" is.
type attackTag struct {
	kind   attackKind
	known  bool // it is in use
	of     attack.Technique
	former catalogue.FormerTechnique // when it is a technique that is gone
}

type attackKind uint8

const (
	otherKind attackKind = iota // a group, a software and so on, or nothing that is known
	technique                   // the number of a technique
	tactic                      // the name of a tactic, in use or not
)

func (t *attackTag) read(name string) {
	if isTechnique(name) {
		t.kind = technique
		if t.of, t.known = attack.Find(name); !t.known {
			t.former, _ = catalogue.FindFormer(name)
		}
	} else if known, inUse := isTactic(hyphened(name)); known {
		t.kind, t.known = tactic, inUse
	}
}

// id is the number of a technique.
func (t *Tag) id() string { return strings.ToUpper(t.name) }

// isTechnique reports whether a name is the number of a technique: t1098 or t1098.003.
func isTechnique(name string) bool {
	number, sub, dotted := strings.Cut(name, ".")
	return len(number) == 5 && number[0] == 't' && digits(number[1:]) && digits(sub) && (len(sub) == 3 || !dotted)
}

// digits reports whether there is nothing but digits in a text.
func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// isOther reports whether a name is the number of a group, a software, a campaign, a mitigation, a data source or a tactic.
func isOther(name string) bool {
	kind := strings.TrimRight(name, "0123456789")
	return len(name)-len(kind) == 4 && slices.Contains([]string{"g", "s", "c", "m", "ds", "ta"}, kind)
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
	for i, all := 0, attack.Tactics(); i < len(all); i++ {
		if all[i].Short == name {
			return true, true
		}
	}
	_, gone := catalogue.FormerTactics()[name]
	return gone, false
}

func hyphened(name string) string { return strings.ReplaceAll(name, "_", "-") }

func attackUnknown(p *Pass, t *Tag) {
	if t.attack.kind != technique || t.attack.known || t.attack.former.ID != "" {
		return
	}
	d := p.report(t.At, "MITRE ATT&CK %s has no technique %q", attack.Version, t.id())
	if parent, _, sub := strings.Cut(t.name, "."); sub {
		if of, ok := attack.Find(parent); ok {
			d.Hint = "it has the technique " + of.ID + ", " + of.Name
		}
	}
}

func attackRevoked(p *Pass, t *Tag) {
	old := t.attack.former
	if old.RevokedBy == "" {
		return
	}
	d := p.report(t.At, "the technique %s was replaced by %s", t.id(), old.RevokedBy)
	if now, ok := attack.Find(old.RevokedBy); ok {
		d.Label = now.Name
		d.Fixes = replace(t.At, "attack."+strings.ToLower(now.ID))
	}
}

func attackDeprecated(p *Pass, t *Tag) {
	if t.attack.former.Deprecated {
		p.report(t.At, "MITRE has given up the technique %s", t.id())
	}
}

func attackTactic(p *Pass, t *Tag) {
	if t.namespace != "attack" || t.attack.kind != otherKind || isOther(t.name) {
		return
	}
	d := p.report(t.At, "%q is no tactic, technique, group or software of MITRE ATT&CK", t.name)
	if near := diag.Nearest(t.name, tacticNames()); near != "" {
		d.Label = didYouMean("attack." + near)
		d.Fixes = replace(t.At, "attack."+near)
	}
}

func attackFormer(p *Pass, t *Tag) {
	if t.attack.kind == tactic && !t.attack.known {
		name := hyphened(t.name)
		p.report(t.At, "MITRE ATT&CK has no tactic %q after version %s", name, catalogue.FormerTactics()[name]).Hint =
			`what it held is in "stealth" and "defense-impairment"`
	}
}

func attackSpelling(p *Pass, t *Tag) {
	if t.attack.kind == tactic && strings.Contains(t.name, "_") {
		d := p.report(t.At, "tactics are written with hyphens since Sigma 2")
		d.Label = didYouMean("attack." + hyphened(t.name))
		d.Fixes = replace(t.At, "attack."+hyphened(t.name))
	}
}

func attackMismatch(p *Pass, t *Tag) {
	tactics := p.found.tactics
	if t.attack.kind != technique || !t.attack.known || len(tactics) == 0 {
		return
	}
	of := t.attack.of
	if slices.ContainsFunc(of.Tactics, func(name string) bool { return slices.Contains(tactics, name) }) {
		return
	}
	for i := range p.found.tags {
		if a := &p.found.tags[i].attack; a.kind == tactic && !a.known {
			return // techniques of a tactic that is gone are spread over its successors
		}
	}
	p.report(t.At, "%s, %s, is a technique of %s, which the rule does not name", of.ID, of.Name, quoted(of.Tactics, "and")).Hint =
		"the rule names " + quoted(tactics, "and")
}

func attackNoTactic(p *Pass) {
	if len(p.found.tactics) > 0 {
		return
	}
	for i := range p.found.tags {
		if t := &p.found.tags[i]; t.attack.kind == technique {
			p.report(t.At, "the rule names a technique, but none of its tactics")
			return
		}
	}
}

func attackParent(p *Pass, t *Tag) {
	parent, _, sub := strings.Cut(t.name, ".")
	if t.attack.kind != technique || !sub {
		return
	}
	for i := range p.found.tags {
		if other := &p.found.tags[i]; other.namespace == "attack" && other.name == parent {
			related(p.report(other.At, "the technique is named by its sub-technique %s already", t.id()), "here", t.At)
			return
		}
	}
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
