package forms

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// TestNames looks up everything that the forms name.
func TestNames(t *testing.T) {
	for _, f := range All() {
		t.Run(f.Family+"="+f.Name, func(t *testing.T) {
			if f.Doc == "" || f.Absent == "" || len(f.Logs) == 0 {
				t.Error("a form has a doc, a reason for fields that it does not have, and logs")
			}
			for name, why := range f.Lacks {
				if log := schema.Named(name); log == nil || f.Data(log) != nil || why == "" {
					t.Errorf("lacks %q", name)
				}
			}
			late := map[string]bool{}
			for _, d := range f.Logs {
				d.testNames(t)
				for path := range f.late {
					late[path] = late[path] || d.knows(path)
				}
			}
			for path, found := range late {
				if !found {
					t.Errorf("no field %s in any record", path)
				}
			}
			for _, m := range f.Macros {
				if !slices.ContainsFunc(f.Logs, func(d *Data) bool { return d.Macro == m.Name }) || m.Definition == "" || m.Doc == "" || m.Data == "" || m.Source == "" || m.SourceType == "" {
					t.Errorf("macro %s: a macro is used, and has a definition, a doc and the name of its data", m.Name)
				}
			}
		})
	}
}

func (d *Data) testNames(t *testing.T) {
	t.Helper()
	if !slices.ContainsFunc(d.Macros, func(m Macro) bool { return m.Name == d.Macro }) {
		t.Errorf("%s: no macro %q", d.Log.Name, d.Macro)
	}
	for _, name := range d.Shown {
		if r, ok := d.Log.Resolve(nil, name); !ok || r.Canonical != name || d.Field(r.Column).None != "" {
			t.Errorf("%s: no field %s to show", d.Log.Name, name)
		}
	}
	for name := range d.fields {
		if r, ok := d.Log.Resolve(nil, name); !ok || r.Canonical != name {
			t.Errorf("%s: no field %s", d.Log.Name, name)
		}
	}
	for _, path := range slices.Concat(d.User, d.Address, d.App) {
		if !d.knows(path) && path != "callerIpAddress" && d.Model == "" { // of some logs no column holds it
			t.Errorf("%s: no field %s in the record", d.Log.Name, path)
		}
	}
}

// knows reports whether the record is known to have something at the path, or below.
func (d *Data) knows(path string) bool {
	for _, c := range d.Log.Columns {
		f := d.Field(c)
		for _, p := range []string{f.Path, f.Else} {
			if p != "" && (p == path || strings.HasPrefix(path, p+".") || strings.HasPrefix(p, path+".")) {
				return true
			}
		}
	}
	// Claims have URLs for names, of which the log has some.
	return strings.HasPrefix(path, "identity.claim")
}

// TestHeads: what is known of a form before its file is read is what the file says.
func TestHeads(t *testing.T) {
	for _, f := range All() {
		names := map[string]bool{}
		for _, d := range f.Logs {
			names[d.Log.Name] = true
		}
		if !maps.Equal(names, f.names) || f.open != (f.channels != nil) {
			t.Errorf("%s=%s: logs %v and %v, channels %v", f.Family, f.Name, f.names, names, f.open)
		}
	}
}

// TestFamilies: a family has one default, and a log stands in one family alone.
func TestFamilies(t *testing.T) {
	families := map[string]string{}
	for _, family := range Families() {
		of := Of(family)
		if !of[0].Default || len(of) > 1 && of[1].Default {
			t.Errorf("%s: one form is the default", family)
		}
		for _, f := range of {
			for _, d := range f.Logs {
				if other := families[d.Log.Name]; other != "" && other != family {
					t.Errorf("%s is in %s and in %s", d.Log.Name, other, family)
				}
				families[d.Log.Name] = family
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"familie: x", "familie"},
		{"family: x\nlogs:\n  NoSuchLog: {macro: m}", `no log "NoSuchLog"`},
		{"family: x\nlogs:\n  AuditLogs: {fields: [a]}", "line 3"},
	} {
		forms, err := readHeads(fstest.MapFS{"a.yaml": {Data: []byte(test.text)}})
		if err == nil {
			err = forms[0].readBody(test.text)
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.text, err, test.want)
		}
	}
}

// TestOverlaps: which logs can have the same records decides whether a correlation may count one twice.
func TestOverlaps(t *testing.T) {
	c := Choose(nil)
	data := func(name string) *Data {
		for _, f := range c.forms {
			for _, d := range f.Logs {
				if d.Log.Name == name {
					return d
				}
			}
		}
		t.Fatal(name)
		return nil
	}
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"AuditLogs", "AuditLogs", true},
		{"AuditLogs", "SigninLogs", false},
		{"AZKVAuditLogs", "AzureDiagnostics", true},
		{"AuditLogs", "AzureActivity", false},
	} {
		if got := data(test.a).Overlaps(data(test.b)); got != test.want {
			t.Errorf("%s and %s: %v", test.a, test.b, got)
		}
	}
}

// TestChannels: a log of a channel that no file names has its place by the name of the channel.
func TestChannels(t *testing.T) {
	c := Choose(nil)
	for _, test := range []struct{ log, macro, definition, records string }{
		{"WindowsApplication", "wineventlog_application", `index=* source="XmlWinEventLog:Application"`, "[]"},
		{
			"PowerShellScript", "wineventlog_powershell_operational",
			`index=* (source="XmlWinEventLog:Microsoft-Windows-PowerShell/Operational" OR source="XmlWinEventLog:PowerShellCore/Operational")`,
			"[{EventCode [4104]}]",
		},
	} {
		d := c.Data(schema.ByName(test.log))
		if m := d.Scope(); m.Name != test.macro || m.Definition != test.definition || fmt.Sprint(d.Records) != test.records {
			t.Errorf("%s: %s is %s, %v", test.log, m.Name, m.Definition, d.Records)
		}
	}
	shell := c.Data(schema.ByName("WindowsShell"))
	for _, name := range []string{"Name", "Provider_Name"} { // two values under one name
		if f := shell.Field(shell.Log.Column(name)); f.None == "" {
			t.Errorf("%s is %+v", name, f)
		}
	}
	defender := c.Data(schema.ByName("WindowsDefender"))
	if f := defender.Field(defender.Log.Column("ProcessName")); f.Path != "Process_Name" {
		t.Errorf("ProcessName is %+v", f)
	}
}
