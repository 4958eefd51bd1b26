package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The problem matcher finds message, id and place in what lint prints.
func TestProblemMatcher(t *testing.T) {
	text, err := os.ReadFile("../../.ci/action/problem-matcher.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		ProblemMatcher []struct {
			Severity string
			Pattern  []struct{ Regexp string }
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	rule := "title: T\nlogsource: {product: azure, service: auditlogs}\nlevle: high\ndetection:\n    s: {OperationName: Add user}\n    condition: x\n"
	if err := os.WriteFile(filepath.Join(dir, "rule.yml"), []byte(rule), 0o644); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(output(dir, []string{"lint", "rule.yml"}), "\n")
	got := map[string]string{}
	for _, m := range file.ProblemMatcher {
		head, place := regexp.MustCompile(m.Pattern[0].Regexp), regexp.MustCompile(m.Pattern[1].Regexp)
		for i, line := range lines[:len(lines)-1] {
			if a, b := head.FindStringSubmatch(line), place.FindStringSubmatch(lines[i+1]); a != nil && b != nil {
				got[a[2]] = m.Severity + " " + strings.Join(b[1:], ":")
			}
		}
	}
	for id, want := range map[string]string{"condition/unknown-search": "error rule.yml:6:16", "rule/near-key": "warning rule.yml:3:1"} {
		if got[id] != want {
			t.Errorf("%s: got %q, want %q, of %v", id, got[id], want, got)
		}
	}
}
