package kusto

import (
	"runtime"
	"testing"
	"weak"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// Logs of users come and go in an editor's session: what is found of one is found once, and goes with it.
func TestCustomsOf(t *testing.T) {
	log := schema.NewTable("My_CL", "", "TimeGenerated", []*schema.Column{{Name: "TimeGenerated", Type: schema.Datetime}})
	if customsOf(log) != customsOf(log) {
		t.Error("the customs of a log are found twice")
	}
	left := weak.Make(log)
	log = nil
	runtime.GC()
	if left.Value() != nil {
		t.Error("a log that nobody has is kept")
	}
}
