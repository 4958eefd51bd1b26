// Package forms knows the data forms of Splunk: which add-on writes a log in which shape, in which source type, and what
// the fields of the log are called there.
//
// A form is a file of this folder and nothing else, so that a further one is data. The canonical fields are those of
// package schema. A log may come in several forms, of which a user has one; forms among which he chooses are a family.
//
// Comments in the files grade what they say of Splunk and its add-ons: D for documented by the vendor, C for read in the
// code, the data or the searches of public projects, U for believed and not confirmed.
package forms
