package homes

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
)

// impossible says why a column of numbers or of yes and no cannot have the text at all; "" where it can. The log writes
// such values as text, and numbers without leading zeros.
func (m *mover) impossible(p ir.Pattern, to *Field) string {
	shape, text := p.Shape()
	if shape != ir.Exact {
		return ""
	}
	holds := ""
	switch m.typeOf(to) {
	case schema.Int, schema.Long:
		if n, err := strconv.ParseInt(text, 10, 64); err != nil || strconv.FormatInt(n, 10) != text {
			holds = "whole numbers, and none of them is written %q"
		}
	case schema.Bool:
		if !strings.EqualFold(text, "true") && !strings.EqualFold(text, "false") {
			holds = "true and false, and %q is neither"
		}
	}
	if holds == "" {
		return ""
	}
	return fmt.Sprintf("the column %s of %s holds "+holds+": the value is never found", to.Column, m.Table.Name, text)
}

// neverFound notes a value that the table never has, once for each value, and once for all those that a placeholder stands
// for. A filter that asks for it filters nothing, so every event alerts: the author must be told.
func (m *mover) neverFound(at source.Span, why string) {
	if n := len(m.never); m.told[why] || n > 0 && m.never[n-1].at == at {
		return
	}
	if m.told == nil {
		m.told = map[string]bool{}
	}
	m.told[why] = true
	m.never = append(m.never, problem{at: at, why: why})
}
