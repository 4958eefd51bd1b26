package list

import (
	"slices"
	"strings"
)

// List is the values of a placeholder. A list without values matches nothing.
type List struct {
	Name string
	Doc  string
	Type Type
	// Values are as a rule would write them: a star or a question mark is a wildcard unless a backslash stands before it.
	Values []string
	// Hours are those of a schedule, which has no values; nil for every other list.
	Hours *Hours
	// As says, by the name of a target, how the target gets the list; [Inline] where it says nothing.
	As map[string]Delivery
	// From is where the values were read, for people; "" when nobody asks.
	From string
}

// Delivery is how a target gets the values of a list.
type Delivery string

const (
	Inline    Delivery = "inline"    // written into every query
	Watchlist Delivery = "watchlist" // of Microsoft Sentinel, read by the query
	Lookup    Delivery = "lookup"    // of Splunk, read by the search
)

// To returns how a target gets the list.
func (l *List) To(target string) Delivery {
	if d, ok := l.As[target]; ok {
		return d
	}
	return Inline
}

// Kept reports whether some target keeps the list outside of its queries.
func (l *List) Kept() bool {
	for _, d := range l.As {
		if d != Inline {
			return true
		}
	}
	return false
}

// Texts returns the values as plain texts, without the backslashes that escape. It reports false when a value holds a
// wildcard, is empty, or has white space where files of values lose it: such a list cannot be kept where texts are compared
// as they are.
func (l *List) Texts() ([]string, bool) {
	if rows, wild, ok := l.Rows(); ok && !wild {
		return rows, true
	}
	return nil, false
}

// Rows returns the values as lines of a file in which nothing escapes. Where some value holds a wildcard (wild), every star
// and question mark of the file is one. It reports false when a value cannot stand in such a file: it is empty, has white
// space where files lose it, or, among wildcards, a star or a question mark that is none.
func (l *List) Rows() (rows []string, wild, ok bool) {
	signs := false
	seen := map[string]bool{}
	for _, v := range l.Values {
		r := unescape(v)
		if r.text == "" || r.text != strings.TrimSpace(r.text) || strings.ContainsAny(r.text, "\r\n") {
			return nil, false, false
		}
		wild, signs = wild || r.wild, signs || r.signs
		if !seen[r.text] {
			seen[r.text] = true
			rows = append(rows, r.text)
		}
	}
	if wild && signs {
		return nil, true, false
	}
	return rows, wild, true
}

// row is a value without the backslashes that escape.
type row struct {
	text  string
	wild  bool // has wildcards
	signs bool // has stars or question marks that are none
}

// unescape reads a value as a rule does (spec 4.2, 4.3): a backslash escapes only a star, a question mark or a backslash.
func unescape(v string) row {
	var r row
	var b strings.Builder
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '\\' && i+1 < len(v) && strings.IndexByte(`*?\`, v[i+1]) >= 0:
			i++
			r.signs = r.signs || v[i] != '\\'
			b.WriteByte(v[i])
		default:
			r.wild = r.wild || c == '*' || c == '?'
			b.WriteByte(c)
		}
	}
	r.text = b.String()
	return r
}

// Keepable says why no platform can keep a list of this name, "" when they can. The rule is that of the aliases of
// watchlists, which is the narrowest, and lookups that compare in other ways have the endings as names of their own.
func Keepable(name string) string {
	switch {
	case len(name) < 3 || len(name) > 64:
		return "its name must have 3 to 64 characters"
	case strings.Trim(name, letters+digits+"_-") != "" || strings.Trim(name[:1], letters) != "" || strings.Trim(name[len(name)-1:], letters+digits) != "":
		return "its name must be of ASCII letters, digits, - and _, begin with a letter and end in a letter or digit"
	case slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) }):
		return "its name must not end in " + strings.Join(endings, ", ")
	default:
		return ""
	}
}

// endings are those of the names of lookups that compare in other ways than with whole values.
var endings = []string{"_cidr", "_prefix", "_suffix", "_part", "_cased"}

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits  = "0123456789"
)
