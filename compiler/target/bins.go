package target

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// binnable reports whether the windows of the correlation can be fixed ones, which begin at the multiples of the
// timespan: what is asked of each is a number, or which rules have hit. The order of events, past windows and the
// firings of other correlations are asked of sliding windows only.
func (lc *LocatedCorrelation) binnable() bool {
	inner := slices.ContainsFunc(lc.Members, func(m LocatedMember) bool { return m.Correlation != nil })
	return !inner && lc.Correlation.Baseline == nil && lc.Correlation.Kind != ir.TemporalOrdered
}

// Fixed says what fixed windows are and what they miss: above the query and in the warning.
func (b *BoundCorrelation) Fixed() string {
	return "fixed windows of " + ir.Timespan(b.Correlation.Window) + ": a burst across an edge is missed"
}

// warnBins warns of fixed windows, alike for all targets, so that it is said once (spec 9.8).
func (b *BoundCorrelation) warnBins(diags *diag.List) {
	diags.Warnf("correlation/bins", b.Correlation.WindowAt, "%s", b.Fixed()).Hint = "without -c bins the windows slide, and miss none"
}
