package sigma_test

import (
	"fmt"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

func TestQuick(t *testing.T) {
	ids := map[string]int{}
	for _, f := range readCorpus(t) {
		var diags diag.List
		sigma.Parse(source.NewFile(f.name, f.text), &diags)
		for _, d := range diags.Sorted() {
			ids[d.ID+" "+d.Severity.String()]++
			if ids[d.ID+" "+d.Severity.String()] < 4 {
				l, c := d.Span.File.Position(d.Span.Start)
				fmt.Println(f.name, l, c, d.Severity, d.ID, d.Message, "|", d.Span.Text())
			}
		}
	}
	fmt.Println(ids)
}
