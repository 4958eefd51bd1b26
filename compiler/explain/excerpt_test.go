package explain_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/explain"
	"github.com/sigc-rules/sigc/compiler/golden"
	render "github.com/sigc-rules/sigc/compiler/report"
)

// TestExcerpts keeps how every finding is shown: the place in its bad example, the caret, the hint. What else an
// example is told is not of interest here.
func TestExcerpts(t *testing.T) {
	files := map[string][]byte{}
	for _, c := range explain.All() {
		found := slices.DeleteFunc(report(c, c.Bad), func(d diag.Diagnostic) bool { return d.ID != c.ID })
		var b bytes.Buffer
		if err := render.Text(&b, found[:min(len(found), 2)], render.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		files[c.ID+".txt"] = b.Bytes()
	}
	golden.Folder(t, "../../testdata/check", files)
}
