// Package judge runs the queries that package kusto writes over events: it reads their text back with the parser of
// package kql and evaluates them over the rows that the events become. It shares no code with what writes them, so that a
// case can tell whether a query finds what its rule means.
package judge
