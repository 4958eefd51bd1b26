package eval

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"
)

// term is a condition of the search command.
type term interface{ holds(row) bool }

type (
	allOf  []term
	someOf []term
	noneOf struct{ x term }
	// compared holds when any value of a field fits (SM, multivalue fields).
	compared struct {
		field string
		fits  []func(string) bool
	}
	phrase struct{ re *regexp.Regexp }
)

func (t allOf) holds(r row) bool {
	for _, x := range t {
		if !x.holds(r) {
			return false
		}
	}
	return true
}

func (t someOf) holds(r row) bool {
	for _, x := range t {
		if x.holds(r) {
			return true
		}
	}
	return false
}

// NOT keeps events that do not have the field (SM, NOT expressions).
func (t noneOf) holds(r row) bool { return !t.x.holds(r) }

func (t *compared) holds(r row) bool {
	for _, v := range r.fields[t.field].values() {
		for _, fits := range t.fits {
			if fits(v) {
				return true
			}
		}
	}
	return false
}

func (t *phrase) holds(r row) bool { return t.re.MatchString(r.fields["_raw"].text) }

// fitting returns the test of a quoted or bare value: it ignores case, a star is any run of characters and cannot be
// escaped (SM, wildcards and backslashes); a network means the addresses in it (SR search).
func fitting(s string, quoted bool) func(string) bool {
	if quoted {
		s = strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(s)
	}
	if p, err := netip.ParsePrefix(s); err == nil {
		return func(v string) bool {
			a, err := netip.ParseAddr(v)
			return err == nil && p.Contains(a)
		}
	}
	pieces := strings.Split(s, "*")
	for i, p := range pieces {
		pieces[i] = regexp.QuoteMeta(p)
	}
	return regexp.MustCompile(`(?is)^` + strings.Join(pieces, ".*") + `$`).MatchString
}

// phraseOf looks for whole words in the text of the event, without regard to case (SM, phrases). What a word is follows
// from the segmentation of the index: letters and digits are never cut.
func phraseOf(s string) (term, error) {
	if strings.ContainsAny(s, `*\`) {
		return nil, fmt.Errorf("phrase %q: only plain phrases are known here", s)
	}
	re, err := regexp.Compile(`(?i)(?:^|[^0-9A-Za-z])` + regexp.QuoteMeta(s) + `(?:$|[^0-9A-Za-z])`)
	return &phrase{re}, err
}
