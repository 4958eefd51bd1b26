package check

import (
	"path"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// fileChecks are SigmaHQ's conventions about names of files and folders.
var fileChecks = []Check{{
	ID: "style/file-name", Severity: diag.Note, Sigma: fileName,
	Doc: Doc{
		Summary: "the name of the file has other characters than small letters, digits and underscores",
		Why:     "Names with blanks or capitals are a nuisance in scripts and clash on some file systems.",
		Bad:     "-- New-User.yml --\n" + minimal,
		Good:    "-- azure_new_user.yml --\n" + minimal,
		Whole:   true,
	},
}, {
	ID: "style/file-name-length", Severity: diag.Note, Sigma: fileNameLength,
	Doc: Doc{
		Summary: "the name of the file is shorter than 10 or longer than 90 characters",
		Why:     "A short name tells nobody what the rule is about; a long one breaks archives and Windows paths.",
		Bad:     "-- a.yml --\n" + minimal,
		Good:    "-- azure_new_user.yml --\n" + minimal,
		Whole:   true,
	},
}, {
	ID: "style/file-extension", Severity: diag.Note, Sigma: fileExtension,
	Doc: Doc{
		Summary: "the file ends in .yaml",
		Why:     "Sigma's rules end in .yml, and some tools look for nothing else.",
		Bad:     "-- azure_new_user.yaml --\n" + minimal,
		Good:    "-- azure_new_user.yml --\n" + minimal,
		Whole:   true,
	},
}, {
	ID: "style/folder-status", Severity: diag.Warning, Sigma: folderStatus,
	Doc: Doc{
		Summary: "a rule that is deprecated or unsupported stands among the others, or one in use among those",
		Why:     "Folders decide what is deployed. SigmaHQ keeps the two kinds in folders of these names.",
		Bad:     "-- rules/deprecated/azure_new_user.yml --\n" + minimal + "status: test\n",
		Good:    "-- rules/deprecated/azure_new_user.yml --\n" + minimal + "status: deprecated\n",
		Whole:   true,
	},
}, {
	ID: "style/folder-tag", Severity: diag.Note, Sigma: folderTag,
	Doc: Doc{
		Summary: `a rule in a folder for threat hunting or emerging threats lacks the tag of it`,
		Why:     "The tag goes with the rule when it is copied; the folder does not.",
		Bad:     "-- rules-threat-hunting/azure_new_user.yml --\n" + minimal,
		Good:    "-- rules-threat-hunting/azure_new_user.yml --\n" + minimal + "tags:\n    - detection.threat-hunting\n",
		Whole:   true,
	},
}}

const minimal = `title: User Added
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
`

// top is where messages about a whole file point: its title.
func (p *Pass) top() source.Span { return p.At }

func fileName(p *Pass) {
	if f := p.found; !plainName(f.stem) || f.stem == "" && f.extension != "" {
		p.report(p.top(), "the name of the file, %q, is not made of small letters, digits and underscores", f.stem+f.extension)
	}
}

func plainName(name string) bool {
	for i := range len(name) {
		if b := name[i]; (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '_' {
			return false
		}
	}
	return true
}

func fileNameLength(p *Pass) {
	f := p.found
	if n := len(f.stem) + len(f.extension); n > 0 && n < 10 || n > 90 {
		p.report(p.top(), "the name of the file, %q, has %d characters: 10 to 90 are usual", f.stem+f.extension, n)
	}
}

func fileExtension(p *Pass) {
	if f := p.found; f.extension == ".yaml" {
		p.report(p.top(), "the name of the file, %q, ends in .yaml: .yml is usual", f.stem+f.extension)
	}
}

func folderStatus(p *Pass) {
	if p.Path == "" || p.Filter != nil {
		return
	}
	folders, _ := path.Split(p.Path)
	for _, status := range [...]string{"deprecated", "unsupported"} {
		if !strings.Contains(folders, status) {
			continue
		}
		inside := false
		for dir := range strings.SplitSeq(folders, "/") {
			before, of := strings.CutSuffix(dir, status)
			inside = inside || of && (before == "" || before[len(before)-1] == '-')
		}
		if inside && p.Status.Value != status && !p.Status.At.IsZero() {
			p.report(p.Status.At, "the rule stands in a folder for those that are %s, but is called %q", status, p.Status.Value)
		}
	}
}

func folderTag(p *Pass) {
	if p.Filter != nil {
		return
	}
	folders, _ := path.Split(p.Path)
	for _, kind := range []string{"threat-hunting", "emerging-threats"} {
		if _, below, ok := strings.Cut(folders, "rules-"+kind); !ok || below[0] != '/' {
			continue
		}
		for _, t := range p.Tags {
			if tag, ok := strings.CutPrefix(t.Value, "detection."); ok && tag == kind {
				return
			}
		}
		p.report(p.top(), `the rule lacks the tag "detection.%s" of its folder`, kind)
	}
}
