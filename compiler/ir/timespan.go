package ir

import (
	"fmt"
	"time"
)

// Timespan writes a duration in the greatest unit that it is whole in, as Sigma, KQL and SPL all do: 10m, 1h, 2d.
func Timespan(d time.Duration) string {
	switch {
	case d%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	default:
		return fmt.Sprintf("%ds", d/time.Second)
	}
}
