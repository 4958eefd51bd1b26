package ir

import (
	"regexp"
	"strings"
	"testing"
)

func TestAnyRegex(t *testing.T) {
	texts := func(in ...string) []Pattern {
		var out []Pattern
		for _, s := range in {
			out = append(out, pattern(s))
		}
		return out
	}
	for _, tt := range []struct {
		patterns []Pattern
		want     string
	}{
		{texts("*a*", "*b.c*"), `(?is)b\.c|a`},
		{texts("*😀*", "*😃*", "*]*", "*-*", "*^*"), `(?is)[😀😃\]\-\^]`},
		{texts("a*", "*b", "c*d"), `(?is)^a|b$|^c.*d$`},
		{[]Pattern{cased(pattern("*A*")), cased(pattern("*b c*"))}, `(?s)b c|A`},
	} {
		got := AnyRegex(tt.patterns)
		if got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
		re := regexp.MustCompile(got)
		for _, s := range []string{"", "a", "A", "xax", "b.c", "bxc", "😃", "x]", "^", "-", "\\", "b", "xb", "bx", "cd", "c\nd", "cdx", "b c", "A b"} {
			want := false
			for _, p := range tt.patterns {
				want = want || p.Matches(s)
			}
			if re.MatchString(s) != want {
				t.Errorf("%s on %q: %v, want %v", got, s, !want, want)
			}
		}
	}
}

func TestOneOfRegex(t *testing.T) {
	texts := []string{"a.dll", "b", "c+d.dll", "e.exe", "f.", ".dll", "g.h.dll"}
	for _, fold := range []bool{false, true} {
		re := MustRE2(OneOfRegex(texts, fold))
		for _, text := range texts {
			if !re.MatchString(text) {
				t.Errorf("%s does not match %q", re, text)
			}
			if upper := strings.ToUpper(text); re.MatchString(upper) != fold {
				t.Errorf("%s matches %q: %v", re, upper, !fold)
			}
		}
		for _, near := range []string{"a", "dll", "adll", "a.dlls", "xa.dll", "ccd.dll", "e.dll", "f", "a.dll|b"} {
			if re.MatchString(near) {
				t.Errorf("%s matches %q", re, near)
			}
		}
	}
	if got, want := OneOfRegex(texts[:3], true), `(?is)^(?:b|(?:a|c\+d)\.dll)$`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
