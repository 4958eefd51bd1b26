// Package source holds the texts that the compiler reads and the places in them.
//
// It is the floor of the house: every other package speaks of a place in a rule as a [Span], a half-open range of
// bytes in a [File]. Lines and columns are worked out only when a message is shown (package report). A [Map] carries
// an offset inside a decoded YAML scalar, such as a condition, back to the bytes of the file it was written with.
package source
