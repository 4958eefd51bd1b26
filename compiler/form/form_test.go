package form

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
)

func object(t *testing.T, text string) map[string]any {
	t.Helper()
	return decodeJSON(t, text).(map[string]any)
}

// One change of a role, as each form writes it.
const (
	auditRecord = `{"time":"2026-01-15T09:31:00.1234567Z","resourceId":"/tenants/11111111-1111-1111-1111-111111111111/providers/Microsoft.aadiam",
		"operationName":"Add member to role","operationVersion":"1.0","category":"AuditLogs","tenantId":"11111111-1111-1111-1111-111111111111",
		"resultSignature":"None","durationMs":0,"callerIpAddress":"203.0.113.10","correlationId":"22222222-2222-2222-2222-222222222222","Level":4,
		"properties":{"id":"Directory_1","category":"RoleManagement","result":"success","resultReason":null,"activityDisplayName":"Add member to role",
		"activityDateTime":"2026-01-15T09:31:00.1234567+00:00","loggedByService":"Core Directory","operationType":"Assign","userAgent":null,
		"initiatedBy":{"user":{"id":"b","displayName":null,"userPrincipalName":"bob@contoso.example","ipAddress":"203.0.113.10","roles":[]}},
		"targetResources":[{"id":"m","displayName":null,"type":"User","userPrincipalName":"mallory@contoso.example",
		"modifiedProperties":[{"displayName":"Role.DisplayName","oldValue":null,"newValue":"\"Global Administrator\""}],"administrativeUnits":[]}],
		"additionalDetails":[{"key":"User-Agent","value":"curl <8>"}]}}`

	auditGraph = `{"id":"Directory_1","category":"RoleManagement","result":"success","resultReason":"","activityDisplayName":"Add member to role",
		"activityDateTime":"2026-01-15T09:31:00.1234567Z","loggedByService":"Core Directory","operationType":"Assign","correlationId":"22222222-2222-2222-2222-222222222222",
		"initiatedBy":{"app":null,"user":{"id":"b","displayName":null,"userPrincipalName":"bob@contoso.example","ipAddress":"203.0.113.10"}},
		"targetResources":[{"id":"m","displayName":null,"type":"User","userPrincipalName":"mallory@contoso.example","groupType":null,
		"modifiedProperties":[{"displayName":"Role.DisplayName","newValue":"\"Global Administrator\""}]}],"additionalDetails":[]}`

	// As the portal writes it to a CSV file.
	auditExport = `{"TimeGenerated [UTC]":"1/15/2026, 9:31:00.123 AM","OperationName":"Add member to role","Category":"RoleManagement","Result":"success","ResultReason":"",
		"ResultType":"","DurationMs":"0","Level":"4","InitiatedBy":"{\"user\":{\"userPrincipalName\":\"bob@contoso.example\"}}",
		"TargetResources":"[{\"type\":\"User\",\"userPrincipalName\":\"mallory@contoso.example\",\"modifiedProperties\":[{\"displayName\":\"Role.DisplayName\",\"newValue\":\"\\\"Global Administrator\\\"\"}]}]",
		"AdditionalDetails":"","AccountCustomEntity":"bob"}`

	auditSplunk = `{"_time":"2026-01-15T09:31:00.123+00:00","sourcetype":"azure:monitor:aad","category":"AuditLogs","operationName":"Add member to role",
		"properties.category":"RoleManagement","properties.result":"success","properties.initiatedBy.user.userPrincipalName":"bob@contoso.example",
		"properties.targetResources{}.userPrincipalName":"mallory@contoso.example","properties.targetResources{}.type":"User",
		"properties.targetResources{}.modifiedProperties{}.displayName":["Role.DisplayName","Role.ObjectID"],
		"properties.targetResources{}.modifiedProperties{}.newValue":["\"Global Administrator\"","\"r\""]}`
)

const signInRecord = `{"time":"2026-01-15T09:35:00Z","resourceId":"/tenants/11111111-1111-1111-1111-111111111111/providers/Microsoft.aadiam","operationName":"Sign-in activity",
	"category":"NonInteractiveUserSignInLogs","tenantId":"11111111-1111-1111-1111-111111111111","resultType":"50126","resultSignature":"None",
	"resultDescription":"Invalid username or password.","durationMs":0,"callerIpAddress":"203.0.113.10","correlationId":"c","identity":"Alice","Level":4,"location":"DE",
	"properties":{"id":"i","createdDateTime":"2026-01-15T09:30:00.1+00:00","userPrincipalName":"alice@contoso.example","ipAddress":"203.0.113.10",
	"status":{"errorCode":50126,"failureReason":"Invalid username or password."},"location":{"city":"Berlin","countryOrRegion":"DE"},
	"authenticationDetails":[{"succeeded":false}],"riskEventTypes_v2":[],"autonomousSystemNumber":64496,"processingTimeInMilliseconds":120,
	"isInteractive":false,"resourceId":"r","rngcStatus":0}}`

func TestRead(t *testing.T) {
	tests := []struct {
		name, in string
		form     Form // detected
		log      string
		at       string
		want     map[string]any // of the fields; nil: absent
	}{
		{"audit record", auditRecord, EventHub, "AuditLogs", "2026-01-15T09:31:00.1234567Z", map[string]any{
			"OperationName": "Add member to role", "Category": "RoleManagement", "AADOperationType": "Assign", "Level": "4",
			"ResultReason": ir.NoText{}, "DurationMs": json.Number("0"), "ResultType": nil, "SourceSystem": nil, "Type": nil, "userAgent": nil,
			"TargetResources.modifiedProperties.newValue": `"Global Administrator"`,
			"InitiatedBy.user.userPrincipalName":          "bob@contoso.example",
		}},
		{"audit object", auditGraph, Graph, "AuditLogs", "2026-01-15T09:31:00.1234567Z", map[string]any{
			"OperationName": "Add member to role", "Category": "RoleManagement", "TimeGenerated": "2026-01-15T09:31:00.1234567Z",
			"InitiatedBy.user.userPrincipalName": "bob@contoso.example", "ResultDescription": nil, "AADTenantId": nil,
		}},
		{"audit export", auditExport, LogAnalytics, "AuditLogs", "2026-01-15T09:31:00.123Z", map[string]any{
			"OperationName": "Add member to role", "TimeGenerated": "2026-01-15T09:31:00.123Z", "ResultReason": ir.NoText{}, "ResultType": ir.NoText{},
			"DurationMs": json.Number("0"), "Level": "4", "AdditionalDetails": nil, "AccountCustomEntity": nil, "Identity": nil,
			"TargetResources.modifiedProperties.newValue": `"Global Administrator"`,
			"InitiatedBy.user.userPrincipalName":          "bob@contoso.example",
		}},
		{"audit fields of Splunk", auditSplunk, Splunk, "AuditLogs", "2026-01-15T09:31:00.123Z", map[string]any{
			"OperationName": "Add member to role", "Category": "RoleManagement", "Result": "success",
			"TargetResources.userPrincipalName":           "mallory@contoso.example",
			"TargetResources.modifiedProperties.newValue": `"Global Administrator"`,
			"InitiatedBy.user.userPrincipalName":          "bob@contoso.example",
		}},
		{"raw text of Splunk", `{"_raw":` + quote(auditRecord) + `,"host":"h"}`, Splunk, "AuditLogs", "2026-01-15T09:31:00.1234567Z", map[string]any{
			"Category": "RoleManagement",
		}},
		{"sign-in record", signInRecord, EventHub, "AADNonInteractiveUserSignInLogs", "2026-01-15T09:35:00Z", map[string]any{
			"ResultType": "50126", "Status.errorCode": json.Number("50126"), "AutonomousSystemNumber": "64496", "ProcessingTimeInMs": "120",
			"LocationDetails.city": "Berlin", "Location": "DE", "IPAddress": "203.0.113.10", "ResourceIdentity": "r", "ResourceId": nil,
			"IsInteractive": false, "AuthenticationDetails.succeeded": false,
		}},
		{"sign-in of a service principal, from Graph", `{"createdDateTime":"2026-01-15T09:30:00Z","appId":"a","signInEventTypes":["servicePrincipal"],
			"status":{"errorCode":7000215,"failureReason":"Invalid client secret."},"location":{"countryOrRegion":"DE"},"servicePrincipalName":"backup"}`,
			Graph, "AADServicePrincipalSignInLogs", "2026-01-15T09:30:00Z", map[string]any{
				"ResultType": "7000215", "ResultDescription": "Invalid client secret.", "Location": "DE", "ServicePrincipalName": "backup", "Status": nil,
				"Category": "ServicePrincipalSignInLogs",
			}},
		{"sign-in that succeeded, from Graph", `{"createdDateTime":"2026-01-15T09:30:00Z","appId":"a","isInteractive":true,"status":{"errorCode":0,"failureReason":"Other."}}`,
			Graph, "SigninLogs", "2026-01-15T09:30:00Z", map[string]any{"ResultType": "0", "ResultDescription": nil}},
		{"sign-in that was not interactive, from Graph", `{"createdDateTime":"2026-01-15T09:30:00Z","appId":"a","isInteractive":false}`,
			Graph, "AADNonInteractiveUserSignInLogs", "2026-01-15T09:30:00Z", nil},
		{"risk record with times of the United States", `{"time":"3/4/2026 2:42:35 PM","category":"UserRiskEvents","operationName":"User Risk Detection","properties":
			{"riskEventType":"unfamiliarFeatures","detectedDateTime":"2026-03-04T9:40:04.234Z","additionalInfo":"[{\"Key\":\"userAgent\",\"Value\":\"curl\"}]","ipAddress":"203.0.113.7"}}`,
			EventHub, "AADUserRiskEvents", "2026-03-04T14:42:35Z", map[string]any{
				"TimeGenerated": "2026-03-04T14:42:35Z", "DetectedDateTime": "2026-03-04T09:40:04.234Z", "AdditionalInfo.Value": "curl", "IpAddress": "203.0.113.7",
			}},
		{"risk detection, from Graph", `{"id":"r","riskEventType":"leakedCredentials","detectedDateTime":"2026-03-04T09:40:04Z","lastUpdatedDateTime":"2026-03-04T09:41:00Z"}`,
			Graph, "AADUserRiskEvents", "2026-03-04T09:41:00Z", map[string]any{"RiskEventType": "leakedCredentials"}},
		{"risky user, from Graph", `{"id":"u","riskState":"atRisk","riskLastUpdatedDateTime":"2026-03-04T09:41:00Z"}`,
			Graph, "AADRiskyUsers", "2026-03-04T09:41:00Z", map[string]any{"RiskState": "atRisk"}},
		{"key vault record", `{"time":"2026-01-15T10:00:00Z","category":"AuditEvent","operationName":"SecretGet","resultType":"Success","durationMs":"12",
			"resourceId":"/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KV","identity":{"claim":{"upn":"alice@contoso.example",
			"http://schemas.microsoft.com/identity/claims/objectidentifier":"o"}},"properties":{"httpStatusCode":403,"isRbacAuthorized":true}}`,
			EventHub, "AZKVAuditLogs", "2026-01-15T10:00:00Z", map[string]any{
				"OperationName": "SecretGet", "HttpStatusCode": json.Number("403"), "DurationMs": json.Number("12"), "Identity.claim.upn": "alice@contoso.example",
				"Identity.claim.http://schemas.microsoft.com/identity/claims/objectidentifier": "o", "IsRbacAuthorized": true,
			}},
		{"activity record", `{"time":"2026-01-15T10:00:00Z","category":"Administrative","operationName":"MICROSOFT.KEYVAULT/VAULTS/DELETE","resultType":"Success","resultSignature":"Succeeded.OK",
			"resourceId":"/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KV","identity":{"authorization":{"action":"Microsoft.KeyVault/vaults/delete"},
			"claims":{"http://schemas.microsoft.com/identity/claims/objectidentifier":"o"}},"properties":{"statusCode":"OK"}}`,
			EventHub, "AzureActivity", "2026-01-15T10:00:00Z", map[string]any{
				"OperationNameValue": "MICROSOFT.KEYVAULT/VAULTS/DELETE", "ActivityStatusValue": "Success", "ActivitySubstatusValue": "OK", "Caller": "o",
				"SubscriptionId": "S", "ResourceGroup": "RG", "ResourceProviderValue": "MICROSOFT.KEYVAULT", "Resource": nil, "OperationName": nil,
			}},
		{"row with its table", `{"Type":"AzureDiagnostics","OperationName":"SecretGet","httpStatusCode_d":"403","identity_claim_appid_g":"","isAccessPolicyMatch_b":"TRUE"}`,
			LogAnalytics, "AzureDiagnostics", "", map[string]any{
				"httpStatusCode_d": json.Number("403"), "identity_claim_appid_g": nil, "isAccessPolicyMatch_b": true, "Resource": nil,
			}},
		{"row of a union", `{"TimeGenerated":"2026-01-15T10:00:00Z","Type":"SigninLogs","Status_dynamic":"{\"errorCode\":0}","Status_string":""}`,
			LogAnalytics, "SigninLogs", "2026-01-15T10:00:00Z", map[string]any{"Status.errorCode": json.Number("0")}},
		{"row that shares its columns", `{"TimeGenerated":"2026-01-15T10:00:00Z","Category":"ManagedIdentitySignInLogs","ResultType":"0","AppId":"a"}`,
			LogAnalytics, "AADManagedIdentitySignInLogs", "2026-01-15T10:00:00Z", nil},

		{"Windows event", `{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon","Guid":"g"}},
			"EventID":{"#text":1,"#attributes":{"Qualifiers":0}},"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"pc.contoso.example",
			"TimeCreated":{"#attributes":{"SystemTime":"2026-01-15T10:00:00.5Z"}}},"EventData":{"Image":"C:\\Windows\\System32\\whoami.exe","ProcessId":4}}}`,
			Windows, "Sysmon", "2026-01-15T10:00:00.5Z", map[string]any{
				"EventID": json.Number("1"), "Provider_Name": "Microsoft-Windows-Sysmon", "Channel": "Microsoft-Windows-Sysmon/Operational",
				"Computer": "pc.contoso.example", "Image": `C:\Windows\System32\whoami.exe`, "ProcessId": json.Number("4"), "Provider": nil,
			}},
		{"Windows event with attributes beside", `{"Event":{"System":{"Provider_attributes":{"Name":"P"},"EventID":4624,"TimeCreated_attributes":{"SystemTime":"2026-01-15 10:00:00Z"}},"EventData":null}}`,
			Windows, "", "2026-01-15T10:00:00Z", map[string]any{"Provider_Name": "P", "EventID": json.Number("4624")}},
		{"Windows event with a list of data", `{"Event":{"System":{"Provider":{"@Name":"P"},"EventID":"7045"},"EventData":{"Data":[{"@Name":"ServiceName","#text":"evil"},{"@Name":"Empty"}]}}}`,
			Windows, "", "", map[string]any{"Provider_Name": "P", "EventID": "7045", "ServiceName": "evil", "Empty": ""}},
		{"Windows event with data of its own", `{"Event":{"System":{"EventID":1102},"UserData":{"LogFileCleared":{"SubjectUserName":"bob"}}}}`,
			Windows, "", "", map[string]any{"SubjectUserName": "bob"}},

		{"record of no known log", `{"time":"2026-01-15T10:00:00Z","category":"ProvisioningLogs","properties":{"x":1}}`,
			EventHub, "", "2026-01-15T10:00:00Z", map[string]any{"properties.x": json.Number("1")}},
		{"audit event of another resource", `{"category":"AuditEvent","resourceId":"/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.KEYVAULT/MANAGEDHSMS/H","properties":{}}`,
			EventHub, "", "", nil},
		{"raw", `{"EventID":1,"Image":"whoami.exe","UtcTime":"2026-01-15 10:00:00.123"}`, Raw, "", "2026-01-15T10:00:00.123Z", map[string]any{"Image": "whoami.exe"}},
		{"row of an unknown table", `{"TimeGenerated":"2026-01-15T10:00:00Z","Type":"SecurityEvent","TenantId":"t","SourceSystem":"OpsManager","_ResourceId":"r","EventID":4624,"Account":"bob","Activity":"x","Computer":"pc","CorrelationId":"c"}`,
			Raw, "", "2026-01-15T10:00:00Z", map[string]any{"Account": "bob"}},
		{"raw with a few names of columns", `{"Category":"x","Level":"4","Location":"y"}`, Raw, "", "", map[string]any{"Level": "4"}},
		{"raw, category is no text", `{"category":{"value":"Administrative"},"properties":{}}`, Raw, "", "", nil},
		{"empty", `{}`, Raw, "", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := Read(Auto, object(t, tt.in))
			if err != nil {
				t.Fatal(err)
			}
			log := ""
			if e.Log != nil {
				log = e.Log.Name
			}
			if e.Form != tt.form || log != tt.log {
				t.Errorf("read as %s of log %q, want %s of %q", e.Form, log, tt.form, tt.log)
			}
			at := ""
			if !e.Time.IsZero() {
				at = e.Time.Format(time.RFC3339Nano)
			}
			if at != tt.at {
				t.Errorf("time %q, want %q", at, tt.at)
			}
			for name, want := range tt.want {
				if !holds(e.Fields, name, want) {
					t.Errorf("field %s is not %#v in %v", name, want, e.Fields)
				}
			}
		})
	}
}

// holds reports whether a field, found as rules find it, has the value; nil means that it is absent.
func holds(e ir.Event, name string, want any) bool {
	field := ir.NewField(name, source.Span{})
	switch want := want.(type) {
	case nil:
		return !ir.Eval(&ir.Exists{Field: field}, e) && ir.Eval(&ir.Null{Field: field}, e)
	case ir.NoText:
		return ir.Eval(&ir.Null{Field: field}, e)
	case string:
		return equals(e, field, want)
	case json.Number:
		return equals(e, field, want.String())
	case bool:
		return equals(e, field, map[bool]string{true: "true", false: "false"}[want])
	default:
		return false
	}
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func TestReadAs(t *testing.T) {
	for _, f := range forms {
		if f == Auto || f == Raw {
			continue
		}
		if _, err := Read(f, map[string]any{"x": "y"}); err == nil {
			t.Errorf("an object of no form is read as %s", f)
		}
	}
	_, err := Read("csv", nil)
	if err == nil || !strings.Contains(err.Error(), "graph") {
		t.Errorf("unknown form: %v", err)
	}
	e, err := Read(Raw, object(t, auditRecord))
	if err != nil || e.Log != nil || e.Fields["category"] != "AuditLogs" {
		t.Errorf("raw: %v, %v", e, err)
	}
	e, err = Read(Splunk, object(t, auditRecord))
	if err != nil || e.Form != Splunk || e.Fields["Category"] != "RoleManagement" {
		t.Errorf("Splunk: %v, %v", e, err)
	}
}

// The log of the rule decides between tables with the same columns or records, and nothing else.
func TestLikelyLog(t *testing.T) {
	const vault = `{"category":"AuditEvent","operationName":"SecretGet","properties":{"httpStatusCode":403}}`
	tests := []struct{ name, likely, in, want string }{
		{"record in the other table", "AzureDiagnostics", vault, "AzureDiagnostics"},
		{"record of another log", "AuditLogs", signInRecord, "AADNonInteractiveUserSignInLogs"},
		{"record of another vault log", "AuditLogs", vault, "AZKVAuditLogs"},
		{"record of no known log", "AuditLogs", `{"category":"ProvisioningLogs","properties":{}}`, ""},
		{"short row", "AADNonInteractiveUserSignInLogs", `{"TimeGenerated":"2026-01-15T10:00:00Z","ResultType":"0","UserPrincipalName":"x"}`, "AADNonInteractiveUserSignInLogs"},
		{"row of its own", "AuditLogs", `{"TimeGenerated":"2026-01-15T10:00:00Z","ResultType":"0","UserPrincipalName":"x"}`, "SigninLogs"},
		{"row that names its table", "AuditLogs", `{"Type":"SigninLogs","ResultType":"0"}`, "SigninLogs"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			obj := object(t, tt.in)
			form := EventHub
			if isRow(obj) {
				form = LogAnalytics
			}
			e, err := ReadAs(form, schema.ByName(tt.likely), obj)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if e.Log != nil {
				got = e.Log.Name
			}
			if got != tt.want {
				t.Errorf("log %q, want %q", got, tt.want)
			}
		})
	}
	if e, err := ReadAs(EventHub, schema.ByName("AuditLogs"), object(t, `{"operationName":"Add user"}`)); err != nil || e.Fields["OperationName"] != "Add user" {
		t.Errorf("record without a category: %v, %v", e, err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{auditRecord, auditGraph, auditExport, auditSplunk, signInRecord, `{"Event":{"System":{}}}`, `{"records":[{}]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		obj, ok := decode(text)
		if !ok {
			return
		}
		found, _ := Split(obj)
		for _, event := range found {
			for _, form := range forms {
				e, err := Read(form, event)
				if err == nil && e.Fields == nil {
					t.Errorf("%s: no fields and no error", form)
				}
			}
			for _, l := range schema.Logs() {
				fits(t, l, LogAnalyticsRow(l, map[string]any{}))
				LogAnalyticsRow(l, event)
			}
		}
	})
}

func TestSplunkRecord(t *testing.T) {
	got := splunkRecord(object(t, `{"category":"AuditLogs","_time":"t","properties.a{}":["x","y"],"properties.b{}.k":["1","2"],"properties.b{}.v":"one",
		"properties.c{}.d{}.k":["1","2"],"properties.c{}.name":"n"}`))
	want := object(t, `{"category":"AuditLogs","_time":"t","time":"t","properties":{"a":["x","y"],"b":[{"k":"1","v":"one"},{"k":"2"}],
		"c":[{"d":[{"k":"1"},{"k":"2"}],"name":"n"}]}}`)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	// Names that contradict each other lose nothing that matters and do not panic.
	splunkRecord(object(t, `{"a":"x","a.b":"y","a{}":"z","a{}.c":["1"],"":"e",".":"f","{}":"g","a{}.{}.":"h"}`))
}
