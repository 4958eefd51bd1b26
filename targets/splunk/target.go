package splunk

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	lists "github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Target is Splunk.
func Target() *target.Target {
	return &target.Target{
		Name:     "splunk",
		Doc:      "Splunk: searches over Event Hub records, and saved searches that alert",
		Supports: ir.AllFeatures &^ (ir.FeatureKeyword | ir.FeatureExists | ir.FeatureSchedule), // strftime knows the user's time zone alone
		Approximates: map[ir.Feature]string{
			ir.FeatureExists: "a field that is null counts as absent, because Splunk may not keep it",
		},
		Keeps:       func(log *schema.Log) bool { _, ok := places[log.Name]; return ok },
		Missing:     missing,
		Inexact:     inexact,
		Keeping:     lists.Lookup,
		Unkept:      unkept,
		Query:       func(b *target.Bound) fmt.Stringer { return New(b) },
		Correlation: func(b *target.BoundCorrelation) fmt.Stringer { return NewCorrelation(b) },
		Refuse:      refuse,
		Check:       check,
		Formats: []target.Format{
			{Name: "spl", Doc: "the bare search", Ext: ".spl", Rule: bare},
			{Name: "savedsearches", Doc: "a stanza of savedsearches.conf; the pack with the macros it needs", Ext: ".conf", Rule: oneStanza, Pack: confFiles},
		},
	}
}

func bare(c *target.Compiled) ([]byte, error) { return []byte(c.Text + "\n"), nil }
