package witness

import (
	"strconv"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// joined returns ways to bring about what a branch asks of two fields, or of the event as a whole: each changes the event.
func (b *branch) joined() []func(ir.Event) {
	var out []func(ir.Event)
	step := func(f func(ir.Event)) { out = append(out, f) }
	for i, l := range b.joint {
		switch e := l.e.(type) {
		case *ir.SameAs:
			values := []string{other, "a second value"}
			if !l.want {
				step(func(event ir.Event) { place(event, e.Field, values[0]); place(event, e.Other, values[1]) })
				continue
			}
			// The one may have a value already that something else asks for.
			for _, pair := range [][2]*ir.Field{{e.Field, e.Other}, {e.Other, e.Field}} {
				if a := b.asks(pair[0]); a != nil {
					for v := range candidates(a.literals) {
						if text, ok := v.(string); ok && holds(a.field, v, a.literals) {
							step(func(event ir.Event) { place(event, pair[0], text); place(event, pair[1], text) })
						}
					}
				}
			}
			step(func(event ir.Event) { place(event, e.Field, values[0]); place(event, e.Other, values[0]) })
		case *ir.Keyword:
			if !l.want {
				continue
			}
			value := ""
			if e.Regex != nil {
				if made := ofRegex(e.Regex); len(made) > 0 {
					value = made[0]
				}
			} else {
				value = filled(e.Pattern, "")
			}
			name := ir.NewField("keyword"+strconv.Itoa(i+1), e.At)
			step(func(event ir.Event) { place(event, name, value) })
		}
	}
	return out
}

func (b *branch) asks(f *ir.Field) *asked {
	for i := range b.asked {
		if b.asked[i].field.Name == f.Name {
			return &b.asked[i]
		}
	}
	return nil
}
