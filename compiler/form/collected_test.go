package form

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// An event of Windows is the same event in every shape that collectors put it into. The events are made up; the shapes
// are those that the tools document.
func TestCollected(t *testing.T) {
	const commandLine = `C:\\x\\a.exe <&> \"b\"`
	for name, text := range map[string]string{
		"evtx_dump": `{"Event": {"#attributes": {"xmlns": "http://schemas.microsoft.com/win/2004/08/events/event"}, "System": {
			"Provider": {"#attributes": {"Name": "Microsoft-Windows-Sysmon"}}, "EventID": 1, "TimeCreated": {"#attributes": {"SystemTime": "2026-03-02T10:00:00.5Z"}},
			"Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "c1.contoso.example"},
			"EventData": {"CommandLine": "` + commandLine + `", "ProcessId": 42}}}`,
		"evtx_dump with attributes apart": `{"Event": {"System": {
			"Provider_attributes": {"Name": "Microsoft-Windows-Sysmon"}, "EventID": {"#attributes": {"Qualifiers": 0}, "#text": 1}, "TimeCreated_attributes": {"SystemTime": "2026-03-02T10:00:00.5Z"},
			"Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "c1.contoso.example"},
			"EventData": {"CommandLine": "` + commandLine + `", "ProcessId": 42}}}`,
		"Chainsaw": `{"name": "rule", "document": {"kind": "evtx", "path": "a.evtx", "data": {"Event": {"System": {
			"Provider_attributes": {"Name": "Microsoft-Windows-Sysmon"}, "EventID": 1, "TimeCreated_attributes": {"SystemTime": "2026-03-02T10:00:00.5Z"},
			"Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "c1.contoso.example"},
			"EventData": {"CommandLine": "` + commandLine + `", "ProcessId": 42}}}}}`,
		"Winlogbeat": `{"@timestamp": "2026-03-02T10:00:00.5Z", "host": {"name": "c1"}, "event": {"code": "1"}, "winlog": {
			"provider_name": "Microsoft-Windows-Sysmon", "event_id": "1", "channel": "Microsoft-Windows-Sysmon/Operational", "computer_name": "c1.contoso.example",
			"event_data": {"CommandLine": "` + commandLine + `", "ProcessId": "42"}}}`,
		"Winlogbeat, flat": `{"@timestamp": "2026-03-02T10:00:00.5Z", "winlog": {
			"provider_name": "Microsoft-Windows-Sysmon", "event_id": 1, "channel": "Microsoft-Windows-Sysmon/Operational", "computer_name": "c1.contoso.example",
			"event_data": {"CommandLine": "` + commandLine + `", "ProcessId": "42"}, "user_data": {}}}`,
		"EvtxECmd": `{"PayloadData1": "ProcessID: 42", "EventId": 1, "Level": "Info", "Provider": "Microsoft-Windows-Sysmon", "Channel": "Microsoft-Windows-Sysmon/Operational",
			"Computer": "c1.contoso.example", "TimeCreated": "2026-03-02T10:00:00.5000000+00:00", "Payload":
			"{\"EventData\":{\"Data\":[{\"@Name\":\"CommandLine\",\"#text\":\"C:\\\\x\\\\a.exe <&> \\\"b\\\"\"},{\"@Name\":\"ProcessId\",\"#text\":\"42\"}]}}"}`,
		"Hayabusa": `{"Timestamp": "2026-03-02 10:00:00.500Z", "RuleTitle": "x", "Computer": "c1.contoso.example", "Channel": "Sysmon", "EventID": 1, "Provider": "Microsoft-Windows-Sysmon",
			"AllFieldInfo": {"CommandLine": "` + commandLine + `", "ProcessId": 42}}`,
		"NXLog": `{"EventTime": "2026-03-02 10:00:00.5", "Hostname": "c1.contoso.example", "EventID": 1, "SourceName": "Microsoft-Windows-Sysmon",
			"Channel": "Microsoft-Windows-Sysmon/Operational", "CommandLine": "` + commandLine + `", "ProcessId": "42"}`,
		"row of WindowsEvent": `{"TimeGenerated": "2026-03-02T10:00:00.5Z", "Computer": "c1.contoso.example", "EventID": 1, "Provider": "Microsoft-Windows-Sysmon",
			"Channel": "Microsoft-Windows-Sysmon/Operational", "EventData": {"CommandLine": "` + commandLine + `", "ProcessId": "42"}, "Type": "WindowsEvent"}`,
		"row of Event": `{"TimeGenerated": "2026-03-02T10:00:00.5Z", "Computer": "c1.contoso.example", "EventID": 1, "Source": "Microsoft-Windows-Sysmon",
			"EventLog": "Microsoft-Windows-Sysmon/Operational", "Type": "Event", "EventData":
			"<DataItem type=\"System.XmlData\"><EventData xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><Data Name=\"CommandLine\">C:\\x\\a.exe &lt;&amp;&gt; \"b\"</Data><Data Name=\"ProcessId\">42</Data></EventData></DataItem>"}`,
		"Winlogbeat, names with dots": `{"@timestamp": "2026-03-02T10:00:00.5Z", "winlog.provider_name": "Microsoft-Windows-Sysmon", "winlog.event_id": 1,
			"winlog.channel": "Microsoft-Windows-Sysmon/Operational", "winlog.computer_name": "c1.contoso.example", "winlog.event_data.CommandLine": "` + commandLine + `",
			"winlog.event_data.ProcessId": "42"}`,
		"EvtxECmd, full": `{"Event": {"@xmlns": "http://schemas.microsoft.com/win/2004/08/events/event", "System": {"Provider": {"@Name": "Microsoft-Windows-Sysmon"},
			"EventID": {"@Qualifiers": "0", "#text": "1"}, "TimeCreated": {"@SystemTime": "2026-03-02T10:00:00.5000000Z"}, "Channel": "Microsoft-Windows-Sysmon/Operational",
			"Computer": "c1.contoso.example"}, "EventData": {"Data": [{"@Name": "RuleName"}, {"@Name": "CommandLine", "#text": "` + commandLine + `"}, {"@Name": "ProcessId", "#text": "42"}]}}}`,
		"Velociraptor": `{"System": {"Provider": {"Name": "Microsoft-Windows-Sysmon", "Guid": "0"}, "EventID": {"Value": 1}, "TimeCreated": {"SystemTime": 1772445600.5},
			"Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "c1.contoso.example"}, "EventData": {"CommandLine": "` + commandLine + `", "ProcessId": 42}, "Message": "x"}`,
		"fields of Splunk": `{"EventCode": "1", "Name": "Microsoft-Windows-Sysmon", "Computer": "c1.contoso.example", "CommandLine": "` + commandLine + `", "ProcessId": "42",
			"source": "XmlWinEventLog:Microsoft-Windows-Sysmon/Operational", "sourcetype": "XmlWinEventLog", "_time": "2026-03-02T10:00:00.500+00:00"}`,
		"Splunk": `{"_time": "2026-03-02T10:00:00.5Z", "sourcetype": "XmlWinEventLog", "_raw": "` + strings.ReplaceAll(xmlEvent, `"`, `'`) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			obj, ok := decodeJSON(t, strings.ReplaceAll(text, "\t", "")).(map[string]any)
			if !ok {
				t.Fatal("no object")
			}
			checkEvent(t, obj)
		})
	}
	t.Run("XML", func(t *testing.T) {
		text := strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(xmlEvent)
		for _, file := range []string{text, "<?xml version=\"1.0\"?>\n<Events>" + text + "</Events>", "Record 1\n" + text + "\nRecord 2\n" + text,
			"<?xml version=\"1.1\" encoding=\"utf-8\" standalone=\"yes\" ?>\n\n<Events>\n" + text + "\n</Events>", "<?xml version='1.0' encoding='windows-1252'?>" + text,
			"\xff\xfe" + wide("<?xml version=\"1.0\" encoding=\"UTF-16\"?><Events>"+text+"</Events>")} {
			text, kind, err := Text([]byte(file))
			if err != nil || kind != XML {
				t.Fatal(kind, err)
			}
			events, err := ReadXML(text)
			if err != nil || len(events) == 0 {
				t.Fatal(len(events), err)
			}
			checkEvent(t, events[0])
		}
	})
}

// wide writes a text in UTF-16, the low byte first.
func wide(text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

const xmlEvent = `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{0}'/>` +
	`<EventID>1</EventID><TimeCreated SystemTime='2026-03-02T10:00:00.5Z'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>` +
	`<Computer>c1.contoso.example</Computer><Security UserID='S-1-5-18'/></System><EventData><Data Name='CommandLine'>C:\\x\\a.exe &lt;&amp;&gt; &quot;b&quot;</Data>` +
	`<Data Name='ProcessId'>42</Data></EventData></Event>`

func checkEvent(t *testing.T, obj map[string]any) {
	t.Helper()
	obj, err := Collected(obj)
	if err != nil {
		t.Fatal(err)
	}
	e, err := Read(Auto, obj)
	if err != nil {
		t.Fatal(err)
	}
	if e.Form != Windows || e.Log == nil || e.Log.Windows.Name != "Microsoft-Windows-Sysmon/Operational" {
		t.Fatalf("is %s of the log %v", e.Form, e.Log)
	}
	for field, want := range map[string]string{
		"CommandLine": `C:\x\a.exe <&> "b"`, "ProcessId": "42", "EventID": "1", "Channel": "Microsoft-Windows-Sysmon/Operational",
		"Computer": "c1.contoso.example", "Provider_Name": "Microsoft-Windows-Sysmon",
	} {
		if got := fmt.Sprint(e.Fields[field]); got != want {
			t.Errorf("%s is %s, want %s", field, got, want)
		}
	}
	if at := e.Time.Format("2006-01-02T15:04:05.9Z"); at != "2026-03-02T10:00:00.5Z" {
		t.Errorf("the time is %s", at)
	}
	if _, err := XMLFields(obj); err != nil {
		t.Error(err)
	}
}

// Near misses stay what they are, and what lacks its fields is told.
func TestNotCollected(t *testing.T) {
	for _, text := range []string{
		`{"EventID": 1, "Image": "a"}`, `{"Channel": "Security"}`, `{"winlog": "text"}`, `{"Payload": "{}", "EventId": 1}`,
		`{"document": {"data": {"x": 1}}}`, `{"category": "AuditLogs", "Channel": "a", "EventID": 1, "properties": {}}`, `{"_raw": "{}"}`,
		`{"Id": 1, "LogName": "a"}`, `{"System": {"EventID": 1}}`, `{"winlog.a": 1}`, `{"source": "XmlWinEventLog:a", "b": 1}`, `{"source": "x:y", "EventCode": 1}`, `{"detail": {"a": 1}, "detail-type": "EC2 State"}`,
	} {
		obj := decodeJSON(t, text).(map[string]any)
		got, err := Collected(obj)
		if err != nil || len(got) != len(obj) || got["Event"] != nil {
			t.Errorf("%s became %v, error %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		`{"RuleTitle": "x", "Channel": "Sec", "EventID": 4688, "Details": {"Cmdline": "a"}}`:       "all-field-info",
		`{"Payload": "x", "EventId": 1, "Channel": "Security"}`:                                    "no JSON",
		`{"LogName": "Security", "ProviderName": "a", "Id": 4624, "Properties": [{"Value": "x"}]}`: "ToXml",
		`{"source": "WinEventLog:Security", "_raw": "LogName=Security\nEventCode=4624"}`:           "renderXml",
		`{"_raw": "<Event><System>"}`:                               "no event of Windows",
		`{"Channel": "Security", "EventID": 1, "EventData": "<a>"}`: "cannot be read",
	} {
		if _, err := Collected(decodeJSON(t, text).(map[string]any)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

func TestCloudTrail(t *testing.T) {
	const record = `{"eventVersion": "1.08", "userIdentity": {"type": "Root"}, "eventTime": "2026-03-02T10:00:00Z", "eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin"}`
	for _, text := range []string{record, `{"Records": [` + record + `]}`, `{"version": "0", "detail-type": "AWS Console Sign In via CloudTrail", "detail": ` + record + `}`} {
		events, err := Split(decodeJSON(t, text))
		if err != nil || len(events) != 1 {
			t.Fatal(events, err)
		}
		obj, err := Collected(events[0])
		if err != nil {
			t.Fatal(err)
		}
		e, err := Read(Auto, obj)
		if err != nil || e.Form != CloudTrail || e.Log == nil || e.Log.Name != "CloudTrail" || e.Time.IsZero() {
			t.Errorf("%s: %+v, error %v", text, e, err)
		}
	}
}

// No file makes the readers panic.
func FuzzCollected(f *testing.F) {
	f.Add([]byte(xmlEvent))
	f.Add([]byte(`{"winlog": {"event_data": {"a": 1}}, "_raw": "<Event>"}`))
	f.Add([]byte(`{"Channel": "a", "EventID": 1, "EventData": "<EventData><Data>x</Data></EventData>"}`))
	f.Add([]byte("Record 1\n{}"))
	f.Add([]byte(`{"tables": [{"columns": [{"name": "a"}], "rows": [[1]]}]}`))
	f.Add([]byte("a,source\n1,XmlWinEventLog:x\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		text, kind, err := Text(file)
		if err != nil {
			return
		}
		var events []map[string]any
		switch kind {
		case XML:
			events, _ = ReadXML(text)
		case CSV:
			events, _ = ReadCSV(text)
		default:
			if v, ok := decode(string(text)); ok {
				events, _ = Split(v)
			}
		}
		for _, obj := range events {
			if obj, err := Collected(obj); err == nil {
				if _, err := Read(Auto, obj); err == nil && isWindows(obj) {
					if _, err := XMLFields(obj); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	})
}

// A text between events is none: what stands behind it would be lost.
func TestReadXMLText(t *testing.T) {
	const event = "<Event><System><EventID>1</EventID></System></Event>"
	for text, good := range map[string]bool{event: true, "\ufeff " + event + "\r\n" + event + "\n": true, event + "{}": false, "x" + event: false} {
		if _, err := ReadXML([]byte(text)); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}
