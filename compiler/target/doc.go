// Package target is the contract between the compiler and the platforms it writes for.
//
// A rule reaches a platform in two steps. [Locate] finds the log that the rule reads and what its fields are called
// there; that is the same for every platform, and so are the mistakes it reports. [Bind] then asks one [Target] whether
// it can keep the meaning exactly, and refuses with a reason when not. Only Bind makes a [Bound] rule, so that a
// target's Query function never meets anything it cannot express and returns no error.
//
// What targets make of a rule lives until all of them have had it: what [Bind], [Target.Parts], [Located.Once],
// [Located.Room] and [Located.Refs] return is in the room of the rule, which [Located.Forget] gives to another rule. Texts
// outlive it, as does what a correlation binds, which has room of its own. [Compiled.Settle] therefore comes before Forget:
// formats see a rule with neither condition nor fields.
package target
