package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The examples of the page scan-operator, and what follows from its logic.
func TestScan(t *testing.T) {
	const letters = `datatable (Ts: timespan, Event: string) [
		0m, "A", 1m, "Start", 2m, "B", 3m, "D", 4m, "Stop", 6m, "C", 8m, "Start", 11m, "E", 12m, "Stop"] | sort by Ts asc `
	for _, c := range []struct{ name, query, want string }{
		{"cumulative sum, a default", `range x from 1 to 5 step 1
			| scan declare (cumulative_x: long = 0) with (step s1: true => cumulative_x = x + s1.cumulative_x;)
			| project cumulative_x`, "1 3 6 10 15"},
		{"two sums with a reset", `range x from 1 to 5 step 1 | extend y = 2 * x
			| scan declare (cx: long = 0, cy: long = 0) with (
				step s1: true => cx = iff(s1.cx >= 10, x, x + s1.cx), cy = iff(s1.cy >= 10, y, y + s1.cy);)
			| project tostring(cx), tostring(cy)`, "1,2 3,6 6,12 10,8 5,18"},
		{"fill forward", `datatable (Ts: timespan, Event: string) [0m, "A", 1m, "", 2m, "B", 3m, "", 4m, "", 6m, "C"] | sort by Ts asc
			| scan declare (filled: string = "") with (step s1: true => filled = iff(isempty(Event), s1.filled, Event);)
			| project filled`, "A A B B B C"},
		{"sessions", `datatable (Ts: timespan, Event: string) [0m, "A", 1m, "A", 2m, "B", 3m, "D", 32m, "B", 36m, "C", 38m, "D", 41m, "E", 75m, "A"]
			| sort by Ts asc
			| scan with_match_id = id declare (start: timespan) with (
				step inSession: true => start = iff(isnull(inSession.start), Ts, inSession.start);
				step endSession output=none: Ts - inSession.start > 30m;)
			| project Event, start, id`,
			"A,00:00:00,0 A,00:00:00,0 B,00:00:00,0 D,00:00:00,0 B,00:32:00,1 C,00:32:00,1 D,00:32:00,1 E,00:32:00,1 A,01:15:00,2"},
		{"between start and stop", letters + `| scan with_match_id = m_id with (
				step s1: Event == "Start";
				step s2: Event != "Start" and Event != "Stop" and Ts - s1.Ts <= 5m;
				step s3: Event == "Stop" and Ts - s1.Ts <= 5m;)
			| project Ts, Event, m_id`,
			"00:01:00,Start,0 00:02:00,B,0 00:03:00,D,0 00:04:00,Stop,0 00:08:00,Start,1 00:11:00,E,1 00:12:00,Stop,1"},
		{"one row for each pair", `datatable (Ts: timespan, Event: string) [1m, "login", 5m, "logout", 7m, "logout", 8m, "login", 9m, "logout"] | sort by Ts asc
			| scan declare (start: timespan, end: timespan) with (
				step s1 output=none: Event == "login" => start = Ts;
				step s2 output=all: Event == "logout" => start = s1.start, end = Ts;)
			| project start, end`, "00:01:00,00:05:00 00:01:00,00:07:00 00:08:00,00:09:00"},
		{"last of a run", letters + `| scan with (
				step s1 output=last: Event != "Stop";
				step s2: Event == "Stop";)
			| project Ts, Event`, "00:03:00,D 00:04:00,Stop 00:11:00,E 00:12:00,Stop"},
		{"last at the end", letters + `| scan with (step s1 output=last: true;) | project Ts`, "00:12:00"},
		{"nothing matches", letters + `| scan with (step s1: Event == "X";)`, ""},
		{"no rows", letters + `| where false | scan declare (n: long = 7) with (step s1: true => n = s1.n + 1;) | project n`, ""},
		{"the state before any match", `range x from 1 to 2 step 1
			| scan declare (y: long, s: string) with (step s1: true => y = s1.x, s = s1.s;) | project y, s`, "null,\"\" 1,\"\""},
		{"an assignment sees the row as it was", `range x from 1 to 2 step 1
			| scan declare (a: long = 0, b: long = 5) with (step s1: true => a = x, b = a;) | project a, b`, "1,0 2,0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := strings.Split(strings.TrimSpace(lines(query(t, c.query, nil))), "\n")[1:]
			got := strings.ReplaceAll(strings.Join(rows, " "), " | ", ",")
			if diff := cmp.Diff(c.want, strings.ReplaceAll(got, " , ", ",")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestScanErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no order":          `SignIn | scan with (step s1: true;)`,
		"undeclared":        `SignIn | sort by Time asc | scan with (step s1: true => y = Code;)`,
		"another type":      `SignIn | sort by Time asc | scan declare (y: datetime) with (step s1: true => y = User;)`,
		"unknown column":    `SignIn | sort by Time asc | scan with (step s1: s1.Nothing == 1;)`,
		"no condition":      `SignIn | sort by Time asc | scan with (step s1: Code;)`,
		"one name twice":    `SignIn | sort by Time asc | scan with (step s1: true; step s1: true;)`,
		"prev after it":     `SignIn | sort by Time asc | scan with (step s1: true;) | extend x = prev(Code)`,
		"optional":          `SignIn | sort by Time asc | scan with (step s1: true; step s2 optional: true;)`,
		"a wrong default":   `SignIn | sort by Time asc | scan declare (y: long = Nothing) with (step s1: true;)`,
		"an unknown type":   `SignIn | sort by Time asc | scan declare (y: number) with (step s1: true;)`,
		"an unknown output": `SignIn | sort by Time asc | scan with (step s1 output=some: true;)`,
	} {
		t.Run(name, func(t *testing.T) {
			if out, err := Run(parse(t, text), database()); err == nil {
				t.Errorf("no error but\n%s", lines(out))
			}
		})
	}
}

// ingestion_time() is a hidden column, which operators that make new rows lose.
func TestIngestionTime(t *testing.T) {
	db := map[string]Table{"T": {
		Columns: []Column{{"x", "long"}, {IngestionTime, "datetime"}},
		Rows:    [][]any{{1, Clock}, {2, Clock.Add(1)}},
	}}
	if got := lines(query(t, "T | where x > 1 | extend a = ingestion_time() > now()", db)); got != "x | a\n2 | true\n" {
		t.Error(got)
	}
	if got := lines(query(t, "T", db)); got != "x\n1\n2\n" {
		t.Error(got)
	}
	for _, text := range []string{"T | project x | extend a = ingestion_time()", "T | summarize count() by ingestion_time()| extend b = ingestion_time()", "print ingestion_time()"} {
		if _, err := Run(parse(t, text), db); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}
