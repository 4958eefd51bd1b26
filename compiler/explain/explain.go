package explain

import (
	"slices"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/check"
	"github.com/sigc-rules/sigc/compiler/diag"
)

// Check is what the catalogue says about one id.
type Check struct {
	ID       string
	Severity diag.Severity // the highest that is reported under the id
	Summary  string        // what is reported, in a sentence
	Why      string        // what goes wrong in practice
	// Bad is reported under the id and Good is not. Both are the part of a rule that matters; [Check.File] completes them.
	// Where Whole is set they are whole files, and one that begins with "-- name --" is several, each after such a line.
	Bad, Good string
	Whole     bool
	// Settings says that the examples are no rules but files that say how rules are read and tried, each after its name.
	Settings bool

	// long makes a Bad that is too large to be made whenever the program starts.
	long func() string
}

// All returns the catalogue, sorted by id. It is shared and must not be changed.
func All() []Check { return all() }

var all = sync.OnceValue(func() []Check {
	checks := slices.Concat(yamlChecks, ruleChecks, collectionChecks, logsourceChecks, detectionChecks, conditionChecks,
		fieldChecks, modifierChecks, valueChecks, placeholderChecks, pipelineChecks, configChecks, testChecks, correlationChecks, correlationConditionChecks,
		baselineChecks, filterChecks, targetChecks, sentinelChecks, azuremonitorChecks, splunkChecks, kqlChecks, lintChecks())
	for i, c := range checks {
		if c.long != nil {
			checks[i].Bad = c.long()
		}
	}
	slices.SortFunc(checks, func(a, b Check) int { return strings.Compare(a.ID, b.ID) })
	return checks
})

// lintChecks are the pages that stand beside the checks.
func lintChecks() []Check {
	var out []Check
	for _, c := range check.All() {
		out = append(out, Check{
			ID: c.ID, Severity: c.Severity, Summary: c.Doc.Summary, Why: c.Doc.Why, Bad: c.Doc.Bad, Good: c.Doc.Good, Whole: c.Doc.Whole,
		})
	}
	return out
}

// Find returns the entry of an id.
func Find(id string) (Check, bool) {
	for _, c := range All() {
		if c.ID == id {
			return c, true
		}
	}
	return Check{}, false
}

// Nearest returns the id that a writer of a wrong one probably meant, or "".
func Nearest(id string) string {
	var ids, names []string
	for _, c := range All() {
		ids = append(ids, c.ID)
		names = append(names, name(c.ID))
	}
	if near := diag.Nearest(id, ids); near != "" {
		return near
	}
	// The area is what one forgets first: look for the name alone, first as it is and then as something like it.
	if i := slices.Index(names, name(id)); i >= 0 {
		return ids[i]
	}
	if near := diag.Nearest(name(id), names); near != "" {
		return ids[slices.Index(names, near)]
	}
	return ""
}

func name(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// Summary returns the sentence about an id; "" when there is no such id.
func Summary(id string) string {
	c, _ := Find(id)
	return c.Summary
}

// referred are the rules that the examples of correlations and filters refer to.
const referred = `title: User added
name: user_added
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
---
title: User deleted
name: user_deleted
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Delete user
    condition: selection
---
title: Sign-in failed
name: sign_in_failed
logsource: {product: azure, service: signinlogs}
detection:
    selection:
        ResultType: '50126'
    condition: selection
`
