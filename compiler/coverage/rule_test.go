package coverage_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/coverage"
)

func TestFlow(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"one line", "a b", "a b"},
		{"lines of a paragraph", "a\nb\nc\n", "a b c"},
		{"paragraphs", "a\nb\n\nc\nd", "a b\n\nc d"},
		{"a list", "a:\n- b\n- c", "a:\n- b\n- c"},
		{"scripts without blanks", "監視\nする。\nSigma\nを", "監視する。 Sigma を"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := coverage.Flow(tt.text); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
