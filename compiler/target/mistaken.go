package target

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// meant says which field the rule is likely to mean by a name that is none, or that names an object, and reports whether
// that is known. Where the values that the rule compares are ones that the field holds, there is no doubt left: then the
// message has a fix.
func (l *locator) meant(d *diag.Diagnostic, f *ir.Field, name string) bool {
	table := l.Log.Tables()[0]
	mistaken, known := table.Mistaken[name]
	if !known {
		return false
	}
	likes := l.comparisons(f)
	if hint := hinted(mistaken, likes); hint != "" {
		d.Hint = hint
	}
	if meant, edits, ok := valued(likes, func(text string) (field, value string, ok bool) {
		for written, m := range mistaken.Values {
			if strings.EqualFold(written, text) {
				return m.Field, m.Value, true
			}
		}
		return "", "", false
	}); ok {
		renamed(d, f, meant, edits)
		return true
	}
	var left []string
	for _, field := range mistaken.Fields {
		domain := catalogue.Of(table.Name, field)
		if domain == nil {
			left = append(left, field)
			continue
		}
		_, edits, ok := valued(likes, func(text string) (string, string, bool) {
			if domain.Knows(text) {
				return field, text, true
			}
			like := domain.Like(text)
			if like == "" && domain.Closed {
				like = diag.Nearest(text, domain.Values)
			}
			return field, like, like != ""
		})
		if ok {
			renamed(d, f, field, edits)
			return true
		}
		if !domain.Closed {
			left = append(left, field)
		}
	}
	switch {
	case len(left) == 0:
		return mistaken.Hint != "" // nothing else is meant
	case mistaken.Sure:
		renamed(d, f, left[0], nil)
		return true
	}
	d.Label = "did you mean " + quote(left[0])
	if len(left) > 1 {
		d.Label += " or " + quote(left[1])
	}
	d.Label += "?"
	return true
}

// hinted is what to write in place of a name with the values that the rule compares it with.
func hinted(m schema.Mistaken, likes []*ir.Like) string {
	for _, e := range likes {
		_, text := e.Pattern.Shape()
		for written, hint := range m.Hints {
			if strings.EqualFold(written, text) {
				return hint
			}
		}
	}
	return m.Hint
}

// comparisons returns what the rule compares a field with, where it is texts alone; else nothing.
func (l *locator) comparisons(f *ir.Field) []*ir.Like {
	var out []*ir.Like
	texts := true
	ir.Walk(l.Expr, func(e ir.Expr) bool {
		for _, other := range ir.Fields(e) {
			if other.At != f.At {
				continue
			}
			like, ok := e.(*ir.Like)
			texts = texts && ok
			if ok {
				out = append(out, like)
			}
		}
		return true
	})
	if !texts {
		return nil
	}
	return out
}

// valued asks what field each of the values belongs to, and how it is written there. It is false unless all belong to the
// same one.
func valued(likes []*ir.Like, belongs func(text string) (field, value string, ok bool)) (field string, edits []diag.Edit, ok bool) {
	for _, e := range likes {
		shape, text := e.Pattern.Shape()
		of, value, ok := belongs(text)
		if shape != ir.Exact && value != text || !ok || field != "" && field != of {
			return "", nil, false
		}
		field = of
		if value == text {
			continue
		}
		i := strings.Index(e.At.Text(), text)
		if i < 0 || strings.ContainsAny(value, `'"\`) {
			return "", nil, false
		}
		edits = append(edits, diag.Edit{Span: e.At.Part(i, i+len(text)), Text: value})
	}
	return field, edits, field != ""
}

// renamed adds the fix that writes another field, and its values as they are there.
func renamed(d *diag.Diagnostic, f *ir.Field, field string, edits []diag.Edit) {
	d.Label = fmt.Sprintf("did you mean %q?", field)
	if len(edits) > 0 {
		d.Label = fmt.Sprintf("did you mean %q with %q?", field, edits[0].Text)
	}
	if f.At.Text() == f.Name {
		edits = append([]diag.Edit{{Span: f.At, Text: field}}, edits...)
		d.Fixes = []diag.Fix{{Title: fmt.Sprintf("write %q", field), Edits: slices.Clip(edits)}}
	}
}
