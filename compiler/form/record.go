package form

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// lookup follows a dotted path into a record. As ir does, it tries longer keys first, because keys can have dots.
func lookup(v any, path string) (any, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	for end := len(path); end > 0; end = strings.LastIndexByte(path[:end], '.') {
		sub, ok := m[path[:end]]
		if !ok {
			continue
		}
		if end == len(path) {
			return sub, true
		}
		if v, ok := lookup(sub, path[end+1:]); ok {
			return v, true
		}
	}
	return nil, false
}

// recorded returns what a record says about a column.
func recorded(log *schema.Log, c *schema.Column, record map[string]any) (any, bool) {
	for _, path := range []string{c.Raw, c.Else} {
		if path == "" {
			continue
		}
		if v, ok := lookup(record, path); ok {
			return v, true
		}
	}
	if c.Raw == "" && c.Const == "" {
		if derive, ok := derived[c.Name]; ok {
			return derive(log, record)
		}
	}
	return nil, false
}

// derived are columns whose value is a part of a field of the record (entra-dialects 7).
var derived = map[string]func(*schema.Log, map[string]any) (any, bool){
	"ActivitySubstatusValue": func(_ *schema.Log, record map[string]any) (any, bool) {
		s, ok := record["resultSignature"].(string) // "Succeeded.OK"
		_, status, cut := strings.Cut(s, ".")
		return status, ok && cut
	},
	"SubscriptionId":        resourcePart("subscriptions"),
	"ResourceGroup":         resourcePart("resourcegroups"),
	"ResourceProviderValue": resourcePart("providers"),
	"Resource":              resourceName,
}

// resourcePart returns the part of the resource id behind a key, as in /subscriptions/<id>/resourceGroups/<name>.
func resourcePart(key string) func(*schema.Log, map[string]any) (any, bool) {
	return func(_ *schema.Log, record map[string]any) (any, bool) {
		parts := resourceID(record)
		for i := 0; i+1 < len(parts); i += 2 {
			if strings.EqualFold(parts[i], key) {
				return parts[i+1], true
			}
		}
		return nil, false
	}
}

// resourceName returns the last name in the resource id. Only AzureDiagnostics keeps it; AzureActivity leaves the column
// empty.
func resourceName(log *schema.Log, record map[string]any) (any, bool) {
	parts := resourceID(record)
	if log.Name != "AzureDiagnostics" || len(parts) == 0 {
		return nil, false
	}
	return parts[len(parts)-1], true
}

// resourceID cuts the id of an Azure resource into keys and names; nil for other ids, such as those of tenants.
func resourceID(record map[string]any) []string {
	id, _ := record["resourceId"].(string)
	parts := strings.Split(strings.Trim(id, "/"), "/")
	if !strings.EqualFold(parts[0], "subscriptions") {
		return nil
	}
	return parts
}
