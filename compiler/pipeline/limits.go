package pipeline

import (
	"regexp"
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Limits of what pipelines make of a rule: a transformation that doubles what it finds makes millions of it when it is
// written two dozen times.
const (
	maxAlternatives = 1000    // that mappings of one field to several make of one map
	maxTexts        = 20_000  // values, items, fields and alternatives that are added to a rule
	maxBytes        = 4 << 20 // that the values of a rule grow by
)

// grow counts what is added to a rule and reports whether there may be so much.
func (s *state) grow(at source.Span, texts, bytes int) bool {
	if s.exhausted {
		return false // and has been reported
	}
	s.madeTexts += max(texts, 0)
	s.madeBytes += max(bytes, 0)
	if s.madeTexts <= maxTexts && s.madeBytes <= maxBytes {
		return true
	}
	s.exhausted = true
	if at.IsZero() {
		at = s.rule.At
	}
	s.error("pipeline/inexact", at, "pipelines add more than %d values and items, or %d MB of text, to the rule", maxTexts, maxBytes>>20)
	return false
}

// longest is a bound of the bytes that a text has once the matches in it are replaced, which is known before any is.
func longest(re *regexp.Regexp, text, to string) int {
	n, groups := len(text), strings.Count(to, "$")
	re.ReplaceAllStringFunc(text, func(match string) string {
		n += len(to) + groups*len(match)
		return ""
	})
	return n
}
