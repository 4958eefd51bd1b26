package compiler_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
)

var lintReport = flag.Bool("lint-report", false, "write what lint finds in rules of others to testdata/lint.md")

// lintHead is what was found by reading the findings, and how to count them again.
const lintHead = `# What lint finds in rules of others

%d findings in %d rules of a part of SigmaHQ, without any configuration. No rule is kept here. With the rules in
shared/corpus/sigmahq beside the repository, this is written by

    go test ./compiler -run TestLintCorpus -lint-report

All errors were read, and all are true: each is about a rule of Azure that compares a name which is no column of its table,
or an object with a text, and so never matches there, or, once, about a number that is to be a word. What a sensor may send beyond Sysmon, a service of another cloud beyond
its documentation, and a placeholder without a list are warnings for that reason: such rules can be right where they come from.

Of the others 54 were read beside their rules, of every check at least one; none is wrong about its rule. Those of
condition/selection-excludes and value/two-backslashes are matters of taste and of intent, which is why they are notes.

`

// readError is an error that has been read and is true.
type readError struct{ files, id string }

var readErrors = []readError{
	{"rules/cloud/azure/", "field/unknown"},
	{"rules/cloud/azure/", "field/object-compared"},
	{"rules/application/kubernetes/audit/kubernetes_audit_potential_enumeration_activity.yml", "field/never-holds"}, // a status of HTTP is a number
}

// TestLintCorpus: an error of lint in rules of others is a true defect. Those that there are have been read.
func TestLintCorpus(t *testing.T) {
	inputs := readCorpus(t)
	found := compiler.Load(inputs, compiler.Options{}).Lint(compiler.LintOptions{Today: "2026-11-22"})
	type row struct {
		severity diag.Severity
		id       string
	}
	counts, rules := map[row]int{}, map[row]map[string]bool{}
	for _, d := range found {
		if d.Severity == diag.Error && !slices.ContainsFunc(readErrors, func(e readError) bool {
			return strings.HasPrefix(d.Span.File.Name, e.files) && d.ID == e.id
		}) {
			t.Errorf("%s: %s (%s): read whether the rule is at fault", d.Span.File.Name, d.Message, d.ID)
		}
		r := row{d.Severity, d.ID}
		counts[r]++
		if rules[r] == nil {
			rules[r] = map[string]bool{}
		}
		rules[r][d.Span.File.Name] = true
	}
	if len(found) > len(inputs)/4 {
		t.Errorf("%d findings in %d rules: who reads them?", len(found), len(inputs))
	}
	if !*lintReport {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, lintHead, len(found), len(inputs))
	b.WriteString("| severity | finding | times | rules |\n|---|---|---|---|\n")
	for _, r := range slices.SortedFunc(maps.Keys(counts), func(a, b row) int {
		return cmp.Or(-cmp.Compare(a.severity, b.severity), -cmp.Compare(counts[a], counts[b]), cmp.Compare(a.id, b.id))
	}) {
		fmt.Fprintf(&b, "| %s | `%s` | %d | %d |\n", r.severity, r.id, counts[r], len(rules[r]))
	}
	if err := os.WriteFile("../testdata/lint.md", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
