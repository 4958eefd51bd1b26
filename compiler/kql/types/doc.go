// Package types finds the types of expressions of Kusto, and what is wrong with them: functions that there are not, numbers
// and types of arguments that they do not take, operators between values of types that they do not compare.
//
// Settings hold expressions that a user has written, and that stand in queries as they are: what is wrong with one is told
// where it is written, and not when a query is deployed. A type that is not known for certain is taken for any.
package types
