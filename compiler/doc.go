// Package compiler turns Sigma rules into queries and files for the platforms that detect with them.
//
//	rule.yml ─► sigma.Rule ─► ir.Rule ─► target.Located ─► target.Bound ─► query ─► files
//	      sigma.Parse   lower.Rule  target.Locate   target.Bind   Target.Query  Target.Formats
//
// [Load] goes as far as Located, which is the same for every platform. Processing pipelines change a rule before its meaning
// is found, and the logs that a user declares go before the known ones. There filters narrow the rules that they name, and
// correlations find the rules that they are about, over all files. [Program.Compile] asks the targets. Every stage adds
// to one list of diagnostics and goes on, so that one bad rule harms no other. The targets are handed in: this package
// knows none of them, and touches neither files nor clock.
package compiler
