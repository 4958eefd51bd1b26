package sigma

import "github.com/sigc-rules/sigc/compiler/source"

// Documents are what a YAML stream holds, each kind in file order.
type Documents struct {
	Rules        []*Rule
	Correlations []*Correlation
	Filters      []*Filter
}

// Filter is a document that narrows the rules it names (spec section 10): of what they find, only the events remain
// for which its condition holds.
type Filter struct {
	File   *source.File
	At     source.Span // the title's value, or the first key of the document
	Doc    int         // index of the document in the stream
	Broken bool        // an error was reported for the filter

	Title, ID, Name, Description Text
	Date, Modified, Taxonomy     Text
	Logsource                    Logsource
	Rules                        []Text     // ids or names; none when Any is set
	Any                          bool       // every rule whose log source is covered
	Detection                    *Detection // the searches and the condition; nil only when the filter is broken
	Custom                       []Custom
}
