package cases_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/cases"
	"github.com/sigc-rules/sigc/compiler/source"
)

// files are the shared bases that the tests can ask for.
var files = map[string]string{
	"rules/bases/audit.json": `{"bases": "more.json", "base": {
		"update": {"shape": "made up", "event": {
			"time": "2026-11-02T08:00:00.5000000Z", "result": "success",
			"properties": {"activityDateTime": "2026-11-02T07:58:00.1234567+00:00", "targets": [
				{"name": "a", "values": [{"key": "x", "value": "1"}, {"key": "y", "value": null}]},
				{"name": "b", "values": []}]}}},
		"failure": {"from": "update", "set": {"result": "failure"}}}}`,
	"rules/bases/more.json":   `{"base": {"far": {"event": {"a.b": 1, "UtcTime": "2026-11-02 08:00:00"}}}}`,
	"rules/bases/circle.json": `{"bases": "circle.json"}`,
	"rules/bases/broken.json": "{\n\"base\": {\"x\": {\"evnt\": {}}}}",
}

func open(name string) ([]byte, error) {
	if text, ok := files[name]; ok {
		return []byte(text), nil
	}
	return nil, errors.New("no such file")
}

func read(text string) (*cases.File, error) {
	return cases.Read(source.NewFile("rules/x/a.events.json", []byte(text)), open)
}

// one returns the text of a file with one case, which starts from a base.
func one(rest string) string {
	return `{"bases": "../bases/audit.json", "cases": [{"name": "n", "match": true, ` + rest + `}]}`
}

func TestEvents(t *testing.T) {
	const targets = `"targets":[{"name":"a","values":[{"key":"x","value":"1"},{"key":"y","value":null}]},{"name":"b","values":[]}]`
	const usual = `{"properties":{"activityDateTime":"2026-11-02T07:58:00.1234567+00:00",` + targets + `},"result":"success","time":"2026-11-02T08:00:00.5000000Z"}`
	tests := []struct{ name, text, want string }{
		{"written out", `"event": {"a": 1.50, "b": [true, null]}`, `{"a":1.50,"b":[true,null]}`},
		{"a base", `"from": "update"`, usual},
		{"a base of a base", `"from": "failure"`, strings.Replace(usual, "success", "failure", 1)},
		{"a base of a file that the file asks for", `"from": "far"`, `{"UtcTime":"2026-11-02 08:00:00","a.b":1}`},
		{"null is a value", `"from": "update", "change": {"result": null}`, strings.Replace(usual, `"success"`, "null", 1)},
		{"objects merge, arrays do not", `"from": "update", "change": {"properties": {"targets": [], "new": {"a": 1}}}`,
			`{"properties":{"activityDateTime":"2026-11-02T07:58:00.1234567+00:00","new":{"a":1},"targets":[]},"result":"success","time":"2026-11-02T08:00:00.5000000Z"}`},
		{"a member by its number", `"from": "update", "set": {"properties.targets[0].values[1].value": 2}`, strings.Replace(usual, `"y","value":null`, `"y","value":2`, 1)},
		{"a member by a key", `"from": "update", "set": {"properties.targets[name=a].values[key=y].value": "z"}`, strings.Replace(usual, `"y","value":null`, `"y","value":"z"`, 1)},
		{"a whole member", `"from": "update", "set": {"properties.targets[0]": 0}`, strings.Replace(usual, `{"name":"a","values":[{"key":"x","value":"1"},{"key":"y","value":null}]}`, `0`, 1)},
		{"a quoted key", `"from": "far", "set": {"['a.b']": 2}`, `{"UtcTime":"2026-11-02 08:00:00","a.b":2}`},
		{"a new key", `"from": "update", "add": {"properties.targets[1].more": {}, "top": 1}`,
			strings.Replace(strings.Replace(usual, `"name":"b",`, `"more":{},"name":"b",`, 1), `Z"}`, `Z","top":1}`, 1)},
		{"a new member", `"from": "update", "add": {"properties.targets[name=b].values[]": "v"}`, strings.Replace(usual, `"values":[]`, `"values":["v"]`, 1)},
		{"what is removed", `"from": "update", "remove": ["properties.targets[0]", "result"]`,
			`{"properties":{"activityDateTime":"2026-11-02T07:58:00.1234567+00:00","targets":[{"name":"b","values":[]}]},"time":"2026-11-02T08:00:00.5000000Z"}`},
		{"another time", `"from": "update", "time": "2026-11-03T09:00:00Z"`,
			strings.NewReplacer("2026-11-02T08:00:00.5000000Z", "2026-11-03T09:00:00.0000000Z", "2026-11-02T07:58:00.1234567+00:00", "2026-11-03T08:57:59.6234567+00:00").Replace(usual)},
		{"JSON in a text", `"event": {"a": {"$json": {"z": [1, "x y"], "b": null}}}`, `{"a":"{\"z\":[1,\"x y\"],\"b\":null}"}`},
		{"edits in their order", `"from": "update", "remove": ["properties.x"], "add": {"properties.x": 1}, "change": {"properties": {"targets": null}}`,
			`{"properties":{"activityDateTime":"2026-11-02T07:58:00.1234567+00:00","targets":null},"result":"success","time":"2026-11-02T08:00:00.5000000Z"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := read(one(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(f.Cases[0].Events[0])
			if err != nil || string(got) != tt.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, tt.want)
			}
		})
	}
}

// TestFresh makes sure that the events of two cases share nothing.
func TestFresh(t *testing.T) {
	f, err := read(`{"bases": ["../bases/audit.json"], "cases": [
		{"name": "1", "match": true, "from": "update", "remove": ["properties.targets"]},
		{"name": "2", "match": false, "from": "update", "set": {"properties.targets[0].name": "c"}}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if _, there := f.Cases[1].Events[0]["properties"].(map[string]any)["targets"]; !there {
		t.Error("a case changes the event of the next one")
	}
}

func TestSequence(t *testing.T) {
	f, err := read(`{"bases": "../bases/audit.json", "cases": [{"name": "n", "match": true, "fires": 2, "events": [
		{"from": "update", "time": "2026-11-02T08:00:00Z", "repeat": {"times": 3, "every": "90s",
			"vary": {"result": "user-{n}", "properties.targets[0].name": ["a", "b"]}}},
		{"from": "failure", "after": "1d2h"},
		{"from": "update"}]}]}`)
	if err != nil {
		t.Fatal(err)
	}
	c := f.Cases[0]
	var got []string
	for _, e := range c.Events {
		properties := e["properties"].(map[string]any)
		name := properties["targets"].([]any)[0].(map[string]any)["name"]
		got = append(got, fmt.Sprintf("%s %s %s %s", e["time"], properties["activityDateTime"], e["result"], name))
	}
	want := `2026-11-02T08:00:00.0000000Z 2026-11-02T07:57:59.6234567+00:00 user-1 a
2026-11-02T08:01:30.0000000Z 2026-11-02T07:59:29.6234567+00:00 user-2 b
2026-11-02T08:03:00.0000000Z 2026-11-02T08:00:59.6234567+00:00 user-3 a
2026-11-03T10:03:00.0000000Z 2026-11-03T10:00:59.6234567+00:00 failure a
2026-11-02T08:00:00.5000000Z 2026-11-02T07:58:00.1234567+00:00 success a`
	if s := strings.Join(got, "\n"); s != want || !c.Sequence || c.Fires != 2 {
		t.Errorf("fires %d, got\n%s", c.Fires, s)
	}
}

func TestErrors(t *testing.T) {
	tests := []struct{ name, text, err string }{
		{"unknown key", `{"case": []}`, `rules/x/a.events.json:1:2: a file of cases has no key "case"; did you mean "cases"?`},
		{"unknown key of a case", one(`"evnet": {}`), `1:73: a case has no key "evnet"; did you mean "event"?`},
		{"the same key twice", "{\"shape\": \"\",\n \"shape\": \"\"}", `2:2: the key "shape" stands here twice`},
		{"no match", `{"cases": [{"name": "n", "event": {}}]}`, `1:12: case "n" needs "match"`},
		{"no name", `{"cases": [{"match": true, "event": {}}]}`, `1:12: a case needs "name"`},
		{"match is no boolean", `{"cases": [{"name": "n", "match": "yes", "event": {}}]}`, `1:35: "match" is true or false`},
		{"no event", one(`"set": {}`), `this needs "event" or "from"`},
		{"two events", one(`"event": {}, "from": "update"`), `one is enough`},
		{"the event is null", one(`"event": null`), `an event is an object`},
		{"two names", `{"cases": [{"name": "n", "match": true, "event": {}}, {"name": "n", "match": true, "event": {}}]}`, `1:64: two cases have the name "n"`},
		{"no base", one(`"from": "updat"`), `1:81: no base has the name "updat"; did you mean "update"?`},
		{"no bases at all", `{"cases": [{"name": "n", "match": true, "from": "x"}]}`, `no base has the name "x"; there are none`},
		{"a base that nothing uses", `{"base": {"b": {"event": {}}}, "cases": []}`, `1:11: nothing starts from the base "b"`},
		{"a base in a circle", `{"base": {"a": {"from": "b"}, "b": {"from": "a"}}, "cases": [{"name": "n", "match": true, "from": "a"}]}`, `starts from itself`},
		{"a file that is not there", `{"bases": "x.json", "cases": []}`, `1:11: the file of bases cannot be read: no such file`},
		{"a file in a circle", `{"bases": "../bases/circle.json", "cases": []}`, `rules/bases/circle.json:1:11: "rules/bases/circle.json" asks for itself`},
		{"a file with a mistake", `{"bases": "../bases/broken.json", "cases": []}`, `rules/bases/broken.json:2:16: a base has no key "evnt"`},
		{"set what is not there", one(`"from": "update", "set": {"properties.target": 1}`), `"properties" has no "target"; did you mean "targets"?`},
		{"set a member that is not there", one(`"from": "update", "set": {"properties.targets[2]": 1}`), `"properties.targets" has 2 members, so there is none at "[2]"`},
		{"no member with the key", one(`"from": "update", "set": {"properties.targets[name=c]": 1}`), `"properties.targets" has no member with name "c"; there are "a", "b"`},
		{"two members with the key", one(`"event": {"a": [{"k": "x"}, {"k": "x"}]}, "set": {"a[k=x]": 1}`), `"a" has 2 members with k "x"; pick one by its number`},
		{"set behind the last member", one(`"from": "update", "set": {"properties.targets[]": 1}`), `which is only for adding`},
		{"a member of an object", one(`"from": "update", "set": {"properties[0]": 1}`), `"properties" is an object, not an array for "[0]"`},
		{"a key of a text", one(`"from": "update", "set": {"result.x": 1}`), `"result" is a text, not an object with "x"`},
		{"add what is there", one(`"from": "update", "add": {"result": 1}`), `"result" is there already; "set" replaces what is there`},
		{"add in the middle", one(`"from": "update", "add": {"properties.targets[0]": 1}`), `a member is added to an array at "[]", not at "[0]"`},
		{"remove what is not there", one(`"from": "update", "remove": ["resultReason"]`), `the event has no "resultReason"`},
		{"a path that is not closed", one(`"event": {}, "set": {"a[0": 1}`), `path "a[0": "[" is not closed`},
		{"an empty path", one(`"event": {}, "set": {"": 1}`), `a path is empty`},
		{"an empty key", one(`"event": {}, "set": {"a..b": 1}`), `path "a..b": a key is empty`},
		{"a dot at the end", one(`"event": {}, "set": {"a.": 1}`), `path "a.": no key follows a dot`},
		{"no number", one(`"event": {}, "set": {"a[-1]": 1}`), `"[-1]" picks nothing`},
		{"no time to move", one(`"event": {}, "time": "2026-11-02T08:00:00Z"`), `the event has no time that could be moved`},
		{"a time that cannot be moved", one(`"from": "far", "time": "2026-11-02T08:00:00Z"`), `the time "2026-11-02 08:00:00" of the event is not of the form`},
		{"no time", one(`"from": "update", "time": "yesterday"`), `a time is of the form`},
		{"fires without events", one(`"from": "update", "fires": 1`), `"fires" belongs to a case with "events"`},
		{"fires and matches differ", one(`"events": [{"from": "update"}], "fires": 0`), `at least 1 where "match" is true`},
		{"an event beside events", one(`"events": [{"from": "update"}], "from": "update"`), `a case with "events" has no "from"`},
		{"after nothing", one(`"events": [{"from": "update", "after": "1s"}]`), `no event stands before this one`},
		{"time and after", one(`"events": [{"from": "update"}, {"from": "update", "time": "2026-11-02T08:00:00Z", "after": "1s"}]`), `one is enough`},
		{"no timespan", one(`"events": [{"from": "update"}, {"from": "update", "after": "-1s"}]`), `a timespan is of the form`},
		{"never", one(`"events": [{"from": "update", "repeat": {"times": 0}}]`), `a number from 1 to 10000`},
		{"too often", one(`"events": [{"from": "update", "repeat": {"times": 9999}}, {"from": "update", "repeat": {"times": 2}}]`), `at most 10000 events`},
		{"varied without a number", one(`"events": [{"from": "update", "repeat": {"times": 2, "vary": {"result": "x"}}}]`), `a text with {n}`},
		{"cut off", "{\n\"cases\": [", "2:11: the text ends too early"},
		{"broken", "{\n\"cases\": [\n}", "3:1: "},
		{"something behind it", `{"cases": []} {}`, "1:15: something stands after the end"},
		{"empty", "", "1:1: the text ends too early"},
		{"no object", "[]", "1:1: the file must be one object"},
		{"deep", strings.Repeat("[", 100000), "more than 200 deep"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("got %v, want %q", err, tt.err)
			}
			var e *cases.Error
			if !errors.As(err, &e) || e.At.End() < e.At.Start() || e.At.End() > len(e.At.File.Text) {
				t.Errorf("the error %v has no place", err)
			}
		})
	}
}

// TestEvery reports the mistakes of all cases, not only the first.
func TestEvery(t *testing.T) {
	_, err := read(`{"cases": [{"name": "a"}, {"name": "b"}]}`)
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("got %v, want two lines", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(one(`"from": "update", "set": {"properties.targets[name=a].values[1]": {"$json": [1]}}, "add": {"x[]": 1}, "remove": ["['a']"]`))
	f.Add(one(`"events": [{"from": "update", "repeat": {"times": 2, "every": "1d", "vary": {"result": "{n}"}}}]`))
	f.Fuzz(func(t *testing.T, text string) {
		_, err := read(text)
		var e *cases.Error
		if err != nil && (!errors.As(err, &e) || e.At.Start() > e.At.End() || e.At.End() > len(e.At.File.Text)) {
			t.Errorf("%v has no place", err)
		}
	})
}
