package check

import "slices"

// all lists the checks, family by family.
var all = slices.Concat(attackChecks, tagChecks, metaChecks, styleChecks, spellingChecks, fileChecks, valueChecks, logicChecks, conditionChecks,
	logsourceChecks, logChecks, correlationChecks, packChecks, ignoreChecks)

// All returns all checks. They are shared and must not be changed.
func All() []Check { return all }
