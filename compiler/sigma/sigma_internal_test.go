package sigma

import (
	"slices"
	"strconv"
	"testing"
	"time"
)

func TestMatchStars(t *testing.T) {
	tests := []struct {
		pattern, name string
		want          bool
	}{
		{"a", "a", true},
		{"a", "ab", false},
		{"*", "", true},
		{"a*", "a", true},
		{"a*a", "a", false}, // the two letters may not be the same one
		{"a*a", "aa", true},
		{"a*b*c", "a-b-c", true},
		{"a*b*c", "acb", false},
		{"*_1_*_b", "x_1_b", false}, // nor may the blanks between them
		{"**", "x", true},
		{"A*", "a", false},
	}
	for _, tt := range tests {
		if got := matchStars(tt.pattern, tt.name); got != tt.want {
			t.Errorf("matchStars(%q, %q) = %v, want %v", tt.pattern, tt.name, got, tt.want)
		}
	}
}

// TestPlaces: a text that is read by the word has the lines that it has when it is looked at byte by byte.
func TestPlaces(t *testing.T) {
	tests := []struct {
		text  string
		plain bool
	}{
		{"", true},
		{"a: b", true},
		{"a: b\n", true},
		{"\n\n\n\n\n\n\n\n\n", true},
		{"title: t\n  indented: by two\n\n", true},
		{"1234567\n890\n   \n~}|{\n", true},
		{"a\tb", false},
		{"12345678\x7f", false},
		{"1234567\x00\n", false},
		{"12345678901234567\r\n8", false},
		{"caf\u00e9 12345678\n1\n", false},
	}
	for _, tt := range tests {
		var fast, slow places
		fast.read([]byte(tt.text))
		slow.readAny([]byte(tt.text))
		if fast.plain != tt.plain || !slices.Equal(fast.lines, slow.lines) {
			t.Errorf("%q: %v %v, want %v %v", tt.text, fast.plain, fast.lines, tt.plain, slow.lines)
		}
	}
}

// TestFirsts: a list is looked through alike whether it is short or long.
func TestFirsts(t *testing.T) {
	for _, more := range []int{0, 100} {
		f := firsts{texts: []Text{{Value: "a"}, {Value: "b"}, {Value: "a"}, {Value: "a"}}}
		for i := range more {
			f.texts = append(f.texts, Text{Value: "x" + strconv.Itoa(i)})
		}
		var again []int
		for i := range f.texts {
			if first, ok := f.before(i); ok {
				if first != f.texts[0] {
					t.Errorf("the first of %d is %v", i, first)
				}
				again = append(again, i)
			}
		}
		if !slices.Equal(again, []int{2, 3}) {
			t.Errorf("again: %v", again)
		}
	}
}

func TestParseNumber(t *testing.T) {
	if kind, text := parseNumber(""); kind != String || text != "" { // as a tag may say of it that it is a number
		t.Error(kind, text)
	}
}

// TestIsDay: what is taken for a day is one for package time.
func TestIsDay(t *testing.T) {
	for text, want := range map[string]bool{
		"2025-01-31": false, // is a day, but not of every month
		"2025-01-28": true, "0000-12-01": true, "2025-00-10": false, "2025-13-10": false, "2025-10-00": false,
		"2025/10/10": false, "-025-10-10": false, "2025-1-10": false, "2025-10-1x": false, "": false,
	} {
		if got := isDay(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
		if _, err := time.Parse(time.DateOnly, text); want && err != nil {
			t.Error(err)
		}
	}
}

func TestIsTag(t *testing.T) {
	for text, want := range map[string]bool{
		"attack.t1059": true, "attack.t1059.001": true, "a.b": true, "cve.2020-1_0": true, "a..": true,
		"": false, ".": false, "a": false, "a.": false, ".a": false, "Attack.a": false, "a b.c": false, "a.\u00e9": false,
	} {
		if got := isTag(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
