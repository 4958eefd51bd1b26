package coverage_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/attack"
	"github.com/sigc-rules/sigc/compiler/coverage"
)

// The articles have 49 and 18 rows.
func TestRows(t *testing.T) {
	levels := []string{"informational", "low", "medium", "high", "critical"}
	perArticle := map[string]int{}
	seen := map[string]bool{}
	for _, r := range coverage.Rows() {
		perArticle[r.Article]++
		if seen[r.ID] || !strings.HasPrefix(r.ID, r.Section+"/") {
			t.Errorf("id %q", r.ID)
		}
		seen[r.ID] = true
		for _, lang := range []string{"ja", "zh-Hant", "it"} {
			if r.Title[lang] == "" {
				t.Errorf("%s has no title in %s", r.ID, lang)
			}
		}
		if r.Title["en"] == "" || r.What == "" || len(r.Risk) == 0 {
			t.Errorf("%s lacks a title, what to look for or the risk", r.ID)
		}
		for _, risk := range r.Risk {
			if !slices.Contains(levels, risk.Level) {
				t.Errorf("%s: risk %q", r.ID, risk.Level)
			}
		}
		switch g := r.Gap; {
		case g == nil && len(r.Logs) == 0:
			t.Errorf("%s: no log answers the row, and no gap says so", r.ID)
		case g != nil && (g.Status != coverage.Partial && g.Status != coverage.NotInLog || g.Reason == "" || g.Do == "" || !strings.HasPrefix(g.Query, "GET https://graph.microsoft.com/v1.0/")):
			t.Errorf("%s: gap %+v", r.ID, g)
		case g != nil && (g.Status == coverage.NotInLog) != (len(r.Logs) == 0):
			t.Errorf("%s: logs %v, status %s", r.ID, r.Logs, g.Status)
		}
	}
	if perArticle["consumer"] != 49 || perArticle["applications"] != 18 || len(perArticle) != 2 {
		t.Errorf("rows: %v", perArticle)
	}
	for _, a := range coverage.Articles {
		if perArticle[a.ID] == 0 {
			t.Errorf("the article %q has no rows", a.ID)
		}
	}
}

// Rows of each kind.
const (
	plain    = "privileged-accounts/account-lockout"
	partly   = "applications/dangling-uri"
	notInLog = "application-credentials/credentials-with-a-lifetime-longer-than-your-policies-allow"
)

func state(t *testing.T, r *coverage.Report, id string) coverage.State {
	t.Helper()
	for _, s := range r.States {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no row %s", id)
	return coverage.State{}
}

func TestStatus(t *testing.T) {
	rule := func(row, refused string, tested bool) *coverage.Rule {
		r := &coverage.Rule{Key: "k", Title: "T", Rows: []string{row}, Tested: tested, Refused: map[string]string{}}
		if refused != "" {
			r.Refused[refused] = "for a reason"
		}
		return r
	}
	tests := []struct {
		name   string
		row    string
		rules  []*coverage.Rule
		status coverage.Status
		reason string
	}{
		{"no rule", plain, nil, coverage.Missing, "No rule serves"},
		{"a rule of another row", plain, []*coverage.Rule{rule(partly, "", true)}, coverage.Missing, "No rule serves"},
		{"all is well", plain, []*coverage.Rule{rule(plain, "", true)}, coverage.Covered, ""},
		{"no cases", plain, []*coverage.Rule{rule(plain, "", false)}, coverage.Partial, `No cases stand beside ["T"].`},
		{"one of two without cases", plain, []*coverage.Rule{rule(plain, "", true), rule(plain, "", false)}, coverage.Partial, "No cases"},
		{"a target refuses it", plain, []*coverage.Rule{rule(plain, "b", true)}, coverage.Partial, "compiles for b."},
		{"another rule helps the target", plain, []*coverage.Rule{rule(plain, "b", true), rule(plain, "", true)}, coverage.Covered, ""},
		{"two rules help each other", plain, []*coverage.Rule{rule(plain, "b", true), rule(plain, "a", true)}, coverage.Covered, ""},
		{"the log does not answer all", partly, []*coverage.Rule{rule(partly, "", true)}, coverage.Partial, "domain"},
		{"no rule although the log answers a part", partly, nil, coverage.Missing, "No rule serves"},
		{"no log", notInLog, nil, coverage.NotInLog, "lifetime"},
		{"no log, whatever a rule says", notInLog, []*coverage.Rule{rule(notInLog, "", true)}, coverage.NotInLog, "lifetime"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := state(t, coverage.Of(tt.rules, []string{"a", "b"}), tt.row)
			if s.Status != tt.status || !strings.Contains(s.Reason, tt.reason) || (s.Reason == "") != (tt.reason == "") {
				t.Errorf("%s, %q; want %s, %q", s.Status, s.Reason, tt.status, tt.reason)
			}
		})
	}
}

func report() *coverage.Report {
	return coverage.Of([]*coverage.Rule{
		{Key: "id-1", Title: "A | <b> *rule*", Rows: []string{plain, "no/such-row"}, Tested: true, Tags: []string{"attack.t1098.003", "attack.persistence"}},
		{Key: "id-2", Title: "Another", Rows: []string{plain}, Tested: true, Tags: []string{"attack.t1098.003", "attack.t1528", "attack.t9999"}},
	}, []string{"sentinel", "azuremonitor"})
}

func TestUnknown(t *testing.T) {
	got := report().Unknown()
	if len(got) != 1 || got[0].Row != "no/such-row" || got[0].Rule.Key != "id-1" {
		t.Errorf("%+v", got)
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := report().JSON(&b); err != nil {
		t.Fatal(err)
	}
	want := `{"row":"privileged-accounts/account-lockout","status":"covered","rules":["id-1","id-2"],"targets":{"sentinel":true,"azuremonitor":true},"tested":true,"reason":""}` + "\n"
	if !strings.Contains(b.String(), want) || strings.Count(b.String(), "\n") != 67 {
		t.Errorf("%s", b.String())
	}
}

func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	if err := report().Markdown(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`| A \| &lt;b> \*rule\*<br>Another |`, "67 rows: 1 covered, 1 not-in-log, 65 missing.", "```http\nGET https://graph"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}

// The layer keeps to version 4.5 of its format.
func TestNavigator(t *testing.T) {
	var b bytes.Buffer
	if err := report().Navigator(&b); err != nil {
		t.Fatal(err)
	}
	var l struct {
		Name, Domain string
		Versions     struct{ Attack, Navigator, Layer string }
		Techniques   []struct {
			TechniqueID       string
			Score             *int
			ShowSubtechniques bool
		}
		Gradient struct {
			Colors             []string
			MinValue, MaxValue int
		}
	}
	if err := json.Unmarshal(b.Bytes(), &l); err != nil {
		t.Fatal(err)
	}
	if l.Name == "" || l.Domain != "enterprise-attack" || l.Versions.Layer != "4.5" || !strings.HasPrefix(attack.Version, l.Versions.Attack+".") {
		t.Errorf("%+v", l)
	}
	if l.Gradient.MaxValue != 2 || l.Gradient.MinValue >= l.Gradient.MaxValue || len(l.Gradient.Colors) < 2 {
		t.Errorf("%+v", l.Gradient)
	}
	scores := map[string]int{}
	for _, technique := range l.Techniques {
		if technique.Score != nil {
			scores[technique.TechniqueID] = *technique.Score
		} else if !technique.ShowSubtechniques {
			t.Errorf("%+v says nothing", technique)
		}
	}
	if len(scores) != 2 || scores["T1098.003"] != 2 || scores["T1528"] != 1 || len(l.Techniques) != 3 {
		t.Errorf("%v", scores)
	}
}
