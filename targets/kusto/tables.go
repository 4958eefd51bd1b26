package kusto

// table is what is customary for the rows of a log. Fields are named canonically.
type table struct {
	columns  []string // shown when the rule does not say what it wants to show
	entities []entity
	always   []string // shown last, for finding the record again
}

type entity struct {
	kind        string
	identifiers []identifier
}

type identifier struct {
	name  string // as Sentinel calls it
	field string
	half  half
}

func account(upn, id string) entity {
	e := entity{kind: "Account", identifiers: []identifier{{"Name", upn, prefix}, {"UPNSuffix", upn, suffix}}}
	if id != "" {
		e.identifiers = append(e.identifiers, identifier{"AadUserId", id, whole})
	}
	return e
}

func address(field string) entity {
	return entity{kind: "IP", identifiers: []identifier{{"Address", field, whole}}}
}

func application(field string) entity {
	return entity{kind: "CloudApplication", identifiers: []identifier{{"Name", field, whole}}}
}

var userSignIns = table{
	columns: []string{"ResultType", "ResultDescription", "ClientAppUsed", "UserAgent", "Location"},
	entities: []entity{
		account("UserPrincipalName", "UserId"), address("IPAddress"), application("AppDisplayName"),
	},
	always: []string{"CorrelationId"},
}

// tables are the logs that this package knows customs for; any other is shown by the columns its rule names.
var tables = map[string]table{
	"AuditLogs": {
		columns: []string{"OperationName", "Category", "Result", "ResultReason", "TargetResources"},
		entities: []entity{
			account("InitiatedBy.user.userPrincipalName", "InitiatedBy.user.id"),
			address("InitiatedBy.user.ipAddress"),
			application("InitiatedBy.app.displayName"),
		},
		always: []string{"CorrelationId"},
	},
	"UserSignInLogs":                  userSignIns,
	"SigninLogs":                      userSignIns,
	"AADNonInteractiveUserSignInLogs": userSignIns,
	"AADServicePrincipalSignInLogs": {
		columns:  []string{"ResultType", "ResultDescription", "ServicePrincipalId", "ResourceDisplayName", "Location"},
		entities: []entity{address("IPAddress"), application("ServicePrincipalName")},
		always:   []string{"CorrelationId"},
	},
	"AADManagedIdentitySignInLogs": {
		columns:  []string{"ResultType", "ResultDescription", "ServicePrincipalId", "ResourceDisplayName", "Location"},
		entities: []entity{address("IPAddress"), application("ServicePrincipalName")},
		always:   []string{"CorrelationId"},
	},
	"AADUserRiskEvents": {
		columns:  []string{"RiskEventType", "RiskLevel", "RiskState", "RiskDetail", "Source", "Location"},
		entities: []entity{account("UserPrincipalName", "UserId"), address("IpAddress")},
		always:   []string{"CorrelationId"},
	},
	"AADRiskyUsers": {
		columns:  []string{"RiskLevel", "RiskState", "RiskDetail", "RiskLastUpdatedDateTime"},
		entities: []entity{account("UserPrincipalName", "Id")},
		always:   []string{"CorrelationId"},
	},
	"AzureActivity": {
		columns: []string{"OperationNameValue", "ActivityStatusValue", "ResourceGroup", "CategoryValue"},
		entities: []entity{
			account("Caller", ""), address("CallerIpAddress"),
			{kind: "AzureResource", identifiers: []identifier{{"ResourceId", "_ResourceId", whole}}},
		},
		always: []string{"CorrelationId"},
	},
	"AZKVAuditLogs": {
		columns: []string{"OperationName", "ResultSignature", "HttpStatusCode", "RequestUri", "Identity"},
		entities: []entity{
			account("Identity.claim.upn", "Identity.claim.oid"),
			address("CallerIpAddress"),
			{kind: "AzureResource", identifiers: []identifier{{"ResourceId", "_ResourceId", whole}}},
		},
		always: []string{"CorrelationId"},
	},
	"AzureDiagnostics": {
		columns: []string{"OperationName", "ResultSignature", "httpStatusCode_d", "requestUri_s", "identity_claim_upn_s", "identity_claim_appid_g"},
		entities: []entity{
			account("identity_claim_upn_s", "identity_claim_oid_g"),
			address("CallerIPAddress"),
			{kind: "AzureResource", identifiers: []identifier{{"ResourceId", "ResourceId", whole}}},
		},
		always: []string{"CorrelationId"},
	},
	"MicrosoftGraphActivityLogs": {
		columns: []string{"RequestMethod", "RequestUri", "ResponseStatusCode", "AppId", "Scopes", "Roles"},
		entities: []entity{
			{kind: "Account", identifiers: []identifier{{"AadUserId", "UserId", whole}}}, address("IPAddress"),
		},
		always: []string{"RequestId"},
	},
}

// customaryNames are what Microsoft's own rules call these values.
var customaryNames = map[string]string{
	"InitiatedBy.user.userPrincipalName":   "InitiatingUserPrincipalName",
	"InitiatedBy.user.id":                  "InitiatingAadUserId",
	"InitiatedBy.user.ipAddress":           "InitiatingIPAddress",
	"InitiatedBy.user.displayName":         "InitiatingUserDisplayName",
	"InitiatedBy.app.displayName":          "InitiatingAppName",
	"InitiatedBy.app.appId":                "InitiatingAppId",
	"InitiatedBy.app.servicePrincipalId":   "InitiatingAppServicePrincipalId",
	"InitiatedBy.app.servicePrincipalName": "InitiatingAppServicePrincipalName",

	"InitiatedBy.user.userPrincipalName@Name":      "AccountName",
	"InitiatedBy.user.userPrincipalName@UPNSuffix": "AccountUPNSuffix",
	"UserPrincipalName@Name":                       "AccountName",
	"UserPrincipalName@UPNSuffix":                  "AccountUPNSuffix",
	"Identity.claim.upn@Name":                      "AccountName",
	"Identity.claim.upn@UPNSuffix":                 "AccountUPNSuffix",
	"identity_claim_upn_s@Name":                    "AccountName",
	"identity_claim_upn_s@UPNSuffix":               "AccountUPNSuffix",
	"Caller@Name":                                  "AccountName",
	"Caller@UPNSuffix":                             "AccountUPNSuffix",
}
