package target

import (
	"regexp"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// unshown returns the comparison with what the log has where viewers show what the rule asks for. A pattern that fits a text of
// the log is about that.
func (l *locator) unshown(e *ir.Like, shown *schema.Shown) ir.Expr {
	shape, text := e.Pattern.Shape()
	switch {
	case shown.GUID != "" && shape == ir.Exact && guid.MatchString(text):
		return l.logs(e, shown, ir.Text(strings.Replace(shown.GUID, "GUID", strings.Trim(text, "{}"), 1)))
	case shown.Behind != "" && (shape == ir.Exact || shape == ir.Prefix) && text != "" && !strings.Contains(text, `\`):
		held := ir.Text(shown.Behind + text)
		if shape == ir.Prefix {
			held = held.Append(ir.Part{Wild: ir.Many})
		}
		return l.logs(e, shown, held)
	}
	loose := e.Pattern
	loose.Cased = false
	out, held := &ir.Or{At: e.At}, []ir.Pattern{}
	for _, name := range shown.Names {
		switch {
		case loose.Matches(name.Is):
			return e
		case loose.Matches(name.Name):
			out.X = append(out.X, logged(e, shown, name.Is))
			held = append(held, ir.Text(name.Is))
		}
	}
	if len(held) == 0 {
		return e
	}
	l.shownValue(e, shown, held)
	return out
}

// guid is an identifier as people write it.
var guid = regexp.MustCompile(`(?i)^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$`)

// logs returns the comparison with what the log has for the one value that is asked for.
func (l *locator) logs(e *ir.Like, shown *schema.Shown, held ir.Pattern) ir.Expr {
	out := *e
	out.Pattern, out.Pattern.Cased = held, e.Pattern.Cased
	l.shownValue(e, shown, []ir.Pattern{held})
	return &out
}

// logged compares with a text of the log: the value, or one among those of a list.
func logged(e *ir.Like, shown *schema.Shown, is string) ir.Expr {
	shape, _ := e.Pattern.Shape()
	switch {
	case !shown.List:
		return &ir.Like{Field: e.Field, Pattern: ir.Text(is), At: e.At}
	case shape == ir.Exact: // there is a line break behind each
		pattern := `^\s*` + regexp.QuoteMeta(is) + `\s*$`
		return &ir.Regex{Field: e.Field, Pattern: pattern, RE: ir.MustRE2(pattern), At: e.At}
	}
	star := ir.Part{Wild: ir.Many}
	return &ir.Like{Field: e.Field, Pattern: ir.NewPattern([]ir.Part{star, {Text: is}, star}), At: e.At}
}

// shownValue tells what the log has instead. It can be written so, where that is one text and the whole value.
func (l *locator) shownValue(e *ir.Like, shown *schema.Shown, held []ir.Pattern) {
	shape, text := e.Pattern.Shape()
	if shape == ir.General {
		text = e.Pattern.String()
	}
	quoted := make([]string, len(held))
	for i, p := range held {
		quoted[i] = `"` + strings.Join(texts(p), "*") + `"`
	}
	d := l.diags.Warnf("value/shown-name", e.At, "\"%s\" is what viewers show: the log has %s, and is asked for that", text, strings.Join(quoted, " or "))
	if written := strings.Trim(e.At.Text(), `'"`); len(held) == 1 && written == text && !shown.List {
		is := strings.TrimSuffix(held[0].String(), "*")
		d.Fixes = diag.Replace(e.At, "'"+strings.ReplaceAll(is, "'", "''")+"'")
	}
}

// texts are the literals of a pattern.
func texts(p ir.Pattern) []string {
	var out []string
	for part := range p.Parts() {
		if part.Wild == ir.Literal {
			out = append(out, part.Text)
		}
	}
	return out
}
