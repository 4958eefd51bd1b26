package check

import (
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// styleChecks are the conventions of SigmaHQ about texts (the repository's "Sigma Rule Creation Guide" and its
// validators).
var styleChecks = []Check{{
	ID: "style/title-case", Severity: diag.Note, Sigma: titleCase,
	Doc: Doc{
		Summary: "a word of the title begins in lower case",
		Why:     "SigmaHQ writes titles like headlines, and lists of alerts read better when all do.",
		Bad:     "title: User added by script\n",
		Good:    "title: User Added by Script\n",
	},
}, {
	ID: "style/title-length", Severity: diag.Note, Sigma: titleLength,
	Doc: Doc{
		Summary: "the title has more than 120 characters",
		Why:     "Columns of alerts cut it off, and what is cut is what tells one rule from the next.",
		Bad:     "title: " + strings.Repeat("Suspicious ", 11) + "Sign-In\n",
		Good:    "title: Suspicious Sign-In\n",
	},
}, {
	ID: "style/title-end", Severity: diag.Note, Sigma: titleEnd,
	Doc: Doc{
		Summary: "the title ends with a full stop",
		Why:     "A title is no sentence.",
		Bad:     "title: User Added.\n",
		Good:    "title: User Added\n",
	},
}, {
	ID: "style/title-start", Severity: diag.Note, Sigma: titleStart,
	Doc: Doc{
		Summary: `the title begins with "Detects" or "Detection of"`,
		Why:     "Every rule detects something: the words push what matters out of sight.",
		Bad:     "title: Detects Added Users\n",
		Good:    "title: User Added\n",
	},
}, {
	ID: "style/title-blanks", Severity: diag.Note, Sigma: titleBlanks,
	Doc: Doc{
		Summary: "the title has two blanks in a row, or one at its beginning or end",
		Why:     "Nobody sees the blank, but searches for the title fail.",
		Bad:     "title: User  Added\n",
		Good:    "title: User Added\n",
	},
}, {
	ID: "style/description-length", Severity: diag.Note, Sigma: descriptionLength,
	Doc: Doc{
		Summary: "the description has less than 16 characters",
		Why:     "It cannot say what is detected, and why that matters.",
		Bad:     "description: Added user\n",
		Good:    "description: Detects a new user, which an attacker may have added to come back later.\n",
	},
}, {
	ID: "style/link-in-description", Severity: diag.Note, Sigma: linkInDescription,
	Doc: Doc{
		Summary: "the description holds a link",
		Why:     `Links belong into "references", where tools find them.`,
		Bad:     "description: Detects what https://example.org/report describes.\n",
		Good:    "description: Detects what the report describes.\nreferences:\n    - https://example.org/report\n",
	},
}, {
	ID: "style/falsepositive-word", Severity: diag.Note, Sigma: falsePositiveWord,
	Doc: Doc{
		Summary: `a false positive says nothing: "none" or "pentest"`,
		Why:     "An analyst wants to know what harmless thing looks like this. Leave the list out when nothing is known.",
		Bad:     "falsepositives:\n    - None\n",
		Good:    "falsepositives:\n    - Scheduled onboarding of new employees\n",
	},
}, {
	ID: "style/falsepositive-capital", Severity: diag.Note, Sigma: falsePositiveCapital,
	Doc: Doc{
		Summary: "a false positive begins in lower case",
		Why:     "SigmaHQ writes each entry like a sentence.",
		Bad:     "falsepositives:\n    - administrators at work\n",
		Good:    "falsepositives:\n    - Administrators at work\n",
	},
}, {
	ID: "style/falsepositive-typo", Severity: diag.Note, Sigma: falsePositiveTypo,
	Doc: Doc{
		Summary: "a false positive has a misspelt word",
		Why:     "Entries are copied from rule to rule, and so are their mistakes.",
		Bad:     "falsepositives:\n    - Legitim administrators\n",
		Good:    "falsepositives:\n    - Legitimate administrators\n",
	},
}, {
	ID: "style/short-entry", Severity: diag.Note, Sigma: shortEntry,
	Doc: Doc{
		Summary: `an entry of "falsepositives" or "scope" is a single character`,
		Why:     "It cannot be what was meant, perhaps a dash too many.",
		Bad:     "falsepositives:\n    - '-'\n",
		Good:    "falsepositives:\n    - Administrators\n",
	},
}, {
	ID: "style/github-link", Severity: diag.Note, Sigma: githubLink,
	Doc: Doc{
		Summary: "a link to a file on GitHub is not a permanent one",
		Why:     "A branch moves on and the line that the rule rests on is gone. A link with the number of a commit stays.",
		Bad:     "references:\n    - https://github.com/example/tools/blob/main/tool.ps1\n",
		Good:    "references:\n    - https://github.com/example/tools/blob/0c15d53a2d7be1f3c5a4c389a107d2f5b8e4c221/tool.ps1\n",
	},
}, {
	ID: "style/attack-link", Severity: diag.Note, Sigma: attackLink,
	Doc: Doc{
		Summary: "a reference is a technique of MITRE ATT&CK",
		Why:     "Tags say the same in a form that tools understand.",
		Bad:     "references:\n    - https://attack.mitre.org/techniques/T1098/003/\n",
		Good:    "references:\n    - https://example.org/report\ntags:\n    - attack.persistence\n    - attack.t1098.003\n",
	},
}, {
	ID: "style/reference", Severity: diag.Note, Sigma: referenceForm,
	Doc: Doc{
		Summary: "a reference begins like a link and is none",
		Why:     "Who wants to follow it cannot.",
		Bad:     "references:\n    - 'https//example.org/report'\n",
		Good:    "references:\n    - https://example.org/report\n",
	},
}}

// small words of titles stay in lower case, as SigmaHQ's validator allows.
var small = map[string]bool{
	"the": true, "for": true, "in": true, "with": true, "via": true, "on": true, "to": true, "without": true, "of": true,
	"through": true, "from": true, "by": true, "as": true, "a": true, "or": true, "at": true, "and": true, "an": true,
	"over": true, "new": true, "is": true, "into": true, "not": true, "but": true, "against": true, "after": true, "per": true,
	"within": true, "under": true, "using": true, "be": true, "off": true, "up": true, "out": true, "vs": true, "than": true,
}

func titleCase(p *Pass) {
	offset := 0
	for word := range strings.SplitAfterSeq(p.Title.Value, " ") {
		bare := strings.TrimRight(word, " ,;:")
		start := offset
		offset += len(word)
		first, _ := utf8.DecodeRuneInString(bare)
		// Names of files, commands, options and services are written as they are.
		if !unicode.IsLower(first) || strings.ContainsAny(bare, `./\_-()0123456789@'"$:`) || strings.ToLower(bare) != bare || small[bare] && start > 0 {
			continue
		}
		d := p.report(part(p.Title, start, start+len(bare)), "the word %q of the title begins in lower case", bare)
		if d.Span.Text() == bare {
			d.Fixes = replace(d.Span, string(unicode.ToUpper(first))+bare[utf8.RuneLen(first):])
		}
		return
	}
}

func titleLength(p *Pass) {
	if n := utf8.RuneCountInString(p.Title.Value); n > 120 && n <= 256 { // beyond, rule/title-length reports it
		p.report(p.Title.At, "the title has %d characters: 120 are enough", n)
	}
}

func titleEnd(p *Pass) {
	if t := p.Title.Value; strings.HasSuffix(t, ".") && !strings.HasSuffix(t, "..") {
		if d := p.report(part(p.Title, len(t)-1, len(t)), "the title ends with a full stop"); d.Span.Text() == "." {
			d.Fixes = []diag.Fix{{Title: "remove it", Edits: []diag.Edit{{Span: d.Span}}}}
		}
	}
}

// titleStarts are words that a title does not begin with.
var titleStarts = []string{"detects ", "detect ", "detection of ", "detecting "}

func titleStart(p *Pass) {
	for _, start := range titleStarts {
		if n := len(start); len(p.Title.Value) >= n && strings.EqualFold(p.Title.Value[:n], start) {
			p.report(part(p.Title, 0, n-1), "what the title begins with goes without saying")
			return
		}
	}
}

func titleBlanks(p *Pass) {
	if t := p.Title.Value; strings.Contains(t, "  ") || strings.TrimSpace(t) != t {
		d := p.report(p.Title.At, "the title has more blanks than it shows")
		if all := part(p.Title, 0, len(t)); all.Text() == t {
			d.Fixes = replace(all, strings.Join(strings.Fields(t), " "))
		}
	}
}

func descriptionLength(p *Pass) {
	const least = 16
	text := strings.TrimSpace(p.Description.Value)
	if len(text) < least*utf8.UTFMax && utf8.RuneCountInString(text) < least && !p.Description.At.IsZero() {
		p.report(p.Description.At, "the description is too short to say what is detected, and why")
	}
}

func linkInDescription(p *Pass) {
	if !strings.Contains(p.Description.Value, "://") {
		return
	}
	for _, scheme := range []string{"https://", "http://"} {
		i := strings.Index(p.Description.Value, scheme)
		if i < 0 {
			continue
		}
		end := i + len(scheme)
		for end < len(p.Description.Value) && !strings.ContainsAny(p.Description.Value[end:end+1], " \n\t)]'\"") {
			end++
		}
		if end > i+len(scheme) {
			p.report(part(p.Description, i, end), "the description holds a link").Hint = `links belong into "references"`
			return
		}
	}
}

func falsePositiveWord(p *Pass) {
	const longest = len("penetration test")
	var small [longest]byte
	for i := range p.FalsePositives {
		t := &p.FalsePositives[i]
		word := strings.Trim(t.Value, " .")
		if len(word) > longest {
			continue
		}
		switch string(appendFolded(small[:0], word)) {
		case "none", "pentest", "penetration test", "n/a", "no", "nothing":
			p.report(t.At, "%q says nothing about false positives", t.Value).Hint = "leave the list out when nothing is known"
		}
	}
}

func falsePositiveCapital(p *Pass) {
	for _, t := range p.FalsePositives {
		first, n := utf8.DecodeRuneInString(t.Value)
		word, _, _ := strings.Cut(t.Value, " ")
		if unicode.IsLower(first) && strings.ToLower(word) == word && !strings.ContainsAny(word, "./_-") {
			d := p.report(part(t, 0, n), "the entry begins in lower case")
			if strings.HasPrefix(t.At.Text(), t.Value) {
				d.Fixes = replace(d.Span, string(unicode.ToUpper(first)))
			}
		}
	}
}

// typos are the misspelt words that SigmaHQ's validator knows, and a few more of the same kind.
var typos = map[string]string{
	"unkown": "unknown", "unkownn": "unknown", "ligitimate": "legitimate", "legitim": "legitimate", "legitimeate": "legitimate",
	"legitmate": "legitimate", "adminstrator": "administrator", "adminstrators": "administrators", "administartor": "administrator",
	"softwares": "software", "occassionally": "occasionally", "activites": "activities", "scirpts": "scripts",
}

// How long they are.
const shortestTypo, longestTypo = len("unkown"), len("occassionally")

func falsePositiveTypo(p *Pass) {
	var small [longestTypo]byte
	for _, t := range p.FalsePositives {
		offset := 0
		for word := range strings.SplitAfterSeq(t.Value, " ") {
			bare := strings.TrimRight(word, " .,;")
			if n := len(bare); n < shortestTypo || n > longestTypo {
				offset += len(word)
				continue
			}
			if right, ok := typos[string(appendFolded(small[:0], bare))]; ok {
				d := p.report(part(t, offset, offset+len(bare)), "%q is misspelt", bare)
				d.Label = didYouMean(right)
				if d.Span.Text() == bare {
					if bare != strings.ToLower(bare) {
						right = strings.ToUpper(right[:1]) + right[1:]
					}
					d.Fixes = replace(d.Span, right)
				}
			}
			offset += len(word)
		}
	}
}

func shortEntry(p *Pass) {
	short := func(entries []sigma.Text) {
		for _, t := range entries {
			if utf8.RuneCountInString(t.Value) < 2 {
				p.report(t.At, "an entry of one character says nothing")
			}
		}
	}
	short(p.FalsePositives)
	if p.Rule != nil {
		short(p.Rule.Scope)
	}
}

func githubLink(p *Pass) {
	for i := range p.References {
		if t := &p.References[i]; strings.Contains(t.Value, "github.com/") {
			if branch := branchOf(t.Value); branch != "" && !isCommit(branch) {
				p.report(t.At, "the link goes to the branch or tag %q, which can change", branch).Hint = `press "y" on the page for the link with the commit`
			}
		}
	}
}

// branchOf returns the branch, tag or commit of a link to a file on GitHub; "" for another link.
func branchOf(link string) string {
	rest, ok := strings.CutPrefix(link, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(link, "http://"); !ok {
			return ""
		}
	}
	if rest, ok = strings.CutPrefix(strings.TrimPrefix(rest, "www."), "github.com/"); !ok {
		return ""
	}
	owner, rest, _ := strings.Cut(rest, "/")
	repository, rest, _ := strings.Cut(rest, "/")
	view, rest, _ := strings.Cut(rest, "/")
	branch, file, _ := strings.Cut(rest, "/")
	if owner == "" || repository == "" || view != "blob" && view != "tree" && view != "raw" || file == "" || strings.ContainsAny(branch, "?#") {
		return ""
	}
	return branch
}

// isCommit reports whether a name is the number of a commit, or the beginning of one.
func isCommit(name string) bool {
	return len(name) >= 7 && len(name) <= 40 && strings.Trim(name, "0123456789abcdef") == ""
}

func attackLink(p *Pass) {
	for i := range p.References {
		t := &p.References[i]
		if _, rest, ok := strings.Cut(t.Value, "://attack.mitre.org/"); ok && (strings.HasPrefix(rest, "techniques/") || strings.HasPrefix(rest, "tactics/")) {
			p.report(t.At, "the reference is what a tag says").Hint = `write "attack." and the number of the technique below "tags"`
		}
	}
}

// beginsLikeLink is what begins as a link does, or nearly so.
var beginsLikeLink = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^\s*(h..ps?|https?)\s?:?/{1,3}`) })

// likeLink reports whether a reference is meant to be a link. Nearly all are written as they should be.
func likeLink(ref string) bool {
	return strings.HasPrefix(ref, "https://") || beginsLikeLink().MatchString(ref)
}

// plainLink reports whether a reference is a link as nearly all are: there is nothing in it that could be wrong.
func plainLink(ref string) bool {
	rest, ok := strings.CutPrefix(ref, "https://")
	host, _, _ := strings.Cut(rest, "/")
	return ok && host != "" && plainHost(host) && printable(rest)
}

func plainHost(host string) bool {
	for i := range len(host) {
		if b := host[i]; (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '.' && b != '-' {
			return false
		}
	}
	return true
}

func referenceForm(p *Pass) {
	for i := range p.References {
		t := &p.References[i]
		if plainLink(t.Value) {
			continue
		}
		if strings.HasPrefix(t.Value, "hxxp") || !likeLink(t.Value) { // hxxp is meant not to be followed
			continue
		}
		u, err := url.Parse(strings.TrimSpace(t.Value))
		if err != nil && !strings.Contains(err.Error(), "escape") || err == nil && (u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
			p.report(t.At, "the reference begins like a link and is none")
		}
	}
}
