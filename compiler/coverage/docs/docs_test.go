package docs_test

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/coverage"
	"github.com/sigc-rules/sigc/compiler/coverage/docs"
	"github.com/sigc-rules/sigc/compiler/schema"
)

const row = "privileged-accounts/account-lockout"

func rule() *coverage.Rule {
	r := &coverage.Rule{
		Key: "id-1", Title: "Locked out", Path: "consumer/locked out", Level: "high", Status: "experimental", File: "rules/a.yml",
		Tags: []string{"attack.t1110.003", "attack.credential-access"}, Rows: []string{row, "no/such-row"},
		FalsePositives: []string{"a typing error"}, References: []string{"https://example.org/a"}, Fields: []string{"UserPrincipalName"},
		Logs:    []*schema.Log{schema.ByName("SigninLogs")},
		Lists:   []coverage.List{{Name: "admins", Doc: "who administers", Type: "upn", Values: 1, From: "rules/lists/admins.csv"}, {Name: "hours", Hours: "mon 07:00 to 19:00 in Etc/UTC", Type: "schedule"}},
		Asks:    []coverage.Ask{{Field: "ResultType", Meaning: `is "50053"`}, {Field: "A", Meaning: "is not empty"}, {Field: "B", Meaning: "is not empty", Negated: true}, {Field: "C", Meaning: "is not empty"}},
		Queries: []coverage.Query{{Target: "sentinel", Text: "SigninLogs\n| take 1\n", Told: []coverage.Fact{{Name: "runs", Value: "every 1h"}}}},
		Refused: map[string]string{"splunk": "it cannot"},
		Cases:   []coverage.Case{{Name: "a lockout", Match: true}, {Name: "a success"}},
	}
	r.Text.Title = coverage.Text{"en": "Locked out", "it": "Bloccato"}
	r.Text.Description = coverage.Text{"en": "An account\nwas locked.\n\nAnother paragraph:\n- one\n- two\n"}
	r.Text.Triage = []coverage.Text{{"en": "Ask.", "it": "Chiedi."}, {"en": "Look."}}
	return r
}

func written(lang string, rules ...*coverage.Rule) map[string]string {
	out := map[string]string{}
	for _, f := range docs.Files(coverage.Of(rules, []string{"sentinel", "splunk"}), lang) {
		out[f.Path] = string(f.Data)
	}
	return out
}

// A page says everything that is known of a rule.
func TestPage(t *testing.T) {
	got := written("en", rule())["rules/consumer/locked out.md"]
	for _, want := range []string{
		"# Locked out\n", "[All rules](../../README.md)", "An account was locked.\n\nAnother paragraph:\n\n- one\n- two\n",
		"| Level | high |", "[T1110.003 Password Spraying](https://attack.mitre.org/techniques/T1110/003/)",
		"- **Account lockout** ([Security operations for consumer accounts](https://", "- `no/such-row`, which there is not",
		"1. Ask.\n2. Look.\n", "- `UserPrincipalName`", "- a typing error",
		"- Diagnostic settings of Microsoft Entra ID, category `SignInLogs`.", "Licence: Microsoft Entra ID P1 or P2.", "makes the setting: Microsoft Entra ID.",
		"- `admins`: who administers Its type is upn; it has 1 value now, from `rules/lists/admins.csv`.",
		"    admins:\n        file: lists/admins.csv # a copy of rules/lists/admins.csv\n", "    hours:\n        type: schedule\n",
		"- `ResultType` is \"50053\"\n- `A`, `C` is not empty\n- `B` is not empty (excluded)\n",
		"| runs | every 1h |", "```kusto\nSigninLogs\n| take 1\n```", "Not for splunk: it cannot",
		"- matches: a lockout\n- does not match: a success\n", "- [https://example.org/a](https://example.org/a)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

// What to check is asked for only where a rule is not proven.
func TestCheck(t *testing.T) {
	r := rule()
	r.Status = "test"
	if strings.Contains(written("en", r)["rules/consumer/locked out.md"], "What to check") {
		t.Error("a proven rule is to be checked")
	}
}

func TestLanguage(t *testing.T) {
	got := written("it", rule())
	page := got["rules/consumer/locked out.md"]
	if !strings.Contains(page, "# Bloccato\n") || !strings.Contains(page, "1. Chiedi.\n2. Look.\n") {
		t.Error(page)
	}
	if index := got[docs.Index]; !strings.Contains(index, "| [Bloccato](rules/consumer/locked%20out.md) |") {
		t.Error(index)
	}
}

// The index leads to every page, and counts what the rules need together.
func TestIndex(t *testing.T) {
	other := rule()
	other.Path, other.Lists = "b", nil
	got := written("en", rule(), other)
	index := got[docs.Index]
	for _, want := range []string{
		"2 rules for sentinel, splunk.", "## consumer\n", "- `SigninLogs`, for 2 rules: ", "  - Licence: Microsoft Entra ID P1 or P2.",
		"- `admins`: who administers", "  - [Locked out](rules/consumer/locked%20out.md)",
	} {
		if !strings.Contains(index, want) {
			t.Errorf("%q is missing in\n%s", want, index)
		}
	}
	for _, m := range regexp.MustCompile(`\]\((rules/[^)]*)\)`).FindAllStringSubmatch(index, -1) {
		if _, ok := got[strings.ReplaceAll(m[1], "%20", " ")]; !ok {
			t.Errorf("%s leads nowhere", m[1])
		}
	}
	for name, text := range got {
		if m := regexp.MustCompile(`\[All rules\]\(([^)]*)\)`).FindStringSubmatch(text); m != nil && path.Join(path.Dir(name), m[1]) != docs.Index {
			t.Errorf("%s leads to %s", name, m[1])
		}
	}
}

// hostile would be markup of every kind, and would end code.
const hostile = "# h\n## h\n- [x](javascript:alert(1)) ![i](x) <img src=x onerror=alert(1)> `a` ``` ```` | **b** _c_ ~~d~~ $e$ &lt; \\ [r]: x\n1. n\n---\n***"

// Texts of rules are never markup.
func TestHostile(t *testing.T) {
	r := rule()
	r.Key, r.Level, r.Status, r.File, r.Path = hostile, hostile, hostile, hostile, "a/(b) [c]"
	r.Rows, r.FalsePositives, r.References, r.Fields = []string{hostile}, []string{hostile}, []string{hostile, "javascript:alert(1)", "https://a.example/)![x](y"}, []string{hostile}
	r.Tags = []string{hostile}
	r.Logs = []*schema.Log{{Name: hostile, Doc: hostile, Collection: &schema.Collection{Setting: hostile, Category: hostile, Connector: hostile, Licence: hostile, Note: hostile, See: []string{hostile}}}}
	r.Lists = []coverage.List{{Name: hostile, Doc: hostile, Type: hostile, From: hostile + ".csv", Hours: ""}, {Name: hostile, Hours: hostile, In: []coverage.Kept{{Target: hostile, As: hostile}}}}
	r.Asks = []coverage.Ask{{Field: hostile, Meaning: hostile}}
	r.Status = "experimental"
	r.Queries = []coverage.Query{{Target: hostile, Text: hostile, Told: []coverage.Fact{{Name: hostile, Value: hostile}}}}
	r.Refused = map[string]string{hostile: hostile}
	r.Cases = []coverage.Case{{Name: hostile, Match: true}}
	r.Text.Title = coverage.Text{"en": hostile}
	r.Text.Description = coverage.Text{"en": hostile}
	r.Text.Triage = []coverage.Text{{"en": hostile}}
	for name, text := range written("en", r) {
		inert(t, name, text)
	}
}

// inert looks at what is outside of code: headings and links are ours, and there are no tags but the breaks of tables.
func inert(t *testing.T, name, text string) {
	t.Helper()
	fence := ""
	ours := regexp.MustCompile(`^#{1,3} ([A-Za-z' ]+|\\# h .*|.*\\# h.*|a/\(b\) \\\[c\\\])$`)
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]; len(ticks) >= 3 && (fence == "" || fence == ticks && line == ticks) {
			if fence == "" {
				fence = ticks
			} else {
				fence = ""
			}
			continue
		}
		if fence != "" {
			continue
		}
		line = spans(line)
		if strings.HasPrefix(line, "#") && !ours.MatchString(line) {
			t.Errorf("%s: heading %s", name, line)
		}
		for _, bad := range []string{"<img", "](javascript", "![", "](x)", "](y", "**b**", "~~", "$e$", "&lt;"} {
			if at := strings.Index(line, bad); at >= 0 && (at == 0 || line[at-1] != '\\') {
				t.Errorf("%s: %q in %s", name, bad, line)
			}
		}
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "***") || strings.HasPrefix(line, "[r]") {
			t.Errorf("%s: line %s", name, line)
		}
	}
	if fence != "" {
		t.Errorf("%s: a block of code does not end", name)
	}
}

// spans leaves the spans of code in a line out, as CommonMark finds them.
func spans(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); {
		if line[i] == '\\' && i+1 < len(line) {
			b.WriteString(line[i : i+2])
			i += 2
			continue
		}
		ticks := line[i : i+len(line[i:])-len(strings.TrimLeft(line[i:], "`"))]
		if ticks == "" {
			b.WriteByte(line[i])
			i++
			continue
		}
		end := closing(line[i+len(ticks):], ticks)
		if end < 0 {
			return b.String() + "UNCLOSED ![" + line[i:]
		}
		i += len(ticks) + end
	}
	return b.String()
}

// closing is where a span of code ends that so many ticks began.
func closing(s, ticks string) int {
	for i := 0; i < len(s); {
		run := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		if run == len(ticks) {
			return i + run
		}
		i += max(run, 1)
	}
	return -1
}
