package splunk

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// expandMemory is the id of the note about rows that a search makes of the members of arrays.
const expandMemory = "splunk/expand-memory"

// The limits of Splunk that a search can run into, said once for each rule. There is no subsearch and no join, so those
// of these do not matter.

// reportLimits notes what the commands of a search depend on.
func reportLimits(q *query, at source.Span, diags *diag.List) {
	carries := false
	for _, c := range q.commands {
		switch c := c.(type) {
		case *running:
			carries = carries || c.window == 0 // others keep to maxWindow
		case *number:
			carries = true
		}
	}
	note := func(id, message, hint string) {
		d := diags.Notef(id, at, "splunk: %s", message)
		d.Target, d.Hint = "splunk", hint
	}
	if carries {
		note("splunk/stream-window", "streamstats carries values along all rows; its reference leaves open whether it stops at 10,000",
			"where there can be more, raise max_stream_window in the stanza [stats] of limits.conf")
	}
	if expands(q) {
		note(expandMemory, "mvexpand makes rows as far as its memory goes, and says in the job when it leaves some out",
			"raise max_mem_usage_mb in the stanza [mvexpand] of limits.conf where that happens")
	}
}

// expands reports whether a search makes rows of the members of arrays.
func expands(q *query) bool {
	return slices.ContainsFunc(q.commands, func(c command) bool { _, is := c.(*mvexpand); return is })
}
