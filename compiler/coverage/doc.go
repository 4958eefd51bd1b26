// Package coverage says what a set of rules does for the "What to monitor" tables of Microsoft's security operations
// guides for Entra ID: row by row, and as a layer over ATT&CK.
//
// The rows are data. Which of them a rule serves it says itself, under the key monitoring-tables. What no log answers is
// said beside the row, with what to do instead.
package coverage
