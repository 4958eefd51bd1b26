package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// sample is a published event from the reference data beside the repository.
type sample struct{ File, Kind, Form, Trust string }

func samples(t *testing.T) (string, []sample) {
	dir := filepath.Join("..", "..", "..", "shared", "samples")
	text, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no reference data")
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []sample
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return dir, out
}

func readJSON(t *testing.T, file string) any {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return decodeJSON(t, string(text))
}

func decodeJSON(t *testing.T, text string) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// The log that the events of a kind are of.
var logOf = map[string]string{
	"audit": "AuditLogs", "b2c-audit": "AuditLogs", "signin-interactive": "SigninLogs",
	"signin-noninteractive": "AADNonInteractiveUserSignInLogs", "signin-serviceprincipal": "AADServicePrincipalSignInLogs",
	"signin-managedidentity": "AADManagedIdentitySignInLogs", "azure-activity": "AzureActivity",
	"o365": "M365Audit", "keyvault": "AZKVAuditLogs", "graph-activity": "MicrosoftGraphActivityLogs",
}

// Files that are not what their place in the index implies, and why.
var exceptions = map[string]string{
	"audit/msdoc-audit-2018-change-password.json": "the category of 2018, Audit, is of no table",
}

func TestSamples(t *testing.T) {
	dir, index := samples(t)
	for _, s := range index {
		t.Run(s.File, func(t *testing.T) {
			if why := exceptions[s.File]; why != "" {
				t.Skip(why)
			}
			wantForm, wantLog := Form(s.Form), logOf[s.Kind]
			switch {
			case s.Form == "o365" || s.Kind == "o365":
				wantForm = Management
			case s.Form == "rest" || s.Kind == "azure-activity" && s.Form == "splunk":
				wantForm, wantLog = Raw, "" // shapes of their own, which Read leaves as they are
			case s.Form == "splunk":
				wantForm = EventHub // an Event Hub record, unchanged
			}
			events, _ := Split(readJSON(t, filepath.Join(dir, s.File)))
			if len(events) == 0 {
				t.Fatal("no events")
			}
			for _, obj := range events {
				e, err := Read(Auto, obj)
				if err != nil {
					t.Fatal(err)
				}
				log := ""
				if e.Log != nil {
					log = e.Log.Name
				}
				if s.Kind == "risk" {
					wantLog = map[any]string{"RiskyUsers": "AADRiskyUsers", "UserRiskEvents": "AADUserRiskEvents"}[obj["category"]]
				}
				if e.Form != wantForm || log != wantLog {
					t.Errorf("read as %s of log %q, want %s of %q", e.Form, log, wantForm, wantLog)
				}
				if len(e.Fields) == 0 {
					t.Error("no fields")
				}
				if e.Form == EventHub && e.Log != nil && s.Trust != "edited" && e.Time.IsZero() {
					t.Error("no time")
				}
				if e.Form == EventHub && e.Log != nil {
					fits(t, e.Log, LogAnalyticsRow(e.Log, obj))
				}
			}
		})
	}
}

// fits checks that a row has the columns of its log and no others, with JSON types that fit theirs.
func fits(t *testing.T, log *schema.Log, row map[string]any) {
	t.Helper()
	if len(row) != len(log.Columns) {
		t.Errorf("%d columns, want %d", len(row), len(log.Columns))
	}
	for name, v := range row {
		c := log.Column(name)
		if c == nil {
			t.Errorf("there is no column %s", name)
			continue
		}
		ok := v == nil
		switch c.Type {
		case schema.String:
			_, ok = v.(string)
			if s, _ := v.(string); c.JSON && s != "" && !json.Valid([]byte(s)) {
				t.Errorf("%s is no JSON text: %s", name, s)
			}
		case schema.Datetime:
			if !ok {
				ok = !timeOf(v).IsZero()
			}
		case schema.Bool:
			if !ok {
				_, ok = v.(bool)
			}
		case schema.Int, schema.Long, schema.Real:
			if !ok {
				_, ok = v.(json.Number)
			}
		case schema.GUID:
			if !ok {
				_, ok = v.(string)
			}
		case schema.Dynamic:
			if !ok {
				switch v.(type) {
				case map[string]any, []any:
					ok = true
				}
			}
		}
		if !ok {
			t.Errorf("column %s of type %s holds %T %v", name, c.Type, v, v)
		}
	}
}
