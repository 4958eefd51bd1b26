package kusto

import (
	"github.com/sigc-rules/sigc/compiler/target"
)

// NewEvents writes the events of a bound correlation as KQL: a row for each, with its time and the fields that the
// correlation groups by. It asks for no window, for platforms that count the rows of a window themselves; these also
// run it as it is, whenever the records arrive.
func NewEvents(bound *target.BoundCorrelation) *Query {
	s := newScript(bound)
	defer s.release()
	c := newCorrelator(s, bound)
	rows := c.events()
	rows.Lets, rows.Header = c.lets, c.builders[0].header(c.rule.Meta)
	q := &Query{Columns: append([]string{timeColumn}, c.groups...), text: rows.String()}
	q.guarded = func(Schedule) string { return q.text }
	return q
}
