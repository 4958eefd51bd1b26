package catalogue

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed data/*.txt
var data embed.FS

// lines returns the lines of a file of data without comments. Blanks at the end of a line belong to it: the audit log
// writes some names so.
func lines(name string) []string {
	text, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(fmt.Sprintf("catalogue: %v", err))
	}
	var out []string
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// list reads what is separated by commas; "-" is none.
func list(s string) []string {
	if s == "-" {
		return nil
	}
	return strings.Split(s, ",")
}
