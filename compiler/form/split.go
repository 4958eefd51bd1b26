package form

// Split returns the single events in what a file, a message or an answer holds: an array, the records of an Event Hub
// message or a file of CloudTrail, the value of a list from Microsoft Graph, or one event. ok is false when something in it is no object.
func Split(obj any) (events []map[string]any, ok bool) {
	switch obj := obj.(type) {
	case []any:
		for _, item := range obj {
			inner, ok := Split(item)
			events = append(events, inner...)
			if !ok {
				return events, false
			}
		}
		return events, true
	case map[string]any:
		for _, key := range []string{"records", "Records", "value"} {
			if list, ok := obj[key].([]any); ok && isWrapper(obj) {
				return Split(list)
			}
		}
		return []map[string]any{obj}, true
	default:
		return nil, false
	}
}

// isWrapper: an event can have a field named "value", but then it has others too.
func isWrapper(obj map[string]any) bool {
	for key := range obj {
		switch key {
		case "records", "Records", "value", "@odata.context", "@odata.nextLink", "@odata.count", "@odata.deltaLink":
		default:
			return false
		}
	}
	return true
}
