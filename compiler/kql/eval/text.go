package eval

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold makes texts that differ in case only the same. Kusto folds letters beyond ASCII too (measured for é).
func fold(s string) string {
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, s)
}

// match answers a text operator without its "!": docs: datatypes-string-operators. An operator that ends in _cs minds
// the case, and so does a regular expression.
func match(op, s, sub string) (bool, error) {
	name, sensitive := strings.CutSuffix(op, "_cs")
	if op == "matches regex" {
		re, err := compile(sub)
		if err != nil {
			return false, err
		}
		return re.MatchString(s), nil
	}
	if !sensitive {
		s, sub = fold(s), fold(sub)
	}
	switch name {
	case "=~":
		return s == sub, nil
	case "contains":
		return strings.Contains(s, sub), nil
	case "startswith":
		return strings.HasPrefix(s, sub), nil
	case "endswith":
		return strings.HasSuffix(s, sub), nil
	case "has":
		return hasTerm(s, sub, true, true), nil
	case "hasprefix":
		return hasTerm(s, sub, true, false), nil
	case "hassuffix":
		return hasTerm(s, sub, false, true), nil
	}
	return false, fmt.Errorf("operator %q is not known", op)
}

// hasTerm looks for sub where it starts, or ends, with a term. A term is a run of letters and digits; all else, with _
// and -, separates terms (docs: datatypes-string-operators; measured for _).
func hasTerm(s, sub string, start, end bool) bool {
	if sub == "" {
		return true
	}
	first, _ := utf8.DecodeRuneInString(sub)
	last, _ := utf8.DecodeLastRuneInString(sub)
	for from := 0; ; {
		i := strings.Index(s[from:], sub)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, size := utf8.DecodeRuneInString(s[i+len(sub):])
		cutStart := start && i > 0 && alphanumeric(first) && alphanumeric(before)
		cutEnd := end && size > 0 && alphanumeric(last) && alphanumeric(after)
		if !cutStart && !cutEnd {
			return true
		}
		_, step := utf8.DecodeRuneInString(s[i:])
		from = i + step
	}
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// compile reads a regular expression. Kusto's is RE2 (docs: regex), which is Go's.
func compile(pattern string) (*regexp.Regexp, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("regular expression: %w", err)
	}
	return re, nil
}

// compareText answers a text operator. Dynamic values are read as texts. A null makes an operator false and its
// negation true; two nulls make both null (measured).
func compareText(op string, x, y value) (value, error) {
	for _, v := range []value{x, y} {
		if !textual(v) && v.typ != "dynamic" {
			return value{}, fmt.Errorf("%q does not take a %s", op, v.typ)
		}
	}
	positive, negated := strings.CutPrefix(op, "!")
	if op == "!~" {
		positive, negated = "=~", true
	}
	switch {
	case x.null() && y.null():
		return null("bool"), nil
	case x.null() || y.null():
		return boolean(negated), nil
	}
	ok, err := match(positive, toString(x), toString(y))
	return boolean(ok != negated), err
}
