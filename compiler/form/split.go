package form

// Split returns the single events in what a file, a message or an answer holds: an array, the records of an Event Hub
// message, the value of a list from Microsoft Graph, or one event. What is no object is left out.
func Split(obj any) []map[string]any {
	var out []map[string]any
	switch obj := obj.(type) {
	case []any:
		for _, item := range obj {
			out = append(out, Split(item)...)
		}
	case map[string]any:
		for _, key := range []string{"records", "value"} {
			if list, ok := obj[key].([]any); ok && isWrapper(obj) {
				return Split(list)
			}
		}
		out = append(out, obj)
	}
	return out
}

// isWrapper: an event can have a field named "value", but then it has others too.
func isWrapper(obj map[string]any) bool {
	for key := range obj {
		switch key {
		case "records", "value", "@odata.context", "@odata.nextLink", "@odata.count", "@odata.deltaLink":
		default:
			return false
		}
	}
	return true
}
