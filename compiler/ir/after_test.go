package ir

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAfter(t *testing.T) {
	many, one := Part{Wild: Many}, Part{Wild: One}
	for _, c := range []struct {
		pattern []Part
		text    string
		want    []string
	}{
		{[]Part{{Text: `hklm\software\CLASSES\a`}, many}, `HKLM\SOFTWARE\Classes`, []string{`\\a*`}},
		{[]Part{{Text: `HKLM\SOFTWARE\Classes`}}, `HKLM\SOFTWARE\Classes`, []string{``}},
		{[]Part{{Text: `HKCR\a`}, many}, `HKLM\SOFTWARE\Classes`, nil},
		{[]Part{{Text: `HKLM\SOFT`}, many}, `HKLM\SOFTWARE\Classes`, []string{`*`}},
		{[]Part{many, {Text: `\Classes\a`}, many}, `HKLM\SOFTWARE\Classes`, []string{`*\\Classes\\a*`, `\\a*`}},
		{[]Part{many, {Text: `\Run`}}, `HKLM\SOFTWARE\Classes`, []string{`*\\Run`}},
		{[]Part{{Text: `HKL`}, one, {Text: `\b`}}, `HKLM`, []string{`\\b`}},
		{[]Part{{Text: `HKLM`}}, `HKLM\SOFTWARE`, nil},
	} {
		p := NewPattern(c.pattern)
		var got []string
		for _, q := range p.After(c.text) {
			got = append(got, q.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s after %q: %q, want %q", p, c.text, got, c.want)
		}
	}
}

// A value fits if, and only if, what follows the text fits one of the patterns.
func TestAfterRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	letters := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "abA"[r.IntN(3)]
		}
		return string(b)
	}
	fits := 0
	for range 20000 {
		parts := make([]Part, r.IntN(6))
		for i := range parts {
			parts[i] = []Part{{Wild: Many}, {Wild: One}, {Text: letters(1 + r.IntN(3))}}[r.IntN(3)]
		}
		p, text, rest := NewPattern(parts), letters(r.IntN(5)), letters(r.IntN(4))
		got := slices.ContainsFunc(p.After(text), func(q Pattern) bool { return q.Matches(rest) })
		if want := p.Matches(text + rest); got != want {
			t.Fatalf("%s after %q fits %q: %t, want %t", p, text, rest, got, want)
		}
		if got {
			fits++
		}
	}
	if fits < 1000 {
		t.Errorf("only %d fit", fits)
	}
}
