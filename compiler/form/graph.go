package form

import (
	"encoding/json"
	"maps"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// graphLog returns the log of an object of Microsoft Graph, by the properties that each kind of object always has; nil
// when it is none of them.
func graphLog(obj map[string]any) *schema.Log {
	has := func(names ...string) bool {
		for _, name := range names {
			if _, ok := obj[name]; !ok {
				return false
			}
		}
		return true
	}
	switch {
	case has("properties"):
		return nil
	case has("activityDateTime", "activityDisplayName"):
		return schema.ByName("AuditLogs")
	case has("riskEventType", "detectedDateTime"):
		return schema.ByName("AADUserRiskEvents")
	case has("riskLastUpdatedDateTime", "riskState"):
		return schema.ByName("AADRiskyUsers")
	case has("createdDateTime", "appId"), has("createdDateTime", "status"):
		return signInLog(obj)
	default:
		return nil
	}
}

// signInLog: the event types say which kind of sign-in it is; without them only the interactive ones are listed.
func signInLog(obj map[string]any) *schema.Log {
	types, _ := obj["signInEventTypes"].([]any)
	for _, t := range types {
		switch t {
		case "nonInteractiveUser":
			return schema.ByName("AADNonInteractiveUserSignInLogs")
		case "servicePrincipal":
			return schema.ByName("AADServicePrincipalSignInLogs")
		case "managedIdentity":
			return schema.ByName("AADManagedIdentitySignInLogs")
		}
	}
	if interactive, ok := obj["isInteractive"].(bool); ok && !interactive && len(types) == 0 {
		return schema.ByName("AADNonInteractiveUserSignInLogs")
	}
	return schema.ByName("SigninLogs")
}

// graphRecord puts a Graph object back into the Event Hub record of the same event: the object is its properties, and
// the fields above them repeat some of these (entra-dialects 2).
func graphRecord(log *schema.Log, obj map[string]any) map[string]any {
	record := map[string]any{"category": log.EventHub.Category, "properties": obj}
	copies := map[string]string{"correlationId": "correlationId"}
	switch log.Name {
	case "AuditLogs":
		copies["time"], copies["operationName"] = "activityDateTime", "activityDisplayName"
		if reason, _ := obj["resultReason"].(string); reason != "" {
			record["resultDescription"] = reason
		}
	case "AADUserRiskEvents", "AADRiskyUsers":
		copies["time"] = "lastUpdatedDateTime"
		if log.Name == "AADRiskyUsers" {
			copies["time"] = "riskLastUpdatedDateTime"
		}
	default:
		record["operationName"] = "Sign-in activity"
		copies["time"], copies["identity"] = "createdDateTime", "userDisplayName"
		maps.Copy(record, signInResult(obj))
		copies["location"] = "location.countryOrRegion"
	}
	for to, from := range copies {
		if v, ok := lookup(obj, from); ok {
			record[to] = v
		}
	}
	return record
}

// signInResult: the result of a sign-in is the error code of its status as text, with a description if it failed.
func signInResult(obj map[string]any) map[string]any {
	code, ok := lookup(obj, "status.errorCode")
	if !ok {
		return nil
	}
	out := map[string]any{}
	switch code := code.(type) {
	case json.Number:
		out["resultType"] = code.String()
	case string:
		out["resultType"] = code
	default:
		out["resultType"] = encode(code, false)
	}
	if reason, ok := lookup(obj, "status.failureReason"); ok && out["resultType"] != "0" {
		out["resultDescription"] = reason
	}
	return out
}
