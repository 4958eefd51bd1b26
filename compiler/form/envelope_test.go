package form

import (
	"strings"
	"testing"
)

// What tools put events into is taken off; what only looks like it is an event.
func TestSplit(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"one event", `{"a": 1}`, `[{"a":1}]`},
		{"an array", `[{"a": 1}, [{"a": 2}]]`, `[{"a":1},{"a":2}]`},
		{"a message of an Event Hub", `{"records": [{"a": 1}]}`, `[{"a":1}]`},
		{"several of them", `[{"records": [{"a": 1}]}, {"records": [{"a": 2}]}]`, `[{"a":1},{"a":2}]`},
		{"one with its properties", `{"body": {"records": [{"a": 1}]}, "enqueuedTimeUtc": "x", "properties": {}}`, `[{"a":1}]`},
		{"one as text", `{"body": "{\"records\": [{\"a\": 1}]}"}`, `[{"a":1}]`},
		{"a file of CloudTrail", `{"Records": [{"a": 1}]}`, `[{"a":1}]`},
		{"an answer of Graph", `{"@odata.context": "x", "value": [{"a": 1}]}`, `[{"a":1}]`},
		{"a line of an export of Splunk", `{"preview": false, "offset": 0, "lastrow": true, "result": {"a": 1}}`, `[{"a":1}]`},
		{"an answer of Splunk", `{"preview": false, "init_offset": 0, "messages": [], "fields": [], "results": [{"a": 1}], "highlighted": {}}`, `[{"a":1}]`},
		{"an answer of Defender", `{"Schema": [], "Results": [{"a": 1}]}`, `[{"a":1}]`},
		{"an answer of Defender from Graph", `{"@odata.context": "x", "schema": [], "results": [{"a": 1}]}`, `[{"a":1}]`},
		{"an answer of Elasticsearch", `{"took": 1, "hits": {"total": 1, "hits": [{"_index": "i", "_id": "x", "_source": {"a": 1}}]}}`, `[{"a":1}]`},
		{"a document of a dump", `{"_index": "i", "_id": "x", "_source": {"a": 1}}`, `[{"a":1}]`},
		{"fields of a document", `{"_index": "i", "fields": {"a": [1], "b": [1, 2]}}`, `[{"a":1,"b":[1,2]}]`},
		{"a hit of Chainsaw about several", `{"kind": "aggregate", "documents": [{"data": {"Event": {"System": {}}}}]}`, `[{"Event":{"System":{}}}]`},
		{"an answer of Log Analytics", `{"tables": [{"name": "PrimaryResult", "columns": [{"name": "a", "type": "long"}, {"name": "b"}], "rows": [[1, null], [2, "x"]]}]}`,
			`[{"a":1,"b":null},{"a":2,"b":"x"}]`},
		{"lookup-events", `{"Events": [{"EventName": "x", "CloudTrailEvent": "{\"a\": 1}"}]}`, `[{"a":1}]`},
		{"CloudWatch Logs", `{"events": [{"message": "{\"a\": 1}", "timestamp": 1}], "searchedLogStreams": []}`, `[{"a":1}]`},
		{"a subscription of CloudWatch Logs", `{"messageType": "DATA_MESSAGE", "logEvents": [{"id": "1", "message": "{\"a\": 1}"}]}`, `[{"a":1}]`},

		{"none", `[]`, `null`},
		{"an event with records", `{"records": [{"a": 1}], "b": 2}`, `[{"b":2,"records":[{"a":1}]}]`},
		{"an event with a value", `{"value": "x"}`, `[{"value":"x"}]`},
		{"an event with a result", `{"result": "success"}`, `[{"result":"success"}]`},
		{"an event with a result and more", `{"result": {"a": 1}, "b": 2}`, `[{"b":2,"result":{"a":1}}]`},
		{"an event with a list of results alone", `{"result": [{"a": 1}], "b": 1}`, `[{"b":1,"result":[{"a":1}]}]`},
		{"an event with events", `{"events": [{"a": 1}]}`, `[{"events":[{"a":1}]}]`},
		{"an event with tables", `{"tables": ["a"]}`, `[{"tables":["a"]}]`},
		{"an event with a body", `{"body": "text"}`, `[{"body":"text"}]`},
		{"an event with documents", `{"documents": [{"a": 1}]}`, `[{"documents":[{"a":1}]}]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			events, err := Split(decodeJSON(t, tt.text))
			if err != nil {
				t.Fatal(err)
			}
			var list []any
			for _, e := range events {
				list = append(list, e)
			}
			if got := encode(list, false); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	for text, want := range map[string]string{
		`[1]`: "no JSON object", `[{"a": 1}, "x"]`: "no JSON object", `{"records": [{"a": 1}, null]}`: "no JSON object",
		`{"QueryResultRows": [[{"eventName": "x"}]]}`:              "CloudTrail Lake",
		`{"Events": [{"CloudTrailEvent": "x"}]}`:                   "no JSON object",
		`{"tables": [{"columns": [{"name": "a"}], "rows": [[]]}]}`: "0 values and not 1",
	} {
		if _, err := Split(decodeJSON(t, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

// Events stand behind the head of syslog, or in tables; what is no text is said.
func TestText(t *testing.T) {
	const event = `<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID></System></Event>`
	for _, tt := range []struct {
		name, file string
		kind       Kind
		want       string
	}{
		{"JSON", ` {"a": 1}`, JSON, ` {"a": 1}`},
		{"nothing", "\n", JSON, "\n"},
		{"syslog", "Mar  2 10:00:00 h sysmon[1]: " + event + "\nMar  2 10:00:01 h cron[2]: x\nMar  2 10:00:02 h sysmon[1]: " + event + "\n", XML, event + "\n" + event},
		{"a table", "a,b\n1,\"2\n3\"\n", CSV, "a,b\n1,\"2\n3\"\n"},
		{"a text", "no event", JSON, "no event"},
		{"a text with a comma", "{a, b}", JSON, "{a, b}"},
	} {
		text, kind, err := Text([]byte(tt.file))
		if err != nil || kind != tt.kind || string(text) != tt.want {
			t.Errorf("%s: got %q of the kind %d, error %v", tt.name, text, kind, err)
		}
	}
	for file, want := range map[string]string{
		"ElfFile\x00": "EVTX", "Obj\x01": "Avro", "PK\x03\x04": "ZIP", "PAR1": "Parquet", "\x1f\x8bx": "unpack: ",
		"<?xml version='1.0' encoding='windows-1252'?><a>\xe9</a>": "XML in WINDOWS-1252 is not read", "<a>\xe9</a>": "the XML is not UTF-8",
	} {
		if _, _, err := Text([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", file, err, want)
		}
	}
}

func TestReadCSV(t *testing.T) {
	events, err := ReadCSV([]byte("TimeGenerated [UTC],a,b\n\"3/2/2026, 10:00:00.500 AM\",,\"[{\"\"x\"\":1}]\"\n"))
	if err != nil || encode([]any{events[0]}, false) != `[{"TimeGenerated [UTC]":"3/2/2026, 10:00:00.500 AM","b":"[{\"x\":1}]"}]` {
		t.Errorf("got %v, error %v", events, err)
	}
	for text, want := range map[string]string{
		"a,b\n1\n": "wrong number of fields",
		"Level,Date and Time,Source,Event ID,Task Category\nInformation,x,y,1,z\n": "save them as XML",
	} {
		if _, err := ReadCSV([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}
