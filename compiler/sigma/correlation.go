package sigma

import (
	"time"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Correlation is one correlation rule as it was written (spec section 9).
type Correlation struct {
	Meta
	Version int // the major number of sigma-version, as of a rule: whether names of fields have positions; 0 when absent

	Type      Text                 // one of [CorrelationTypes]
	Rules     []Text               // ids or names; with a condition of names, those it speaks of when none are listed
	Timespan  Text                 // as written
	Window    time.Duration        // what Timespan means; 0 when it could not be read
	GroupBy   []Text               // fields or names of Aliases; none means that all events are one group
	Aliases   []Alias              // in file order
	Condition CorrelationCondition // zero when absent, which only temporal types allow
	Generate  bool                 // the rules referred to are written out as rules of their own too
	Baseline  *Baseline            // nil when absent
}

// CorrelationTypes are the types of correlation (spec section 9.3).
var CorrelationTypes = []string{
	"event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_avg", "value_percentile", "value_median",
}

// Temporal reports whether the correlation asks which rules have found something, rather than how much.
func (c *Correlation) Temporal() bool {
	return c.Type.Value == "temporal" || c.Type.Value == "temporal_ordered"
}

// Alias is a name for fields that are called differently in different rules.
type Alias struct {
	Name   Text
	Fields []AliasField
}

// AliasField says what an alias is called in the events of one rule.
type AliasField struct {
	Rule, Field Text
}

// CorrelationCondition says when a correlation fires. It has either thresholds, all of which must hold, or, for
// temporal types only, an expression over the names of rules.
type CorrelationCondition struct {
	Thresholds []Threshold
	Field      []Text // several fields mean their distinct combinations
	Percentile Text   // from 0 to 100, in canonical form
	Expr       Cond   // nil when Text could not be understood; the correlation is then broken
	Text       string // what Expr was read from
	At         source.Span
}

// Threshold compares what a correlation counts with a number. Op is one of gt, gte, lt, lte, eq and neq; Number is a
// decimal number in canonical form.
type Threshold struct {
	Op, Number Text
}

// Baseline is our extension of counting correlations: the count of the current window is compared with the average of
// earlier windows of the same group. It stands beside the key "correlation", where other tools ignore it.
type Baseline struct {
	Periods  Text
	N        int // how many earlier windows
	Every    Text
	Interval time.Duration // from one window to the next; the timespan when Every is absent
	Increase Text
	Percent  float64 // by how much the count must exceed the average
	At       source.Span
}
