package azuremonitor

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Limits of a log search alert. Its properties together may have 64 KB; the query has almost all of them.
const (
	maxDescription = 4096
	maxQuery       = 60_000 // bytes
)

// Target returns the target for Azure Monitor log search alerts.
func Target() *target.Target {
	return &target.Target{
		Name:         "azuremonitor",
		Doc:          "Azure Monitor log search alerts",
		Supports:     kusto.Supports,
		Approximates: kusto.Approximates,
		Keeps:        kusto.Keeps,
		Missing:      kusto.Missing,
		Query:        func(b *target.Bound) fmt.Stringer { return kusto.New(b) },
		Check:        check,
		Formats: []target.Format{
			{Name: "kql", Doc: "the query alone", Ext: ".kql", Rule: kusto.File},
			{Name: "arm", Doc: "ARM template of one alert rule, and of all together", Ext: ".json", Rule: armRule, Pack: armPack},
		},
	}
}

func check(c *target.Compiled, diags *diag.List) {
	kusto.CheckText(c, maxDescription, diags)
	text := kusto.Hourly.Guard(c.Query.(*kusto.Query))
	kusto.CheckLength(c, len(text), maxQuery, "bytes", diags)
}
