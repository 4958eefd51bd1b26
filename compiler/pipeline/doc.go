// Package pipeline reads processing pipelines of pySigma, YAML files, and applies them to rules.
//
// A pipeline changes a rule as it is written: names of fields, values, the logsource, placeholders. So it comes between
// package sigma, whose tree it takes and returns, and package lower, which finds out what the changed rule means; the
// tables of sigc come after both. What a pipeline says of the texts of queries cannot be kept, as no query is made of
// texts here, and is refused where it stands. The names and the meaning of all parts are those of pySigma's documentation
// of processing pipelines.
package pipeline
