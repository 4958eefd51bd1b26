package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// show writes a resolved name as its canonical spelling, the steps and the type at the end: "A.b: [*] .b = string".
func show(r Resolved) string {
	s := r.Canonical + ":"
	for _, step := range r.Steps {
		s += " "
		if step.JSON {
			s += "json"
		}
		switch step.Kind {
		case Member:
			s += "." + step.Name
		case Members:
			s += "[*]"
		default:
			s += fmt.Sprintf("[%d]", step.Index)
		}
	}
	s += " = " + string(r.Node.Type)
	if r.Node.Array {
		s += "[]"
	}
	if r.Node.JSON {
		s += " json"
	}
	if r.Node.Open {
		s += " open"
	}
	return s
}

func TestResolve(t *testing.T) {
	tests := []struct{ log, name, want string }{
		// One column, every way to write it.
		{"AuditLogs", "OperationName", "OperationName: = string"},
		{"AuditLogs", "operationName", "OperationName: = string"},
		{"AuditLogs", "AADOperationType", "AADOperationType: = string"},
		{"AuditLogs", "properties.operationType", "AADOperationType: = string"},
		{"AuditLogs", "operationType", "AADOperationType: = string"},
		{"AuditLogs", "time", "TimeGenerated: = datetime"},
		{"AuditLogs", "level", "Level: = string"},
		{"AuditLogs", "Level", "Level: = string"},
		{"AuditLogs", "properties.correlationId", "CorrelationId: = string"},
		{"AADUserRiskEvents", "riskEventType", "RiskEventType: = string"},
		{"AADUserRiskEvents", "riskType", "RiskEventType: = string"},
		{"SigninLogs", "userAgent", "UserAgent: = string"},
		{"SigninLogs", "callerIpAddress", "IPAddress: = string"},
		{"SigninLogs", "properties.riskEventTypes_v2", "RiskEventTypes_V2: = string[] json"},
		{"AzureActivity", "operationName", "OperationNameValue: = string"},
		{"AzureActivity", "OperationName", "OperationName: = string"},
		{"AzureDiagnostics", "identity.claim.upn", "identity_claim_upn_s: = string"},
		{"AADNonInteractiveUserSignInLogs", "processingTimeInMilliseconds", "ProcessingTimeInMs: = string"},

		// The category of an audit event is that of the activity; of a sign-in, that of the record.
		{"AuditLogs", "category", "Category: = string"},
		{"AuditLogs", "properties.category", "Category: = string"},
		{"SigninLogs", "category", "Category: = string"},
		{"SigninLogs", "properties.category", ""},

		// Two paths that share a name without "properties.".
		{"SigninLogs", "location", "Location: = string"},
		{"SigninLogs", "properties.location", "LocationDetails: = dynamic"},
		{"SigninLogs", "location.city", "LocationDetails.city: .city = string"},
		{"SigninLogs", "properties.location.city", "LocationDetails.city: .city = string"},
		{"SigninLogs", "resourceId", "ResourceId: = string"},
		{"SigninLogs", "properties.resourceId", "ResourceIdentity: = string"},

		// Below a column.
		{"AuditLogs", "initiatedBy.user.userPrincipalName", "InitiatedBy.user.userPrincipalName: .user .userPrincipalName = string"},
		{"AuditLogs", "InitiatedBy.user", "InitiatedBy.user: .user = dynamic"},
		{"SigninLogs", "status.errorCode", "Status.errorCode: .errorCode = int"},
		{"AzureActivity", "Claims_d.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
			"Claims_d.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn: .http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn = string"},
		{"AzureActivity", "identity.claims.appid", "Claims_d.appid: .appid = string"},
		{"AZKVAuditLogs", "KeyProperties.attributes.exp", "KeyProperties.attributes.exp: .attributes .exp = dynamic open"},

		// Across arrays and into JSON text.
		{"AuditLogs", "TargetResources", "TargetResources: = dynamic[]"},
		{"AuditLogs", "targetResources.modifiedProperties.newValue",
			"TargetResources.modifiedProperties.newValue: [*] .modifiedProperties [*] .newValue = string json open"},
		{"AuditLogs", "TargetResources.modifiedProperties.newValue.state",
			"TargetResources.modifiedProperties.newValue.state: [*] .modifiedProperties [*] .newValue json.state = dynamic open"},
		{"SigninLogs", "AuthenticationDetails.succeeded", "AuthenticationDetails.succeeded: json[*] .succeeded = bool"},
		{"SigninLogs", "NetworkLocationDetails.networkNames", "NetworkLocationDetails.networkNames: json[*] .networkNames = string[]"},
		{"SigninLogs", "DeviceDetail.deviceId", "DeviceDetail.deviceId: .deviceId = string"},
		{"AADNonInteractiveUserSignInLogs", "DeviceDetail.deviceId", "DeviceDetail.deviceId: json.deviceId = string"},
		{"AADManagedIdentitySignInLogs", "appliedConditionalAccessPolicies.result",
			"ConditionalAccessPolicies.result: json[*] .result = string"},

		// Near misses.
		{"AuditLogs", "operationname", ""},
		{"AuditLogs", "TargetResources.ModifiedProperties.newValue", ""},
		{"AuditLogs", "properties.message", ""},
		{"AuditLogs", "InitiatedBy.user.", ""},
		{"AuditLogs", "OperationName.x", ""},
		{"AuditLogs", "properties", ""},
		{"AuditLogs", "", ""},
		{"AuditLogs", ".", ""},
		{"AZKVAuditLogs", "KeyProperties..exp", ""},
		{"SigninLogs", "RiskEventTypes.x", ""},
		{"AADServicePrincipalSignInLogs", "UserPrincipalName", ""},
	}
	for _, tt := range tests {
		t.Run(tt.log+" "+tt.name, func(t *testing.T) {
			l := ByName(tt.log)
			r, ok := l.Resolve(nil, tt.name)
			if !ok {
				if tt.want != "" {
					t.Fatalf("not found, want %s", tt.want)
				}
				return
			}
			if got := show(r); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
			if again, ok := l.Resolve(nil, r.Canonical); !ok || show(again) != show(r) {
				t.Errorf("canonical name %q resolves to something else", r.Canonical)
			}
		})
	}
}

func TestResolveInScope(t *testing.T) {
	audit, signin := ByName("AuditLogs"), ByName("SigninLogs")
	targets := audit.Column("TargetResources")
	properties := targets.Member("modifiedProperties")
	tests := []struct {
		log         *Log
		scope       *Column
		name, wants string
	}{
		{audit, targets, "displayName", "displayName: .displayName = string"},
		{audit, targets, "modifiedProperties", "modifiedProperties: .modifiedProperties = dynamic[]"},
		{audit, targets, "modifiedProperties.newValue", "modifiedProperties.newValue: .modifiedProperties [*] .newValue = string json open"},
		{audit, targets, ".", ".: = dynamic"},
		{audit, targets, "OperationName", ""},
		{audit, targets, "DisplayName", ""},
		{audit, properties, "newValue", "newValue: .newValue = string json open"},
		{audit, properties.Member("newValue"), "Address", "Address: .Address = dynamic open"},
		{signin, signin.Column("AuthenticationDetails"), "succeeded", "succeeded: .succeeded = bool"},
		{signin, signin.Column("AuthenticationDetails"), ".", ".: = dynamic"},
		{signin, signin.Column("RiskEventTypes_V2"), ".", ".: = string"},
		{signin, signin.Column("RiskEventTypes_V2"), "x", ""},
	}
	for _, tt := range tests {
		t.Run(tt.scope.Name+" "+tt.name, func(t *testing.T) {
			r, ok := tt.log.Resolve(tt.scope, tt.name)
			got := ""
			if ok {
				got = show(r)
			}
			if got != tt.wants {
				t.Errorf("\n got %s\nwant %s", got, tt.wants)
			}
			if r.Column != nil {
				t.Errorf("a name inside an array starts at column %s", r.Column.Name)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	audit := ByName("AuditLogs")
	tests := []struct {
		scope *Column
		name  string
		want  []string
	}{
		{nil, "operationname", []string{"OperationName"}},
		{nil, "operationNane", []string{"OperationName"}},
		{nil, "Initiatied.By", []string{"InitiatedBy"}},
		{nil, "Initiatedby", []string{"InitiatedBy"}},
		{nil, "TargetResources.ModifiedProperties.NewValue", []string{"TargetResources.modifiedProperties.newValue"}},
		{nil, "userPrincipalName", []string{"InitiatedBy.user.userPrincipalName", "TargetResources.userPrincipalName"}},
		{nil, "properties.targetResource.type", []string{"properties.targetResources.type"}},
		{nil, "CommandLine", nil},
		{nil, "", nil},
		{audit.Column("TargetResources"), "modifiedproperties", []string{"modifiedProperties"}},
		{audit.Column("TargetResources"), "newValue", []string{"modifiedProperties.newValue"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := audit.Nearest(tt.scope, tt.name); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFind(t *testing.T) {
	tests := []struct {
		logsource Logsource
		want      []string
	}{
		{Logsource{Product: "azure", Service: "auditlogs"}, []string{"AuditLogs"}},
		{Logsource{Product: "Azure", Service: "SigninLogs"}, []string{"UserSignInLogs", "SigninLogs"}},
		{Logsource{Product: "azure", Service: "interactiveusersigninlogs"}, []string{"SigninLogs"}},
		{Logsource{Product: "azure", Service: "noninteractiveusersigninlogs"}, []string{"AADNonInteractiveUserSignInLogs"}},
		{Logsource{Product: "azure", Service: "riskdetection"}, []string{"AADUserRiskEvents"}},
		{Logsource{Product: "azure", Service: "keyvault"}, []string{"AZKVAuditLogs", "AzureDiagnostics"}},
		{Logsource{Product: "azure", Service: "azurediagnostics"}, []string{"AzureDiagnostics"}},
		{Logsource{Product: "azure"}, nil},
		{Logsource{Service: "auditlogs"}, nil},
		{Logsource{Product: "azure", Service: "auditlogs", Category: "x"}, nil},
		{Logsource{Product: "bitbucket", Service: "audit"}, []string{"BitbucketAudit"}},
		{Logsource{}, nil},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.logsource), func(t *testing.T) {
			logs, ok := Find(tt.logsource.Category, tt.logsource.Product, tt.logsource.Service)
			var got []string
			for _, l := range logs {
				got = append(got, l.Name)
			}
			if !slices.Equal(got, tt.want) || ok != (len(tt.want) > 0) {
				t.Errorf("got %q, %v, want %q", got, ok, tt.want)
			}
		})
	}
	if reason, ok := Refused("", "windows", "dns-server-analytic"); !ok || !strings.Contains(reason, "analytic channel") {
		t.Errorf("an analytic channel is refused with %q, %v", reason, ok)
	}
	if _, ok := Refused("", "azure", "auditlogs"); ok {
		t.Error("auditlogs is refused")
	}
}

// TestSpelled: a name that stands for a path is that path, and resolves no further than it.
func TestSpelled(t *testing.T) {
	for _, tt := range []struct{ log, name, want string }{
		{"GCPAudit", "gcp.audit.method_name", "protoPayload.methodName"},
		{"GCPAudit", "data.protoPayload.authorizationInfo.granted", "protoPayload.authorizationInfo.granted"},
		{"GCPAudit", "protoPayload.methodName", "protoPayload.methodName"},
		{"GCPAudit", "gcp.audit.method", ""},
		{"GCPAudit", "gcp.audit.method_name.x", ""},
		{"GoogleWorkspaceAudit", "eventName", "protoPayload.metadata.event.eventName"},
		{"GoogleWorkspaceAudit", "eventname", ""},
	} {
		r, ok := ByName(tt.log).Resolve(nil, tt.name)
		if r.Canonical != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %s is %q, %v", tt.log, tt.name, r.Canonical, ok)
		}
	}
}

// TestNearestPath: of paths that end alike, the one with more keys in common is nearer.
func TestNearestPath(t *testing.T) {
	for _, tt := range []struct{ log, name, want string }{
		{"CloudTrail", "sessionIssuer.userName", "userIdentity.sessionContext.sessionIssuer.userName"},
		{"CloudTrail", "params.enable", "requestParameters.enable"},
		{"CloudTrail", "eventname", "eventName"},
		{"KubernetesAudit", "object.ref.subresource", "objectRef.subresource"},
		{"Okta", "eventtype", "eventType"},
	} {
		if near := ByName(tt.log).Nearest(nil, tt.name); len(near) == 0 || near[0] != tt.want {
			t.Errorf("%s: near %s are %q", tt.log, tt.name, near)
		}
	}
}
