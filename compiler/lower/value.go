package lower

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// operand is one text that a written value stands for. Modifiers may make several of one value (windash,
// base64offset, expand); these are alternatives, even under "all".
type operand struct {
	parts []part
	value *sigma.Value // where it was written
}

// part is a literal, a wildcard, or a placeholder that "expand" has not replaced yet.
type part struct {
	ir.Part
	placeholder string
}

func (o operand) pattern() ir.Pattern {
	parts := make([]ir.Part, len(o.parts))
	for i, part := range o.parts {
		parts[i] = part.Part
	}
	return ir.NewPattern(parts)
}

// literal returns the text of an operand without wildcards.
func (o operand) literal() (string, bool) {
	var b strings.Builder
	for _, p := range o.parts {
		if p.Wild != ir.Literal || p.placeholder != "" {
			return "", false
		}
		b.WriteString(p.Text)
	}
	return b.String(), true
}

func literal(s string, v *sigma.Value) operand {
	if s == "" {
		return operand{value: v}
	}
	return operand{parts: []part{text(s)}, value: v}
}

func text(s string) part { return part{Part: ir.Part{Text: s}} }

// placeholder returns the name between the percent sign at the start of s and the next one. What holds a blank is no
// name, but text between two percentages.
func placeholder(s string) string {
	name, _, ok := strings.Cut(s[1:], "%")
	if !ok || strings.ContainsAny(name, " \t\r\n\\") {
		return ""
	}
	return name
}

// parseText reads the wildcards and escapes of a value (spec 4.2, 4.3): a backslash escapes only a star, a question
// mark or a backslash. With expand, %name% is a placeholder and \% a percent sign (spec 7.1).
func parseText(s string, v *sigma.Value, expand bool) operand {
	o := operand{value: v, parts: make([]part, 0, 3)} // nearly all have three at most, with the stars of modifiers
	start := 0                                        // of the text that is not yet a part
	var lit strings.Builder                           // what stands before it, where an escape has cut the text
	flush := func(end int) {
		switch {
		case lit.Len() > 0:
			lit.WriteString(s[start:end])
			o.parts = append(o.parts, text(lit.String()))
			lit.Reset()
		case end > start:
			o.parts = append(o.parts, text(s[start:end]))
		}
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && (strings.IndexByte(`*?\`, s[i+1]) >= 0 || expand && s[i+1] == '%'):
			lit.WriteString(s[start:i])
			i++
			start = i
		case c == '*':
			flush(i)
			o.parts = append(o.parts, part{Part: ir.Part{Wild: ir.Many}})
			start = i + 1
		case c == '?':
			flush(i)
			o.parts = append(o.parts, part{Part: ir.Part{Wild: ir.One}})
			start = i + 1
		case c == '%' && expand && placeholder(s[i:]) != "":
			flush(i)
			name := placeholder(s[i:])
			o.parts = append(o.parts, part{placeholder: name})
			i += len(name) + 1
			start = i + 1
		}
	}
	flush(len(s))
	return o
}

// parseRegex takes a regular expression as it is, but for the placeholders of "expand". There, too, \% is a percent sign.
func parseRegex(s string, v *sigma.Value, expand bool) operand {
	if !expand {
		return literal(s, v)
	}
	o := operand{value: v}
	start := 0 // of the text that is not yet a part
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '%':
			name := placeholder(s[i:])
			if name == "" {
				continue
			}
			o.parts = append(o.parts, literal(s[start:i], v).parts...)
			o.parts = append(o.parts, part{placeholder: name})
			i += len(name) + 1
			start = i + 1
		}
	}
	o.parts = append(o.parts, literal(s[start:], v).parts...)
	return o
}
