package azuremonitor

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
	"github.com/sigc-rules/sigc/targets/kusto/judge"
	"github.com/sigc-rules/sigc/targets/workbook"
)

// Target returns the target for Azure Monitor log search alerts.
func Target() *target.Target {
	t := &target.Target{
		Name:         "azuremonitor",
		Doc:          "Azure Monitor log search alerts",
		Supports:     kusto.Supports,
		Approximates: kusto.Approximates,
		Lacks:        kusto.Lacks,
		Loses:        kusto.Loses,
		Keeps:        kusto.Keeps,
		NotKept:      kusto.NotKept,
		Reads:        kusto.Apart,
		Move:         homes.Move,
		Query:        func(b *target.Bound) fmt.Stringer { return kusto.New(b) },
		Check:        check,
		Facts:        facts,
		Options: slices.Concat([]target.Option{kusto.SignIns, homes.Option("office", "security", "event", "forwarded", "syslog", "defender", "native")}, options,
			[]target.Option{workbook.NameOption}),
		Configure: configure,
		Judge:     judged,
		Formats: []target.Format{
			{Name: "kql", Doc: "the query alone", Ext: ".kql", Rule: kusto.File},
			{Name: "arm", Doc: "ARM template of one alert rule, and of all together, in several files where one cannot hold them", Ext: ".json", Rule: armRule, Pack: armPack},
			{Name: "bicep", Doc: "Bicep file of one alert rule, and of all together", Ext: ".bicep", OnRequest: true, Rule: bicepRule, Pack: bicepPack},
			{Name: "workbook", Doc: "workbook of the pack, for the gallery and as ARM template", Pack: workbookPack},
		},
	}
	configure(t)
	return t
}

// configure makes correlations as the settings of the target ask for them.
func configure(t *target.Target) {
	t.Correlation = func(b *target.BoundCorrelation) fmt.Stringer {
		if asksDynamic(t, b.Correlation) {
			return kusto.NewEvents(b)
		}
		return kusto.NewCorrelation(b)
	}
	t.Refuse = func(b *target.BoundCorrelation, diags *diag.List) {
		refuseUnion(t, b, diags)
		if asksDynamic(t, b.Correlation) {
			refuseDynamic(t, b, diags)
		}
	}
}

// refuseUnion reports a correlation whose events come from several searches: log alerts have no union.
func refuseUnion(t *target.Target, b *target.BoundCorrelation, diags *diag.List) {
	if kusto.NeedsUnion(b) {
		d := diags.Errorf("azuremonitor/union", b.Correlation.At, "a log alert cannot unite the searches that this correlation needs")
		d.Target = t.Name
		if kusto.MeansAllSignIns(b) {
			d.Hint = `with the option "sign-ins" set to "interactive" it searches SigninLogs alone; -O sign-ins=interactive sets it for all rules`
		}
	}
}

// judged tries a rule on events. What a dynamic threshold says of them depends on weeks of others.
func judged(c *target.Compiled, events []map[string]any) (found int, ok bool, err error) {
	if dynamic(c) {
		return 0, false, nil
	}
	return judge.Judge(c, events)
}

func workbookPack(rules []*target.Compiled, write func(target.File) error, _ *diag.List) error {
	return workbook.Monitor(workbook.NameOf(rules), rules).Write(write)
}
