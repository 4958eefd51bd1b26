package homes

import (
	"regexp"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// keyword looks for a keyword in the values of the event: those in the body, and the fields that have the rest of its text.
func (m *mover) keyword(e *ir.Keyword) ir.Expr {
	switch {
	case len(m.Keywords) == 0: // where there is no other table, Bind says that the target does not support them
		m.textless = true
		return e
	case m.Body.Form == "xml" && e.Regex != nil:
		return m.inexact(e, "a regular expression is for one value, and cannot be looked for in all")
	case m.Body.Form == "xml" && ofDigits(e.Pattern):
		return m.inexact(e, "the table %s does not keep the numbers of the event as it was, in which a keyword of digits could be", m.Table.Name)
	}
	m.lose(e.At, m.Without)
	out := m.room.Or(ir.Or{X: m.room.List(len(m.Keywords) + 1)[:0], At: e.At})
	if m.Body.Form == "xml" {
		out.X = append(out.X, m.inXML(e, e.Pattern, m.Body.Column, ">", "</"))
	}
	for _, name := range m.Keywords {
		f, to := m.room.Field(name, e.At), m.fields[name]
		if holds, known := m.fixed(to.Column, e.Pattern); known && e.Regex == nil {
			out.X = append(out.X, &ir.Const{Value: holds, At: e.At})
			continue
		}
		if e.Regex == nil && m.solid(name) && ofWords(e.Pattern) {
			continue
		}
		out.X = append(out.X, m.put(e.In(f), f, to))
	}
	return out
}

// solid reports whether the values of a field in which keywords are looked for have no blanks: the name of a host, and that
// of a program as messages of syslog give it. In events of Windows it is a path.
func (m *mover) solid(field string) bool {
	return field == "Computer" || field == "ProcessName" && m.Log.Windows.Name == ""
}

// ofWords reports whether what fits the pattern has a blank in it.
func ofWords(p ir.Pattern) bool {
	return p.Any(func(part ir.Part) bool { return strings.Contains(part.Text, " ") })
}

// fixed reports whether the rows of the log, all of which have one of a few values in the column, fit the pattern; it is
// not known when some do.
func (m *mover) fixed(column string, p ir.Pattern) (holds, known bool) {
	for _, c := range m.where {
		if c.column != column {
			continue
		}
		fits := 0
		for _, v := range c.values {
			if strings.Contains(v, "*") {
				return false, false
			}
			if p.Matches(v) {
				fits++
			}
		}
		return fits > 0, fits == 0 || fits == len(c.values)
	}
	return false, false
}

// ofDigits reports whether the pattern fits texts that are numbers or points in time.
func ofDigits(p ir.Pattern) bool {
	for part := range p.Parts() {
		if strings.Trim(part.Text, "0123456789xtzXTZ:.-+") != "" {
			return false
		}
	}
	return true
}

// unnamed looks for a text in the elements of the body that have no name, of which some must fit.
func (m *mover) unnamed(e ir.Expr, f *ir.Field, to *Field) ir.Expr {
	like, ok := e.(*ir.Like)
	if !ok || like.Pattern.Matches("") {
		return m.inexact(e, "%q is several texts without a name in the table %s, in which only a part of one can be looked for", f.Name, m.Table.Name)
	}
	return m.inXML(e, like.Pattern, to.Column, "<Data>", "</Data>")
}

// inXML looks for an element whose text fits the pattern.
func (m *mover) inXML(e ir.Expr, p ir.Pattern, column, before, after string) ir.Expr {
	out := &ir.Regex{Field: m.room.Field(column, e.Span()), IgnoreCase: !p.Cased, At: e.Span()}
	out.Pattern = p.InXML(before, after, regexp.QuoteMeta)
	out.RE = ir.SomeRE2(out.Source())
	return out
}
