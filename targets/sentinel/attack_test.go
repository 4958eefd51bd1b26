package sentinel

import "testing"

func TestIsTechnique(t *testing.T) {
	for word, want := range map[string]bool{
		"t1078": true, "t1078.004": true,
		"": false, "t": false, "1078": false, "t107": false, "t10781": false, "t1078.": false, "t1078.04": false, "t1078.0044": false,
		"t1078.00a": false, "ta0001": false, "x1078": false, "t107é": false, "t1078.004.1": false,
	} {
		if got := isTechnique(word); got != want {
			t.Errorf("%q: got %v, want %v", word, got, want)
		}
	}
	for word, want := range map[string]bool{
		"g0016": true, "s0002": true, "m1032": true, "ds0017": true, "ta0001": true,
		"": false, "d0017": false, "g016": false, "g00161": false, "t1078": false, "execution": false, "gs0016": false,
	} {
		if got := isGroupOrSoftware(word); got != want {
			t.Errorf("%q: got %v, want %v", word, got, want)
		}
	}
}
