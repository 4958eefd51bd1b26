// Package check holds what is found in rules beyond what reading and lowering them finds: conditions that can never hold,
// values that no service writes, techniques that are gone, and the conventions by which a collection of rules stays
// readable.
//
// A check is a value of type [Check] in the slice of [All], with a page of documentation whose examples are run as tests.
// It looks at one document ([Pass]), at one kind of its parts, or at all documents together ([Pack]). The checks know
// nothing of targets and tables; what is known of a rule's log is handed in as a [Log].
//
// README.md says which check answers which one of other tools.
package check
