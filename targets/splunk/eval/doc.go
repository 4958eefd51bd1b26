// Package eval runs the searches that package splunk writes over Event Hub records, as Splunk documents itself. It reads
// their text with a parser of its own and shares no code with the printer, so that a test can ask whether a search finds
// what its rule means.
//
// It knows the forms that are written and nothing more, and it is stricter than Splunk: a boolean operator on null, "=" on
// a multivalue field, mvfilter over two fields and text functions on other types are errors. A search that runs here does
// not depend on what Splunk makes of those, which its documentation leaves open.
//
// Where the documentation is silent on something that cannot be avoided, [Reading] has a switch, and a search must give
// the same answer in every position.
//
// Sources, by the names used in comments: SM is Splunk's search manual, SR its search reference, JF the reference of the
// JSON functions, MV that of the multivalue functions, LC the specification of limits.conf.
package eval
