package workbook

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/target"
)

// NameOption is what a pack of rules is called, in all its forms.
var NameOption = target.Option{
	Name: "packName", Doc: "what the pack is called: its workbook and its solution", Default: "Sigma rules",
	Check: func(v string) string {
		if len(v) == 0 || len(v) > maxName || strings.Trim(v, " ") != v || strings.ContainsAny(v, "/\\:*?\"<>|#{}[]()'\r\n\t") {
			return "a name of at most 60 bytes, without slashes, quotes, brackets and other signs that files cannot have"
		}
		return ""
	},
}

const maxName = 60

// NameOf returns the name of the pack.
func NameOf(rules []*target.Compiled) string { return rules[0].Target.Setting(NameOption.Name) }
