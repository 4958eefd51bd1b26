package form

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// statuses are the words of the Azure Monitor API for what a record of the Activity log calls its result; published events
// show these pairs (entra-dialects 7).
var statuses = map[string]string{"start": "Started", "success": "Succeeded"}

// ActivityObject returns the object of the Azure Monitor API that tells of the same operation as an Event Hub record of the
// Activity log; false when it is not known what it writes. It does not write names in upper case, as the record does.
func ActivityObject(log *schema.Log, record map[string]any) (map[string]any, bool) {
	if log.Name != "AzureActivity" {
		return nil, false
	}
	text := func(name string) string { s, _ := record[name].(string); return s }
	// Every object has the name of an operation, which a record that is cut down may leave out.
	obj := map[string]any{"operationName": map[string]any{"value": cmp.Or(strings.ToLower(text("operationName")), "unknown")}}
	if result, has := record["resultType"]; has {
		s, _ := result.(string)
		word, known := statuses[strings.ToLower(s)]
		if !known {
			return nil, false
		}
		obj["status"] = map[string]any{"value": word}
	}
	if _, sub, ok := strings.Cut(text("resultSignature"), "."); ok {
		obj["subStatus"] = map[string]any{"value": sub}
	}
	if category := text("category"); category != "" {
		obj["category"] = map[string]any{"value": category}
	}
	if id := text("resourceId"); id != "" {
		obj["resourceId"] = strings.ToLower(id)
		if provider, ok := resourcePart("providers")(log, record); ok {
			obj["resourceProviderName"] = map[string]any{"value": strings.ToLower(fmt.Sprint(provider))}
		}
	}
	move(obj, "correlationId", record, "correlationId")
	move(obj, "eventTimestamp", record, "time")
	httpRequest := map[string]any{}
	if properties, ok := record["properties"].(map[string]any); ok {
		properties = maps.Clone(properties)
		if r, ok := properties["httpRequest"].(map[string]any); ok {
			httpRequest = maps.Clone(r)
			delete(properties, "httpRequest")
		}
		move(obj, "eventDataId", properties, "eventDataId")
		delete(properties, "eventDataId")
		obj["properties"] = properties
	}
	move(httpRequest, "clientIpAddress", record, "callerIpAddress")
	obj["httpRequest"] = httpRequest
	identity, _ := record["identity"].(map[string]any)
	if a, ok := identity["authorization"].(map[string]any); ok {
		a = maps.Clone(a)
		delete(a, "evidence")
		obj["authorization"] = a
	}
	claims, _ := identity["claims"].(map[string]any)
	move(obj, "claims", identity, "claims")
	const upn, id = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", "http://schemas.microsoft.com/identity/claims/objectidentifier"
	move(obj, "caller", claims, id)
	move(obj, "caller", claims, upn)
	return obj, true
}

// move copies a value that is there.
func move(to map[string]any, key string, from map[string]any, name string) {
	if v, ok := from[name]; ok {
		to[key] = v
	}
}
