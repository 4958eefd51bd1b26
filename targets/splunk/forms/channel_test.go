package forms

import (
	"runtime"
	"slices"
	"testing"
	"weak"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// Logs of users come and go in an editor's session: what is said of one is made once, and goes with it.
func TestChannelOfUser(t *testing.T) {
	all := All()
	f := all[slices.IndexFunc(all, func(f *Form) bool { return f.channels != nil })]
	log := schema.NewTable("My", "", "TimeCreated", []*schema.Column{{Name: "TimeCreated", Type: schema.Datetime}})
	log.Windows = schema.Channel{Name: "My/Operational", Names: []string{"My/Operational"}}
	if d := f.channel(log); d == nil || d != f.channel(log) {
		t.Error("what a channel is is made twice")
	}
	left := weak.Make(log)
	log = nil
	runtime.GC()
	if left.Value() != nil {
		t.Error("a log that nobody has is kept")
	}
}
