package splunk

import (
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// A keyword is a part of some value of the record, at any depth; the names of fields do not count. The index cannot say
// that: a term between stars is not found across the characters that words are broken at. So it is looked for in the text
// of the record, after every string in it has been given marks that JSON writes nowhere else:
//
//	"name": "a value"   becomes   "<name>": "<a value>"
//
// A quote inside a string stands behind a backslash, so that >" is the end of one, and the end of a name if a colon is next.

const (
	jsonString = `\x22((?:[^\x22\x5c]|\x5c.)*)\x22\s*(:|)`
	// marked is a replacement: \1 is the string and \2 the colon (D: replace). It stands in a literal, where a quote needs
	// its backslash.
	marked = `\"<\1>\"\2`

	// jsonChar is a character of a string as JSON writes it, so that no search begins within one that is escaped.
	jsonChar = `(?:[^\x22\x5c]|\x5c[^u]|\x5cu.{4})`
	// jsonScalar is what goes before a number or a word that is a value, or a member of an array of those.
	jsonScalar = `>\x22:\s*(?:[[](?:[^\x22\x5b\x5d]*,)?\s*)?`
)

// unfitKeyword says why a keyword cannot be looked for.
func unfitKeyword(e *ir.Keyword) string {
	if e.Regex != nil {
		return "a regular expression is for one value, and cannot be looked for in all"
	}
	for part := range e.Pattern.Parts() {
		if !simple(part.Text) {
			return "a keyword that is not printable ASCII can stand in the record in several ways"
		}
	}
	return ""
}

// keyword tests that some value of the record fits the pattern.
func (b *builder) keyword(p ir.Pattern) *test {
	if b.data.Texts() { // the record is the text
		return b.like(&value{x: ref("_raw"), typ: schema.String}, []glob{{p, starsForUnsaid}})
	}
	strs, ok := b.meant["_raw"]
	if !ok {
		strs = &prepared{name: b.unique("record_values"), x: fn("replace", ref("_raw"), &pattern{jsonString}, &pattern{marked})}
		if b.meant == nil {
			b.meant = map[string]*prepared{}
		}
		b.meant["_raw"] = strs
	}
	alternatives := []string{`[^\x5c]\x22<` + inValue(p, jsonChar, jsonLiteral) + `>\x22(?:[^:]|\z)`}
	if numeric(p) {
		alternatives = append(alternatives, jsonScalar+inValue(p, "[-+.0-9eE]", plainLiteral)+`\s*[],}]`)
	}
	for _, word := range []string{"true", "false"} {
		if p.Matches(word) {
			alternatives = append(alternatives, jsonScalar+word)
		}
	}
	re := flags(p.Cased, true) + strings.Join(alternatives, "|")
	return &test{x: fn("match", fn("coalesce", ref(strs.name), str("")), &pattern{re}), from: [2]*prepared{strs}}
}

// inValue writes a pattern for the whole of a value whose characters are char.
func inValue(p ir.Pattern, char string, literal func(string) string) string {
	var b strings.Builder
	for part := range p.Parts() {
		switch part.Wild {
		case ir.Many:
			b.WriteString(char + "*")
		case ir.One:
			b.WriteString(char)
		default:
			b.WriteString(literal(part.Text))
		}
	}
	return b.String()
}

// jsonLiteral is a text as it may stand in a JSON string: some writers escape more than they must.
func jsonLiteral(s string) string {
	out := make([]byte, 0, 2*len(s))
	for _, r := range s {
		switch r {
		case '"', '\\':
			out = appendHex(append(out, `\x5c`...), r)
		case '/':
			out = append(out, `\x5c?/`...)
		case '<', '>', '&', '\'', '+', '`':
			out = append(appendRune(append(out, "(?:"...), r), `|\x5cu00`...)
			out = append(strconv.AppendInt(out, int64(r), 16), ')')
		default:
			out = appendRune(out, r)
		}
	}
	return string(out)
}

func plainLiteral(s string) string { return string(appendLiteral(make([]byte, 0, 2*len(s)), s, true)) }

// numeric reports whether a pattern can fit the text of a number.
func numeric(p ir.Pattern) bool {
	for part := range p.Parts() {
		if strings.Trim(part.Text, "-+.0123456789eE") != "" {
			return false
		}
	}
	return true
}
