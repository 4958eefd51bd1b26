package ir

import (
	"regexp"
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
