// Package form reads events in the forms they are met: Event Hub records, rows of Log Analytics tables, Splunk results,
// Microsoft Graph objects, Windows events. Each becomes an [ir.Event] in the canonical fields of its log, on which a rule
// in canonical names gives the same answer whatever form the event came in.
//
// The event an Event Hub record holds is the reference: Graph objects and flat Splunk results are put back into a record
// first. Log Analytics rows stand for themselves, as they hold less: an empty text there may have been no value at all,
// which [ir.NoText] says.
//
// [LogAnalyticsRow] goes the other way and makes the row that a record becomes, so that the query a target prints can be
// tried on the same events as the rule.
package form
