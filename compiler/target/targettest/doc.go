// Package targettest holds the tests that every target must pass, whatever its language: what it says it supports it
// writes and everything else it refuses, no value of a rule becomes code, and its output depends on the rule alone. That
// the queries mean what the rule means is tried on events, by the golden cases of package targets.
//
// It is imported by tests only and knows no target.
package targettest
