// Package jsontext writes JSON that people read: indented by two spaces, and with <, > and & as they are, of which queries
// are full. The encoder of the standard library looks at every character once more to indent it, which takes longer than all
// the rest; here texts are passed over as a whole.
//
// The formats of the targets that are JSON are written with it.
package jsontext
