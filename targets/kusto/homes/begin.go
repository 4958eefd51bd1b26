package homes

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// beginning is how the values of a field may begin, and how they begin in the table instead: the root of a key of the
// registry. A star in what the table has stands for any text.
type beginning struct {
	of string
	in []string
	// foreign says that the log never writes it so, though rules do.
	foreign bool
}

// beginnings reads them out of a file, the longer first: one may begin with another.
func beginnings(exact, foreign map[string]any) []beginning {
	var out []beginning
	for of, in := range exact {
		out = append(out, beginning{of, values(in), false})
	}
	for of, in := range foreign {
		out = append(out, beginning{of, values(in), true})
	}
	slices.SortFunc(out, func(a, b beginning) int {
		if n := len(b.of) - len(a.of); n != 0 {
			return n
		}
		return strings.Compare(a.of, b.of)
	})
	return out
}

// heads is which beginning a text has, at the end of which a backslash or nothing follows.
func (f *Field) heads(text string) (beginning, string, bool) {
	for _, b := range f.Begins {
		if len(text) >= len(b.of) && strings.EqualFold(text[:len(b.of)], b.of) {
			if rest := text[len(b.of):]; rest == "" || rest[0] == '\\' {
				return b, rest, true
			}
		}
	}
	return beginning{}, "", false
}

// begun puts a condition on a field whose values begin otherwise in the table, in the spelling of the table. Behind a
// star the text may stand within a value as well, so there both spellings are asked for.
func (m *mover) begun(e ir.Expr, f *ir.Field, to *Field) ir.Expr {
	m.wider(e, f, to)
	if to.Plain != nil && to.alike(e) {
		return m.on(e, f, to.Plain)
	}
	switch e := e.(type) {
	case *ir.Like:
		parts := slices.Collect(e.Pattern.Parts())
		at := 0
		if len(parts) > 1 && parts[0].Wild == ir.Many {
			at = 1
		}
		if at >= len(parts) {
			return m.on(e, f, to)
		}
		b, rest, found := to.heads(parts[at].Text)
		if !found {
			return m.on(e, f, to)
		}
		if b.foreign {
			m.lose(e.At, fmt.Sprintf("the log never writes %s at the beginning of %q; it is read as %s", b.of, f.Name, strings.Join(b.in, " or ")))
		}
		out := &ir.Or{At: e.At}
		if at > 0 {
			out.X = append(out.X, m.on(e, f, to))
		}
		for _, in := range b.in {
			like := *e
			like.Pattern = ir.NewPattern(slices.Concat(parts[:at], pieces(in), []ir.Part{{Text: rest}}, parts[at+1:]))
			like.Pattern.Cased = e.Pattern.Cased
			out.X = append(out.X, m.on(&like, f, to))
		}
		return out
	case *ir.Regex:
		for _, b := range to.Begins {
			if strings.Contains(strings.ToUpper(e.Pattern), strings.ToUpper(strings.ReplaceAll(b.of, `\`, `\\`))) {
				return m.inexact(e, "the table %s begins with something else than %q, which a regular expression asks for", m.Table.Name, b.of)
			}
		}
	}
	return m.on(e, f, to)
}

// wider tells of a text behind a star that is found here in what the log begins otherwise: \Classes\ in
// HKLM\SOFTWARE\Classes\a, which is HKCR\a there.
func (m *mover) wider(e ir.Expr, f *ir.Field, to *Field) {
	like, ok := e.(*ir.Like)
	if !ok || !behindStar(like.Pattern) {
		return
	}
	for _, b := range to.Begins {
		for _, in := range b.in {
			words := segments(in)[1:]
			if !b.foreign && len(words) > 0 && like.Pattern.Any(func(p ir.Part) bool { return touches(segments(p.Text), words) }) {
				m.lose(e.Span(), fmt.Sprintf("what is %s in %q of the log is %s in the table, where the text is found too", b.of, f.Name, in))
			}
		}
	}
}

// behindStar reports whether the pattern is more than the star that it begins with.
func behindStar(p ir.Pattern) bool {
	shape, _ := p.Shape()
	return p.StarBefore() && shape != ir.Anything
}

// pieces are the parts of a text in which a star stands for any text.
func pieces(text string) []ir.Part {
	var out []ir.Part
	for i, piece := range strings.Split(text, "*") {
		if i > 0 {
			out = append(out, ir.Part{Wild: ir.Many})
		}
		if piece != "" {
			out = append(out, ir.Part{Text: piece})
		}
	}
	return out
}

// implied reports whether the columns that select the rows of the log say already that a field has one of the values.
func (h *Home) implied(c condition) bool {
	f := h.fields[c.column]
	if f == nil || f.Values == nil {
		return false
	}
	var stored []string
	for _, v := range slices.Sorted(maps.Keys(f.Values)) {
		if slices.Contains(c.values, v) {
			stored = append(stored, values(f.Values[v])...)
		}
	}
	return slices.ContainsFunc(h.where, func(w condition) bool {
		return w.column == f.Column && !slices.ContainsFunc(w.values, func(v string) bool { return !slices.Contains(stored, v) })
	})
}
