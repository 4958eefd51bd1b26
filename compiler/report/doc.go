// Package report shows diagnostics: to people with the line they are about ([Text]), to programs as [JSON] and [SARIF],
// and on pull requests as annotations ([GitHub], [GitLab], [RDJSON]), as results of tests ([JUnit], [Checkstyle]) and as a
// page ([Markdown]). [Summary] ends a run that refused rules. [Fingerprints] know a finding again when lines have moved.
//
// It is the last room before the command line. Only here does a span become a line and a column. All columns count
// code points, but a caret stands where a terminal shows the character above it. Rules are written by strangers: nothing
// of a rule, a message or a file name reaches a terminal that could move its cursor, colour it or reorder its text.
package report
