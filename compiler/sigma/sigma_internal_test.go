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
