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

// OneOfRegex returns the regular expression of RE2 that matches the whole of each of the texts and nothing else. What
// follows the last dot, which names of files have in common, stands once.
func OneOfRegex(texts []string, fold bool) string {
	var endings, alternatives []string
	before := map[string][]string{}
	for _, text := range texts {
		dot := strings.LastIndexByte(text, '.')
		if dot < 0 {
			alternatives = append(alternatives, regexp.QuoteMeta(text))
			continue
		}
		if !slices.Contains(endings, text[dot:]) {
			endings = append(endings, text[dot:])
		}
		before[text[dot:]] = append(before[text[dot:]], regexp.QuoteMeta(text[:dot]))
	}
	for _, end := range endings {
		alternatives = append(alternatives, "(?:"+strings.Join(before[end], "|")+")"+regexp.QuoteMeta(end))
	}
	return Pattern{Cased: !fold}.flags() + "^(?:" + strings.Join(alternatives, "|") + ")$"
}
