// Package targets lists the platforms that sigc writes for.
package targets

import (
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/azuremonitor"
	"github.com/sigc-rules/sigc/targets/sentinel"
	"github.com/sigc-rules/sigc/targets/splunk"
)

// All returns every target, in the order in which they are shown.
func All() []*target.Target {
	return []*target.Target{sentinel.Target(), azuremonitor.Target(), splunk.Target()}
}
