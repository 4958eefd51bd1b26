package check

import (
	"fmt"
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

// items calls each with the items of all searches, also those in blocks.
func (p *Pass) items(each func(*sigma.Item)) {
	if d := p.detection(); d != nil {
		itemsOf(d, each)
	}
}

func itemsOf(d *sigma.Detection, each func(*sigma.Item)) {
	for _, s := range d.Searches {
		itemsIn(s.Body, each)
	}
}

func itemsIn(body []sigma.Alternative, each func(*sigma.Item)) {
	for _, alt := range body {
		for _, item := range alt.Items {
			each(item)
			switch {
			case item.Block == nil:
			case item.Block.Detection != nil:
				itemsOf(item.Block.Detection, each)
			default:
				itemsIn(item.Block.Body, each)
			}
		}
	}
}

// values calls each with every value of the searches; the item is nil for keywords without modifiers.
func (p *Pass) values(each func(*sigma.Item, *sigma.Value)) {
	d := p.detection()
	if d == nil {
		return
	}
	for _, s := range d.Searches {
		for i := range s.Body {
			if s.Body[i].Keyword != nil {
				each(nil, s.Body[i].Keyword)
			}
		}
	}
	p.items(func(item *sigma.Item) {
		for i := range item.Values {
			each(item, &item.Values[i])
		}
	})
}

// has reports whether an item has one of the modifiers.
func has(item *sigma.Item, modifiers ...string) bool {
	if item == nil {
		return false
	}
	return slices.ContainsFunc(item.Modifiers, func(m sigma.Text) bool { return slices.Contains(modifiers, m.Value) })
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
		field, ok := p.Log.Field(f)
		return ok && field.Scalar
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
	e := p.Meaning.Expr()
	if _, constant := e.(*ir.Const); !constant { // no simplified expression has another that holds always, or never
		p.canonical = p.canonizer().Hash(e) | 1
	}
}

// meansSame reports whether two rules mean the same; it is asked of those that may.
func (p *Pass) meansSame(other *Pass) bool {
	return p.Meaning.Logsource.String() == other.Meaning.Logsource.String() &&
		ir.Canonical(p.Meaning.Expr(), p.name) == ir.Canonical(other.Meaning.Expr(), other.name)
}

// canonizer tells which of the rule's conditions mean the same.
func (p *Pass) canonizer() *ir.Canonizer { return &p.facts().canon }
