package kusto

import (
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
)

// SignIns is the option of both platforms that leaves out the sign-ins of which there are most.
var SignIns = target.Option{
	Name: "sign-ins", Default: "all", Values: []string{"all", "interactive"}, PerRule: true,
	Doc: `what the service "signinlogs" means: all sign-ins of users, or interactive ones only`,
}

// OnlyInteractive reports whether the option asks for less than the rule means.
func OnlyInteractive(t *target.Target, m *ir.Meta) bool {
	return t.SettingFor(m, SignIns.Name) == "interactive"
}

// Together reads the tables of a rule in one query.
func Together(t *target.Target, m *ir.Meta) target.Reading {
	if OnlyInteractive(t, m) {
		return target.First
	}
	return target.Together
}

// Apart reads each of the tables of a rule with a query of its own.
func Apart(t *target.Target, m *ir.Meta) target.Reading {
	if OnlyInteractive(t, m) {
		return target.First
	}
	return target.Apart
}
