package lower

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// operand is one text that a written value stands for. Modifiers may make several of one value (windash,
// base64offset, expand); these are alternatives, even under "all".
type operand struct {
	parts []ir.Part    // its own, among them placeholders that "expand" has not replaced yet
	value *sigma.Value // where it was written
}

// placeholder is the wildcard of a part whose text is the name of a placeholder.
const placeholder ir.Wildcard = -1

// literal returns the text of an operand without wildcards.
func (o operand) literal() (string, bool) {
	var b strings.Builder
	for _, p := range o.parts {
		if p.Wild != ir.Literal {
			return "", false
		}
		if len(o.parts) == 1 {
			return p.Text, true
		}
		b.WriteString(p.Text)
	}
	return b.String(), true
}

func literal(s string, v *sigma.Value) operand {
	if s == "" {
		return operand{value: v}
	}
	return operand{parts: []ir.Part{{Text: s}}, value: v}
}

// placeholderName returns the name between the percent sign at the start of s and the next one. What holds a blank is no
// name, but text between two percentages.
func placeholderName(s string) string {
	name, _, ok := strings.Cut(s[1:], "%")
	if !ok || strings.ContainsAny(name, " \t\r\n\\") {
		return ""
	}
	return name
}

// parseText reads the wildcards and escapes of a value (spec 4.2, 4.3): a backslash escapes only a star, a question
// mark or a backslash. With expand, %name% is a placeholder and \% a percent sign (spec 7.1). There is room for more parts
// at the end.
func (l *lowerer) parseText(s string, v *sigma.Value, expand bool, more int) operand {
	o := operand{value: v, parts: l.parts.Take(partsOf(s) + more)[:0]}
	start := 0              // of the text that is not yet a part
	var lit strings.Builder // what stands before it, where an escape has cut the text
	flush := func(end int) {
		switch {
		case lit.Len() > 0:
			lit.WriteString(s[start:end])
			o.parts = append(o.parts, ir.Part{Text: lit.String()})
			lit.Reset()
		case end > start:
			o.parts = append(o.parts, ir.Part{Text: s[start:end]})
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && (s[i+1] == '*' || s[i+1] == '?' || s[i+1] == '\\' || expand && s[i+1] == '%'):
			lit.WriteString(s[start:i])
			i++
			start = i
		case c == '*':
			flush(i)
			o.parts = append(o.parts, ir.Part{Wild: ir.Many})
			start = i + 1
		case c == '?':
			flush(i)
			o.parts = append(o.parts, ir.Part{Wild: ir.One})
			start = i + 1
		case c == '%' && expand && placeholderName(s[i:]) != "":
			flush(i)
			name := placeholderName(s[i:])
			o.parts = append(o.parts, ir.Part{Wild: placeholder, Text: name})
			i += len(name) + 1
			start = i + 1
		}
	}
	flush(len(s))
	return o
}

// partsOf is how many parts a text can have: wildcards, and what stands between them.
func partsOf(s string) int { return 2*(strings.Count(s, "*")+strings.Count(s, "?")) + 1 }

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
			name := placeholderName(s[i:])
			if name == "" {
				continue
			}
			o.parts = append(o.parts, literal(s[start:i], v).parts...)
			o.parts = append(o.parts, ir.Part{Wild: placeholder, Text: name})
			i += len(name) + 1
			start = i + 1
		}
	}
	o.parts = append(o.parts, literal(s[start:], v).parts...)
	return o
}
