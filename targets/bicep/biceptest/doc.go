// Package biceptest reads back what package bicep writes, for tests: a strict reader of the part of Bicep that is
// written there, after the language's own description. What it does not know is an error.
package biceptest
