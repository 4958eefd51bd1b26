package sigma

// Documents are what a YAML stream holds, each kind in file order.
type Documents struct {
	Rules        []*Rule
	Correlations []*Correlation
	Filters      []*Filter
}

// Filter is a document that narrows the rules it names (spec section 10): of what they find, only the events remain
// for which its condition holds.
type Filter struct {
	Meta
	Version int // the major number of sigma-version (spec section 17), 0 when absent

	Logsource Logsource
	Rules     []Text     // ids or names; none when Any is set
	Any       bool       // every rule whose log source is covered
	Detection *Detection // the searches and the condition; nil only when the filter is broken
}
