package docs

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/coverage"
)

// File is a page; its path is slash-separated and relative to the folder of all.
type File struct {
	Path string
	Data []byte
}

// Index is the page that leads to the others.
const Index = "README.md"

// Files writes the pages about the rules of a report, with titles, descriptions and steps in a language where they are
// translated.
func Files(r *coverage.Report, lang string) []File {
	out := []File{{Index, []byte(index(r, lang))}}
	for _, rule := range r.Rules {
		p := &page{rule: rule, lang: lang}
		out = append(out, File{pageOf(rule), []byte(p.write())})
	}
	return out
}

// pageOf is the path of the page of a rule. No rule has the path of the index.
func pageOf(r *coverage.Rule) string { return "rules/" + r.Path + ".md" }

// row returns a row of the articles.
func row(id string) *coverage.Row {
	for _, r := range coverage.Rows() {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func article(id string) coverage.Article {
	for _, a := range coverage.Articles {
		if a.ID == id {
			return a
		}
	}
	return coverage.Article{}
}

// languages of the queries, for those who colour them.
var languages = map[string]string{"sentinel": "kusto", "azuremonitor": "kusto", "splunk": "spl"}

// up leads from the page of a rule to the folder of all.
func up(r *coverage.Rule) string { return strings.Repeat("../", strings.Count(pageOf(r), "/")) }
