package sigma_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// aRule is a rule with the given detection.
func aRule(detection string) string {
	return "title: Test\nlogsource: {category: test}\ndetection:\n" + detection
}

// nested writes open and close n times around a text.
func nested(open, text, end string, n int) string {
	return strings.Repeat(open, n) + text + strings.Repeat(end, n)
}

// aCorrelation is a correlation with a condition over rules.
func aCorrelation(condition string) string {
	return "title: x\ncorrelation: {type: temporal, timespan: 5m, group-by: u, condition: " + condition + "}"
}

// manyNames joins n names by "and".
func manyNames(n int) string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("r%d", i))
	}
	return strings.Join(names, " and ")
}

// manyAliases is a correlation of n rules with n aliases.
func manyAliases(n int) string {
	rules := strings.ReplaceAll(manyNames(n), " and ", ", ")
	fields := "{" + strings.ReplaceAll(manyNames(n), " and ", ": f, ") + ": f}"
	var aliases, groups strings.Builder
	for i := range n / 100 {
		fmt.Fprintf(&aliases, "  a%d: %s\n", i, fields)
		fmt.Fprintf(&groups, "a%d, ", i)
	}
	return "title: x\ncorrelation:\n type: temporal\n timespan: 5m\n group-by: [" + groups.String() + "]\n rules: [" + rules + "]\n aliases:\n" + aliases.String()
}

// manyRepetitions is n documents, each of which adds a key to those before it.
func manyRepetitions(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "---\naction: repeat\nkey%d: x\n", i)
	}
	return b.String()
}

// TestHostile gives what could exhaust time, memory or stack. Each must end soon and with the message named.
func TestHostile(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 12 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	var searches strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&searches, "    s%d: {A: a}\n", i)
	}
	tests := []struct {
		name, text string
		ids        []string
	}{
		{"empty", "", []string{"yaml/empty"}},
		{"comments only", "# a\n---\n# b\n", []string{"yaml/empty"}},
		{"not UTF-8", "title: \xff\n", []string{"yaml/not-utf8"}},
		{"UTF-16", "\xff\xfet\x00", []string{"yaml/not-utf8"}},
		{"control character", "title: a\x01b\n", []string{"yaml/syntax"}},
		{"scalar", "text", []string{"yaml/not-a-map"}},
		{"alias bomb", "title: x\n" + bomb, []string{"yaml/alias-expansion"}},
		{"merge of itself", "title: x\na: &a\n  <<: *a\n", []string{"yaml/alias-expansion"}},
		{"unknown anchor", "title: *x\n", []string{"yaml/syntax"}},
		{"deep", "title: " + nested("[", "", "]", 101) + "\n", []string{"yaml/too-deep"}},
		{"very deep", "title: " + nested("[", "", "]", 9000) + "\n", []string{"yaml/too-deep"}},
		{"deep by aliases", "a: &a " + nested("[", "x", "]", 60) + "\ntitle: " + nested("[", "*a", "]", 60) + "\n", []string{"yaml/too-deep"}},
		{"deep, unclosed", "title: " + strings.Repeat("[", 200_000), []string{"yaml/syntax"}},
		{"deep condition", aRule("    a: [x]\n    condition: " + nested("(", "a", ")", 65)), []string{"condition/too-deep"}},
		{"deep condition, allowed", aRule("    a: [x]\n    condition: " + nested("(", "a", ")", 64)), nil},
		{"many nots", aRule("    a: [x]\n    condition: " + strings.Repeat("not ", 5000) + "a"), []string{"condition/too-deep"}},
		{"long condition", aRule("    a: [x]\n    condition: " + strings.Repeat("a or ", 14_000) + "a"), []string{"condition/too-long"}},
		{"long condition, allowed", aRule("    a: [x]\n    condition: " + strings.Repeat("a or ", 13_000) + "a"), nil},
		{"many searches", aRule(searches.String() + "    condition: 1 of *"), []string{"detection/too-many-searches"}},
		{"huge number", aRule("    a: {A: !!int " + strings.Repeat("9", 1_000_000) + "}\n    condition: a"), nil},
		{"many broken documents", strings.Repeat("---\na: [\n", 10_000), []string{"yaml/syntax"}},
		{"deep condition over rules", aCorrelation(nested("(", "a", ")", 65)), []string{"condition/too-deep"}},
		{"long condition over rules", aCorrelation(strings.Repeat("a or ", 14_000) + "a"), []string{"condition/too-long"}},
		{"many rules in a condition", aCorrelation(manyNames(6_000)), nil},
		{"many rules in a list", "title: x\ncorrelation: {type: temporal, timespan: 5m, group-by: u, rules: [" + strings.ReplaceAll(manyNames(100_000), " and ", ",") + "]}", nil},
		{"many rules and aliases", manyAliases(2_000), nil},
		{"long template, many rules", "action: global\ntitle: x\na: [" + strings.Repeat("x, ", 100_000) + "]\n" + strings.Repeat("---\nid: x\n", 50_000),
			[]string{"rule/missing-detection", "rule/missing-logsource", "rule/bad-id", "collection/too-large"}},
		{"many repetitions", "title: x\n" + manyRepetitions(20_000), []string{"collection/too-large", "rule/missing-detection", "rule/missing-logsource"}},
		{"many dashes", strings.Repeat("- ", 5000) + "a", []string{"yaml/too-deep"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			var diags diag.List
			sigma.Parse(source.NewFile("rule.yml", []byte(tt.text)), &diags)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("took %v", took)
			}
			var ids []string
			for _, d := range diags.Sorted() {
				if d.Severity == diag.Error && !contains(ids, d.ID) {
					ids = append(ids, d.ID)
				}
			}
			if fmt.Sprint(ids) != fmt.Sprint(tt.ids) {
				t.Errorf("got the errors %v, want %v", ids, tt.ids)
			}
		})
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// bigRule is a rule with n values, in block style or all in one line, of 100 bytes each.
func bigRule(n int, oneLine bool) string {
	var b strings.Builder
	b.WriteString("title: Big\nlogsource: {category: test}\ndetection:\n    a:\n        A|contains:")
	if oneLine {
		b.WriteString(" [")
	}
	for i := range n {
		value := fmt.Sprintf("'value %08d is ä %s'", i, strings.Repeat("x", 70))
		if oneLine {
			b.WriteString(value + ", ")
		} else {
			b.WriteString("\n            - " + value)
		}
	}
	if oneLine {
		b.WriteString("]")
	}
	b.WriteString("\n    condition: a\n")
	return b.String()
}

// TestBig reads ten megabytes, also where every value stands in the same line.
func TestBig(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	const n = 100_000
	for _, oneLine := range []bool{false, true} {
		start := time.Now()
		var diags diag.List
		rules := sigma.Parse(source.NewFile("rule.yml", []byte(bigRule(n, oneLine))), &diags).Rules
		if took := time.Since(start); took > time.Minute {
			t.Errorf("took %v", took)
		}
		if diags.Len() > 0 || len(rules) != 1 {
			t.Fatal(renderDiags(&diags))
		}
		values := rules[0].Detection.Searches[0].Body[0].Items[0].Values
		if len(values) != n {
			t.Fatalf("got %d values, want %d", len(values), n)
		}
		for _, i := range []int{0, 1, n / 2, n - 1} {
			if got, want := values[i].Map().Span(6, 14).Text(), fmt.Sprintf("%08d", i); got != want {
				t.Errorf("the number of value %d is placed at %q, want %q", i, got, want)
			}
		}
	}
}
