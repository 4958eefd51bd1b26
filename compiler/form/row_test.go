package form

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

func equals(e ir.Event, f *ir.Field, s string) bool {
	return ir.Eval(&ir.Like{Field: f, Pattern: ir.Text(s)}, e)
}

func TestLogAnalyticsRow(t *testing.T) {
	tests := []struct {
		name, log, record string
		want              map[string]any
	}{
		{"audit", "AuditLogs", auditRecord, map[string]any{
			"TimeGenerated": "2026-01-15T09:31:00.1234567Z", "ActivityDateTime": "2026-01-15T09:31:00.1234567Z", "Type": "AuditLogs", "SourceSystem": "Azure AD",
			"TenantId": "00000000-0000-0000-0000-000000000000", "AADTenantId": "11111111-1111-1111-1111-111111111111", "Resource": "Microsoft.aadiam",
			"ResourceGroup": "Microsoft.aadiam", "ResourceProvider": "", "Category": "RoleManagement", "ResultType": "", "ResultReason": "", "ResultDescription": "",
			"Identity": "", "Location": "", "Level": "4", "AADOperationType": "Assign", "_BilledSize": nil,
		}},
		{"sign-in, JSON as text", "AADNonInteractiveUserSignInLogs", signInRecord, map[string]any{
			"Status": `{"errorCode":50126,"failureReason":"Invalid username or password."}`, "LocationDetails": `{"city":"Berlin","countryOrRegion":"DE"}`,
			"RiskEventTypes_V2": "[]", "RiskEventTypes": "", "AutonomousSystemNumber": "64496", "ProcessingTimeInMs": "120", "IsInteractive": false,
			"MfaDetail": "", "CreatedDateTime": "2026-01-15T09:30:00.1Z", "ResultType": "50126", "IPAddress": "203.0.113.10", "IsTenantRestricted": nil,
			"AuthenticationDetails": "[\n  {\n    \"succeeded\": false\n  }\n]",
		}},
		{"key vault in the shared table", "AzureDiagnostics", `{"category":"AuditEvent","operationName":"SecretGet","durationMs":"12",
			"resourceId":"/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KV","identity":{"claim":{"upn":"alice@contoso.example"}},
			"properties":{"httpStatusCode":403}}`, map[string]any{
			"ResourceProvider": "MICROSOFT.KEYVAULT", "ResourceType": "VAULTS", "Resource": "KV", "ResourceGroup": "RG", "SubscriptionId": "S",
			"identity_claim_upn_s": "alice@contoso.example", "identity_claim_appid_g": nil, "identity_claim_oid_g": "", "avg_mean_time_s": "",
		}},
		{"nothing", "SigninLogs", `{}`, map[string]any{"OperationName": "", "Status": nil, "TimeGenerated": nil, "IsInteractive": nil, "AuthenticationDetails": ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			log := schema.ByName(tt.log)
			row := LogAnalyticsRow(log, object(t, tt.record))
			fits(t, log, row)
			for name, want := range tt.want {
				if d := cmp.Diff(want, row[name]); d != "" {
					t.Errorf("column %s:\n%s", name, d)
				}
			}
		})
	}
	row := LogAnalyticsRow(schema.ByName("AuditLogs"), object(t, auditRecord))
	if s := encode(row["AdditionalDetails"], false); !strings.Contains(s, "curl <8>") {
		t.Errorf("text is escaped: %s", s)
	}
}

// A record and the row it becomes are the same event, but for what a row cannot tell.
func TestRowIsTheSameEvent(t *testing.T) {
	for _, text := range []string{auditRecord, signInRecord} {
		same(t, object(t, text))
	}
	dir, index := samples(t)
	for _, s := range index {
		if s.Form == "eventhub" && exceptions[s.File] == "" {
			t.Run(s.File, func(t *testing.T) {
				records, _ := Split(readJSON(t, filepath.Join(dir, s.File)))
				for _, record := range records {
					same(t, record)
				}
			})
		}
	}
}

func same(t *testing.T, record map[string]any) {
	t.Helper()
	before, err := Read(EventHub, record)
	if err != nil {
		t.Fatal(err)
	}
	after, err := Read(LogAnalytics, LogAnalyticsRow(before.Log, record))
	if err != nil {
		t.Fatal(err)
	}
	if after.Log != before.Log || !after.Time.Equal(before.Time) {
		t.Errorf("log %s, time %s, want %s, %s", after.Log.Name, after.Time, before.Log.Name, before.Time)
	}
	for name, want := range before.Fields {
		got := after.Fields[name]
		c := before.Log.Column(name)
		switch {
		case want == nil || want == "":
			if _, none := got.(ir.NoText); got != nil && !none {
				t.Errorf("column %s is %v, want no value", name, got)
			}
			continue
		case c.Type == schema.Datetime:
			if !timeOf(got).Equal(timeOf(want)) {
				t.Errorf("column %s is %v, want %v", name, got, want)
			}
			continue
		case c.JSON:
			got = parsed(got)
		}
		if d := cmp.Diff(parsed(want), got); c.JSON && d != "" || !c.JSON && !cmp.Equal(want, got) {
			t.Errorf("column %s: %v, want %v", name, got, want)
		}
	}
}

// parsed decodes JSON text.
func parsed(v any) any {
	if s, ok := v.(string); ok {
		if d, ok := decode(s); ok {
			return d
		}
	}
	return v
}
