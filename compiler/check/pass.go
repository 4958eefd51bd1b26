package check

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// detection returns what the document looks for; nil when that is not there.
func (p *Pass) detection() *sigma.Detection {
	switch {
	case p.Rule != nil:
		return p.Rule.Detection
	case p.Filter != nil:
		return p.Filter.Detection
	}
	return nil
}

// has reports whether an item has one of the modifiers.
func has(item *sigma.Item, modifiers ...string) bool {
	if item == nil {
		return false
	}
	for i := range item.Modifiers {
		if slices.Contains(modifiers, item.Modifiers[i].Value) {
			return true
		}
	}
	return false
}

// plain reports whether the values of an item are texts to compare with, rather than expressions of some kind.
func plain(item *sigma.Item) bool {
	return !has(item, "re", "cidr", "exists", "fieldref", "gt", "gte", "lt", "lte", "minute", "hour", "day", "week", "month", "year")
}

// replace is a fix that puts another text in the place of one.
func replace(at source.Span, text string) []diag.Fix { return diag.Replace(at, text) }

func didYouMean(near string) string { return fmt.Sprintf("did you mean %q?", near) }

// suggest adds the most similar of the words to a message, if there is one.
func suggest(d *diag.Diagnostic, word string, words []string) {
	if near := diag.Nearest(word, words); near != "" {
		d.Label = didYouMean(near)
		if d.Span.Text() == word {
			d.Fixes = replace(d.Span, near)
		}
	}
}

// related adds a second place to a message.
func related(d *diag.Diagnostic, message string, at source.Span) {
	d.Related = append(d.Related, diag.Related{Message: message, Span: at})
}

// part returns the place of bytes of a text, where it stands in the file as it is; else of all of it.
func part(t sigma.Text, start, end int) source.Span {
	raw := t.At.Text()
	offset := strings.Index(raw, t.Value)
	if offset < 0 || start > end || end > len(t.Value) {
		return t.At
	}
	return t.At.Part(offset+start, offset+end)
}

// proof answers questions about the rule's conditions.
func (p *Pass) proof() *ir.Prover { return &p.facts().prover }

// scalar reports whether a field has one value at most. The events of operating systems are flat; of other logs that
// are not known, any field may hold an array.
func (p *Pass) scalar(f *ir.Field) bool {
	if p.Log != nil {
		return p.field(f).field.Scalar
	}
	switch p.Meaning.Logsource.Product {
	case "windows", "linux", "macos":
		return true
	}
	return false
}

// fold puts texts that differ in case alone together.
func fold(s string) string { return strings.ToLower(s) }

// sorted returns texts in order.
func sorted(texts []string) []string {
	slices.Sort(texts)
	return texts
}

// canonize notes what rules that mean the same share.
func (p *Pass) canonize() {
	if p.Rule == nil || p.Meaning == nil {
		return
	}
	meaning := p.found.search.whole
	if p.Changed || !p.found.search.built {
		meaning = p.proof().Read(p.Meaning.Expr())
	}
	if _, constant := meaning.Const(); !constant {
		log := p.Meaning.Logsource
		for _, name := range [...]string{log.Product, log.Category, log.Service} {
			p.imprint = p.imprint*31 + maphash.String(seed, name)
		}
		p.imprint ^= meaning.Imprint()
	}
}

// canonical is a text that is the same for rules that mean the same; it is asked of those that may.
func (p *Pass) canonical() string {
	p.begin()
	defer p.forget()
	return p.Meaning.Logsource.String() + "\n" + ir.Canonical(p.Meaning.Expr(), p.name)
}
