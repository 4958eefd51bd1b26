// Package attack knows the tactics and techniques of ATT&CK for Enterprise, by which rules are tagged. It is data: what
// targets take of it is theirs to say.
package attack
