package sigma_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

func TestGolden(t *testing.T) {
	golden.Run(t, "../../testdata/sigma", func(t *testing.T, c *golden.Case) {
		var diags diag.List
		docs := sigma.Parse(source.NewFile("rule.yml", c.File("rule.yml")), &diags)
		c.Out("tree", renderDocuments(docs))
		c.Out("diag", renderDiags(&diags))
	})
}
