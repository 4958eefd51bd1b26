package splunk

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// expandMemory is the id of the note about rows that a search makes of the members of arrays.
const expandMemory = "splunk/expand-memory"

// The limits of Splunk that a search can run into, said once for each rule. There is no subsearch and no join, so those
// of these do not matter.

// uses is what of Splunk a search depends on.
type uses struct {
	model   bool // a data model
	carries bool // streamstats, over all rows so far
	expands bool // mvexpand
}

func usesOf(q *query) uses {
	var u uses
	for _, c := range q.commands {
		switch c := c.(type) {
		case *tstats:
			u.model = true
		case *running:
			u.carries = u.carries || c.window == 0 // others keep to maxWindow
		case *number:
			u.carries = true
		case *mvexpand:
			u.expands = true
		}
	}
	return u
}

// reportLimits notes what a search depends on.
func reportLimits(u uses, at source.Span, diags *diag.List) {
	note := func(id, message, hint string) {
		d := diags.Notef(id, at, "splunk: %s", message)
		d.Target, d.Hint = "splunk", hint
	}
	if u.carries {
		note("splunk/stream-window", "streamstats carries values along all rows; its reference leaves open whether it stops at 10,000",
			"where there can be more, raise max_stream_window in the stanza [stats] of limits.conf")
	}
	if u.expands {
		note(expandMemory, "mvexpand makes rows as far as its memory goes, and says in the job when it leaves some out",
			"raise max_mem_usage_mb in the stanza [mvexpand] of limits.conf where that happens")
	}
}
