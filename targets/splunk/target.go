package splunk

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	lists "github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
	"github.com/sigc-rules/sigc/targets/splunk/judge"
)

// Target is Splunk.
func Target() *target.Target {
	t := &target.Target{
		Name:     "splunk",
		Doc:      "Splunk: searches, and saved searches that alert",
		Supports: ir.AllFeatures &^ (ir.FeatureExists | ir.FeatureKeyword),
		Approximates: map[ir.Feature]string{
			ir.FeatureExists:  "a field that is null counts as absent, because Splunk may not keep it",
			ir.FeatureKeyword: "keywords are looked for in all values of the record, also in those that are no field of the log",
		},
		Keeping:   lists.Lookup,
		Facts:     facts,
		Judge:     judge.Judge,
		Options:   append(formOptions(), options...),
		Configure: configure,
		CheckPack: checkPack,
		Formats: []target.Format{
			{Name: "spl", Doc: "the bare search", Ext: ".spl", Rule: bare, Untitled: true},
			{Name: "savedsearches", Doc: "a stanza of savedsearches.conf, for an app of your own", Ext: ".conf", Rule: oneStanza},
			{Name: "app", Doc: "an app of all rules that Splunk installs: its folder, and the archive", Pack: appFiles},
			{
				Name: "contentctl", Doc: "detections for contentctl, with the macros, lookups, data sources and the story that they need",
				OnRequest: true, Pack: contentFiles,
			},
		},
	}
	configure(t)
	return t
}

// configure makes the target write for the data forms of its settings.
func configure(t *target.Target) {
	p := &platform{target: t, choice: forms.Choose(t.Settings)}
	t.Keeps, t.NotKept = p.keeps, p.notKept
	t.Missing, t.Inexact, t.Unkept = p.missing, p.inexact, p.unkept
	t.Loses = p.loses
	t.Query = func(b *target.Bound) fmt.Stringer { return p.query(b) }
	t.Correlation = func(b *target.BoundCorrelation) fmt.Stringer { return p.correlation(b) }
	t.Refuse, t.Check = p.refuse, p.check
}

func bare(c *target.Compiled) ([]byte, error) {
	return append(append(make([]byte, 0, len(c.Text)+1), c.Text...), '\n'), nil
}
