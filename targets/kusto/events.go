package kusto

import (
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target"
)

// NewEvents writes the events of a bound correlation as KQL: a row for each, with its time and the fields that the
// correlation groups by. It asks for no window, for platforms that count the rows of a window themselves; these also
// run it as it is, whenever the records arrive.
func NewEvents(bound *target.BoundCorrelation) *Query {
	c := newCorrelator(newScript(bound), bound)
	q := &Query{Query: c.events(), Columns: append([]string{timeColumn}, c.groups...)}
	q.Lets, q.Header = c.lets, header(&c.rule.Meta)
	q.guarded = func(Schedule) *kql.Query { return q.Query }
	return q
}
