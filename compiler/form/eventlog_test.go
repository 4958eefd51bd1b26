package form

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// TestWindowsLog: an event of Windows can be of several logs, and is of the one in question where it can.
func TestWindowsLog(t *testing.T) {
	for _, test := range []struct {
		name, event, likely, want string
		refused                   bool
	}{
		{name: "by its channel", event: `{"Event":{"System":{"EventID":3,"Channel":"microsoft-windows-sysmon/operational"}}}`, want: "Sysmon"},
		{name: "the likely one", event: `{"Event":{"System":{"EventID":"1","Channel":"Microsoft-Windows-Sysmon/Operational"}}}`, likely: "SysmonProcessCreation", want: "SysmonProcessCreation"},
		{name: "not of that id", event: `{"Event":{"System":{"EventID":3,"Channel":"Microsoft-Windows-Sysmon/Operational"}}}`, likely: "SysmonProcessCreation", want: "Sysmon"},
		{name: "another channel", event: `{"Event":{"System":{"EventID":4688,"Channel":"Security"}}}`, likely: "Sysmon", want: "WindowsSecurity"},
		{name: "the second of its channels", event: `{"Event":{"System":{"EventID":4104,"Channel":"PowerShellCore/Operational"}}}`, likely: "PowerShellScript", want: "PowerShellScript"},
		{name: "an unknown channel", event: `{"Event":{"System":{"EventID":1,"Channel":"Contoso/Operational"}}}`, want: ""},
		{name: "an unknown channel for a log", event: `{"Event":{"System":{"EventID":1,"Channel":"Contoso/Operational"}}}`, likely: "Sysmon", refused: true},
		{name: "no channel", event: `{"Event":{"System":{"EventID":1}}}`, likely: "Sysmon", want: ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, err := ReadAs(Auto, schema.ByName(test.likely), object(t, test.event))
			if (err != nil) != test.refused {
				t.Fatal(err)
			}
			got := ""
			if e.Log != nil {
				got = e.Log.Name
			}
			if got != test.want {
				t.Errorf("of %q, want %q", got, test.want)
			}
		})
	}
}

func TestXMLFields(t *testing.T) {
	fields, err := XMLFields(object(t, `{"Event":{"System":{"Provider":{"#attributes":{"Name":"P"}},"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational",
		"TimeCreated":{"#attributes":{"SystemTime":"2026-01-15T10:00:00Z"}},"Computer":"c"},"EventData":{"CommandLine":"a & <b>","Empty":""}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"EventID": "1", "EventCode": "1", "Name": "P", "SystemTime": "2026-01-15T10:00:00Z", "CommandLine": "a &amp; &lt;b&gt;", "Empty": "", "Computer": "c",
	} {
		if got, ok := fields[name]; !ok || got != want {
			t.Errorf("%s: got %q, %v, want %q", name, got, ok, want)
		}
	}
	if _, ok := fields["Provider_Name"]; ok {
		t.Error("the add-on has no field Provider_Name")
	}
	if _, err := XMLFields(map[string]any{"a": 1}); err == nil {
		t.Error("what is no event is refused")
	}
}

// TestXMLFieldsOfClassicEvents: an id with an attribute is EventCode alone, names have no blanks, and texts without a name
// are in the XML of the data alone.
func TestXMLFieldsOfClassicEvents(t *testing.T) {
	fields, err := XMLFields(object(t, `{"Event":{"System":{"Provider":{"#attributes":{"Name":"P'"}},"EventID":{"#attributes":{"Qualifiers":0},"#text":400},"Channel":"Windows PowerShell"},
		"EventData":{"Data":[{"#text":"a<b"},{"#attributes":{"Name":"Process Name"},"#text":"x"},"c"]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"EventCode": "400", "Process_Name": "x", "EventData_Xml": "<Data>a&lt;b</Data><Data>c</Data><Data Name='Process Name'>x</Data>",
	} {
		if fields[name] != want {
			t.Errorf("%s: got %q, want %q", name, fields[name], want)
		}
	}
	for _, name := range []string{"EventID", "Process Name", "Data"} {
		if v, ok := fields[name]; ok {
			t.Errorf("%s: the add-on has no such field, got %q", name, v)
		}
	}
	if raw := fields["_raw"]; !strings.Contains(raw, "Name='P&apos;'") || !strings.Contains(raw, "<Channel>Windows PowerShell</Channel>") {
		t.Errorf("the event is %s", raw)
	}
}
