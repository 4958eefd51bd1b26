package sentinel

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// tactics are the names that Sentinel gives the tactics of ATT&CK 13, and to the two that later took the place of
// defense evasion.
var tactics = map[string]string{
	"reconnaissance": "Reconnaissance", "resource-development": "ResourceDevelopment", "initial-access": "InitialAccess",
	"execution": "Execution", "persistence": "Persistence", "privilege-escalation": "PrivilegeEscalation",
	"defense-evasion": "DefenseEvasion", "stealth": "DefenseEvasion", "defense-impairment": "DefenseEvasion",
	"credential-access": "CredentialAccess", "discovery": "Discovery", "lateral-movement": "LateralMovement",
	"collection": "Collection", "exfiltration": "Exfiltration", "command-and-control": "CommandAndControl",
	"impact": "Impact", "impair-process-control": "ImpairProcessControl",
	"inhibit-response-function": "InhibitResponseFunction",
}

//go:embed attack13.txt
var attack13 string

// technique is one that Sentinel knows, and the tactics, in its own names, that it serves.
type technique struct {
	id     string
	serves []string
}

// techniques are those that Sentinel knows, by their ids in lower case.
var techniques = sync.OnceValue(func() map[string]technique {
	out := map[string]technique{}
	for line := range strings.Lines(attack13) {
		id, list, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || id == "#" {
			continue
		}
		known := technique{id: id}
		for t := range strings.SplitSeq(list, ",") {
			known.serves = append(known.serves, tactics[t])
		}
		out[strings.ToLower(id)] = known
	}
	return out
})

// mapping is what Sentinel takes of a rule's ATT&CK tags.
type mapping struct {
	Tactics    []string
	Techniques []string // with sub-techniques
}

// parents are the techniques without their sub-techniques, which is all that the stable ARM versions take.
func (m mapping) parents() []string {
	var out []string
	for _, t := range m.Techniques {
		parent, _, _ := strings.Cut(t, ".")
		if !slices.Contains(out, parent) {
			out = append(out, parent)
		}
	}
	return out
}

// subTechniques are those that are one.
func (m mapping) subTechniques() []string {
	return slices.DeleteFunc(slices.Clone(m.Techniques), func(t string) bool { return !strings.Contains(t, ".") })
}

type droppedTag struct {
	tag  source.Text
	word string // without "attack."
}

// why says why the tag is left out.
func (d droppedTag) why() string {
	if isTechnique(d.word) {
		return fmt.Sprintf("Sentinel knows the techniques of ATT&CK 13, not %s; the tag is left out", strings.ToUpper(d.word))
	}
	return fmt.Sprintf("Sentinel has no tactic %q; the tag is left out", d.word)
}

// isTechnique reports whether a word is the id of a technique, or of a part of one: t1078, t1078.004.
func isTechnique(word string) bool {
	id, part, hasPart := strings.Cut(word, ".")
	return isID(id, "t") && (!hasPart || len(part) == 3 && digits(part))
}

// isID reports whether a word is one of the prefixes and four digits.
func isID(word string, prefixes ...string) bool {
	if len(word) < 4 || !digits(word[len(word)-4:]) {
		return false
	}
	return slices.Contains(prefixes, word[:len(word)-4])
}

func digits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// attack maps the attack.* tags of a rule, and says which of them Sentinel does not know. A technique must serve one
// of the tactics listed; where none of them does, its own are added, as the validator of the Azure-Sentinel repository
// would refuse the rule otherwise.
func attack(c *target.Compiled) (m mapping, dropped []droppedTag) {
	for _, tag := range c.Tags {
		word, ok := strings.CutPrefix(strings.ToLower(tag.Value), "attack.")
		if !ok {
			continue
		}
		word = strings.ReplaceAll(word, "_", "-")
		if isTechnique(word) {
			continue
		}
		if t, ok := tactics[word]; ok {
			m.addTactic(t)
		} else if !isGroupOrSoftware(word) {
			dropped = append(dropped, droppedTag{tag, word})
		}
	}
	for _, tag := range c.Tags {
		word, _ := strings.CutPrefix(strings.ToLower(tag.Value), "attack.")
		if !isTechnique(word) {
			continue
		}
		known, ok := techniques()[word]
		if !ok {
			dropped = append(dropped, droppedTag{tag, word})
			continue
		}
		if !slices.ContainsFunc(known.serves, func(t string) bool { return slices.Contains(m.Tactics, t) }) {
			m.addTactic(known.serves[0])
		}
		if !slices.Contains(m.Techniques, known.id) {
			m.Techniques = append(m.Techniques, known.id)
		}
	}
	return m, dropped
}

func (m *mapping) addTactic(t string) {
	if !slices.Contains(m.Tactics, t) {
		m.Tactics = append(m.Tactics, t)
	}
}

// isGroupOrSoftware reports whether a tag names something of ATT&CK that a rule in Sentinel has no place for anyway.
func isGroupOrSoftware(word string) bool { return isID(word, "g", "s", "m", "ds", "ta") }
