package splunk

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// TestRefused holds for each thing that is refused its nearest neighbour that is not.
func TestRefused(t *testing.T) {
	for _, test := range []struct{ name, service, detection, want string }{
		{"not in the record", "signinlogs", "s: {RiskLevel: high}", `the Event Hub record that Splunk indexes does not hold it`},
		{"in the record", "signinlogs", "s: {RiskState: atRisk}", ""},
		{"constant in the table", "auditlogs", "s: {SourceSystem: Azure AD}", `does not hold it`},
		{"keyword", "auditlogs", "s: [word]", ""},
		{"keyword as a regular expression", "auditlogs", "s: {'|re': [w.rd]}", "is for one value"},
		{"keyword that is not ASCII", "auditlogs", "s: [wörd]", "in several ways"},
		{"the text null", "auditlogs", "s: {OperationName: 'null'}", `the text "null" cannot be told from no value`},
		{"null", "auditlogs", "s: {OperationName: null}", ""},
		{"a text that begins with null", "auditlogs", "s: {OperationName: 'nullify'}", ""},
		{"text of an object in the record", "signinlogs", "s: {AuthenticationDetails|contains: Password}", "holds an object"},
		{"a member of it", "signinlogs", "s: {AuthenticationDetails.authenticationMethod: Password}", ""},
		{"its presence", "signinlogs", "s: {AuthenticationDetails: null}", ""},
		{"text of an open object", "activitylogs", "s: {Claims|contains: x}", "holds an object there"},
		{"a list beside a field", "auditlogs", "s: {OperationName|fieldref: TargetResources.displayName}", "cannot be compared"},
		{"two fields", "auditlogs", "s: {OperationName|fieldref: ActivityDisplayName}", ""},
		{"two fields of one member", "auditlogs", "s:\n    TargetResources[any]:\n        displayName|fieldref: userPrincipalName", ""},
		{"quote in a name", "keyvault", `s: {'Identity.we"ird': x}`, "has a character that cannot be written"},
		{"unknown name", "keyvault", "s: {Identity.weird: x}", ""},
		{"US times", "riskdetection", "s: {TimeGenerated|hour: 3}", "write it as US text"},
		{"times", "riskdetection", "s: {DetectedDateTime|hour: 3}", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(auditRule(test.detection+"\ncondition: s"), "auditlogs", test.service, 1)
			var diags diag.List
			c := compile(parse(t, "rule.yml", text, nil), &diags)
			got := messages(&diags)
			if test.want == "" && c == nil {
				t.Errorf("refused: %s", got)
			}
			if test.want != "" && (c != nil || !strings.Contains(got, test.want)) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	for _, test := range []struct{ detection, want string }{
		{"s: {RiskState: atRisk}", `splunk: "properties.riskState" can stand behind the first 5,000 bytes`},
		{"s: {ResultType: '0'}", ""},
		{"s: {UserType: Guest}", `"properties.userType" can stand behind`},
		{"s: {'RiskEventTypes_V2[any]': x}", `"properties.riskEventTypes_v2" can stand behind`},
		{"s: {UserDisplayName|re|i: 'jos(?!x)é'}", "no document says that a regular expression ignores the case of letters beyond ASCII"},
		{"s: {UserDisplayName|re|i: 'josé'}", ""},
		{"s: {UserDisplayName|re: 'jos(?!x)é'}", ""},
		{"s: {UserAgent|exists: true}", "a field that is null counts as absent"},
	} {
		var diags diag.List
		if compile(parse(t, "rule.yml", signInRule(test.detection+"\ncondition: s"), nil), &diags) == nil {
			t.Fatal(messages(&diags))
		}
		got := messages(&diags)
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.detection, got, test.want)
		}
	}
}

// TestScopes asks for the category of every log, and that its macro is the first word.
func TestScopes(t *testing.T) {
	for _, test := range []struct{ service, want string }{
		{"auditlogs", "`azure_monitor_aad` category=\"AuditLogs\""},
		{"signinlogs", "`azure_monitor_aad` category IN (\"SignInLogs\", \"NonInteractiveUserSignInLogs\")"},
		{"interactiveusersigninlogs", "`azure_monitor_aad` category=\"SignInLogs\""},
		{"activitylogs", "`azure_monitor_activity` category IN (\"Administrative\", \"Action\", \"Delete\", \"Write\", \"Security\", \"Policy\", \"Alert\", \"Recommendation\", \"ServiceHealth\", \"ResourceHealth\", \"Autoscale\")"},
		{"keyvault", "`azure_monitor_resource` category=\"AuditEvent\" resourceId=\"*/MICROSOFT.KEYVAULT/VAULTS/*\""},
	} {
		var diags diag.List
		c := compile(parse(t, "rule.yml", strings.Replace(auditRule("s: {CorrelationId: x}\ncondition: s"), "auditlogs", test.service, 1), nil), &diags)
		if c == nil {
			t.Fatal(messages(&diags))
		}
		if got := strings.TrimSuffix(strings.Split(c.Text, "\n")[0], ` correlationId="x"`); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
