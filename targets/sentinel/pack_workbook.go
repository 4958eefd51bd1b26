package sentinel

import (
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/workbook"
)

func workbookPack(rules []*target.Compiled) ([]target.File, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	return workbook.Sentinel(workbook.NameOf(rules), rules, severityOf).Files()
}
