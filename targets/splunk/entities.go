package splunk

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// In events that are XML, values are extracted as they stand there, with & and < written as entities (C: the transforms
// of the add-on). Whether quotes are written so as well does not matter here: a value is compared as it stands only
// where no reading of its entities changes the answer, and otherwise after they have been read.

// entities are the characters that can be written as entities, & last, so that nothing is read twice.
var entities = []struct{ name, char string }{
	{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", `"`}, {"&apos;", "'"}, {"&amp;", "&"},
}

// isEntity reports whether a character can be written as an entity.
func isEntity(c byte) bool { return c == '<' || c == '>' || c == '"' || c == '\'' || c == '&' }

// hasEntity reports whether a text has such a character, or the end of an entity.
func hasEntity(s string) bool {
	for i := range len(s) {
		if c := s[i]; hidden[c] == starsForEntities || c == ';' {
			return true
		}
	}
	return false
}

// prepared is a field that is computed before the tests that need it.
type prepared struct {
	name  string
	x     expr
	meant *value // what the field holds, where it is one with its entities read
	done  bool
}

// meaning is a value with its entities read.
func (b *builder) meaning(v *value) *value {
	if !v.xml {
		return v
	}
	if p := b.meant[v.name]; p != nil {
		return p.meant
	}
	p := &prepared{name: b.unique(snake(v.name) + "_text"), x: &unescaped{v.name}}
	p.meant = &value{x: ref(p.name), from: p, xml: true, name: v.name, typ: v.typ}
	if b.meant == nil {
		b.meant = map[string]*prepared{}
	}
	b.meant[v.name] = p
	return p.meant
}

// prepare computes the fields that tests need, each once.
func (b *builder) prepare(conditions []node) {
	var fields []assign
	for _, c := range conditions {
		tests(c, func(t *test) {
			for _, p := range t.from {
				if p != nil && !p.done {
					p.done = true
					fields = append(fields, assign{p.name, p.x})
				}
			}
		})
	}
	b.assign(fields...)
}

// longestEntity is how many characters the names of [entities] have at most.
const longestEntity = len("&quot;")

// plainInXML reports whether a pattern fits a text as it stands in XML when, and only when, it fits the text that is
// meant. So it is unless a piece of the pattern has a character of an entity that could begin, end or hold it, or lies
// within one.
func plainInXML(p ir.Pattern) bool {
	shape, literal := p.Shape()
	if shape != ir.General {
		return literal == "" || apart(literal)
	}
	return !p.Any(func(part ir.Part) bool { return part.Wild == ir.One || part.Wild == ir.Literal && !apart(part.Text) })
}

// apart reports whether a text in XML neither has a character of an entity nor lies within one.
func apart(text string) bool {
	if hasEntity(text) {
		return false
	}
	if len(text) > longestEntity {
		return true
	}
	lower := strings.ToLower(text)
	for _, e := range entities {
		if strings.Contains(e.name, lower) {
			return false
		}
	}
	return true
}
