// Package kql is the Kusto query language: its tree, its printer, its string literals and its parser.
//
// The two Azure targets build a [Query] and print it with [Query.String]; the checks of hand-written analytics rules
// read one with [Parse]. Parse reads whatever String prints and gives back the same tree, so a printed query can be
// checked, and evaluated over sample rows, by code that knows nothing of the compiler (package eval).
//
// The tree holds no parentheses and no layout. The printer adds parentheses by precedence and lays a query out as an
// expert writes it by hand: one operator a line, long conditions one conjunct a line. Text reaches a query only
// through [Quote] and names only through [QuoteName], so no value of a rule can become code.
//
// The subset is the part of the language that detection queries are written in; the grammar is Microsoft's
// (learn.microsoft.com/kusto/query), and every precedence and escape here was compared with Microsoft's own parser.
package kql
