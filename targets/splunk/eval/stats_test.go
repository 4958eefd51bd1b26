package eval

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// at makes events of "second name" words, and of numbers beside them.
func at(words ...string) []Event {
	var out []Event
	for _, w := range words {
		var second, n int
		var name string
		if _, err := fmt.Sscanf(strings.ReplaceAll(w, "/", " "), "%d %s %d", &second, &name, &n); err != nil {
			panic(err)
		}
		t := time.Unix(int64(second), 0)
		out = append(out, Event{Record: map[string]any{"name": name, "n": fmt.Sprint(n)}, Time: t, Indexed: t})
	}
	return out
}

func TestStats(t *testing.T) {
	events := at("10/a/5", "12/b/1", "12/a/7", "15/a/1", "11/b/2")
	for _, test := range []struct{ spl, want string }{
		{`sort 0 _time | table _time, name`, "10 a|11 b|12 b|12 a|15 a"},
		{`sort 0 -_time, name | table _time, name`, "15 a|12 a|12 b|11 b|10 a"},
		{`sort 0 name, -_time | table _time, name`, "15 a|12 a|10 a|12 b|11 b"},
		{`sort 0 _time, name | streamstats count AS c BY name | table c, name`, "1 a|1 b|2 a|2 b|3 a"},
		{`sort 0 _time, name | streamstats current=f max(_time) AS m BY name | eval m=coalesce(m, 0) | table m, name`, "0 a|0 b|10 a|11 b|12 a"},
		{`sort 0 _time, name | streamstats window=2 global=f min(_time) AS m count AS c BY name | table m, c`, "10 1|11 1|10 2|11 2|12 2"},
		{`sort 0 _time, name | streamstats window=2 min(_time) AS m | table m`, "10|10|11|12|12"},
		{`eval x=tonumber(n) | sort 0 _time, name | streamstats sum(x) AS s max(x) AS g BY name | table s, g`, "5 5|2 2|12 7|3 2|13 7"},
		{`eval x=tonumber(n) | stats sum(x) AS s min(x) AS l count AS c BY name | sort 0 name | table name, s, l, c`, "a 13 1 3|b 3 1 2"},
		{`eval x=if(n="7", 1, null()) | stats max(x) AS m BY name | sort 0 name | eval m=coalesce(m, -1) | table m`, "1|-1"}, // null counts for nothing
		{`stats count AS c BY _time, name | sort 0 _time, name | where c=1 AND _time>11 | table _time`, "12|12|15"},
		{`fields name | eval x=if(isnull(n), "gone", n).if(isnull(_raw), "", "!") | sort 0 name | table x`, "gone!|gone!|gone!|gone!|gone!"},
		{`fields name | fields - _raw | eval x=if(isnull(_raw), 1, 0) | where x=1 AND _time=15 | table name`, "a"},
		{`bin _time span=5s | stats count AS c dc(name) AS d BY _time | sort 0 _time | table _time, c, d`, "10 4 2|15 1 1"},
		{`eval x=if(n="7", 1, null()) | stats dc(x) AS d BY name | sort 0 name | table d`, "1|0"}, // null is no value
		{"```a comment | where``` where n=\"5\" ```and another```| table name", "a"},
		{`addinfo | where _indextime>=info_max_time-8 | sort 0 _time, name | table name`, "a|b|a"},
		{`where n="5" | eval x=mvappend(null(), "q", if(1=0, "r", null()), "p") | mvexpand x | table x`, "q|p"},
		{`where n="5" | eval x=split("in 0,out 3", ",") | mvexpand x | eval y=tonumber(mvindex(split(x, " "), 1))*2+1 | table y`, "1|7"},
		{`where n="5" | eval x=min(3, 1, 2), y=round(0.1+0.2, 9), z=(7-1)/4 | table x, y, z`, "1 0.3 1.5"},
		{`where n="5" | eval x=strftime(_time, "%Y-%m-%dT%H:%M:%S%z") | table x`, "1970-01-01T00:00:10+0000"},
	} {
		rows, err := Reading{}.Results("index=* | "+test.spl, Search{Events: events, Until: time.Unix(20, 0)})
		if err != nil {
			t.Errorf("%s: %v", test.spl, err)
			continue
		}
		_, list, _ := strings.Cut(test.spl[strings.LastIndex(test.spl, "| table"):], "table ")
		var got []string
		for _, row := range rows {
			var cells []string
			for _, f := range strings.Split(list, ", ") {
				cells = append(cells, row[f])
			}
			got = append(got, strings.Join(cells, " "))
		}
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("%s: got %s, want %s", test.spl, s, test.want)
		}
	}
}

// TestStatsMistakes: what Splunk's documentation leaves open, or cuts off, is an error.
func TestStatsMistakes(t *testing.T) {
	for _, spl := range []string{
		`sort _time`, `sort 0 missing`, `sort 0`, `streamstats max(_time) AS m BY missing`, `stats count AS c BY missing`, `stats count AS c`, `stats BY name`,
		`streamstats window=2 max(_time) AS m BY name`, `streamstats window=10001 global=f count AS c`, `streamstats window=0 count AS c`,
		`streamstats time_window=5m count AS c`, `streamstats current=t count AS c`, `streamstats count`, `streamstats first(_time) AS f`, `streamstats max(n) AS m`,
		`streamstats count(n) AS m`, `streamstats max() AS m`, `eval x=1/0`, `eval x=n*2`, `eval x=min(n, 1)`, `eval x=round(n, 1)`, `fields - `, `eval x=mvappend("a", "b") | stats count AS c BY x`,
	} {
		rows, err := Reading{}.Results("index=* | "+spl, Search{Events: at("10/a/5"), Until: time.Unix(20, 0)})
		if err == nil {
			t.Errorf("%s: no error but %v", spl, rows)
		}
	}
	if _, err := (Reading{}).Results("index=* | addinfo", Search{Events: at("10/a/5")}); err == nil {
		t.Error("a search without a latest time has one")
	}
}

// TestTies: rows that sort cannot tell apart come in either order.
func TestTies(t *testing.T) {
	first := func(r Reading) string {
		rows, err := r.Results("index=* | sort 0 _time", Search{Events: at("10/a/1", "10/b/2")})
		if err != nil {
			t.Fatal(err)
		}
		return rows[0]["name"]
	}
	if a, b := first(Reading{}), first(Reading{TiesTurned: true}); a != "a" || b != "b" {
		t.Errorf("%s and %s come first", a, b)
	}
}
