// Package slab allocates values of one type many at a time. Most of what a rule becomes, on its way from Sigma to a query,
// are comparisons with a text: an allocation for each of their parts would be most of what compiling costs.
//
// Values have one owner, who takes them back all at once with Reset when nobody uses them any more: package ir makes room
// for expressions of it, package target for what is bound of a rule, and the targets for a query on its way to text. The
// owners are kept in pools, so that slabs and buffers keep no more than rules of a usual size need.
package slab
