package pipeline

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/sigma"
)

// form is what a value is once its modifiers have done their work, which in pySigma they have before a pipeline sees it.
type form int

const (
	str     form = iota // a text with wildcards
	number              // written as one
	truth               // true or false
	null                // none
	other               // no text: a regular expression, a network, another field, a bound
	unknown             // a text that is not told here: an encoded one
)

var (
	// plainModifiers leave a value what it is.
	plainModifiers = []string{"all", "cased", "expand", "neq"}
	// wildModifiers put wildcards around a value.
	wildModifiers = []string{"contains", "startswith", "endswith"}
	// otherModifiers make a value something else than a text.
	otherModifiers = []string{
		"re", "i", "m", "s", "cidr", "lt", "lte", "gt", "gte", "exists", "fieldref", "minute", "hour", "day", "week", "month", "year",
	}
)

// full returns a value with the wildcards that its modifiers mean.
func (e *entry) full(v sigma.Value) (string, form) {
	text, as := v.Text, str
	switch v.Kind {
	case sigma.Int, sigma.Float:
		text, as = v.Canon(), number
	case sigma.Bool:
		text, as = v.Canon(), truth
	case sigma.Null:
		text, as = "", null
	}
	for _, m := range e.Modifiers {
		switch {
		case slices.Contains(plainModifiers, m.Value):
		case slices.Contains(wildModifiers, m.Value):
			text, as = wild(text, m.Value), str
		case slices.Contains(otherModifiers, m.Value):
			return v.Text, other
		default:
			return v.Text, unknown
		}
	}
	return text, as
}

func wild(text, modifier string) string {
	if modifier != "startswith" && !strings.HasPrefix(text, "*") {
		text = "*" + text
	}
	if modifier != "endswith" && !endsWild(text) {
		if backslashes(text)%2 == 1 { // it would take the star for a text
			text += `\`
		}
		text += "*"
	}
	return text
}

// backslashes counts those at the end of a text.
func backslashes(text string) int { return len(text) - len(strings.TrimRight(text, `\`)) }

func endsWild(text string) bool {
	rest, ok := strings.CutSuffix(text, "*")
	return ok && backslashes(rest)%2 == 0
}

func hasWildcard(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '*', '?':
			return true
		}
	}
	return false
}

// plain writes a text of Sigma without the escapes that only Sigma needs: pipelines look at it so. Backslashes before a
// wildcard stay, as they say whether it is one.
func plain(text string) string { return runs(text, func(n int) int { return (n + 1) / 2 }) }

// written is the other way round.
func written(text string) string { return runs(text, func(n int) int { return 2 * n }) }

// runs changes the number of backslashes in each run that no wildcard follows.
func runs(text string, to func(n int) int) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		n := 0
		for i+n < len(text) && text[i+n] == '\\' {
			n++
		}
		switch {
		case n == 0:
			b.WriteByte(text[i])
			i++
			continue
		case i+n < len(text) && (text[i+n] == '*' || text[i+n] == '?'):
			b.WriteString(text[i : i+n])
		default:
			b.WriteString(strings.Repeat(`\`, to(n)))
		}
		i += n
	}
	return b.String()
}
