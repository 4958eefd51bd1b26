// Package cases reads the events that stand beside a rule, in NAME.events.json, and say what it must and must not match.
//
// An event can be written out, or made from a base, which is an event with a name, by telling what is different: a near
// miss then shows the one thing that matters. Bases stand in the file itself or in files that several rules share. What
// is read is expanded: whoever tries a rule sees whole events only. rules/README.md describes the form for those who
// write it.
package cases
