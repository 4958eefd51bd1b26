package ir

import (
	"testing"
	"time"
)

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

var (
	workdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	everyDay = append([]time.Weekday{time.Sunday, time.Saturday}, workdays...)

	office = Schedule{Name: "office", Zone: zone("Europe/Rome"), Days: workdays, From: 8 * 60, To: 18 * 60}
	// night is the shift of workdays; that of Friday ends on Saturday.
	night = Schedule{Name: "night", Zone: zone("Europe/Rome"), Days: workdays, From: 22 * 60, To: 6*60 + 30}
)

func during(name string, s Schedule) Expr { return &Within{Field: field(name), Schedule: s} }

func TestSchedule(t *testing.T) {
	late := Schedule{Zone: time.UTC, Days: []time.Weekday{time.Sunday}, From: 18 * 60, To: 0}
	whole := Schedule{Zone: zone("Asia/Kathmandu"), Days: []time.Weekday{time.Saturday}, From: 0, To: 24 * 60}
	always := Schedule{Zone: time.UTC, Days: everyDay, From: 0, To: 24 * 60}
	york := Schedule{Zone: zone("America/New_York"), Days: everyDay, From: 60, To: 2 * 60}
	tests := []struct {
		name string
		s    Schedule
		at   string
		want bool
	}{
		{"begins", office, "2024-01-15T07:00:00Z", true}, // a Monday
		{"just before", office, "2024-01-15T06:59:59.999Z", false},
		{"just before the end", office, "2024-01-15T16:59:59.9999999Z", true},
		{"the end is outside", office, "2024-01-15T17:00:00Z", false},

		{"Friday before summer time", office, "2024-03-29T07:00:00Z", true},
		{"Friday before summer time, too early", office, "2024-03-29T06:30:00Z", false},
		{"Monday in summer time", office, "2024-04-01T06:00:00Z", true},
		{"Monday in summer time, over", office, "2024-04-01T16:00:00Z", false},
		{"Friday before winter time", office, "2024-10-25T16:00:00Z", false},
		{"Monday in winter time", office, "2024-10-28T16:00:00Z", true},
		{"the hour that comes twice, first", york, "2024-11-03T05:30:00Z", true},
		{"the hour that comes twice, second", york, "2024-11-03T06:30:00Z", true},
		{"after the hour that comes twice", york, "2024-11-03T07:00:00Z", false},
		{"before the hour that is left out", york, "2024-03-10T06:59:59Z", true},
		{"after the hour that is left out", york, "2024-03-10T07:00:00Z", false},

		{"Saturday", office, "2024-01-20T10:00:00Z", false},
		{"Sunday", office, "2024-01-21T10:00:00Z", false},
		{"Saturday here, Friday there", whole, "2024-01-19T18:15:00Z", true},
		{"still Friday", whole, "2024-01-19T18:14:59Z", false},
		{"still Saturday", whole, "2024-01-20T18:14:59Z", true},
		{"Sunday here, Saturday there", whole, "2024-01-20T18:15:00Z", false},

		{"the shift begins", night, "2024-01-15T21:00:00Z", true},
		{"the shift has not begun", night, "2024-01-15T20:59:00Z", false},
		{"midnight", night, "2024-01-15T23:00:00Z", true},
		{"the shift goes on", night, "2024-01-16T05:29:59Z", true},
		{"the shift is over", night, "2024-01-16T05:30:00Z", false},
		{"that of Friday goes on", night, "2024-01-20T02:00:00Z", true},
		{"none on Saturday", night, "2024-01-20T22:00:00Z", false},
		{"none from Sunday", night, "2024-01-15T02:00:00Z", false},

		{"to midnight", late, "2024-01-14T23:59:59Z", true},
		{"midnight is outside", late, "2024-01-15T00:00:00Z", false},
		{"always", always, "2024-01-15T00:00:00Z", true},

		{"an offset", office, "2024-01-15T12:30:00+05:30", true},
		{"an offset, too early", office, "2024-01-15T08:30:00+05:30", false},
		{"no offset is UTC", office, "2024-01-15T07:00:00", true},
		{"a day is its midnight", always, "2024-01-15", true},
		{"no time", always, "yesterday", false},
		{"a time of the day alone", always, "08:00:00", false},
		{"empty", always, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := Event{"a": tt.at}
			if got := Eval(during("a", tt.s), e); got != tt.want {
				t.Errorf("%s within %s: got %v", tt.at, tt.s, got)
			}
			if Eval(not(during("a", tt.s)), e) == tt.want {
				t.Errorf("%s: the same outside", tt.at)
			}
		})
	}
}

// What is no text is within no schedule; of several times, one suffices.
func TestScheduleOfNoTime(t *testing.T) {
	for text, want := range map[string]bool{
		`{}`: false, `{"a":null}`: false, `{"a":{}}`: false, `{"a":1705302000}`: false, `{"a":true}`: false, `{"a":[]}`: false,
		`{"a":["2024-01-20T10:00:00Z","2024-01-15T10:00:00Z"]}`: true,
	} {
		if got := Eval(during("a", office), event(t, text)); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}

func TestScheduleString(t *testing.T) {
	want := `(within a "night" "mon, tue, wed, thu, fri 22:00 to 06:30 in Europe/Rome")`
	if got := String(during("a", night)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	same := during("a", night)
	if got := String(Simplify(and(during("a", night), same, same))); got != want {
		t.Errorf("said three times: %s", got)
	}
}
