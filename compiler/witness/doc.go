// Package witness finds events that satisfy a condition. With it two conditions are told apart: an event that satisfies
// the one and not the other shows the difference better than their texts do; and where no event can be found, a
// condition is one that no event satisfies.
//
// The search goes through the branches of the condition. What a branch asks of one field is met by a value made from the
// patterns, numbers and networks that the condition itself compares the field with. Every event that is returned has been
// judged by [ir.Eval]; a search that ends without one has looked at every branch, and [None] is as sure as the values
// that are tried for a field are good: see candidates.
package witness
