package splunk

import (
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// In events that are XML, values are extracted as they stand there, with & and < written as entities (C: the transforms
// of the add-on). Whether quotes are written so as well does not matter here: a value is compared as it stands only
// where no reading of its entities changes the answer, and otherwise after they have been read.

// entities are the characters that can be written as entities, & last, so that nothing is read twice.
var entities = []struct{ name, char string }{
	{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", `"`}, {"&apos;", "'"}, {"&amp;", "&"},
}

// prepared is a field that is computed before the tests that need it.
type prepared struct {
	name string
	x    expr
	done bool
}

// unescaped is a field with its entities read.
func (b *builder) unescaped(name string) *prepared {
	if p, ok := b.meant[name]; ok {
		return p
	}
	x := ref(name)
	for _, e := range entities {
		x = fn("replace", x, &pattern{e.name}, str(e.char))
	}
	if b.meant == nil {
		b.meant = map[string]*prepared{}
	}
	b.meant[name] = &prepared{name: b.unique(snake(name) + "_text"), x: x}
	return b.meant[name]
}

// prepare computes the fields that tests need, each once.
func (b *builder) prepare(conditions []node) {
	e := &eval{}
	for _, c := range conditions {
		tests(c, func(t *test) {
			for _, p := range t.from {
				if p != nil && !p.done {
					p.done = true
					e.assign = append(e.assign, assign{p.name, p.x})
				}
			}
		})
	}
	if len(e.assign) > 0 {
		b.add(e)
	}
}

// longestEntity is how many characters the names of [entities] have at most.
const longestEntity = len("&quot;")

// plainInXML reports whether a pattern fits a text as it stands in XML when, and only when, it fits the text that is
// meant. So it is unless a piece of the pattern has a character of an entity that could begin, end or hold it, or lies
// within one.
func plainInXML(p ir.Pattern) bool {
	for _, part := range p.Parts {
		switch {
		case part.Wild == ir.One:
			return false
		case part.Wild == ir.Many:
		case strings.ContainsAny(part.Text, `&<>"';`):
			return false
		case utf8.RuneCountInString(part.Text) > longestEntity:
		default:
			for _, e := range entities {
				if strings.Contains(e.name, strings.ToLower(part.Text)) {
					return false
				}
			}
		}
	}
	return true
}

// wideInXML puts a star for everything that may stand there as an entity, one for several beside each other.
func wideInXML(g glob) glob {
	var out glob
	for _, piece := range g {
		for _, part := range strings.Split(specials.Replace(piece), "&") {
			if n := len(out); part != "" && n > 1 && out[n-1] == "" {
				out[n-1] = part
			} else if part != "" || n < 2 || out[n-1] != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// specials are the characters that may be written as entities.
var specials = strings.NewReplacer("<", "&", ">", "&", `"`, "&", "'", "&")
