// Package explain is the catalogue of everything that the compiler can say about a rule: what each id means, what goes
// wrong in practice, and a rule before and after it is mended.
//
// The packages that report know nothing of it, and it knows only diag: an id is the link between the two. A test scans
// the sources for ids and runs every example, so that neither side can forget the other.
package explain
