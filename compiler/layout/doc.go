// Package layout writes rules in the layout that Sigma's own rules have: keys in one order, four blanks for each level,
// lists indented, quotes where they are needed.
//
// It stands beside the compiler: it reads the YAML nodes of package sigma and the text they were written with, and knows
// nothing of what a rule means. Nothing is trusted, least of all its own printer: a text that does not read back as the
// same values with the same comments is not returned, see [Format].
package layout
