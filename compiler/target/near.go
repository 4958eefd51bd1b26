package target

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// maxNear is how many logsources a hint names; of Windows alone there are some hundred.
const maxNear = 4

// near says which known logsources the writer of an unknown one may have meant, or "": those that say more than he does,
// else those of the product, else those of the service.
func near(of ir.Logsource, logs []*schema.Log) string {
	same := func(said, known string) bool { return said != "" && strings.EqualFold(said, known) }
	part := func(said, known string) bool { return said == "" || strings.EqualFold(said, known) }
	classes := []func(s schema.Logsource) bool{
		func(s schema.Logsource) bool {
			return part(of.Category, s.Category) && part(of.Product, s.Product) && part(of.Service, s.Service)
		},
		func(s schema.Logsource) bool { return same(of.Product, s.Product) },
		func(s schema.Logsource) bool { return same(of.Service, s.Service) },
	}
	for _, is := range classes {
		var found []schema.Logsource
		for _, log := range logs {
			for _, s := range log.Logsources {
				if is(s) && !slices.Contains(found, s) {
					found = append(found, s)
				}
			}
		}
		var names []string
		for _, s := range found[:min(len(found), maxNear)] {
			names = append(names, "{"+ir.Logsource{Category: s.Category, Product: s.Product, Service: s.Service}.String()+"}")
		}
		switch more := len(found) - len(names); {
		case more > 0:
			return fmt.Sprintf("known are %s and %d more like it", strings.Join(names, ", "), more)
		case len(names) > 1:
			return "known are " + strings.Join(names, ", ")
		case len(names) == 1:
			return "known is " + names[0]
		}
	}
	return ""
}
