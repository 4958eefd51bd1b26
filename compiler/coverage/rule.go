package coverage

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// Text is a text by language: "en" always, and others where somebody has translated it.
type Text map[string]string

// In returns the text in a language, or in English where it is not translated.
func (t Text) In(lang string) string {
	if s := t[lang]; s != "" {
		return s
	}
	return t["en"]
}

// Flow joins the lines of each paragraph of a text. Items of a list stay on lines of their own.
func Flow(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(s), "\n") {
		line = strings.TrimSpace(line)
		before, _ := utf8.DecodeLastRuneInString(b.String())
		first, _ := utf8.DecodeRuneInString(line)
		switch {
		case i == 0:
		case line == "", before == '\n', strings.HasPrefix(line, "- "), strings.HasPrefix(line, "* "):
			b.WriteByte('\n')
		case unspaced(before) && unspaced(first):
		default:
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// unspaced reports whether a letter is of a script that puts no blank between words.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || strings.ContainsRune("、。「」（）・ー", r)
}

// Rule is what a reader wants to know of a rule.
type Rule struct {
	Key   string // its id, or its title
	Path  string // where it stands in the input, slash-separated, relative and without its extension
	Title string
	Text  struct {
		Title, Description Text
		Triage             []Text // steps
	}
	Level, Status, File              string
	Tags, FalsePositives, References []string
	Rows                             []string      // that it says it serves
	Logs                             []*schema.Log // that it reads, each with a table of its own
	Fields                           []string
	Lists                            []List
	Asks                             []Ask
	Queries                          []Query           // of the targets that take it
	Refused                          map[string]string // why others do not, by target
	Tested                           bool              // it has cases that match and cases that do not
	Cases                            []Case
	Samples                          []Sample
}

// List is a list that a rule compares with, and what belongs into it.
type List struct {
	Name, Doc string
	Type      string // of its values
	Values    int    // how many it has
	Hours     string // of a schedule, which has no values: in words
	From      string // where the values stand; "" when nobody has given any
	In        []Kept // the targets that keep it outside of the queries
}

// Kept says what a target keeps a list as, such as a watchlist.
type Kept struct{ Target, As string }

// Ask is what a rule asks of a field of its log.
type Ask struct {
	Field   string // "" for any field
	Meaning string
	Negated bool // what it asks must not be so
}

// Query is the query of a rule for a target, and what the target is told besides.
type Query struct {
	Target, Text string
	Told         []Fact
}

// Fact is something that a target is told about a rule.
type Fact struct{ Name, Value string }

// Case is an event, or several, that the rule must match or must not.
type Case struct {
	Name  string
	Match bool
}

// Sample is a case of the rule: an event, or the first one of several, as JSON.
type Sample struct {
	Case
	Count int // of the events
	Event string
}

// Serving returns the rules that serve a row.
func (r *Report) Serving(row string) []*Rule {
	var out []*Rule
	for _, rule := range r.Rules {
		if slices.Contains(rule.Rows, row) {
			out = append(out, rule)
		}
	}
	return out
}

// Sections returns the sections of the rows that the rule serves.
func (r *Rule) Sections() []string {
	var out []string
	for _, row := range Rows() {
		if slices.Contains(r.Rows, row.ID) && !slices.Contains(out, row.Section) {
			out = append(out, row.Section)
		}
	}
	return out
}

// Unproven reports whether a tenant has to be looked at before the rule is relied on, and for what.
func (r *Rule) Unproven() bool { return r.Status == "experimental" && len(r.Asks) > 0 }
