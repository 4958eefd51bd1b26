package form

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// recognise says which form an object is in. It returns Raw when it cannot tell.
func recognise(obj map[string]any) Form {
	switch {
	case isWindows(obj):
		return Windows
	case isManagement(obj):
		return Management
	case isCloudTrail(obj):
		return CloudTrail
	case isSplunk(obj):
		return Splunk
	case isRecord(obj):
		return EventHub
	case isRow(obj):
		return LogAnalytics
	case graphLog(obj) != nil:
		return Graph
	default:
		return Raw
	}
}

// isCloudTrail: what AWS documents that every record has.
func isCloudTrail(obj map[string]any) bool {
	for _, name := range []string{"eventVersion", "eventSource", "eventName"} {
		if s, ok := obj[name].(string); !ok || s == "" {
			return false
		}
	}
	_, who := obj["userIdentity"]
	return who
}

// isRecord: a category beside properties, or the category of a known log in a record that has lost them.
func isRecord(obj map[string]any) bool {
	category, ok := obj["category"].(string)
	if !ok {
		return false
	}
	_, properties := obj["properties"].(map[string]any)
	_, resource := obj["resourceId"].(string)
	return properties && category != "" || resource && recordLog(obj) != nil
}

// recordLog returns the log that an Event Hub record belongs to; nil when none is known.
func recordLog(record map[string]any) *schema.Log {
	category, ok := record["category"].(string)
	if !ok {
		return nil
	}
	for _, l := range schema.Logs() {
		s := l.EventHub
		if s.Category != "" && strings.EqualFold(s.Category, category) && ofResource(record, s.Resource) {
			return l
		}
		if slices.Contains(s.Categories, category) && isSubscription(record) {
			return l
		}
	}
	return nil
}

// ofResource reports whether the record is of a resource of that type. Publishers that mask the id leave it to the
// category.
func ofResource(record map[string]any, kind string) bool {
	id, _ := record["resourceId"].(string)
	_, resource, ok := strings.Cut(strings.ToUpper(id), "/PROVIDERS/")
	return kind == "" || !ok || strings.HasPrefix(resource, kind+"/")
}

// isSubscription tells activity-log records from those of the many resources that share category names with them: an
// operation there is named after its resource type, or the record carries the authorization it was made with.
func isSubscription(record map[string]any) bool {
	if _, ok := lookup(record, "identity.authorization"); ok {
		return true
	}
	id, _ := record["resourceId"].(string)
	return strings.HasPrefix(strings.ToLower(id), "/subscriptions/")
}
