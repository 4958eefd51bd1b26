package judge

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// samples are values of fields as the documentation of the logs shows them, the more telling first. Any other field gets
// a text with the signs that XML has entities for.
var samples = map[string][]string{
	"EventID": {"1"}, "TimeCreated": {"2024-05-01T12:00:00Z"}, "Level": {"4"}, "Task": {"1"}, "Version": {"5"},
	"ProcessId": {"4242"}, "ParentProcessId": {"7"},
	"Image": {`C:\Program Files\R&D\a.exe`}, "ParentImage": {`c:\windows\explorer.exe`},
	"User": {`NT AUTHORITY\SYSTEM`}, "ParentUser": {`CONTOSO\maria`},
	"OriginalFileName": {"a.exe", "-"}, "Description": {"-"},
	"TargetObject": {`HKLM\Software\Microsoft\Windows\CurrentVersion\Run\x`, `HKU\S-1-5-21-1\Software\a b`, `HKLM\System\CurrentControlSet\Services\s\Start`, `HKU\S-1-5-21-1_Classes\a\(Default)`},
	"Details":      {"DWORD (0x0000000a)", "text", "QWORD (0x00000001-0x0000000a)", "(Empty)", "Binary Data"},
	"EventType":    {"DeleteValue", "DeleteKey", "CreateKey", "SetValue", "RenameKey"},
	"Initiated":    {"true", "false"}, "DestinationPort": {"443"}, "SourcePort": {"50000"}, "DestinationIp": {"203.0.113.7"},
	"SourceIp": {"10.0.0.5"}, "DestinationHostname": {"a.example.com", "c1.contoso.com"}, "Protocol": {"tcp"}, "Computer": {"c1.contoso.com"},
	"PipeName": {`\postex_ssh_1234`}, "TargetFilename": {`C:\Users\a & b\x.exe`}, "SourceFilename": {"/home/a b/x.txt"}, "ImageLoaded": {`C:\Windows\amsi.dll`},
	"SourceImage": {`c:\windows\a.exe`}, "TargetImage": {`C:\Windows\System32\lsass.exe`}, "SourceUser": {`CONTOSO\maria`},
	"SourceProcessId": {"7"}, "TargetProcessId": {"8"}, "QueryName": {"a.example.com"},
	"cs-version": {"HTTP/2.0"}, "sc-status": {"404"}, "sc-bytes": {"512", "0"},
	"cs-uri": {"/x/y.exe?a=b", "/x"}, "cs-uri-stem": {"/x/y.exe", "/x"}, "cs-uri-query": {"a=b", ""},
	"c-uri": {"https://a.example.com/x/y.exe?a=b", "http://a.example.com/x"}, "c-uri-stem": {"/x/y.exe", "/x"},
	"message": {"%SYS-5-CONFIG_I: Configured from console", "no name before"}, "action": {"allow", "deny"}, "blocked": {"false", "true"}, "Filename": {`C:\Users\a & b\x.exe`},
	"c-uri-query": {"a=b", ""}, "c-uri-extension": {"exe", ""}, "cs-host": {"a.example.com"},
	"Message": {"maria : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh -c id"}, "TTY": {"pts/0"}, "PWD": {"/"}, "USER": {"root"}, "COMMAND": {"/bin/sh -c id"},
	"LogonId": {"0x3e7"}, "GrantedAccess": {"0x1fffff", "0x10"}, "IntegrityLevel": {"High", "System"}, "LogonType": {"3"}, "ServiceStartType": {"2"}, "KeyLength": {"128"},
}

// typical are values of fields that are no text.
var typical = map[schema.Type]string{
	schema.Datetime: "2024-05-01T12:00:00Z", schema.Bool: "true", schema.Int: "7", schema.Long: "7", schema.Real: "7",
}

// Every field of an event can be read from the row that the event becomes: the two directions of a home agree.
func TestRows(t *testing.T) {
	for _, h := range homes.All() {
		t.Run(h.Log.Name+" in "+h.Table.Name, func(t *testing.T) {
			for n := range 5 {
				event := ir.Event{}
				for _, c := range h.Log.Columns {
					if c.Array || c.Open || len(c.Members) > 0 {
						continue // the cases in testdata have values of these
					}
					v := marked(h.Field(c.Name)) + c.Name
					if s, ok := samples[c.Name]; ok {
						v = s[min(n, len(s)-1)]
					} else if values := h.Field(c.Name).Values; values != nil {
						v = slices.Sorted(maps.Keys(values))[0]
					} else if of, ok := typical[c.Type]; ok {
						v = of
					} else if column := h.Table.Column(h.Field(c.Name).Column); column != nil && typical[column.Type] != "" {
						v = typical[column.Type]
					}
					event[c.Name] = v
				}
				maps.Copy(event, fixed(h))
				coherent(h, event)
				row, err := HomeRow(h, event)
				if err != nil {
					t.Fatal(err)
				}
				for c := range maps.Keys(event) {
					check(t, h, c, fmt.Sprint(event[c]), row)
				}
			}
		})
	}
}

// marked is a text with all signs that a field may have of those that XML has entities for.
func marked(f *homes.Field) string {
	replaced := 0
	for x, ok := f.X.(*kql.Call); ok && x.Func == "replace_string"; x, ok = x.Args[0].(*kql.Call) {
		replaced++
	}
	switch {
	case f.X == nil || replaced == 3:
		return `a<b & "&lt;"> `
	case replaced == 1:
		return "a & &amp;"
	default:
		return "a"
	}
}

// fixed are the fields that have a value in every event of the log.
func fixed(h *homes.Home) ir.Event {
	out := ir.Event{}
	if w := h.Log.Windows; w.Name != "" {
		out["Channel"] = w.Name
		if len(w.Events) > 0 {
			out["EventID"] = w.Events[0]
		}
		for _, having := range w.Having {
			out[having.Field] = having.Values[0]
		}
	}
	return out
}

// coherent takes out of an event of the registry what its kind does not have: data are of values that are set, and
// only a renamed key has two names.
func coherent(h *homes.Home, event ir.Event) {
	if h.Log.Name != "SysmonRegistry" {
		return
	}
	if event["EventType"] == "RenameKey" && h.Field("EventType").Values["RenameKey"] == nil {
		event["EventType"] = "CreateKey"
	}
	switch event["EventType"] {
	case "SetValue":
		event["EventID"] = "13"
		delete(event, "NewName")
	case "RenameKey":
		event["EventID"] = "14"
		delete(event, "Details")
	default:
		delete(event, "Details")
		delete(event, "NewName")
	}
}

// stored reads what the table keeps at a path.
func stored(h *homes.Home, path string) kql.Expr {
	keys := strings.Split(path, ".")
	var x kql.Expr = &kql.Name{Name: keys[0]}
	if c := h.Table.Column(keys[0]); c != nil && c.JSON {
		x = &kql.Call{Func: "parse_json", Args: []kql.Expr{x}}
	}
	for i, key := range keys[1:] {
		if i == 0 && h.Table.Column(keys[0]).Array {
			x = &kql.Index{X: x, I: &kql.Number{Text: "0"}}
		}
		x = &kql.Index{X: x, I: &kql.String{Value: key}}
	}
	return x
}

func check(t *testing.T, h *homes.Home, field, want string, row map[string]any) {
	t.Helper()
	f := h.Field(field)
	if f.Missing != "" || f.Column == "" || f.Hashes != nil || f.Const != "" || f.Unnamed || f.X == nil && f.Column == h.Body.Column {
		return
	}
	x := stored(h, f.Column)
	if f.X != nil {
		x = f.X
	}
	table, err := Table(h.Table, row)
	if err != nil {
		t.Fatal(err)
	}
	q := &kql.Query{Source: &kql.Table{Name: "T"}, Ops: []kql.Operator{&kql.Project{Columns: []kql.Assign{{Name: "Value", X: x}}}}}
	out, err := eval.Run(q, map[string]eval.Table{"T": table})
	if err != nil {
		t.Fatalf("%s: %v", field, err)
	}
	got := fmt.Sprint(out.Rows[0][0])
	if at, ok := out.Rows[0][0].(time.Time); ok {
		got = at.Format(time.RFC3339)
	}
	switch {
	case f.Folded:
		want = strings.ToLower(want)
	case f.Blank != "":
		want = strings.ReplaceAll(want, " ", f.Blank)
	case want == f.None:
		want = ""
	case f.Values != nil:
		if stored, ok := f.Values[want].([]any); ok {
			want = fmt.Sprint(stored[max(0, slices.IndexFunc(stored, func(v any) bool { return fmt.Sprint(v) == got }))])
		} else {
			want = fmt.Sprint(f.Values[want])
		}
	}
	if got != want {
		t.Errorf("%s is %q in the row, %q in the event", field, got, want)
	}
}
