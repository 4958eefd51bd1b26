package check

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// tagChecks are about the namespaces of tags besides that of ATT&CK (Sigma tags appendix 2.1).
var tagChecks = []Check{{
	ID: "rule/unknown-tag-namespace", Severity: diag.Note, Tag: tagNamespace,
	Doc: Doc{
		Summary: "the namespace of a tag is none of Sigma's",
		Why:     `Tags of an unknown namespace are searched for by nobody else. Namespaces of your own are listed in sigc.yml below "lint", "tag-namespaces".`,
		Bad:     "tags:\n    - atack.persistence\n",
		Good:    "tags:\n    - attack.persistence\n",
	},
}, {
	ID: "rule/bad-cve-tag", Severity: diag.Warning, Tag: tagForm("cve", `^\d{4}[-.]\d{4,7}$`, `write "cve.2021-44228"`),
	Doc: Doc{
		Summary: "a tag of the namespace cve is not the number of a vulnerability",
		Why:     "Searches for a vulnerability go by its exact number: the year, and at least four digits.",
		Bad:     "tags:\n    - cve.44228\n",
		Good:    "tags:\n    - cve.2021-44228\n",
	},
}, {
	ID: "rule/bad-car-tag", Severity: diag.Warning, Tag: tagForm("car", `^\d{4}-\d{2}-\d{3}$`, `write "car.2016-04-005"`),
	Doc: Doc{
		Summary: "a tag of the namespace car is not the number of an analytic of MITRE CAR",
		Why:     "The numbers are made of year, month and a running number; anything else leads nowhere.",
		Bad:     "tags:\n    - car.2016-04\n",
		Good:    "tags:\n    - car.2016-04-005\n",
	},
}, {
	ID: "rule/bad-d3fend-tag", Severity: diag.Warning, Tag: tagForm("d3fend", `^(d3-?[a-z0-9]+|d3f-[a-z0-9-]+|d3f:[a-z0-9_-]+|model|harden|detect|isolate|deceive|evict|restore)$`, `write "d3fend.d3-am", or a tactic such as "d3fend.detect"`),
	Doc: Doc{
		Summary: "a tag of the namespace d3fend is neither a tactic nor a technique of MITRE D3FEND",
		Why:     "Techniques of D3FEND are named by D3- and a few letters; the catalogue knows no others.",
		Bad:     "tags:\n    - d3fend.account_monitoring\n",
		Good:    "tags:\n    - d3fend.d3-am\n",
	},
}, {
	ID: "rule/bad-stp-tag", Severity: diag.Warning, Tag: tagForm("stp", `^[1-5][auk]?$`, `write a level from 1 to 5 and perhaps one of a, u and k: "stp.3k"`),
	Doc: Doc{
		Summary: "a tag of the namespace stp is not a level of the Summiting the Pyramid project",
		Why:     "The project grades detections from 1 to 5 by how hard they are to evade, and by where the events come from: application, user mode or kernel.",
		Bad:     "tags:\n    - stp.9\n",
		Good:    "tags:\n    - stp.3k\n",
	},
}, {
	ID: "rule/bad-tlp-tag", Severity: diag.Warning, Tag: tagForm("tlp", `^(red|amber|amber-strict|green|clear|white)$`, `allowed are red, amber, amber-strict, green and clear`),
	Doc: Doc{
		Summary: "a tag of the namespace tlp is no colour of the Traffic Light Protocol",
		Why:     "Who may see a rule must not depend on a guess.",
		Bad:     "tags:\n    - tlp.yellow\n",
		Good:    "tags:\n    - tlp.amber\n",
	},
}, {
	ID: "rule/old-tlp-tag", Severity: diag.Note, Tag: tagOldTLP,
	Doc: Doc{
		Summary: "a rule is marked with tlp.white, which is called clear since version 2 of the protocol",
		Why:     "Version 2.0 of the Traffic Light Protocol, of 2022, has renamed the colour.",
		Bad:     "tags:\n    - tlp.white\n",
		Good:    "tags:\n    - tlp.clear\n",
	},
}, {
	ID: "rule/several-tlp-tags", Severity: diag.Warning, Tag: tagOnce("tlp"),
	Doc: Doc{
		Summary: "a rule has two colours of the Traffic Light Protocol",
		Why:     "The two contradict each other about who may see the rule.",
		Bad:     "tags:\n    - tlp.green\n    - tlp.red\n",
		Good:    "tags:\n    - tlp.red\n",
	},
}, {
	ID: "rule/bad-detection-tag", Severity: diag.Warning, Tag: tagForm("detection", `^(dfir|emerging-threats|threat-hunting)$`, `allowed are dfir, emerging-threats and threat-hunting`),
	Doc: Doc{
		Summary: "a tag of the namespace detection is none of those that Sigma defines",
		Why:     "Packages of rules are built by these tags: a rule with another one ends up in the package of generic rules.",
		Bad:     "tags:\n    - detection.threat-huntin\n",
		Good:    "tags:\n    - detection.threat-hunting\n",
	},
}, {
	ID: "rule/several-detection-tags", Severity: diag.Warning, Tag: tagOnce("detection"),
	Doc: Doc{
		Summary: "a rule is of two kinds of detection",
		Why:     "The tags say which package a rule belongs to, and it belongs to one.",
		Bad:     "tags:\n    - detection.dfir\n    - detection.threat-hunting\n",
		Good:    "tags:\n    - detection.dfir\n",
	},
}}

// namespaces are those of the Sigma tags appendix.
var namespaces = []string{"attack", "car", "cve", "d3fend", "detection", "stp", "tlp"}

// Tag is a tag of a document.
type Tag struct {
	sigma.Text
	namespace, name string // before the first dot, and behind it; both are "" where there is none
	attack          attackTag
}

// readTags finds out what the tags of a document say.
func (f *facts) readTags(tags []sigma.Text) {
	for _, text := range tags {
		f.tags = append(f.tags, Tag{Text: text})
		t := &f.tags[len(f.tags)-1]
		if namespace, name, ok := strings.Cut(text.Value, "."); ok {
			t.namespace, t.name = namespace, name
		}
		if t.namespace != "attack" {
			continue
		}
		if t.attack.read(t.name); t.attack.kind == tactic {
			f.tactics = append(f.tactics, hyphened(t.name))
		}
	}
}

func tagNamespace(p *Pass, t *Tag) {
	if !strings.Contains(t.Value, ".") || slices.Contains(namespaces, t.namespace) || slices.Contains(p.TagNamespaces, t.namespace) {
		return
	}
	d := p.report(part(t.Text, 0, len(t.namespace)), "%q is no namespace of tags: there are %s", t.namespace, quoted(namespaces, "and"))
	suggest(d, t.namespace, namespaces)
}

// tagForm returns a check of the names in a namespace.
func tagForm(namespace, pattern, help string) func(*Pass, *Tag) {
	form := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
	return func(p *Pass, t *Tag) {
		if t.namespace == namespace && !form().MatchString(t.name) {
			p.report(t.At, "%q is no tag of the namespace %q", t.Value, namespace).Hint = help
		}
	}
}

// tagOnce returns a check that a namespace is used once.
func tagOnce(namespace string) func(*Pass, *Tag) {
	return func(p *Pass, t *Tag) {
		if t.namespace != namespace {
			return
		}
		first := slices.IndexFunc(p.found.tags, func(t Tag) bool { return t.namespace == namespace })
		if other := &p.found.tags[first]; other.Value != t.Value {
			related(p.report(t.At, "the rule has a tag of the namespace %q already", namespace), "the first is here", other.At)
		}
	}
}

func tagOldTLP(p *Pass, t *Tag) {
	if t.namespace == "tlp" && t.name == "white" {
		p.report(t.At, `the colour "white" is called "clear" since version 2 of the protocol`).Fixes = replace(t.At, "tlp.clear")
	}
}
