// Package jsonschema holds the JSON Schemas of what people write: documents of Sigma, sigc.yml and the files of events.
// Editors complete and check by them while a file is written.
//
// A schema stands beside the readers of packages sigma and cases and of the command, and knows less than they do: it
// sees one file at a time and no meaning. It asks for the form that is read without a warning. Draft 07 is the newest
// that the language servers of YAML and JSON in common use take.
package jsonschema
