// Package homes knows the tables of Log Analytics that keep the events of other logs: those of Windows and of Linux, of web
// servers, of proxies and appliances. A table may be a function of the workspace, such as the parsers of ASIM.
//
// The fields of such a log are the names of the event itself, which are Sigma's. A [Home] says where a log lives: the
// table, what selects its rows there, and what each field is in them: a column, or an expression over columns that
// gives the value the event has. The files beside this one are that data, one for each table.
//
// [Move] puts a rule into the terms of a table. It comes after the rule has been found in its log and before a query is
// written, so that the rest of package kusto sees a rule about a table, as any other. What a table cannot tell is
// refused with a reason, and what it tells only nearly gets a note. Package judge makes rows of events from the same files,
// which is how the tests know that a query finds in the table what the rule finds among the events.
package homes
