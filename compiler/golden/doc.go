// Package golden runs golden tests: small txtar files that hold the inputs of a case and, under out/, what the
// compiler makes of them.
//
// It is imported by tests only. With "go test -update" the out/ sections are rewritten: read the diff before you
// commit it. A section under out/ that the test does not produce any more is an error, so that no file can go on
// promising what nobody checks.
package golden
