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
	var p ir.Pattern
	for _, part := range o.parts {
		p = p.Append(part.Part)
	}
	return p
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
	return operand{parts: []part{{Part: ir.Part{Text: s}}}, value: v}
}

// parseText reads the wildcards and escapes of a value (spec 4.2, 4.3): a backslash escapes only a star, a question
// mark or a backslash. With expand, %name% is a placeholder and \% a percent sign (spec 7.1).
func parseText(s string, v *sigma.Value, expand bool) operand {
	o := operand{value: v}
	var lit strings.Builder
	flush := func() {
		if lit.Len() > 0 {
			o.parts = append(o.parts, part{Part: ir.Part{Text: lit.String()}})
			lit.Reset()
		}
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && (strings.IndexByte(`*?\`, s[i+1]) >= 0 || expand && s[i+1] == '%'):
			i++
			lit.WriteByte(s[i])
		case c == '*':
			flush()
			o.parts = append(o.parts, part{Part: ir.Part{Wild: ir.Many}})
		case c == '?':
			flush()
			o.parts = append(o.parts, part{Part: ir.Part{Wild: ir.One}})
		case c == '%' && expand:
			end := strings.IndexByte(s[i+1:], '%')
			if end <= 0 {
				lit.WriteByte(c)
				continue
			}
			flush()
			o.parts = append(o.parts, part{placeholder: s[i+1 : i+1+end]})
			i += end + 1
		default:
			lit.WriteByte(c)
		}
	}
	flush()
	return o
}

// parseRegex takes a regular expression as it is, but for the placeholders of "expand".
func parseRegex(s string, v *sigma.Value, expand bool) operand {
	if !expand {
		return literal(s, v)
	}
	o := operand{value: v}
	for {
		start := strings.IndexByte(s, '%')
		end := -1
		if start >= 0 {
			end = strings.IndexByte(s[start+1:], '%')
		}
		if end <= 0 {
			break
		}
		o.parts = append(o.parts, literal(s[:start], v).parts...)
		o.parts = append(o.parts, part{placeholder: s[start+1 : start+1+end]})
		s = s[start+end+2:]
	}
	o.parts = append(o.parts, literal(s, v).parts...)
	return o
}
