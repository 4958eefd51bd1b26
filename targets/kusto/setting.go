package kusto

import (
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// SettingAt is where the rule sets the first of the options that it sets for itself, or its title when it sets none:
// there a message about the options is to point.
func SettingAt(c *target.Compiled, options ...string) source.Span {
	for _, o := range options {
		for _, s := range c.Settings {
			if s.Target.Value == c.Target.Name && s.Option.Value == o {
				return s.Value.At
			}
		}
	}
	return c.Title.At
}
