package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// tagChecks are about the namespaces of tags besides that of ATT&CK (Sigma tags appendix 2.1).
var tagChecks = []Check{{
	ID: "rule/unknown-tag-namespace", Severity: diag.Note, Sigma: tagNamespace,
	Doc: Doc{
		Summary: "the namespace of a tag is none of Sigma's",
		Why:     `Tags of an unknown namespace are searched for by nobody else. Namespaces of your own are listed in sigc.yml below "lint", "tag-namespaces".`,
		Bad:     "tags:\n    - atack.persistence\n",
		Good:    "tags:\n    - attack.persistence\n",
	},
}, {
	ID: "rule/bad-cve-tag", Severity: diag.Warning, Sigma: tagOf("cve", `^\d{4}[-.]\d{4,7}$`, `write "cve.2021-44228"`),
	Doc: Doc{
		Summary: "a tag of the namespace cve is not the number of a vulnerability",
		Why:     "Searches for a vulnerability go by its exact number: the year, and at least four digits.",
		Bad:     "tags:\n    - cve.44228\n",
		Good:    "tags:\n    - cve.2021-44228\n",
	},
}, {
	ID: "rule/bad-car-tag", Severity: diag.Warning, Sigma: tagOf("car", `^\d{4}-\d{2}-\d{3}$`, `write "car.2016-04-005"`),
	Doc: Doc{
		Summary: "a tag of the namespace car is not the number of an analytic of MITRE CAR",
		Why:     "The numbers are made of year, month and a running number; anything else leads nowhere.",
		Bad:     "tags:\n    - car.2016-04\n",
		Good:    "tags:\n    - car.2016-04-005\n",
	},
}, {
	ID: "rule/bad-d3fend-tag", Severity: diag.Warning, Sigma: tagOf("d3fend", `^(d3-?[a-z0-9]+|d3f-[a-z0-9-]+|d3f:[a-z0-9_-]+|model|harden|detect|isolate|deceive|evict|restore)$`, `write "d3fend.d3-am", or a tactic such as "d3fend.detect"`),
	Doc: Doc{
		Summary: "a tag of the namespace d3fend is neither a tactic nor a technique of MITRE D3FEND",
		Why:     "Techniques of D3FEND are named by D3- and a few letters; the catalogue knows no others.",
		Bad:     "tags:\n    - d3fend.account_monitoring\n",
		Good:    "tags:\n    - d3fend.d3-am\n",
	},
}, {
	ID: "rule/bad-stp-tag", Severity: diag.Warning, Sigma: tagOf("stp", `^[1-5][auk]?$`, `write a level from 1 to 5 and perhaps one of a, u and k: "stp.3k"`),
	Doc: Doc{
		Summary: "a tag of the namespace stp is not a level of the Summiting the Pyramid project",
		Why:     "The project grades detections from 1 to 5 by how hard they are to evade, and by where the events come from: application, user mode or kernel.",
		Bad:     "tags:\n    - stp.9\n",
		Good:    "tags:\n    - stp.3k\n",
	},
}, {
	ID: "rule/bad-tlp-tag", Severity: diag.Warning, Sigma: tagOf("tlp", `^(red|amber|amber-strict|green|clear|white)$`, `allowed are red, amber, amber-strict, green and clear`),
	Doc: Doc{
		Summary: "a tag of the namespace tlp is no colour of the Traffic Light Protocol",
		Why:     "Who may see a rule must not depend on a guess.",
		Bad:     "tags:\n    - tlp.yellow\n",
		Good:    "tags:\n    - tlp.amber\n",
	},
}, {
	ID: "rule/old-tlp-tag", Severity: diag.Note, Sigma: tagOldTLP,
	Doc: Doc{
		Summary: "a rule is marked with tlp.white, which is called clear since version 2 of the protocol",
		Why:     "Version 2.0 of the Traffic Light Protocol, of 2022, has renamed the colour.",
		Bad:     "tags:\n    - tlp.white\n",
		Good:    "tags:\n    - tlp.clear\n",
	},
}, {
	ID: "rule/several-tlp-tags", Severity: diag.Warning, Sigma: tagOnce("tlp"),
	Doc: Doc{
		Summary: "a rule has two colours of the Traffic Light Protocol",
		Why:     "The two contradict each other about who may see the rule.",
		Bad:     "tags:\n    - tlp.green\n    - tlp.red\n",
		Good:    "tags:\n    - tlp.red\n",
	},
}, {
	ID: "rule/bad-detection-tag", Severity: diag.Warning, Sigma: tagOf("detection", `^(dfir|emerging-threats|threat-hunting)$`, `allowed are dfir, emerging-threats and threat-hunting`),
	Doc: Doc{
		Summary: "a tag of the namespace detection is none of those that Sigma defines",
		Why:     "Packages of rules are built by these tags: a rule with another one ends up in the package of generic rules.",
		Bad:     "tags:\n    - detection.threat-huntin\n",
		Good:    "tags:\n    - detection.threat-hunting\n",
	},
}, {
	ID: "rule/several-detection-tags", Severity: diag.Warning, Sigma: tagOnce("detection"),
	Doc: Doc{
		Summary: "a rule is of two kinds of detection",
		Why:     "The tags say which package a rule belongs to, and it belongs to one.",
		Bad:     "tags:\n    - detection.dfir\n    - detection.threat-hunting\n",
		Good:    "tags:\n    - detection.dfir\n",
	},
}}

// namespaces are those of the Sigma tags appendix.
var namespaces = []string{"attack", "car", "cve", "d3fend", "detection", "stp", "tlp"}

// namespaced calls each with the tags of a namespace and what follows it.
func (p *Pass) namespaced(namespace string, each func(name string, tag sigma.Text)) {
	for _, t := range p.Tags {
		if name, ok := strings.CutPrefix(t.Value, namespace+"."); ok {
			each(name, t)
		}
	}
}

func tagNamespace(p *Pass) {
	for _, t := range p.Tags {
		namespace, _, ok := strings.Cut(t.Value, ".")
		if !ok || slices.Contains(namespaces, namespace) || slices.Contains(p.TagNamespaces, namespace) {
			continue
		}
		d := p.report(part(t, 0, len(namespace)), "%q is no namespace of tags: there are %s", namespace, quoted(namespaces, "and"))
		suggest(d, namespace, namespaces)
	}
}

// tagOf returns a check of the names in a namespace.
func tagOf(namespace, pattern, help string) func(*Pass) {
	form := regexp.MustCompile(pattern)
	return func(p *Pass) {
		p.namespaced(namespace, func(name string, tag sigma.Text) {
			if !form.MatchString(name) {
				p.report(tag.At, "%q is no tag of the namespace %q", tag.Value, namespace).Hint = help
			}
		})
	}
}

// tagOnce returns a check that a namespace is used once.
func tagOnce(namespace string) func(*Pass) {
	return func(p *Pass) {
		var first sigma.Text
		p.namespaced(namespace, func(_ string, tag sigma.Text) {
			switch {
			case first.At.IsZero():
				first = tag
			case first.Value != tag.Value:
				related(p.report(tag.At, "the rule has a tag of the namespace %q already", namespace), "the first is here", first.At)
			}
		})
	}
}

func tagOldTLP(p *Pass) {
	p.namespaced("tlp", func(name string, tag sigma.Text) {
		if name == "white" {
			p.report(tag.At, `the colour "white" is called "clear" since version 2 of the protocol`).Fixes = replace(tag.At, "tlp.clear")
		}
	})
}
