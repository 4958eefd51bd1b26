// Package yamltext writes documents of YAML that people read: mappings in an order, lists and texts, two spaces deeper for
// each level. What it writes is what package yaml.v3 writes of the same values, byte by byte. That package takes longer to
// write a rule than everything else takes to compile it, so it is asked only about texts that need thought: quotes, escapes
// and what could be read as something else.
package yamltext
