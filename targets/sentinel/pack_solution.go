package sentinel

import (
	"path"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/sentinel/solution"
	"github.com/sigc-rules/sigc/targets/workbook"
)

// ruleTemplate are the properties of a rule in a solution: it is not there until its user makes it of the template.
type ruleTemplate struct {
	properties
	Status     string `json:"status"`
	Connectors any    `json:"requiredDataConnectors"`
}

// solutionPack writes the folder of a solution, as the packaging tool of the Azure-Sentinel repository would fill it.
func solutionPack(rules []*target.Compiled, write func(target.File) error, diags *diag.List) error {
	noteSolution(rules, diags)
	s, err := newSolution(rules)
	if err != nil {
		return err
	}
	files, err := s.Files()
	if err != nil {
		return err
	}
	for i := range files {
		files[i].Path = path.Join("solution", files[i].Path)
	}
	return target.WriteAll(write, files...)
}

func newSolution(rules []*target.Compiled) (*solution.Solution, error) {
	of := rules[0].Target
	s := &solution.Solution{
		Name: workbook.NameOf(rules), Description: of.Setting("solutionDescription"), Version: of.Setting("solutionVersion"),
		PublisherID: of.Setting("publisherId"), OfferID: of.Setting("offerId"), Author: of.Setting("solutionAuthor"), Email: of.Setting("supportEmail"),
		Support:   solution.Support{Name: of.Setting("supportName"), Email: of.Setting("supportEmail"), Tier: of.Setting("supportTier"), Link: of.Setting("supportLink")},
		Providers: words(of.Setting("solutionProviders")), Domains: words(of.Setting("solutionDomains")),
		FirstPublished: of.Setting("firstPublishDate"), LastPublish: of.Setting("lastPublishDate"),
	}
	if s.OfferID == "" {
		s.OfferID = "azure-sentinel-solution-" + slug(s.Name)
	}
	connectors := []string{}
	names := fileNames(rules)
	for i, c := range rules {
		r := newRule(c)
		text, err := yamlRule(c)
		if err != nil {
			return nil, err
		}
		s.Rules = append(s.Rules, solution.Rule{
			File: names[i], YAML: text, ID: r.id, Title: r.title, Description: r.description, Version: r.version, Kind: r.kind(),
			Properties: newRuleTemplate(r),
		})
		for _, k := range r.connectors {
			if !slices.Contains(connectors, k.ID) {
				connectors = append(connectors, k.ID)
			}
		}
	}
	for _, k := range keptBy(rules) {
		if !k.inTemplate() {
			continue // its file is uploaded
		}
		content := kusto.Plain(string(k.csv))
		text, err := template(rules, newWatchlist(k.list, content))
		if err != nil {
			return nil, err
		}
		s.Watchlists = append(s.Watchlists, solution.Watchlist{
			Name: k.list.Name, Description: strings.TrimSpace(k.list.Doc), Template: text,
			Resource: func(name string) any {
				w := newWatchlist(k.list, content)
				w.Name = name
				return w
			},
		})
	}
	book := workbook.Sentinel(s.Name, rules, severityOf)
	gallery, err := book.Gallery()
	if err != nil {
		return nil, err
	}
	serialized, err := book.Serialized()
	s.Workbook = solution.Workbook{
		Key: strings.ReplaceAll(s.Name, " ", "") + "Workbook", Title: book.Title, Description: book.Description,
		Gallery: gallery, Serialized: serialized, Tables: book.Tables, Connectors: connectors,
	}
	return s, err
}

func newRuleTemplate(r rule) ruleTemplate {
	t := ruleTemplate{properties: r.properties().plain(), Status: "Available"}
	t.Enabled = false
	t.SubTechniques = r.attack.subTechniques() // which the version of the API knows
	t.Connectors = r.connectors
	if len(r.connectors) == 0 {
		t.Connectors = "[variables('TemplateEmptyArray')]" // as the packaging tool writes it
	}
	return t
}

// fileNames are the names of the files of rules, which all stand in one folder.
func fileNames(rules []*target.Compiled) []string {
	var out []string
	for _, c := range rules {
		name := path.Base(c.Path)
		if slices.Contains(out, name) {
			name = strings.ReplaceAll(c.Path, "/", "_")
		}
		out = append(out, name)
	}
	return out
}

func words(list string) []string {
	out := []string{}
	for w := range strings.SplitSeq(list, ",") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// slug is a name as an id of the marketplace has it: small letters and digits.
func slug(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name)), "-")
}

// noteSolution says where the pack is too large for one solution.
func noteSolution(rules []*target.Compiled, diags *diag.List) {
	if len(rules) <= solution.MaxRules {
		return
	}
	d := diags.Errorf("sentinel/split", rules[solution.MaxRules].Title.At, "from this rule on, the pack is too large: a solution has at most %d rules", solution.MaxRules)
	d.Target = "sentinel"
	d.Hint = "make several solutions, each of a folder of rules"
}
