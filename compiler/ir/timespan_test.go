package ir

import (
	"testing"
	"time"
)

func TestTimespan(t *testing.T) {
	for _, tt := range []struct {
		d    time.Duration
		want string
	}{
		{30 * time.Second, "30s"}, {90 * time.Second, "90s"}, {10 * time.Minute, "10m"}, {90 * time.Minute, "90m"},
		{time.Hour, "1h"}, {36 * time.Hour, "36h"}, {48 * time.Hour, "2d"}, {7 * 24 * time.Hour, "7d"},
	} {
		if got := Timespan(tt.d); got != tt.want {
			t.Errorf("Timespan(%s) = %q, want %q", tt.d, got, tt.want)
		}
	}
}
