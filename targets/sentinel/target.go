package sentinel

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
	"github.com/sigc-rules/sigc/targets/kusto/judge"
)

// Limits of an analytics rule, in characters.
const (
	maxDescription = 5000
	maxQuery       = 10_000
)

// maxPeriod is how far back a rule may look, in minutes.
const maxPeriod = 14 * 24 * 60

// Target returns the target for Microsoft Sentinel.
func Target() *target.Target {
	return &target.Target{
		Name:         "sentinel",
		Doc:          "Microsoft Sentinel scheduled analytics rules",
		Supports:     kusto.Supports,
		Approximates: kusto.Approximates,
		Lacks:        kusto.Lacks,
		Loses:        kusto.Loses,
		Keeps:        kusto.Keeps,
		NotKept:      kusto.NotKept,
		Reads:        kusto.Together,
		Move:         homes.Move,
		Keeping:      list.Watchlist,
		Unkept:       kusto.Unwatched,
		Query:        func(b *target.Bound) fmt.Stringer { return kusto.NewWithin(b, maxQuery) },
		Correlation:  func(b *target.BoundCorrelation) fmt.Stringer { return kusto.NewCorrelation(b) },
		Check:        check,
		Facts:        facts,
		Options:      slices.Concat([]target.Option{kusto.SignIns, homes.Option("office", "defender", "security", "event", "forwarded", "syslog", "asim", "native")}, options, packOptions),
		Judge:        judge.Judge,
		Formats: []target.Format{
			{Name: "kql", Doc: "the query alone", Ext: ".kql", Rule: kusto.File},
			{Name: "yaml", Doc: "analytics rule in the form of the Azure-Sentinel repository", Ext: ".yaml", Rule: yamlRule},
			{Name: "arm", Doc: "ARM template of one rule, and of all rules together", Ext: ".json", Rule: armRule, Pack: armPack},
			{Name: "bicep", Doc: "Bicep file of one rule, and of all rules together", Ext: ".bicep", OnRequest: true, Rule: bicepRule, Pack: bicepPack},
			{
				Name: "terraform", Doc: "Terraform module of one rule, and of all rules together", Ext: "/main.tf", OnRequest: true,
				Rule: terraformRule, Pack: terraformPack,
			},
			{Name: "workbook", Doc: "workbook of the pack, for the gallery and as ARM template", Pack: workbookPack},
			{Name: "solution", Doc: "solution for the Content Hub: its folder in the Azure-Sentinel repository and its package", OnRequest: true, Pack: solutionPack},
			{Name: "repository", Doc: "folder for Sentinel Repositories: a template for each rule, and its configuration", OnRequest: true, Pack: repositoryPack},
		},
	}
}
