package list_test

import (
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/list"
)

func TestReadClock(t *testing.T) {
	for s, want := range map[string]int{
		"00:00": 0, "08:05": 485, "23:59": 1439, "24:00": 1440,
		"": -1, "8:00": -1, "08:60": -1, "24:01": -1, "08.00": -1, "08:00:00": -1, "-8:00": -1, " 8:00": -1, "0800": -1,
	} {
		got, ok := list.ReadClock(s)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: got %d, %v, want %d", s, got, ok, want)
		}
	}
}

func TestReadZone(t *testing.T) {
	for name, want := range map[string]bool{
		"Europe/Rome": true, "UTC": true, "Etc/UTC": true,
		"": false, "Local": false, "Rome": false, "+01:00": false, "../etc/passwd": false, "/etc/localtime": false,
	} {
		if zone, ok := list.ReadZone(name); ok != want || ok && zone.String() != name {
			t.Errorf("%q: got %v, %v", name, zone, ok)
		}
	}
}

func TestReadDay(t *testing.T) {
	want := time.Monday
	for _, name := range list.DayNames {
		if got, ok := list.ReadDay(name); !ok || got != want {
			t.Errorf("%q: got %v, %v, want %v", name, got, ok, want)
		}
		want = (want + 1) % 7
	}
	for _, name := range []string{"", "Mon", "monday", "mo"} {
		if day, ok := list.ReadDay(name); ok {
			t.Errorf("%q: got %v", name, day)
		}
	}
}
