package ir

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// pattern makes a pattern of a notation for tests: "*" and "?" are wildcards and have no escape.
func pattern(s string) Pattern {
	var parts []Part
	for i := range len(s) {
		switch s[i] {
		case '*':
			parts = append(parts, Part{Wild: Many})
		case '?':
			parts = append(parts, Part{Wild: One})
		default:
			parts = append(parts, Part{Text: s[i : i+1]})
		}
	}
	return Pattern{}.Append(parts...)
}

func cased(p Pattern) Pattern {
	p.Cased = true
	return p
}

func TestPatternMatches(t *testing.T) {
	tests := []struct {
		pattern, text string
		want, cased   bool
	}{
		{"", "", true, true},
		{"", "a", false, false},
		{"a", "", false, false},
		{"abc", "abc", true, true},
		{"abc", "ABC", true, false},
		{"abc", "abcd", false, false},
		{"abc", "xabc", false, false},
		// one shape after the other
		{"abc*", "abc", true, true},
		{"abc*", "abcdef", true, true},
		{"abc*", "ABCdef", true, false},
		{"abc*", "xabc", false, false},
		{"*abc", "xyzabc", true, true},
		{"*abc", "abcx", false, false},
		{"*abc*", "xabcx", true, true},
		{"*abc*", "xabxc", false, false},
		{"*", "", true, true},
		{"*", "a\nb", true, true},
		// wildcards inside
		{"a*b", "ab", true, true},
		{"a*b", "axxb", true, true},
		{"a*b", "axxbx", false, false},
		{"a*b*c", "a-b-c", true, true},
		{"a*a", "a", false, false}, // the two letters are not the same one
		{"*ab*ab*", "ab", false, false},
		{"*ab*ab*", "xabab", true, true},
		{"*a*ab", "aab", true, true}, // the star takes one more after a false start
		{"*aab", "aaab", true, true},
		// one character
		{"?", "", false, false},
		{"?", "a", true, true},
		{"?", "ab", false, false},
		{"?", "\n", true, true},
		{"?", "ü", true, true}, // two bytes
		{"?", "😀", true, true}, // four
		{"??", "😀", false, false},
		{"??", "e\u0301", true, true}, // a letter and its accent are two
		{"?*", "", false, false},
		{"?*", "a", true, true},
		{"*?", "ab", true, true},
		{"a?c", "a\r\nc", false, false},
		{"a??c", "a\r\nc", true, true},
		{"ü?", "Üx", true, false},
		{"*?", "ü", true, true},
		// line breaks
		{"a*b", "a\r\n\nb", true, true},
		{"abc", "abc\n", false, false},
		{"a?c", "abc\n", false, false},
		{"*b", "a\nb", true, true},
		// case of letters beyond ASCII
		{"über", "ÜBER", true, false},
		{"über", "uber", false, false}, // an accent is no case
		{"über", "u\u0308ber", false, false},
		{"k", "\u212A", true, false}, // KELVIN SIGN
		{"\u212A", "K", true, false},
		{"\u212A*x", "kax", true, false},
		{"s", "ſ", true, false}, // LONG S
		{"Straße", "STRASSE", false, false},
		{"ß", "ẞ", true, false},
		{"σ", "ς", true, false},
		{"Å", "\u212B", true, false}, // ANGSTROM SIGN
		{"i", "İ", false, false},
		{"i", "ı", false, false},
		{"ǆ", "ǅ", true, false}, // title case is a third case
		// what is no UTF-8 does not match what is
		{"a?b", "a\xffb", true, true},
		{"a\xffb", "a\xffb", true, true},
		{"*\xff", "é\xff", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.pattern+" "+tt.text, func(t *testing.T) {
			p := pattern(tt.pattern)
			if got := p.Matches(tt.text); got != tt.want {
				t.Errorf("%s matches %q: %v, want %v", p, tt.text, got, tt.want)
			}
			if got := cased(p).Matches(tt.text); got != tt.cased {
				t.Errorf("%s, minding case, matches %q: %v, want %v", p, tt.text, got, tt.cased)
			}
		})
	}
}

func TestPatternShape(t *testing.T) {
	tests := []struct {
		pattern string
		shape   Shape
		text    string
	}{
		{"", Exact, ""},
		{"abc", Exact, "abc"},
		{"abc*", Prefix, "abc"},
		{"*abc", Suffix, "abc"},
		{"*abc*", Contains, "abc"},
		{"*", Anything, ""},
		{"**", Anything, ""},
		{"?", General, ""},
		{"?*", General, ""},
		{"*?*", General, ""},
		{"a?", General, ""},
		{"a*b", General, ""},
		{"*a*b*", General, ""},
	}
	for _, tt := range tests {
		if shape, text := pattern(tt.pattern).Shape(); shape != tt.shape || text != tt.text {
			t.Errorf("%q is %s of %q, want %s of %q", tt.pattern, shape, text, tt.shape, tt.text)
		}
	}
	if shape, _ := NewPattern([]Part{{Wild: Many}, {Wild: Many}}).Shape(); shape != Anything {
		t.Errorf("two stars that were not made one are %s", shape)
	}
}

func TestPatternAppend(t *testing.T) {
	p := Text("a")
	q := p.Append(Part{Text: "b"}, Part{Text: ""}, Part{Wild: Many}, Part{Wild: Many}, Part{Wild: One}, Part{Wild: Many})
	if got := q.String(); got != "ab*?*" {
		t.Errorf("got %s, want ab*?*", got)
	}
	if p.String() != "a" {
		t.Errorf("the pattern itself was changed to %s", p)
	}
	if Text("").Any(func(Part) bool { return true }) {
		t.Error("the empty text has parts")
	}
}

func TestPatternString(t *testing.T) {
	p := Text(`a*b?c\d`).Append(Part{Wild: Many}, Part{Wild: One})
	if got, want := p.String(), `a\*b\?c\\d*?`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPatternRegex(t *testing.T) {
	tests := []struct {
		pattern, want string
	}{
		{"", `(?is)^$`},
		{"a.c", `(?is)^a\.c$`},
		{"a*", `(?is)^a`},
		{"*a", `(?is)a$`},
		{"*a*", `(?is)a`},
		{"*", `(?is)$`},
		{"a*b?c", `(?is)^a.*b.c$`},
		{"*a*b*", `(?is)a.*b`},
	}
	for _, tt := range tests {
		if got := pattern(tt.pattern).Regex(); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.pattern, got, tt.want)
		}
	}
	if got, want := cased(pattern("a*b")).Regex(), `(?s)^a.*b$`; got != want {
		t.Errorf("minding case: got %s, want %s", got, want)
	}
}

// FuzzPattern compares the matcher with the regular expression of the same pattern.
func FuzzPattern(f *testing.F) {
	for _, s := range [][2]string{
		{"a*b?c", "axxb\nc"}, {"*K*", "\u212A"}, {"?ſ*", "üS"}, {"*a*ab", "aaab"}, {"İ", "i"}, {"**??**", "ab"}, {`\*`, `\x`}, {"ǅ", "Ǆ"},
	} {
		f.Add(s[0], s[1], false)
		f.Add(s[0], s[1], true)
	}
	f.Fuzz(func(t *testing.T, notation, text string, cased bool) {
		if !utf8.ValidString(notation) || !utf8.ValidString(text) || len(notation) > 200 || len(text) > 2000 {
			return
		}
		p := pattern(notation)
		p.Cased = cased
		re, err := regexp.Compile(p.Regex())
		if err != nil {
			t.Fatalf("%s is written as %q: %v", p, p.Regex(), err)
		}
		if got, want := p.Matches(text), re.MatchString(text); got != want {
			t.Errorf("%s matches %q: %v, its regular expression %s: %v", p, text, got, p.Regex(), want)
		}
	})
}

// TestPatternHostile would not end with a matcher that tries every way to place the stars.
func TestPatternHostile(t *testing.T) {
	text := strings.Repeat("a", 20_000)
	tests := []struct {
		pattern string
		want    bool
	}{
		{strings.Repeat("a*", 50) + "b", false},
		{strings.Repeat("*a", 50) + "*", true},
		{strings.Repeat("*a?", 200) + "b", false},
		{strings.Repeat("?", 20_000), true},
		{strings.Repeat("?", 20_001), false},
	}
	for _, tt := range tests {
		p := pattern(tt.pattern)
		start := time.Now()
		if got := p.Matches(text); got != tt.want {
			t.Errorf("%.20s…: %v, want %v", tt.pattern, got, tt.want)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%.20s… took %v", tt.pattern, took)
		}
	}
}
