package source_test

import (
	"math"
	"testing"

	"github.com/sigc-rules/sigc/compiler/source"
)

func TestPosition(t *testing.T) {
	f := source.NewFile("x.yml", []byte("a: b\r\nü: c\n"))
	tests := []struct {
		offset, line, column int
	}{
		{-1, 1, 1},
		{0, 1, 1},
		{3, 1, 4},
		{6, 2, 1},
		{8, 2, 2}, // ü is two bytes and one column
		{12, 3, 1},
		{99, 3, 1},
	}
	for _, tt := range tests {
		if line, column := f.Position(tt.offset); line != tt.line || column != tt.column {
			t.Errorf("Position(%d) = %d:%d, want %d:%d", tt.offset, line, column, tt.line, tt.column)
		}
	}
	for n, want := range map[int]string{0: "", 1: "a: b", 2: "ü: c", 3: "", 4: ""} {
		if got := f.Line(n); got != want {
			t.Errorf("Line(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestMap(t *testing.T) {
	f := source.NewFile("x.yml", []byte(`k: "a\"b\u00e9c"`+"\nfold:\n  one\n  two\n"))
	quoted := source.NewMap(f, []int{4, 5, 7, 8, 8, 14, 15}) // a " b é é c
	folded := source.NewMap(f, []int{25, 26, 27, 28, 31, 32, 33, 34})
	tests := []struct {
		name       string
		m          source.Map
		start, end int
		want       string
	}{
		{"before an escape", quoted, 0, 1, "a"},
		{"an escape", quoted, 1, 2, `\"`},
		{"a long escape", quoted, 3, 5, `\u00e9`},
		{"all", quoted, 0, 6, `a\"b\u00e9c`},
		{"past the end", quoted, 5, 99, "c"},
		{"up to a fold", folded, 0, 3, "one"},
		{"after a fold", folded, 4, 7, "two"},
		{"over a fold", folded, 0, 7, "one\n  two"},
		{"direct", source.Direct(f.Span(25, 28)), 1, 3, "ne"},
		{"direct, too far", source.Direct(f.Span(25, 28)), 2, 9, "e"},
		{"whole", source.Whole(f.Span(25, 28)), 1, 2, "one"},
		{"zero", source.Map{}, 0, 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.m.Span(tt.start, tt.end).Text(); got != tt.want {
				t.Errorf("Span(%d, %d) covers %q, want %q", tt.start, tt.end, got, tt.want)
			}
		})
	}
}

func TestSpan(t *testing.T) {
	f := source.NewFile("a", []byte("one two"))
	two := f.Span(4, 7)
	if got := two.Part(1, 3); got.Text() != "wo" || got.Start() != 5 || got.End() != 7 {
		t.Errorf("part: %q, %d-%d", got.Text(), got.Start(), got.End())
	}
	if got := f.Span(-1, math.MaxInt); got.Start() != 0 || got.End() != math.MaxInt32 {
		t.Errorf("beyond the limits: %d-%d", got.Start(), got.End())
	}
	if got := f.Span(0, 3).To(two); got.Text() != "one two" {
		t.Errorf("to: %q", got.Text())
	}
}
