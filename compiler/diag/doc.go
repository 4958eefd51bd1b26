// Package diag holds what the compiler has to say: diagnostics, each about one place in one file.
//
// A user's mistake is always a [Diagnostic], never a Go error. Every stage of the compiler takes a [List], adds to it
// and goes on. Package report shows the list; the command turns it into an exit code.
package diag
