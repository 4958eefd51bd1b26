// Package judge runs the searches that package splunk writes over events, by the evaluator of package eval, which shares
// no code with what writes them.
package judge
