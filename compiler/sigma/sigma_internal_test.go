package sigma

import "testing"

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

func TestNearest(t *testing.T) {
	tests := []struct{ name, want string }{
		{"descripton", "description"},
		{"titel", "title"},
		{"Title", "title"},
		{"tag", "tags"},
		{"reference", "references"},
		{"simulation", ""},
		{"regression_tests_path", ""},
		{"state", ""}, // two letters from "status" are too many for a word so short
		{"x", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := nearest(tt.name, attributes); got != tt.want {
			t.Errorf("nearest(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestEdits(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"abc", "abc", 0}, {"abc", "axc", 1}, {"abc", "acb", 1}, {"kitten", "sitting", 3},
	}
	for _, tt := range tests {
		if got := edits(tt.a, tt.b); got != tt.want {
			t.Errorf("edits(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
