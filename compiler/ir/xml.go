package ir

import "strings"

// xmlEntities are the characters that XML may write as entities, & first.
var xmlEntities = []struct{ char, name string }{
	{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {`"`, "&quot;"}, {"'", "&apos;"},
}

// InXML returns a regular expression of RE2, without flags, that finds the text in XML which stands between before and
// after and fits the pattern. Such a text has no <, and & only where an entity begins. Literal writes a text without
// these as a part of a regular expression.
func (p Pattern) InXML(before, after string, literal func(string) string) string {
	const character = "(?:[^<&]|&[a-z]+;)"
	run := "[^<]*"
	for part := range p.Parts() {
		if withinEntity(part.Text) {
			run = character + "*"
		}
	}
	var b strings.Builder
	b.Grow(4 * (len(before) + len(p.literal) + len(after)))
	b.WriteString(before)
	for part := range p.Parts() {
		switch part.Wild {
		case Many:
			b.WriteString(run)
		case One:
			b.WriteString(character)
		default:
			writeXML(&b, part.Text, literal)
		}
	}
	b.WriteString(after)
	return b.String()
}

// withinEntity reports whether a text could also be found within an entity, or begin there.
func withinEntity(text string) bool {
	if text == "" {
		return false
	}
	if len(text) <= len("&quot;") {
		lower := strings.ToLower(text)
		for _, e := range xmlEntities {
			if strings.Contains(e.name, lower) {
				return true
			}
		}
	}
	return strings.Contains(text, ";")
}

// writeXML writes a text in the ways in which it may stand in XML: & and < always as entities, the others at will.
func writeXML(b *strings.Builder, text string, literal func(string) string) {
	for text != "" {
		at := strings.IndexAny(text, `&<>"'`)
		if at < 0 {
			b.WriteString(literal(text))
			return
		}
		if at > 0 {
			b.WriteString(literal(text[:at]))
		}
		for _, e := range xmlEntities {
			switch {
			case e.char != text[at:at+1]:
			case e.char == "&" || e.char == "<":
				b.WriteString(e.name)
			default:
				b.WriteString("(?:" + literal(e.char) + "|" + e.name + ")")
			}
		}
		text = text[at+1:]
	}
}
