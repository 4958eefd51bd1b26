package page_test

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/coverage"
	"github.com/sigc-rules/sigc/compiler/coverage/page"
	"github.com/sigc-rules/sigc/compiler/schema"
)

const row = "privileged-accounts/account-lockout"

// hostile ends scripts, styles, attributes and comments.
const hostile = `</script></style></textarea>"'><img src=x onerror=alert(1)><!-- {{.}} javascript:alert(1)`

func written(t *testing.T, lang string) string {
	t.Helper()
	rule := &coverage.Rule{
		Key: "id " + hostile, Title: hostile, Level: "high", Status: "experimental", File: hostile, Tags: []string{"attack.t1110", hostile},
		Rows: []string{row}, FalsePositives: []string{hostile}, References: []string{"https://example.org/a", "javascript:alert(1)"},
		Fields: []string{hostile}, Logs: []*schema.Log{{Name: hostile, Collection: &schema.Collection{Setting: hostile, Category: hostile, Connector: hostile, Licence: hostile, Note: hostile, See: []string{"javascript:alert(1)"}}}, schema.ByName("SigninLogs")}, Lists: []coverage.List{{Name: hostile, Doc: hostile, Type: hostile, From: hostile}, {Name: "h", Hours: hostile}},
		Asks: []coverage.Ask{{Field: hostile, Meaning: hostile, Negated: true}}, Cases: []coverage.Case{{Name: hostile}},
		Queries: []coverage.Query{{Target: "sentinel", Text: hostile, Told: []coverage.Fact{{Name: hostile, Value: hostile}}}}, Refused: map[string]string{"splunk": hostile}, Tested: true,
		Samples: []coverage.Sample{{Case: coverage.Case{Name: hostile, Match: true}, Count: 3, Event: hostile}},
	}
	rule.Text.Title = coverage.Text{"en": hostile, "ja": "ロックアウト" + hostile}
	rule.Text.Description = coverage.Text{"en": hostile}
	rule.Text.Triage = []coverage.Text{{"en": hostile}}
	var b strings.Builder
	if err := page.Write(&b, coverage.Of([]*coverage.Rule{rule}, []string{"sentinel", "splunk"}), lang, "sigc test "+hostile); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Texts of rules are never markup, script or addresses that run.
func TestHostile(t *testing.T) {
	got := written(t, "en")
	for _, bad := range []string{"<img", "<!--", `href="javascript:`} {
		if strings.Contains(got, bad) {
			t.Errorf("%q gets through", bad)
		}
	}
	for tag, n := range map[string]int{"<script>": 1, "</script>": 1, "<style>": 1, "</style>": 1} {
		if strings.Count(got, tag) != n {
			t.Errorf("%d times %s", strings.Count(got, tag), tag)
		}
	}
}

// The page loads nothing, and its policy allows its own script and style only.
func TestAlone(t *testing.T) {
	got := written(t, "en")
	for _, bad := range []string{" src=", "@import", "url(", "<link", "<iframe", "fetch(", "XMLHttp", " style=", " onclick="} {
		if strings.Contains(strings.ReplaceAll(got, html.EscapeString(hostile), ""), bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	policy := html.UnescapeString(regexp.MustCompile(`Policy" content="([^"]*)"`).FindStringSubmatch(got)[1])
	for _, tag := range []string{"script", "style"} {
		_, rest, _ := strings.Cut(got, "<"+tag+">")
		text, _, _ := strings.Cut(rest, "</"+tag+">")
		sum := sha256.Sum256([]byte(text))
		if want := tag + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("policy %s lacks %s", policy, want)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") {
		t.Errorf("policy %s", policy)
	}
}

// Links inside the page lead somewhere, and ids are unique.
func TestLinks(t *testing.T) {
	got := written(t, "en")
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(got, -1) {
		if ids[m[1]] {
			t.Errorf("two elements have the id %s", m[1])
		}
		ids[m[1]] = true
	}
	for _, id := range []string{"rows", "rules", "attack", "row-" + row} {
		if !ids[id] || !strings.Contains(got, `href="#`+strings.ReplaceAll(id, "/", "%2f")+`"`) {
			t.Errorf("there is no %s, or no link to it", id)
		}
	}
	if n := strings.Count(got, `<details class="row"`); n != 67 {
		t.Errorf("%d rows", n)
	}
}

// A text that is not translated is shown in English; every language has exactly one of each text.
func TestLanguages(t *testing.T) {
	got := written(t, "ja")
	for _, want := range []string{
		`<html lang="ja" data-lang="ja">`,
		`<span class="l l-en" lang="en">Account lockout</span><span class="l l-ja" lang="ja">`,
		`<span class="l l-en l-zh-Hant l-it" lang="en">` + html.EscapeString(hostile)[:8],
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing", want)
		}
	}
	shown := map[string]int{}
	for _, m := range regexp.MustCompile(`<span class="l ([^"]*)"`).FindAllStringSubmatch(got, -1) {
		for _, class := range strings.Fields(m[1]) {
			shown[class]++
		}
	}
	for _, l := range page.Languages {
		if shown["l-"+l.Code] != shown["l-en"] || shown["l-en"] == 0 {
			t.Errorf("%s shows %d texts, English %d", l.Code, shown["l-"+l.Code], shown["l-en"])
		}
	}
}

// Every word of the page is there in every language, and every word that it asks for.
func TestWords(t *testing.T) {
	text, err := os.ReadFile("words.yaml")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]map[string]string{}
	if err := yaml.Unmarshal(text, &words); err != nil {
		t.Fatal(err)
	}
	for name, w := range words {
		for _, l := range page.Languages {
			if w[l.Code] == "" {
				t.Errorf("%s has no %s", name, l.Code)
			}
		}
		if len(w) != len(page.Languages) {
			t.Errorf("%s has %d languages", name, len(w))
		}
	}
	source, err := os.ReadFile("page.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\(w "([^"]*)"\)`).FindAllStringSubmatch(string(source), -1) {
		if words[m[1]] == nil {
			t.Errorf("the page asks for %q", m[1])
		}
	}
	for _, r := range coverage.Rows() {
		if words[r.Section] == nil || words[r.Article] == nil {
			t.Errorf("section %q of %q has no name", r.Section, r.Article)
		}
	}
	for _, s := range coverage.Statuses {
		if words[string(s)] == nil {
			t.Errorf("status %q has no name", s)
		}
	}
}

// What the page shows of rows and of the logs that answer them is there in every language; of other logs it may be. There
// is nothing that the page does not show.
func TestTexts(t *testing.T) {
	text, err := os.ReadFile("texts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	if err := yaml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range all {
		if known[m["en"]] {
			t.Errorf("twice: %s", m["en"])
		}
		known[m["en"]] = true
		for _, l := range page.Languages {
			if m[l.Code] == "" || len(m) != len(page.Languages) {
				t.Errorf("%s: %s", l.Code, m["en"])
			}
		}
	}
	shown := []string{"No rule serves the row."}
	for _, r := range coverage.Rows() {
		shown = append(shown, r.What)
		for _, risk := range r.Risk {
			shown = append(shown, risk.When)
		}
		if r.Gap != nil {
			shown = append(shown, r.Gap.Reason, r.Gap.Do)
		}
	}
	of := func(l *schema.Log) []string {
		if l.Collection == nil { // who has it knows how it comes
			return nil
		}
		return []string{l.Collection.Setting, l.Collection.Licence, l.Collection.Note}
	}
	for _, r := range coverage.Rows() {
		for _, name := range r.Logs {
			if l := schema.ByName(name); l != nil {
				shown = append(shown, of(l)...)
			}
		}
	}
	for _, s := range shown {
		if s != "" && !known[s] {
			t.Errorf("not translated: %s", s)
		}
	}
	for _, l := range schema.Logs() {
		shown = append(shown, of(l)...)
	}
	for s := range known {
		if !slices.Contains(shown, s) {
			t.Errorf("nothing says: %s", s)
		}
	}
}
