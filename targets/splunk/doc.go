// Package splunk writes rules as searches in SPL, and as saved searches that alert.
//
// The data come in forms, which package forms describes: by default Event Hub records as the Splunk Add-on for Microsoft
// Cloud Services indexes them, one JSON event each, unchanged, and Windows events in XML. A field of JSON is called by its
// path in the record, with "{}" behind arrays. Where a form writes something else than the log, a rule that could tell is
// refused. Values in XML have their entities read wherever that could change an answer (entities.go).
//
// The data model Endpoint is a form as well, for processes, files and the registry: its searches begin with tstats, and
// what add-ons change on the way into the model is refused (model.go). The models Authentication and Change are not: what is
// a success, who is the user and what has changed are words of the add-ons there, and Splunk publishes mappings of the
// fields of events for Endpoint and none for these.
//
// # Two languages
//
// SPL has two expression languages whose rules contradict each other. The terms of "search" ignore case, read * as a
// wildcard and bind OR tighter than AND; the expressions of "where" and "eval" mind case, know null and bind AND
// tighter than OR. They are two types here, [term] and [expr], which do not mix, and every group has its parentheses in
// both, so that no reader needs to know the difference.
//
// # Exactness
//
// What "search" can say exactly goes there, because Splunk's index answers it. Everything else goes to "where", with a
// term that lets too much through before it wherever there is one. No boolean in a "where" is ever null: values are
// made non-null before they are compared, so that NOT means what it means in Sigma.
//
// A JSON null reaches Splunk either as no field or as the text null; the documentation does not say. The searches give
// the same answer in both cases, and in exchange never match a text that is just "null".
//
// Members of arrays are read from the JSON text of each member, never by position in multivalue fields: positions shift
// when a member lacks a key. A block without a block inside it is an mvfilter; outer blocks become rows (mvexpand) and
// are put together again by a number that each event is given first, so that none is lost or doubled.
//
// Keywords are parts of values. No term of a search can say that, and names of fields do not count, so they are looked
// for in the text of the record (keyword.go); that reads every record of the log.
//
// # Correlations
//
// A correlation is one search over the events of all its rules, also where these are in several logs; inner correlations
// are steps on the way. There is no subsearch, whose results would be cut off (D: limits.conf), and multisearch is not
// needed. Windows slide, exactly, and none is found with the option time_window, which keeps to 10,000 events of all
// groups together, and of which it is not said whether an event of just that age is still in the window.
//
// What is carried from row to row is carried by streamstats without a window. Its reference says that this looks at all
// rows so far, and also, in a sentence that contradicts this and the specification of the setting, that max_stream_window
// applies (D: streamstats; limits.conf). It is read here as all rows (U).
//
// A saved search tells of a time when a group fires if an event in the window has been indexed since the last run. It
// takes the time of the run from addinfo: that is the one it was scheduled for, even when it starts late (U).
//
// # Limits
//
// Automatic extraction stops after 5,000 bytes of a record and 100 fields by default (D: limits.conf), which a note says of
// rules that need a field that stands late. Whether spath with a path, which array blocks begin with, keeps to that limit
// too is not clear from the documentation (U), so the note is given of them as well. mvexpand keeps to a limit of memory
// and cuts off what is beyond, with a message (D: limits.conf), and eventstats likewise; the first search is therefore as
// narrow as it can be made, also with phrases from inside the blocks, which the index answers.
//
// Where a rule goes below what the schema knows of a JSON text, the value is compared as one text, and a note says so.
// Numbers in JSON texts are compared as they are written.
//
// Comments grade what they say of Splunk: D for documented by Splunk, C for read in the content that Splunk publishes, U for
// believed and not confirmed.
package splunk
