package explain

import "strings"

// File returns an example as a file of its own: what it leaves out is filled with a title, a logsource, a detection, and
// the rules that a correlation or a filter refers to. The tests of several packages read examples so.
func (c Check) File(example string) string {
	if c.Whole {
		return example
	}
	after := ""
	switch {
	case has(example, "correlation:"):
		after = "---\n" + referred
	case has(example, "filter:"):
		after = "---\n" + referred
		example = with("logsource:\n    product: azure\n    service: auditlogs\n", example)
	default:
		if !has(example, "detection:") {
			example += "detection:\n    selection:\n        OperationName: Add user\n    condition: selection\n"
		}
		example = with("logsource:\n    product: azure\n    service: auditlogs\n", example)
	}
	return with("title: Example\n", example) + after
}

// with puts a key before the example unless it has the key.
func with(text, example string) string {
	if key, _, _ := strings.Cut(text, " "); has(example, strings.TrimSpace(strings.Split(key, "\n")[0])) {
		return example
	}
	return text + example
}

func has(example, key string) bool {
	return strings.HasPrefix(example, key) || strings.Contains(example, "\n"+key)
}
