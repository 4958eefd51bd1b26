package homes

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// aliased puts a condition on a field of which some values may begin in two ways in the log, and begin in the first of them
// here: what either way satisfies is asked for.
func (m *mover) aliased(e ir.Expr, f *ir.Field, to *Field) ir.Expr {
	here, there := to.Aliases[0], to.Aliases[1]
	tell := func(so string) {
		m.lose(e.Span(), fmt.Sprintf("the table %s does not tell what begins with %s in the log from what begins with %s: %s", m.Table.Name, there, here, so))
	}
	switch e := e.(type) {
	case *ir.Like:
		var either []ir.Expr
		for _, rest := range e.Pattern.After(there) {
			if !goesOn(rest) || e.Pattern.StarBefore() && rest.Equal(e.Pattern) { // which the condition finds as it is
				continue
			}
			like := *e
			like.Pattern = ir.Text(here).Append(slices.Collect(rest.Parts())...)
			like.Pattern.Cased = e.Pattern.Cased
			either = append(either, m.on(&like, f, to))
		}
		if len(either) == 0 {
			break
		}
		tell("both are found")
		if !within(e.Pattern, there) {
			either = slices.Insert(either, 0, m.on(e, f, to))
		}
		return &ir.Or{X: either, At: e.At}
	case *ir.Regex:
		name := there[strings.LastIndex(there, `\`)+1:]
		if strings.Contains(strings.ToLower(e.Pattern), strings.ToLower(name)) && !strings.HasPrefix(e.Pattern, `^HKU\\`) {
			tell("a regular expression finds it as the latter alone")
		}
	}
	return m.on(e, f, to)
}

// goesOn reports whether a path may go on as the pattern says: behind a whole name.
func goesOn(rest ir.Pattern) bool {
	for first := range rest.Parts() {
		return first.Wild != ir.Literal || first.Text[0] == '\\'
	}
	return true
}

// within reports whether all that the pattern fits is a path, or below it.
func within(p ir.Pattern, path string) bool {
	shape, text := p.Shape()
	if shape == ir.Exact && len(text) == len(path) {
		return strings.EqualFold(text, path)
	}
	for first := range p.Parts() {
		return len(first.Text) > len(path) && strings.EqualFold(first.Text[:len(path)], path) && first.Text[len(path)] == '\\'
	}
	return false
}
