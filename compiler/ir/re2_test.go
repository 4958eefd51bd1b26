package ir

import (
	"regexp"
	"testing"
)

// TestRE2Empty holds what is found out of the tree against package regexp.
func TestRE2Empty(t *testing.T) {
	for _, source := range []string{
		"", "a", "a*", "a+", "(a*)+", "a?b", "a?b?", "a|", "a|b", "(?i)^$", "^a$", `\b`, `\B`, `a{0,2}`, `a{1,2}`, `(a?){2}`, "[^a]", ".", "(?s).*", `\A\z`, "(?m)^$", `[^\x00-\x{10FFFF}]`, "(|a)b*",
	} {
		r, err := NewRE2(source)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := r.MatchString(""), regexp.MustCompile(source).MatchString(""); got != want {
			t.Errorf("%q: %v, want %v", source, got, want)
		}
	}
	if _, err := NewRE2("a(?=b)"); err == nil {
		t.Error("look-around is not an error")
	}
}

func TestRE2(t *testing.T) {
	r, err := NewRE2("(?i)^ab+$")
	if err != nil || r.String() != "(?i)^ab+$" {
		t.Fatal(r, err)
	}
	for s, want := range map[string]bool{"ABB": true, "abc": false} {
		if got := r.MatchString(s); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}
