package diag_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
)

func TestNearest(t *testing.T) {
	attributes := []string{"title", "id", "description", "references", "status", "tags", "level", "Größe"}
	tests := []struct{ word, want string }{
		{"descripton", "description"},
		{"titel", "title"}, // neighbours swapped
		{"Title", "title"},
		{"tag", "tags"},
		{"reference", "references"},
		{"refrence", "references"},
		{"groesse", ""},
		{"gröse", "Größe"}, // letters are counted, not bytes
		{"simulation", ""},
		{"state", ""}, // two letters from "status" are too many for a word so short
		{"title", ""}, // the word itself is no suggestion
		{"x", ""},
		{"", ""},
		{strings.Repeat("x", 81), ""},
	}
	for _, tt := range tests {
		t.Run(tt.word, func(t *testing.T) {
			if got := diag.Nearest(tt.word, attributes); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNearestOfTwo(t *testing.T) {
	tests := []struct {
		word       string
		candidates []string
		want       string
	}{
		{"filter_main", []string{"filter_mains", "filter_man"}, "filter_mains"}, // of equals the first
		{"filter_main", []string{"filter_m_in2", "filter_mains"}, "filter_mains"},
		{"filter_main", []string{"filter_mains", "Filter_Main"}, "Filter_Main"}, // another case is nearest
		{"filter_main", nil, ""},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.candidates), func(t *testing.T) {
			if got := diag.Nearest(tt.word, tt.candidates); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDistance(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	tests := []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 9, 0}, {"a", "", 9, 1}, {"", "ab", 9, 2}, {"abc", "abc", 9, 0}, {"abc", "axc", 9, 1}, {"abc", "acb", 9, 1},
		{"kitten", "sitting", 9, 3}, {"kitten", "sitting", 2, 2}, {"kitten", "sitting", 3, 3}, {"ä", "a", 9, 1}, {"abcd", "a", 2, 2},
		{long, long, 3, 0}, {long, long[1:], 3, 3},
	}
	for _, tt := range tests {
		if got := diag.Distance(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("Distance(%.10q, %.10q, %d) = %d, want %d", tt.a, tt.b, tt.limit, got, tt.want)
		}
	}
}
