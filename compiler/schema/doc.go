// Package schema knows the logs that rules read: which log a Sigma logsource means, the tables it is stored in, the
// columns of each with their types, and the spellings in which rules name them.
//
// A [Log] is a description of one log in every form it is met: as rows of a Log Analytics table, as Event Hub records,
// as Microsoft Graph objects. The canonical name of a field is the one of the Log Analytics column, with paths into
// dynamic columns joined by dots. Targets build their own [Table] from the logs; package form converts events.
package schema
