package compiler

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/coverage"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lang"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// original returns what an attribute of the rule says in the language that it is written in.
func (r *Rule) original(attribute string) []string {
	var texts []string
	switch attribute {
	case "title":
		texts = []string{r.header.Title.Value}
	case "description":
		texts = []string{r.header.Description.Value}
	case "triage":
		texts = r.header.CustomTexts(triageKey)
	}
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// texts returns an attribute in all languages, a text for every step. A translation with other steps is left out.
func (r *Rule) texts(attribute string) []coverage.Text {
	var out []coverage.Text
	for _, s := range r.original(attribute) {
		out = append(out, coverage.Text{lang.Source: s})
	}
	for _, c := range r.translations {
		if e, ok := c.Find(r.ID, attribute); ok && len(e.Texts) == len(out) {
			for i, s := range e.Texts {
				out[i][c.Lang] = s
			}
		}
	}
	return out
}

// text returns an attribute of one text in all languages.
func (r *Rule) text(attribute string) coverage.Text {
	if texts := r.texts(attribute); len(texts) > 0 {
		return texts[0]
	}
	return coverage.Text{}
}

// translated returns what the rule says about itself with its title and description in a language. Neither its id nor
// anything that is made of its title changes.
func (r *Rule) translated(m *ir.Meta, tag string) *ir.Meta {
	if tag == "" || tag == lang.Source {
		return m
	}
	out := *m
	out.Title.Value = r.text("title").In(tag)
	out.Description.Value = r.text("description").In(tag)
	return &out
}

// checkTranslations warns of translations that are older than what they were made from.
func (p *Program) checkTranslations(catalogues []*lang.Catalogue) {
	for _, r := range p.Rules {
		if r.header == nil || r.ID == "" {
			continue
		}
		r.translations = catalogues
		for _, c := range catalogues {
			for _, attribute := range lang.Attributes {
				e, ok := c.Find(r.ID, attribute)
				now := lang.Digest(r.original(attribute)...)
				if !ok || e.Of == now {
					continue
				}
				d := p.diags.Warnf("translation/outdated", placeOf(r.header, attribute), "the translation of the %s into %q is older than the %s", attribute, c.Lang, attribute)
				d.Rule = r.Key()
				d.Hint = "translate it anew, of: " + now
			}
		}
	}
}

func placeOf(m *sigma.Meta, attribute string) source.Span {
	switch {
	case attribute == "description" && m.Description.Value != "":
		return m.Description.At
	case attribute == "title":
		return m.Title.At
	default:
		return m.At
	}
}
