package sentinel

import (
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/workbook"
)

// packOptions are what all forms of the pack share.
var packOptions = []target.Option{workbook.NameOption}

func workbookPack(rules []*target.Compiled) ([]target.File, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	return workbook.Sentinel(workbook.NameOf(rules), rules, severityOf).Files()
}
