// Package list holds the lists that placeholders stand for: their values, what the values are, and how each target gets
// them.
//
// A list is part of what a rule means, so package ir keeps its name where a rule compares with it; a target that keeps
// lists of its own, such as the watchlists of Microsoft Sentinel, then reads it there instead of repeating its values.
//
// A schedule is a list without values: hours of the week, which a point in time is within or not.
package list
