// Package kusto writes rules as KQL, for the two platforms that speak it: Microsoft Sentinel and Azure Monitor. It is no
// target itself.
//
// A query is laid out as an expert writes it: equality on stored columns first, then computed columns with names, then
// conditions on them, then array blocks, and last a projection that keeps the time, the entities and what an analyst
// needs.
//
// Kusto has three truth values and Sigma two. Text is never null, so tests on it need no care; tests that can be null
// (a comparison of numbers, a network) are guarded where a negation would let the null through.
//
// A condition on the members of an array becomes an mv-apply that counts the members that satisfy it. The count, not
// the members, goes on down the query, so that no row is lost or doubled whatever the arrays hold.
package kusto
