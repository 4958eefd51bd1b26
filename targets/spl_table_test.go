package targets_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestTableOfSPL: what testdata/README.md says is written for a statement about SPL stands in the search of the case that it
// names, and events judge the case: one that is found and a near miss that is not.
func TestTableOfSPL(t *testing.T) {
	readme, err := os.ReadFile("../testdata/README.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile("(?m)^\\| (.+) \\| (?:`` ?(.+?) ?``|`([^`]+)`) \\| `([^`]+)` \\|$")
	_, table, _ := strings.Cut(string(readme), "\n| what holds |")
	rows := row.FindAllStringSubmatch(table, -1)
	if lines := strings.Count(table, "\n|") - 1; len(rows) != lines || lines < 50 {
		t.Errorf("%d of %d rows have the form of a row", len(rows), lines)
	}
	for _, m := range rows {
		what, form, name := m[1], strings.ReplaceAll(m[2]+m[3], `\|`, "|"), m[4]
		if shown := shownBy(t, name); !strings.Contains(shown, form) {
			t.Errorf("%s: %s does not show %s", what, name, form)
		}
	}
}

// unjudged have no events: no evaluator here reads what only PCRE does.
const unjudged = "compile/regex_lookaround"

// shownBy returns what a golden file shows of Splunk, and sees that events judge it where the file is a case with events.
func shownBy(t *testing.T, name string) string {
	path := "../testdata/" + name
	if folder, _, _ := strings.Cut(name, "/"); folder == "check" {
		path += ".txt"
	} else if filepath.Ext(name) == "" {
		path += ".txtar"
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return ""
	}
	section := map[string]string{}
	for _, f := range txtar.Parse(data).Files {
		section[f.Name] = string(f.Data)
	}
	spl, compiled := section["out/splunk"]
	if !compiled {
		return string(data)
	}
	events := section["events.ndjson"]
	if strings.HasPrefix(name, "compile/") && name != unjudged &&
		(!strings.Contains(events, `"match":true`) || !strings.Contains(events, `"match":false`)) {
		t.Errorf("%s has no event that is found, or no near miss", name)
	}
	if !strings.HasPrefix(name, "compile/") && strings.Count(events, "\n") < 3 {
		t.Errorf("%s has too few events", name)
	}
	return spl
}
