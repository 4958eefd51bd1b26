// Package ir holds what a rule means, free of how Sigma writes it.
//
// It is the narrow waist of the compiler: package lower turns a Sigma rule into a [Rule] whose [Expr] has a few
// kinds of nodes and no modifiers; targets turn that into queries. [Eval] is the reference: it says which events a rule
// matches, and every target must agree with it.
//
// # Meaning
//
// The logic has two values. A field that is absent or null fails every positive test; its negation therefore holds.
// A field whose value is an array passes a test when some member does ("any member"), also where a dotted path crosses
// arrays on its way. [Each] is the only way to speak of several properties of the same member.
//
// Text is compared without regard to case (Unicode simple folding) unless a pattern says otherwise; numbers and
// booleans are compared by their shortest decimal text, so that 4625, 4625.0 and "4625" are one value. A string that
// holds JSON, as the newValue of an Entra audit event does, is its own text for every test on it, and is read as the
// value it encodes when a path goes below it or an [Each] ranges over it.
package ir
