package explain_test

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/explain"
)

// fixed are the ids whose bad example is mended. Another that brings a fix is added; one that loses it is a mistake.
var fixed = map[string]bool{
	"collection/unknown-action": true, "correlation/bad-type": true, "correlation/broken-rule": true, "field/blank": true, "field/case": true, "field/unlisted": true,
	"rule/sigc-key": true, "style/field-spelling": true,
	"attack/revoked": true, "attack/spelling": true, "attack/unknown-tactic": true,
	"condition/of-one": true, "condition/them-of-one": true, "condition/unknown-search": true,
	"condition/upper-case-keyword": true, "correlation/duplicate-field": true, "correlation/duplicate-rule": true,
	"correlation/unknown-key": true, "correlation/unknown-operator": true, "detection/timeframe": true,
	"field/unknown": true, "field/unknown-triage": true, "filter/duplicate-rule": true, "filter/empty-rules": true, "logsource/upper-case": true,
	"modifier/all-not-last": true, "modifier/order": true, "modifier/twice": true, "modifier/unknown": true,
	"rule/bad-date": true, "rule/bad-tag": true,
	"rule/duplicate-false-positive": true, "rule/duplicate-reference": true, "rule/duplicate-shown-field": true, "rule/near-key": true,
	"rule/old-tlp-tag": true, "rule/unknown-tag-namespace": true,
	"style/falsepositive-capital": true, "style/falsepositive-typo": true, "style/title-blanks": true, "style/title-case": true,
	"style/title-end": true, "style/wildcard-for-modifier": true,
	"value/double-wildcard": true, "value/duplicate": true, "value/host-bits": true, "value/number-as-text": true, "value/quoted-number": true,
	"value/redundant-wildcard": true, "value/registry-root": true, "value/shown-name": true,
}

// A fix removes its finding, brings no error, and is done once: to mend again changes nothing.
func TestFixes(t *testing.T) {
	lint := func(p *compiler.Program) []diag.Diagnostic { return p.Lint(compiler.LintOptions{Today: "2026-02-01"}) }
	opts := compiler.Options{Lists: lists(), Targets: []string{"sentinel", "azuremonitor", "splunk", "partial"}}
	for _, c := range explain.All() {
		if len(c.Bad) > 10_000 { // thousands of lines of the same, whose fixes are tried elsewhere
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			before := inputs(string(c.File(c.Bad)))
			after := compiler.Fix(before, opts, lint)
			gone := reports(lint(compiler.Load(before, opts)), c.ID) && !reports(after.Found, c.ID)
			if gone != fixed[c.ID] {
				t.Errorf("mended: %v, listed: %v; left are:\n%s\n%s", gone, fixed[c.ID], listing(after.Found), after.Inputs[0].File.Text)
			}
			if again := compiler.Fix(after.Inputs, opts, lint); len(again.Made) > 0 {
				t.Errorf("mended again: %s", listing(again.Made))
			}
			if errors(after.Found) > errors(lint(compiler.Load(before, opts))) {
				t.Errorf("new errors:\n%s", listing(after.Found))
			}
		})
	}
}

func errors(found []diag.Diagnostic) int {
	n := 0
	for _, d := range found {
		if d.Severity == diag.Error {
			n++
		}
	}
	return n
}
