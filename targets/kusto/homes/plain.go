package homes

import (
	"slices"
	"strings"
	"unicode"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// alike reports whether a condition has the same answer on the values as the table has them, without what makes them
// those of the log: neither form of a word that differs may take part. In paths words stand between backslashes, and of a
// text that is looked for only the ends can be parts of one. Of other values those that differ are made of a few signs.
func (f *Field) alike(e ir.Expr) bool {
	like, ok := e.(*ir.Like)
	if ok && f.Signs != "" {
		return like.Pattern.Any(func(p ir.Part) bool {
			return strings.ContainsFunc(p.Text, func(c rune) bool { return !strings.ContainsRune(f.Signs, unicode.ToLower(c)) })
		})
	}
	if !ok || !behindStar(like.Pattern) {
		return false
	}
	for part := range like.Pattern.Parts() {
		if part.Wild == ir.Many {
			continue
		}
		if part.Wild == ir.One {
			return false
		}
		text := segments(part.Text)
		if slices.ContainsFunc(f.Differs, func(words []string) bool { return touches(text, words) }) {
			return false
		}
	}
	return true
}

// behindStar reports whether the pattern is more than the star that it begins with.
func behindStar(p ir.Pattern) bool {
	shape, _ := p.Shape()
	return p.StarBefore() && shape != ir.Anything
}

// segments are the words of a path, in lower case.
func segments(path string) []string { return strings.Split(strings.ToLower(path), `\`) }

// touches reports whether a text could be found, in a path, where some words of it stand.
func touches(text, words []string) bool {
	for first := 1 - len(words); first < len(text); first++ { // where in the text the words would begin
		if lie(text, words, first) {
			return true
		}
	}
	return false
}

// lie reports whether the words could begin at a segment of the text, with something of them in it.
func lie(text, words []string, first int) bool {
	met := false
	for i, word := range words {
		at := first + i
		if at < 0 || at >= len(text) {
			continue
		}
		begins, ends := at == 0, at == len(text)-1 // such a segment may be a part of a word
		switch s := text[at]; {
		case begins && ends && strings.Contains(word, s), begins && strings.HasSuffix(word, s), ends && strings.HasPrefix(word, s), s == word:
			met = met || s != ""
		default:
			return false
		}
	}
	return met
}
