// Package block reads YAML as people write rules and settings: maps and lists in block style, of plain and quoted
// scalars that end on their line, literal texts, small maps and lists in brackets, and comments.
//
// It makes the nodes that package yaml.v3 makes of such a text, in a tenth of the time: reading YAML would otherwise be
// most of what a run of the compiler costs. It keeps to the part of the language that is easy to be sure of. Of
// everything else, and of every text that is wrong, it says so and makes nothing; then yaml.v3 has to read it, which
// knows the whole language and tells what is wrong. Its tests hold the two against each other.
package block
