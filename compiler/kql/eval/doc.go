// Package eval runs KQL queries over rows in memory.
//
// It exists to prove that a rule and the query made of it mean the same: a test lowers a rule, runs the query here on
// sample events and compares with what the rule says of them. So it shares no code with any lowering, follows
// Microsoft's documentation and nothing else, and answers with an error, never with a guess, where a query leaves the
// part of the language that it knows.
//
// The comments cite their sources: "docs: x" is the page learn.microsoft.com/kusto/query/x, "measured" is behaviour
// that public projects observed on Microsoft's emulator, and "assumed" is what neither tells.
package eval
