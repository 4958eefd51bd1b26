package splunk

import (
	"regexp"
	"strings"
)

// Text leaves for SPL only through the functions of this file.
//
// Inside double quotes a backslash escapes a backslash and a quote, in both languages (D: search manual, backslashes;
// expressions and predicates). Pipes, brackets and backticks mean nothing there: macros are not expanded inside quotes
// (D: macros.conf).

var inString = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// quoteString writes a string literal of eval.
func quoteString(s string) string { return `"` + inString.Replace(s) + `"` }

var inGlob = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", "*", "\r", "*", "\t", "*", "*", "*")

// quoteGlob writes a value of search. A backslash cannot take the meaning of a star away (D: search manual,
// backslashes), so a star within a piece is a wildcard too, and so is what must not stand in a search at all; whoever
// needs the exact text tests it again.
func quoteGlob(g glob) string {
	pieces := make([]string, len(g))
	for i, p := range g {
		pieces[i] = inGlob.Replace(p)
	}
	return `"` + strings.Join(pieces, "*") + `"`
}

var (
	plainPath = regexp.MustCompile(`^[A-Za-z0-9_.{}]+$`)
	reserved  = map[string]bool{
		"and": true, "or": true, "not": true, "xor": true, "in": true, "like": true, "is": true, "by": true, "as": true,
		"true": true, "false": true, "null": true,
	}
	inName = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `'`, `\'`, "\n", " ", "\r", " ", "\t", " ")
)

// quoteSearchField writes the name of a field for search and the other commands, which want double quotes (C).
func quoteSearchField(name string) string {
	if isPlain(name, ".") && !reserved[strings.ToLower(name)] {
		return name
	}
	return `"` + inName.Replace(name) + `"`
}

// isPlain reports whether a name needs no quotes: letters, digits that do not begin it, and some signs more.
func isPlain(name, signs string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && !('a' <= c|0x20 && c|0x20 <= 'z') && (i == 0 || !('0' <= c && c <= '9') && strings.IndexByte(signs, c) < 0) {
			return false
		}
	}
	return name != ""
}

// quoteField writes the name of a field for eval and where, which want single quotes (D: where).
func quoteField(name string) string {
	if isPlain(name, "") && !reserved[strings.ToLower(name)] {
		return name
	}
	return `'` + inName.Replace(name) + `'`
}

// safeName reports whether a name can be written in every language without an escape. Names of fields can come from a
// rule where a log has members that the schema does not know.
func safeName(name string) bool {
	return name != "" && strings.IndexFunc(name, func(r rune) bool {
		return r < ' ' || strings.ContainsRune("\"'`\\$|[]*", r)
	}) < 0
}
