package sentinel

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/workbook"
)

func workbookPack(rules []*target.Compiled, write func(target.File) error, _ *diag.List) error {
	return workbook.Sentinel(workbook.NameOf(rules), rules, severityOf).Write(write)
}
