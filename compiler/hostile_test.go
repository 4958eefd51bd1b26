package compiler_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

// azureRule is a rule of a log that the targets keep.
func azureRule(detection string) string {
	return "title: Test\nlogsource: {product: azure, service: auditlogs}\ndetection:\n" + detection
}

// lines repeats a line of YAML with a number in it.
func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+"\n", i)
	}
	return b.String()
}

// TestHostile gives what could exhaust time, memory or stack to the whole compiler: reading, meaning and all targets.
// Each must end within a generous time, with the error named or with none.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	const cap = 2 * time.Minute
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 12 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	value := strings.Repeat("x", 70)
	big := azureRule("    s:\n        OperationName|contains:\n" + lines(100_000, "            - 'value %08d is ä "+value+"'") + "    condition: s\n")
	nested := "a"
	for i := range 30 {
		nested = fmt.Sprintf("(a or (b%d and %s))", i, nested)
	}
	small := azureRule("    s:\n        OperationName|contains:\n" + lines(20_000, "            - 'value %08d is ä "+value+"'") + "    condition: s\n")
	document := "title: Rule %[1]d\nid: 00000000-0000-4000-8000-%012[1]d\nlogsource: {product: azure, service: auditlogs}\n" +
		"detection:\n    s: {OperationName: Add user}\n    condition: s\n---\n"

	tests := []struct{ name, text, id string }{
		{"ten megabytes", big, ""},
		{"two megabytes of regular expressions", strings.Replace(small, "|contains", "|re", 1), "value/too-many-regexes"},
		{"two megabytes of networks", strings.Replace(small, "|contains", "|cidr", 1), "value/bad-network"},
		{"two megabytes, encoded", strings.Replace(small, "|contains", "|base64|contains", 1), ""},
		{"two megabytes, encoded three ways", strings.Replace(small, "|contains", "|base64offset|contains", 1), "value/too-many-combinations"},
		{"two megabytes of keywords", azureRule("    s:\n" + lines(20_000, "        - 'value %08d is ä "+value+"'") + "    condition: s\n"), ""},
		{"many items with a warning each", aRule("    s:\n" + lines(50_000, "        F%d|contains: 5") + "    condition: s\n"), ""},
		{"many unknown modifiers", aRule("    s:\n" + lines(50_000, "        F%d|contain: x") + "    condition: s\n"), "modifier/unknown"},
		{"many unknown placeholders", aRule("    s:\n        A|expand:\n" + lines(50_000, "            - '%%x%d%%'") + "    condition: s\n"), "placeholder/unresolved"},
		{"many unknown fields", azureRule("    s:\n" + lines(20_000, "        OperationNane%d: x") + "    condition: s\n"), "field/unknown"},

		{"deep lists", "title: " + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + "\n", "yaml/too-deep"},
		{"deeper lists", "title: " + strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001) + "\n", "yaml/syntax"},
		{"deep blocks", "sigma-version: 3\n" + aRule("    s: "+strings.Repeat("{'a[any]': ", 40)+"{b: x}"+strings.Repeat("}", 40)+"\n    condition: s\n"), ""},
		{"deep names", "sigma-version: 3\n" + aRule("    s:\n        ? a"+strings.Repeat("[any].a", 50_000)+"\n        : x\n    condition: s\n"), ""},
		{"many positions", "sigma-version: 3\n" + aRule("    s:\n        ? a"+strings.Repeat("[0]", 100_000)+"\n        : x\n    condition: s\n"), ""},
		{"alias bomb", "title: x\n" + bomb, "yaml/alias-expansion"},

		{"a thousand documents", strings.ReplaceAll(lines(1_000, strings.ReplaceAll(document, "\n", "~")), "~", "\n"), ""},
		{"a thousand broken documents", strings.Repeat("---\na: [\n", 1_000), "yaml/syntax"},
		{"one id for all", strings.Repeat(fmt.Sprintf(document, 1), 3_000), "rule/duplicate-id"},

		{"a long condition", aRule("    a: {A: x}\n    condition: " + strings.Repeat("a or ", 13_000) + "a\n"), ""},
		{"a long condition of quantifiers", aRule(lines(4_000, "    s%d: {A: x}") + "    condition: " + strings.Repeat("1 of s* or ", 5_900) + "s1\n"), "condition/too-large"},
		{"a nested condition", aRule("    a: {A: x}\n" + lines(30, "    b%[1]d: {A: '%[1]d'}") + "    condition: " + nested + "\n"), ""},
		{"a large search in a long condition", aRule("    b: {A: x}\n    a:\n        A:\n" + lines(100_000, "            - 'v%d'") + "    condition: " + strings.Repeat("a and b or not ", 4_000) + "a\n"),
			"condition/too-large"},

		{"many wildcards", aRule("    s: {A: '" + strings.Repeat("*a", 500_000) + "'}\n    condition: s\n"), ""},
		{"many wildcards and dashes", aRule("    s: {A|windash: '" + strings.Repeat("*a", 500_000) + "'}\n    condition: s\n"), ""},
		{"many placeholders", aRule("    s: {A|expand: '" + strings.Repeat("%one%", 100_000) + "'}\n    condition: s\n"), ""},
		{"many dashes", aRule("    s: {A|windash: '" + strings.Repeat(" -a", 300_000) + "'}\n    condition: s\n"), "value/too-many-combinations"},
		{"a long regular expression", aRule("    s: {A|re: '" + strings.Repeat("a|", 50_000) + "'}\n    condition: s\n"), ""},
		{"a deep regular expression", aRule("    s: {A|re: '" + strings.Repeat("(", 100_000) + strings.Repeat(")", 100_000) + "'}\n    condition: s\n"), "value/bad-regex"},
		{"many look-aheads", aRule("    s: {A|re: '" + strings.Repeat("(?=a)", 20_000) + "'}\n    condition: s\n"), ""},
		{"many regular expressions", aRule("    s: {A|re: [" + strings.Repeat("'a{1000}', ", 20_000) + "b]}\n    condition: s\n"), "value/too-many-regexes"},
		{"many look-aheads and a fault", aRule("    s: {A|re: '" + strings.Repeat("(?=a*)", 20_000) + "|*'}\n    condition: s\n"), "value/bad-regex"},
		{"a long modifier", aRule("    s:\n        ? A|" + strings.Repeat("x", 1_000_000) + "\n        : x\n    condition: s\n"), "modifier/unknown"},
		{"a long name of a search", aRule("    s: {A: x}\n    condition: " + strings.Repeat("x", 60_000) + "\n"), "condition/unknown-search"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			done := make(chan *compiler.Program, 1)
			start := time.Now()
			go func() {
				in := compiler.Input{File: source.NewFile("rule.yml", []byte(tt.text)), Path: "rule.yml"}
				p := compiler.Load([]compiler.Input{in}, compiler.Options{Lists: compiler.Values(map[string][]string{"one": {"x"}})})
				for _, r := range p.Rules {
					r.Meaning()
				}
				p.Compile(targets.All(), compiler.CompileOptions{SkipUnsupported: true})
				p.Diagnostics()
				done <- p
			}()
			var p *compiler.Program
			select {
			case p = <-done:
			case <-time.After(cap):
				t.Fatalf("does not end within %v", cap)
			}
			var ids []string
			for _, d := range p.Diagnostics() {
				if d.Severity == diag.Error && d.Target == "" && !slices.Contains(ids, d.ID) {
					ids = append(ids, d.ID)
				}
			}
			if got := strings.Join(ids, " "); got != tt.id {
				t.Errorf("got the errors %q, want %q", got, tt.id)
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			t.Logf("%v, %d MB", time.Since(start).Round(time.Millisecond), m.HeapAlloc>>20)
		})
	}
}

// TestManyFiles reads files that share a path, which the output must not.
func TestManyFiles(t *testing.T) {
	const n = 3_000
	var inputs []compiler.Input
	for range n {
		inputs = append(inputs, compiler.Input{File: source.NewFile("rule.yml", []byte(azureRule("    s: {OperationName: x}\n    condition: s\n"))), Path: "rule.yml"})
	}
	p := compiler.Load(inputs, compiler.Options{})
	seen := map[string]bool{}
	for _, r := range p.Rules {
		seen[r.Path] = true
	}
	if len(p.Rules) != n || len(seen) != n {
		t.Errorf("%d rules with %d paths, want %d", len(p.Rules), len(seen), n)
	}
}
