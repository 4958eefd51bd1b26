// Package page writes a coverage report as one self-contained page of HTML: rows and targets, rules with their queries and
// sample events, and the ATT&CK matrix. It loads nothing from anywhere. Texts of rules are data to it: html/template
// escapes them, and the content security policy of the page allows no other script and style than its own.
package page
