package azuremonitor

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
	"github.com/sigc-rules/sigc/targets/kusto/judge"
	"github.com/sigc-rules/sigc/targets/workbook"
)

// Limits of a log search alert. Its properties together may have 64 KB, in which the query has the room that the
// description leaves; everything else fits into otherProperties.
const (
	maxDescription  = 4096
	maxProperties   = 64 * 1024 // bytes
	otherProperties = 2 * 1024
)

// Target returns the target for Azure Monitor log search alerts.
func Target() *target.Target {
	return &target.Target{
		Name:         "azuremonitor",
		Doc:          "Azure Monitor log search alerts",
		Supports:     kusto.Supports,
		Approximates: kusto.Approximates,
		Loses:        kusto.Loses,
		Keeps:        kusto.Keeps,
		NotKept:      kusto.NotKept,
		Reads:        kusto.Apart,
		Move:         homes.Move,
		Missing:      kusto.Missing,
		Query:        func(b *target.Bound) fmt.Stringer { return kusto.New(b) },
		Correlation:  func(b *target.BoundCorrelation) fmt.Stringer { return kusto.NewCorrelation(b) },
		Refuse:       refuse,
		Check:        check,
		Facts:        facts,
		Options:      []target.Option{kusto.SignIns, homes.Option("security", "event", "forwarded", "defender"), workbook.NameOption},
		Judge:        judge.Judge,
		Formats: []target.Format{
			{Name: "kql", Doc: "the query alone", Ext: ".kql", Rule: kusto.File},
			{Name: "arm", Doc: "ARM template of one alert rule, and of all together", Ext: ".json", Rule: armRule, Pack: armPack},
			{Name: "workbook", Doc: "workbook of the pack, for the gallery and as ARM template", Pack: workbookPack},
		},
	}
}

func check(c *target.Compiled, diags *diag.List) {
	kusto.CheckText(c, maxDescription, diags)
	kusto.CheckPeriod(c, windows[len(windows)-1], diags)
	text := kusto.ScheduleOf(c).Guard(c.Query.(*kusto.Query))
	room := maxProperties - otherProperties - len(kusto.Description(c, maxDescription))
	kusto.CheckLength(c, len(text), room, "bytes", diags)
}

// windows are the lengths that a window may have, in minutes.
var windows = []int{1, 5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 24 * 60, 2 * 24 * 60}

// windowOf is the shortest window that holds the period.
func windowOf(period int) int {
	for _, w := range windows {
		if w >= period {
			return w
		}
	}
	return windows[len(windows)-1] // check has refused what is longer
}

// refuse reports a correlation whose events come from several searches: log alerts have no union.
func refuse(b *target.BoundCorrelation, diags *diag.List) {
	if kusto.NeedsUnion(b) {
		d := diags.Errorf("azuremonitor/union", b.Correlation.At, "a log alert cannot unite the searches that this correlation needs")
		d.Target = "azuremonitor"
		if kusto.MeansAllSignIns(b) {
			d.Hint = `with the option "sign-ins" set to "interactive" it searches SigninLogs alone; -O sign-ins=interactive sets it for all rules`
		}
	}
}

func workbookPack(rules []*target.Compiled) ([]target.File, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	return workbook.Monitor(workbook.NameOf(rules), rules).Files()
}
