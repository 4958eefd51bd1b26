package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// Fingerprints returns a text for every diagnostic by which it is known again when lines have moved: it is made from the
// id, the target, the rule (or the file, where there is none) and the text of the line. Of several that agree in all of
// these, the first stays the first.
func Fingerprints(diags []diag.Diagnostic) []string {
	out := make([]string, len(diags))
	seen := map[string]int{}
	for i, d := range diags {
		about := d.Rule
		if about == "" {
			about = fileOf(d.Span)
		}
		line := ""
		if !d.Span.IsZero() {
			line = strings.TrimSpace(d.Span.File.Line(regionOf(d.Span).line))
		}
		key := fmt.Sprintf("%q %q %q %q", d.ID, d.Target, about, line)
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, seen[key]))
		out[i] = hex.EncodeToString(sum[:16])
	}
	return out
}
