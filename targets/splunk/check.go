package splunk

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
)

// check reports what Splunk's limits may change, at the place in the rule that causes it.
func check(c *target.Compiled, diags *diag.List) {
	checkFields(c, diags)
	title := stanzaTitle(c.Title.Value)
	if name := stanzaName(c, title); name != title {
		d := diags.Notef("splunk/name-shortened", c.Title.At, "splunk: the saved search is called %q, as names have at most %d characters", name, maxName)
		d.Target = "splunk"
	}
}

// checkFields notes fields that automatic extraction may not reach.
func checkFields(c *target.Compiled, diags *diag.List) {
	noted := map[string]bool{}
	ir.Walk(c.Expr, func(e ir.Expr) bool {
		_, block := e.(*ir.Each)
		for _, f := range ir.Fields(e) {
			ref := c.Ref(f)
			if ref.Column != nil && late[ref.Column.Raw] && !block && !noted[ref.Column.Raw] {
				noted[ref.Column.Raw] = true
				d := diags.Notef("splunk/late-field", f.At, "splunk: %q can stand behind the first 5,000 bytes of a record, where extraction stops by default", ref.Column.Raw)
				d.Target, d.Hint = "splunk", "raise extraction_cutoff in the stanza [spath] of limits.conf"
			}
		}
		return true
	})
}
