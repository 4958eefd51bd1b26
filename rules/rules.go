// Package rules holds the embedded pack: Sigma rules for the "What to monitor" tables of Microsoft's security operations
// guides for Entra ID. It is data only; package compiler reads it like any other tree of rules.
//
// A rule stands at <article>/<section>/<name>.yml and names the rows it serves under the key monitoring-tables. Beside
// it, <name>.events.json holds the events it must and must not match, as Event Hub records, and the lists they assume;
// bases holds events that several of them start from, lang translations, and README.md says how cases are written.
// The file sigc.yml describes every list that the rules refer to; lists holds their defaults, as templates to fill.
package rules

import (
	"embed"
	"io/fs"
)

//go:embed sigc.yml applications bases consumer lang lists
var pack embed.FS

// FS returns the files of the pack.
func FS() fs.FS { return pack }
