package sigma

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Parse reads every document of a YAML stream and returns its detection rules in file order. What is wrong is added
// to diags; a rule with an error is returned with Broken set, so that the other rules of the stream can go on.
func Parse(f *source.File, diags *diag.List) []*Rule {
	return nil
}
