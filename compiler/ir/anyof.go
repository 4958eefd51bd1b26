package ir

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// AnyRegex returns the regular expression of RE2 that matches what one of the patterns matches, all of which mind case or
// none. Characters of which a text need only have one become a class.
func AnyRegex(patterns []Pattern) string {
	var class, alternatives []string
	for _, p := range patterns {
		if shape, text := p.Shape(); shape == Contains && utf8.RuneCountInString(text) == 1 {
			class = append(class, text)
			continue
		}
		alternatives = append(alternatives, p.bare())
	}
	switch {
	case len(class) == 1:
		alternatives = append(alternatives, regexp.QuoteMeta(class[0]))
	case len(class) > 1:
		alternatives = append(alternatives, "["+strings.NewReplacer(`\`, `\\`, `]`, `\]`, `[`, `\[`, `^`, `\^`, `-`, `\-`).Replace(strings.Join(class, ""))+"]")
	}
	cased := slices.ContainsFunc(patterns, func(p Pattern) bool { return p.Cased })
	return Pattern{Cased: cased}.flags() + strings.Join(alternatives, "|")
}
