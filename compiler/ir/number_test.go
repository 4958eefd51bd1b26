package ir

import (
	"math/big"
	"strings"
	"testing"
)

func TestCanon(t *testing.T) {
	tests := []struct{ in, want string }{
		{"0", "0"}, {"-0", "0"}, {"-0.0", "0"}, {"0e9", "0"}, {"00", "0"},
		{"4625", "4625"}, {"+4625", "4625"}, {"004625", "4625"}, {"-4625", "-4625"},
		{"4625.0", "4625"}, {"4.625e3", "4625"}, {"4.625E+3", "4625"}, {"46250e-1", "4625"},
		{"1.50", "1.5"}, {".5", "0.5"}, {"5.", "5"}, {"-.5", "-0.5"}, {"0.000", "0"},
		{"1e21", "1000000000000000000000"}, {"1e-7", "0.0000001"},
		{"123456789012345678901", "123456789012345678901"}, // no digit is lost, as it would be in a float64
		{"0.12345678901234567890", "0.1234567890123456789"},
		{"9007199254740993", "9007199254740993"},
		{"1e400", "1e400"}, // too long to be written out
		{"1e-999999999", "1e-999999999"},
		{"1e99999999999999999999", "1e99999999999999999999"},
		// no numbers
		{"", ""}, {"abc", "abc"}, {"--5", "--5"}, {"+-5", "+-5"}, {"-", "-"}, {".", "."}, {"e5", "e5"}, {"5e", "5e"},
		{"1.2.3", "1.2.3"}, {"2024-01-02", "2024-01-02"}, {"0x17", "0x17"}, {"1_000", "1_000"}, {"NaN", "NaN"}, {"inf", "inf"},
		{" 5", " 5"}, {"٥", "٥"}, {"1e5e5", "1e5e5"},
	}
	for _, tt := range tests {
		if got := Canon(tt.in); got != tt.want {
			t.Errorf("Canon(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestIsNumber(t *testing.T) {
	for _, s := range []string{"0", "-1", "+1", "1.5", ".5", "5.", "1e3", "-1.5E-3"} {
		if !IsNumber(s) {
			t.Errorf("%q is a number", s)
		}
	}
	for _, s := range []string{"", "-", ".", "e3", "1e", "1.2.3", "5-3", "10.0.0.1", "2024-01-02", "inf", "nan", "0x10", "1 ", "1_0"} {
		if IsNumber(s) {
			t.Errorf("%q is no number", s)
		}
	}
}

// FuzzCanon compares the digits with those of exact arithmetic: the value stays, and of equal numbers the text is equal.
func FuzzCanon(f *testing.F) {
	for _, s := range []string{"0", "-0.0", "1e3", "1000.", "-12.50e-1", "99999999999999999999", "x", "1e-400"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Canon(s)
		if Canon(got) != got {
			t.Errorf("Canon(%q) = %q, and of that %q", s, got, Canon(got))
		}
		if !IsNumber(s) {
			if got != s {
				t.Errorf("Canon(%q) = %q, though it is no number", s, got)
			}
			return
		}
		if len(s) > 50 || strings.ContainsAny(s, "eE") && got == s {
			return
		}
		before, ok1 := new(big.Rat).SetString(s)
		after, ok2 := new(big.Rat).SetString(got)
		if !ok1 || !ok2 || before.Cmp(after) != 0 {
			t.Errorf("Canon(%q) = %q is another number", s, got)
		}
		if _, fraction, point := strings.Cut(got, "."); point && strings.HasSuffix(fraction, "0") || len(got) > 1 && got[0] == '0' && got[1] != '.' {
			t.Errorf("Canon(%q) = %q is not the shortest", s, got)
		}
	})
}
