package form

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// GraphObject returns the object of Microsoft Graph that tells of the same event as an Event Hub record of the log; false
// when Microsoft Graph has no such objects. What the two write differently is in entra-dialects 3 and 4.
func GraphObject(log *schema.Log, record map[string]any) (map[string]any, bool) {
	properties, _ := record["properties"].(map[string]any)
	obj := maps.Clone(properties)
	if obj == nil {
		obj = map[string]any{}
	}
	move := func(from, to string) {
		if v, ok := record[from]; ok {
			obj[to] = v
		}
	}
	copyOf := func(m map[string]any, to, from string) { // what an event that is cut down may say only above
		if v, ok := record[from]; ok && m[to] == nil {
			m[to] = v
		}
	}
	switch log.Name {
	case "AuditLogs":
		move("correlationId", "correlationId")
		move("operationName", "activityDisplayName")
		copyOf(obj, "activityDateTime", "time")
		fill(obj, noTime, "activityDateTime")
		obj["initiatedBy"] = bothActors(obj["initiatedBy"])
		obj["targetResources"] = members(obj["targetResources"], func(m map[string]any) {
			fill(m, nil, "userPrincipalName", "groupType")
		})
	case "AADUserRiskEvents": // the correlationId of the record is another one than that of its properties
		fill(obj, noTime, "detectedDateTime")
		obj["location"] = edited(obj["location"], func(m map[string]any) { fill(m, "", "city", "state", "countryOrRegion") })
	case "AADRiskyUsers":
		fill(obj, noTime, "riskLastUpdatedDateTime")
	case "SigninLogs":
		move("correlationId", "correlationId")
		if t, ok := obj["userType"].(string); ok {
			obj["userType"] = strings.ToLower(t)
		}
		copyOf(obj, "createdDateTime", "time")
		fill(obj, noTime, "createdDateTime")
		copyOf(obj, "userDisplayName", "identity")
		fill(obj, map[string]any{}, "status", "location")
		obj["status"] = edited(obj["status"], func(m map[string]any) {
			copyOf(m, "errorCode", "resultType")
			copyOf(m, "failureReason", "resultDescription")
			if !failed(m["errorCode"]) {
				fill(m, "Other.", "failureReason")
			}
			fill(m, nil, "additionalDetails")
		})
		obj["deviceDetail"] = edited(obj["deviceDetail"], func(m map[string]any) {
			fill(m, "", "deviceId", "displayName", "operatingSystem", "browser", "trustType")
			fill(m, false, "isCompliant", "isManaged")
		})
		obj["location"] = edited(obj["location"], func(m map[string]any) {
			copyOf(m, "countryOrRegion", "location")
			fill(m, "", "city", "state", "countryOrRegion")
		})
		obj["appliedConditionalAccessPolicies"] = members(obj["appliedConditionalAccessPolicies"], func(m map[string]any) {
			for _, key := range []string{"conditionsSatisfied", "conditionsNotSatisfied"} {
				if _, ok := m[key].(json.Number); ok {
					m[key] = "application,users" // which of them a bit means is not documented
				}
			}
		})
	default:
		return nil, false
	}
	return obj, true
}

// noTime stands for the time of an event that says none: every object has one.
const noTime = "1970-01-01T00:00:00Z"

// bothActors: the one who did not make the change is there as well, as null.
func bothActors(v any) any {
	return edited(v, func(m map[string]any) { fill(m, nil, "user", "app") })
}

func failed(code any) bool {
	return code != nil && fmt.Sprint(code) != "0"
}

// edited returns a copy of an object that change has been applied to; other values stay as they are.
func edited(v any, change func(map[string]any)) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	m = maps.Clone(m)
	change(m)
	return m
}

// members does the same for the objects in an array.
func members(v any, change func(map[string]any)) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	out := make([]any, len(list))
	for i, m := range list {
		out[i] = edited(m, change)
	}
	return out
}

// fill gives an object the keys that it does not have.
func fill(m map[string]any, v any, keys ...string) {
	for _, key := range keys {
		if _, ok := m[key]; !ok {
			m[key] = v
		}
	}
}
