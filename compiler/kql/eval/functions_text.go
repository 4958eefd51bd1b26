package eval

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// words takes texts, and dynamic values as texts.
func words(a ...value) ([]string, error) {
	out := make([]string, len(a))
	for i, v := range a {
		if !textual(v) && v.typ != "dynamic" {
			return nil, fmt.Errorf("argument %d is a %s, not a text", i+1, v.typ)
		}
		out[i] = toString(v)
	}
	return out, nil
}

func onText(f func(string) string) function {
	return function{1, 1, func(_ *run, a []value) (value, error) {
		w, err := words(a[0])
		if err != nil {
			return value{}, err
		}
		return text(f(w[0])), nil
	}}
}

func strlen(_ *run, a []value) (value, error) {
	w, err := words(a[0])
	if err != nil {
		return value{}, err
	}
	return long(int64(utf8.RuneCountInString(w[0]))), nil
}

func strcat(_ *run, a []value) (value, error) {
	var b strings.Builder
	for _, v := range a {
		b.WriteString(toString(v))
	}
	return text(b.String()), nil
}

// split gives an array, and with an index an array of that one part.
func split(_ *run, a []value) (value, error) {
	w, err := words(a[0], a[1])
	if err != nil {
		return value{}, err
	}
	parts := []any{}
	for _, p := range strings.Split(w[0], w[1]) {
		parts = append(parts, p)
	}
	if len(a) == 2 {
		return dynamic(parts), nil
	}
	i, err := whole(a[2])
	if err != nil {
		return value{}, err
	}
	if i < 0 || i >= len(parts) {
		return null("dynamic"), nil
	}
	return dynamic(parts[i : i+1]), nil
}

func indexOf(_ *run, a []value) (value, error) {
	w, err := words(a[0], a[1])
	if err != nil {
		return value{}, err
	}
	runes, from := []rune(w[0]), 0
	if len(a) == 3 {
		if from, err = whole(a[2]); err != nil {
			return value{}, err
		}
	}
	if from < 0 {
		from += len(runes)
	}
	if from < 0 || from > len(runes) {
		return long(-1), nil
	}
	rest := string(runes[from:])
	i := strings.Index(rest, w[1])
	if i < 0 {
		return long(-1), nil
	}
	return long(int64(from + utf8.RuneCountInString(rest[:i]))), nil
}

// trim removes what a regular expression matches from the ends.
func trim(start, end bool) func(*run, []value) (value, error) {
	return func(_ *run, a []value) (value, error) {
		w, err := words(a[0], a[1])
		if err != nil {
			return value{}, err
		}
		s := w[1]
		if start {
			re, err := compile("^(?:" + w[0] + ")")
			if err != nil {
				return value{}, err
			}
			s = s[len(re.FindString(s)):]
		}
		if end {
			re, err := compile("(?:" + w[0] + ")$")
			if err != nil {
				return value{}, err
			}
			if at := re.FindStringIndex(s); at != nil {
				s = s[:at[0]]
			}
		}
		return text(s), nil
	}
}

func substring(_ *run, a []value) (value, error) {
	w, err := words(a[0])
	if err != nil {
		return value{}, err
	}
	runes := []rune(w[0])
	from, err := whole(a[1])
	if err != nil {
		return value{}, err
	}
	if from < 0 {
		from = max(from+len(runes), 0)
	}
	from = min(from, len(runes))
	to := len(runes)
	if len(a) == 3 {
		n, err := whole(a[2])
		if err != nil {
			return value{}, err
		}
		to = min(from+max(n, 0), to)
	}
	return text(string(runes[from:to])), nil
}

func replaceString(_ *run, a []value) (value, error) {
	w, err := words(a...)
	if err != nil {
		return value{}, err
	}
	return text(strings.ReplaceAll(w[0], w[1], w[2])), nil
}

// regexQuote puts a backslash before every sign that means something in a regular expression.
func regexQuote(_ *run, a []value) (value, error) {
	w, err := words(a...)
	if err != nil {
		return value{}, err
	}
	return text(regexp.QuoteMeta(w[0])), nil
}

// strcatArray joins the members of an array as texts.
func strcatArray(_ *run, a []value) (value, error) {
	w, err := words(a[1])
	if err != nil {
		return value{}, err
	}
	members, ok := a[0].v.([]any)
	if !ok {
		return null("string"), nil
	}
	texts := make([]string, len(members))
	for i, m := range members {
		texts[i] = toString(dynamic(m))
	}
	return text(strings.Join(texts, w[0])), nil
}

// extract gives a group of the first match, "" without one.
func extract(_ *run, a []value) (value, error) {
	w, err := words(a[0], a[2])
	if err != nil {
		return value{}, err
	}
	re, err := compile(w[0])
	if err != nil {
		return value{}, err
	}
	group, err := whole(a[1])
	if err != nil {
		return value{}, err
	}
	m := re.FindStringSubmatch(w[1])
	if group < 0 || group >= len(m) {
		return text(""), nil
	}
	return text(m[group]), nil
}

// base64Decode gives "" for what is no base64 of UTF-8 text.
func base64Decode(_ *run, a []value) (value, error) {
	w, err := words(a[0])
	if err != nil {
		return value{}, err
	}
	b, err := base64.StdEncoding.DecodeString(w[0])
	if err != nil || !utf8.Valid(b) {
		return text(""), nil
	}
	return text(string(b)), nil
}

// replaceRegex replaces every match; in the replacement \1 is the first group and \\ a backslash (docs:
// replace-regex-function; the notation is that of RE2).
func replaceRegex(_ *run, a []value) (value, error) {
	w, err := words(a...)
	if err != nil {
		return value{}, err
	}
	re, err := compile(w[1])
	if err != nil {
		return value{}, err
	}
	var b strings.Builder
	escaped := false
	for _, r := range w[2] {
		switch {
		case escaped && '0' <= r && r <= '9':
			b.WriteString("${" + string(r) + "}")
		case escaped && r == '\\':
			b.WriteRune(r)
		case escaped:
			return value{}, fmt.Errorf("the replacement %q has a backslash before %q", w[2], r)
		case r == '$':
			b.WriteString("$$")
		case r != '\\':
			b.WriteRune(r)
		}
		escaped = !escaped && r == '\\'
	}
	return text(re.ReplaceAllString(w[0], b.String())), nil
}

// toHex writes a whole number in small hexadecimal digits, at least as many as are asked for.
func toHex(_ *run, a []value) (value, error) {
	n, ok := a[0].plain().v.(int64)
	if !ok {
		return text(""), nil
	}
	digits := 0
	if len(a) == 2 {
		var err error
		if digits, err = whole(a[1]); err != nil {
			return value{}, err
		}
	}
	return text(fmt.Sprintf("%0*x", digits, uint64(n))), nil
}

// urlDecode reads what is written as % and two digits (docs: url-decode-function).
func urlDecode(_ *run, a []value) (value, error) {
	w, err := words(a...)
	if err != nil {
		return value{}, err
	}
	decoded, err := url.QueryUnescape(w[0])
	if err != nil {
		return value{}, fmt.Errorf("%q is not encoded as an address", w[0])
	}
	return text(decoded), nil
}
