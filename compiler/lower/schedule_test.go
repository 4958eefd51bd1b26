package lower_test

import (
	"slices"
	"testing"
)

func TestSchedule(t *testing.T) {
	meanings(t, [][2]string{
		{"A|expand: '%hours%'", `(within A "hours" "mon 08:00 to 18:00 in UTC")`},
		{"A|expand: ['%hours%', '%one%']", `(or (within A "hours" "mon 08:00 to 18:00 in UTC") (listed "one" (like A "x")))`},
		{"A: '%hours%'", `(like A "%hours%")`},
	})
}

// A schedule has no text that a modifier, or a value around it, could use.
func TestScheduleMisplaced(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"A|expand|contains: '%hours%'", "error placeholder/schedule |contains|"},
		{"A|re|expand: '%hours%'", "error placeholder/schedule |re|"},
		{"A|cidr|expand: '%hours%'", "error placeholder/schedule |cidr|"},
		{"A|hour|expand: '%hours%'", "error placeholder/schedule |hour|"},
		{"A|gt|expand: '%hours%'", "error placeholder/schedule |gt|"},
		{"A|expand|cased: '%hours%'", "error placeholder/schedule |cased|"},
		{"A|expand|neq: '%hours%'", "error placeholder/schedule |neq|"},
		{"A|expand|base64: '%hours%'", "error placeholder/schedule |base64|"},
		{"A|fieldref|expand: '%hours%'", "error placeholder/schedule |fieldref|"},
		{"A|expand: 'x%hours%'", "error placeholder/schedule |'x%hours%'|"},
		{"A|expand: '%one%%hours%'", "error placeholder/schedule |'%one%%hours%'|"},
		{"A|expand: '%hours%*'", "error placeholder/schedule |'%hours%*'|"},
		{"'|expand': '%hours%'", "error placeholder/schedule |'%hours%'|"},
	} {
		t.Run(tt.line, func(t *testing.T) {
			r, found := lowered(t, item(tt.line))
			if r != nil || !slices.Contains(show(found), tt.want) {
				t.Errorf("got %q, want %q", show(found), tt.want)
			}
		})
	}
}
