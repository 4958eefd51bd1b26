package check

import "testing"

func TestIsTechnique(t *testing.T) {
	for name, want := range map[string]bool{
		"t1098": true, "t1098.003": true,
		"": false, "t109": false, "t10981": false, "T1098": false, "1098": false, "g1098": false, "t1o98": false,
		"t1098.": false, "t1098.03": false, "t1098.0003": false, "t1098.0a3": false, "t1098.00.3": false, "tt098": false,
	} {
		if got := isTechnique(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
