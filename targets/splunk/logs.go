package splunk

import "github.com/sigc-rules/sigc/compiler/schema"

// place is where the records of a log are found in Splunk, and what is customary for them.
type place struct {
	macro string
	// Fields of the record that name the things an alert is about; the first that an event has counts.
	user, address, app []string
	// shown are the canonical fields of the result when the rule does not say what it wants to see.
	shown []string
}

// macro is the scope of a search: the one place where a customer writes his index and source type.
type macro struct{ name, definition, doc string }

// macros are the scopes, with the source types that the Splunk Add-on for Microsoft Cloud Services gives (C).
var macros = []macro{
	{"azure_monitor_aad", "index=* sourcetype=azure:monitor:aad", "Microsoft Entra ID logs from an event hub: audit, sign-ins, risk"},
	{"azure_monitor_activity", "index=* sourcetype=azure:monitor:activity", "Azure Activity log from an event hub"},
	{"azure_monitor_resource", "index=* sourcetype=azure:monitor:resource", "Azure resource logs from an event hub: Key Vault"},
}

// lists of the actors of an audit event, the likelier name first: records of B2C tenants name applications by id alone.
var auditActor = []string{
	"properties.initiatedBy.user.userPrincipalName", "properties.initiatedBy.user.id", "properties.initiatedBy.app.displayName",
	"properties.initiatedBy.app.servicePrincipalName", "properties.initiatedBy.app.servicePrincipalId", "properties.initiatedBy.app.appId",
}

var signIn = place{
	macro: "azure_monitor_aad",
	user:  []string{"properties.userPrincipalName", "properties.userId"},
	address: []string{
		"properties.ipAddress", "callerIpAddress",
	},
	app:   []string{"properties.appDisplayName", "properties.appId"},
	shown: []string{"ResultType", "ResultDescription", "UserAgent", "Location", "ResourceDisplayName", "CorrelationId"},
}

var workload = place{
	macro:   "azure_monitor_aad",
	user:    []string{"properties.servicePrincipalName", "properties.servicePrincipalId"},
	address: []string{"properties.ipAddress", "callerIpAddress"},
	app:     []string{"properties.servicePrincipalName", "properties.appId"},
	shown:   []string{"ResultType", "ResultDescription", "Location", "ResourceDisplayName", "CorrelationId"},
}

// places are the logs that Splunk receives in this form. The source type of Graph activity is inferred: it comes through
// the same diagnostic setting as the other Entra logs (U). That of Key Vault is read from public content (C).
var places = map[string]place{
	"AuditLogs": {
		macro:   "azure_monitor_aad",
		user:    auditActor,
		address: []string{"properties.initiatedBy.user.ipAddress", "callerIpAddress"},
		app:     []string{"properties.initiatedBy.app.displayName", "properties.initiatedBy.app.appId"},
		shown:   []string{"OperationName", "Category", "Result", "ResultReason", "TargetResources.displayName", "CorrelationId"},
	},
	"SigninLogs":                      signIn,
	"AADNonInteractiveUserSignInLogs": signIn,
	"AADServicePrincipalSignInLogs":   workload,
	"AADManagedIdentitySignInLogs":    workload,
	"AADUserRiskEvents": {
		macro:   "azure_monitor_aad",
		user:    []string{"properties.userPrincipalName", "properties.userId"},
		address: []string{"properties.ipAddress"},
		shown:   []string{"RiskEventType", "RiskLevel", "RiskState", "RiskDetail", "CorrelationId"},
	},
	"AADRiskyUsers": {
		macro: "azure_monitor_aad",
		user:  []string{"properties.userPrincipalName", "properties.id"},
		shown: []string{"RiskLevel", "RiskState", "RiskDetail", "CorrelationId"},
	},
	"MicrosoftGraphActivityLogs": {
		macro:   "azure_monitor_aad",
		user:    []string{"properties.userId", "properties.servicePrincipalId"},
		address: []string{"properties.ipAddress", "callerIpAddress"},
		app:     []string{"properties.appId"},
		shown:   []string{"RequestMethod", "RequestUri", "ResponseStatusCode", "UserAgent", "RequestId"},
	},
	"AzureActivity": {
		macro: "azure_monitor_activity",
		user: []string{
			"identity.claims.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
			"identity.claims.http://schemas.microsoft.com/identity/claims/objectidentifier",
		},
		address: []string{"callerIpAddress"},
		app:     []string{"identity.claims.appid"},
		shown:   []string{"OperationNameValue", "ActivityStatusValue", "ResourceId", "CorrelationId"},
	},
	"AZKVAuditLogs": {
		macro:   "azure_monitor_resource",
		user:    []string{"identity.claim.upn", "identity.claim.oid"},
		address: []string{"callerIpAddress"},
		app:     []string{"identity.claim.appid"},
		shown:   []string{"OperationName", "ResultSignature", "HttpStatusCode", "RequestUri", "CorrelationId"},
	},
	"AzureDiagnostics": {
		macro:   "azure_monitor_resource",
		user:    []string{"identity.claim.upn", "identity.claim.oid"},
		address: []string{"callerIpAddress"},
		app:     []string{"identity.claim.appid"},
		shown:   []string{"OperationName", "ResultSignature", "httpStatusCode_d", "requestUri_s", "CorrelationId"},
	},
}

// textInRecord are columns whose value is JSON text in the record, although Log Analytics stores it parsed. The other
// way round holds for every column that Log Analytics stores as text: the record has the array or object itself.
var textInRecord = map[string]bool{"AADUserRiskEvents AdditionalInfo": true}

// usTimes are the logs whose records write "time" as US text (entra-dialects 2).
var usTimes = map[string]bool{"AADUserRiskEvents": true, "AADRiskyUsers": true}

// late are fields that stand behind the first 5,000 bytes of many records. Automatic extraction stops there (D:
// limits.conf, extraction_cutoff), so that the search may not see them. In a sign-in they are the ones that follow the
// Conditional Access policies, which can be many, and these themselves (C: published records).
var late = lateFields(
	"targetResources", "additionalDetails",
	"appliedConditionalAccessPolicies", "alternateSignInName", "appOwnerTenantId", "authenticationContextClassReferences",
	"authenticationDetails", "authenticationProcessingDetails", "authenticationProtocol", "authenticationRequirement",
	"authenticationRequirementPolicies", "autonomousSystemNumber", "clientCredentialType", "conditionalAccessAudiences",
	"crossTenantAccessType", "flaggedForReview", "homeTenantId", "incomingTokenType", "isInteractive", "isTenantRestricted",
	"isThroughGlobalSecureAccess", "networkLocationDetails", "originalRequestId", "originalTransferMethod",
	"processingTimeInMilliseconds", "resourceDisplayName", "resourceId", "resourceOwnerTenantId",
	"resourceServicePrincipalId", "resourceTenantId", "riskDetail", "riskEventTypes", "riskEventTypes_v2",
	"riskLevelAggregated", "riskLevelDuringSignIn", "riskState", "servicePrincipalCredentialKeyId", "servicePrincipalId",
	"servicePrincipalName", "sessionId", "sessionLifetimePolicies", "signInIdentifier", "tokenIssuerName", "tokenIssuerType",
	"tokenProtectionStatusDetails", "uniqueTokenIdentifier", "userType",
)

func lateFields(names ...string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out["properties."+n] = true
	}
	return out
}

// scopeTerms returns the terms that select the records of a log.
func scopeTerms(log *schema.Log) []term {
	terms := []term{&termMacro{places[log.Name].macro}}
	hub := log.EventHub
	switch {
	case hub.Category != "":
		terms = append(terms, &termIs{"category", glob{hub.Category}})
	case len(hub.Categories) > 0:
		in := &termIn{field: "category"}
		for _, c := range hub.Categories {
			in.values = append(in.values, glob{c})
		}
		terms = append(terms, in)
	}
	if hub.Resource != "" {
		terms = append(terms, &termIs{"resourceId", glob{"", "/" + hub.Resource + "/", ""}})
	}
	return terms
}
