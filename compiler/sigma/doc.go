// Package sigma reads Sigma rules as they are written.
//
// It is the front of the compiler: [Parse] turns a [source.File] into [Documents], which are detection rules,
// correlations and filters, and adds to the diag.List what is wrong with their structure. Everything keeps its place in
// the file, down to a single modifier, value, or word of a condition. What modifiers and wildcards mean is not decided
// here but in package lower, which turns a Rule into ir; nor which rules the references of a correlation or filter lead
// to, as these may stand in other files.
//
// The header of a rule is decoded by sigma-go. Searches, values and conditions are read from YAML nodes, because the
// order of searches, the way a value was written and every position would be lost otherwise; and conditions have a
// grammar of their own (condition_grammar.go).
package sigma
