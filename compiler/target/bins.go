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
func (lc *LocatedCorrelation) Fixed() string {
	return "fixed windows of " + ir.Timespan(lc.Correlation.Window) + ": a burst across an edge is missed"
}

// WarnBins warns of fixed windows, where the correlation can have them.
func (lc *LocatedCorrelation) WarnBins(diags *diag.List) {
	if lc.binnable() {
		lc.warnBins(diags)
	}
}

// warnBins warns of fixed windows, alike for all targets, so that it is said once (spec 9.8).
func (lc *LocatedCorrelation) warnBins(diags *diag.List) {
	diags.Warnf("correlation/bins", lc.Correlation.WindowAt, "%s", lc.Fixed()).Hint = "without -c bins the windows slide, and miss none"
}
