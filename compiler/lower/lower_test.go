package lower_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/lower"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// lists are the placeholders of these tests.
var lists = map[string][]string{
	"one": {"x"}, "two": {"x", "y"}, "wild": {"a*", `b\*`}, "none": {}, "number": {"5"}, "net": {"10.0.0.0/8", "::1"}, "dots": {"a.b*"},
}

func options() lower.Options {
	return lower.Options{
		Placeholder:  func(name string) ([]string, bool) { v, ok := lists[name]; return v, ok },
		Placeholders: []string{"one", "two", "wild", "none"},
		Schedule: func(name string) (ir.Schedule, bool) {
			s := ir.Schedule{Name: name, Zone: time.UTC, Days: []time.Weekday{time.Monday}, From: 8 * 60, To: 18 * 60}
			return s, name == "hours"
		},
	}
}

// lowered reads a rule and lowers it. The rule is nil when it has errors.
func lowered(t testing.TB, text string) (*ir.Rule, []diag.Diagnostic) {
	t.Helper()
	var diags diag.List
	rules := sigma.Parse(source.NewFile("rule.yml", []byte(text)), &diags).Rules
	if len(rules) != 1 {
		t.Fatalf("%d rules in\n%s%s", len(rules), text, strings.Join(show(diags.Sorted()), "\n"))
	}
	return lower.Rule(rules[0], options(), &diags), diags.Sorted()
}

// show writes each diagnostic as "severity id |place|".
func show(found []diag.Diagnostic) []string {
	var out []string
	for _, d := range found {
		out = append(out, fmt.Sprintf("%s %s |%s|", d.Severity, d.ID, d.Span.Text()))
	}
	return out
}

// item is a rule with one line in its one search.
func item(line string) string { return search("        " + line + "\n") }

// search is a rule with one search.
func search(body string) string { return rule("    s:\n" + body + "    condition: s\n") }

func rule(detection string) string {
	return "title: Test\nlogsource: {category: test}\ndetection:\n" + detection
}

func version3(text string) string { return "sigma-version: 3\n" + text }

// meaning is the condition of a rule that has no errors.
func meaning(t testing.TB, text string) string {
	t.Helper()
	r, found := lowered(t, text)
	if r == nil {
		t.Fatalf("no meaning of\n%s%s", text, strings.Join(show(found), "\n"))
	}
	return ir.String(r.Expr())
}

// meanings tests lines of a search by what they become.
func meanings(t *testing.T, tests [][2]string) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt[0], func(t *testing.T) {
			if got := meaning(t, item(tt[0])); got != tt[1] {
				t.Errorf("\n got %s\nwant %s", got, tt[1])
			}
		})
	}
}

// faults tests lines of a search by what is said of them; "" is silence.
func faults(t *testing.T, wrap func(line string) string, tests [][2]string) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt[0], func(t *testing.T) {
			r, found := lowered(t, wrap(tt[0]))
			if got := strings.Join(show(found), "\n"); got != tt[1] {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt[1])
			}
			failed := false
			for _, d := range found {
				failed = failed || d.Severity == diag.Error
				if d.Span.IsZero() || d.Message == "" || strings.HasSuffix(d.Message, ".") {
					t.Errorf("an unfinished message: %+v", d)
				}
			}
			if failed != (r == nil) {
				t.Errorf("errors: %v, rule: %v", failed, r)
			}
		})
	}
}

// TestEscapes has every row of spec 4.3, and what the position modifiers do to them.
func TestEscapes(t *testing.T) {
	meanings(t, [][2]string{
		// In the output a backslash of the text is doubled twice: by the notation of patterns and by the quotes.
		{`A: '\W'`, `(like A "\\\\W")`},
		{`A: 'W\'`, `(like A "W\\\\")`},
		{`A: '\\W'`, `(like A "\\\\W")`}, // one backslash
		{`A: 'W\\'`, `(like A "W\\\\")`},
		{`A: '\*'`, `(like A "\\*")`},
		{`A: '\?'`, `(like A "\\?")`},
		{`A: '\\*'`, `(like A "\\\\*")`}, // a backslash and a wildcard
		{`A: '\\?'`, `(like A "\\\\?")`},
		{`A: '\\\*'`, `(like A "\\\\\\*")`},   // a backslash and a star
		{`A: '\\\W'`, `(like A "\\\\\\\\W")`}, // two backslashes
		{`A: '\\\\'`, `(like A "\\\\\\\\")`},
		{`A: '\\\\*'`, `(like A "\\\\\\\\*")`},
		{`A: '\\srv\share'`, `(like A "\\\\srv\\\\share")`},
		{`A: '\\\\srv\share'`, `(like A "\\\\\\\\srv\\\\share")`},
		{`A: "\\W"`, `(like A "\\\\W")`}, // YAML's escape comes first
		{`A: "\\\\*"`, `(like A "\\\\*")`},
		{`A: it''s`, `(like A "it''s")`},
		{`A: 'it''s'`, `(like A "it's")`},

		{`A: a*b?c`, `(like A "a*b?c")`},
		{`A: '*'`, `(like A "*")`},
		{`A: '**'`, `(like A "*")`},
		{`A: ''`, `(like A "")`},
		{`A: '%x%'`, `(like A "%x%")`},
		{`A: 'a.b|c$[d]'`, `(like A "a.b|c$[d]")`},

		{`A|contains: 'a'`, `(like A "*a*")`},
		{`A|startswith: 'a'`, `(like A "a*")`},
		{`A|endswith: 'a'`, `(like A "*a")`},
		{`A|contains: '*a*'`, `(like A "*a*")`},
		{`A|contains: 'a\*'`, `(like A "*a\\**")`}, // the star of the text is none
		{`A|contains: 'a*b'`, `(like A "*a*b*")`},
		{`A|startswith: 'a*'`, `(like A "a*")`},
		{`A|startswith: '*a'`, `(like A "*a*")`},
		{`A|endswith: 'a\'`, `(like A "*a\\\\")`},
		{`A|endswith: '\\*'`, `(like A "*\\\\*")`},
		{`A|contains: '?'`, `(like A "*?*")`},
		{`A|contains: ''`, `(like A "*")`},
	})
}

// TestModifiers has every row of spec 6.2 and the chains of 6.3.
func TestModifiers(t *testing.T) {
	meanings(t, [][2]string{
		{`A: [x, y]`, `(or (like A "x") (like A "y"))`},
		{`A|all: ['*x*', '*y*']`, `(and (like A "*x*") (like A "*y*"))`},
		{`A|contains|all: [x, y]`, `(and (like A "*x*") (like A "*y*"))`},
		{`A|all|contains: [x, y]`, `(and (like A "*x*") (like A "*y*"))`},
		{`A: [x, x]`, `(like A "x")`},

		{`A|cased: x`, `(like_cs A "x")`},
		{`A|cased|contains: x`, `(like_cs A "*x*")`},
		{`A|contains|cased: x`, `(like_cs A "*x*")`},

		{`A|exists: true`, `(exists A)`},
		{`A|exists: false`, `(not (exists A))`},
		{`A|exists|neq: true`, `(not (exists A))`},
		{`A|neq|exists: false`, `(exists A)`},

		{`A|neq: x`, `(not (like A "x"))`},
		{`A|neq: [x, y]`, `(not (or (like A "x") (like A "y")))`},
		{`A|neq|contains: [x, y]`, `(not (or (like A "*x*") (like A "*y*")))`},
		{`A|neq|all|contains: [x, y]`, `(not (and (like A "*x*") (like A "*y*")))`},
		{`A|neq: null`, `(not (null A))`},
		{`A|neq: 5`, `(not (like A "5"))`},
		{`A|gt|neq: 5`, `(not (> A 5))`},

		{`A|re: 'a.*b'`, `(regex A "a.*b")`},
		{`A|re: '\d\\\*'`, `(regex A "\\d\\\\\\*")`}, // no escapes of Sigma
		{`A|re: [a, b]`, `(or (regex A "a") (regex A "b"))`},
		{`A|re|all: [a, b]`, `(and (regex A "a") (regex A "b"))`},
		{`A|re|neq: a`, `(not (regex A "a"))`},
		{`A|re|i: a`, `(regex A "a" i)`},
		{`A|re|m: a`, `(regex A "a" m)`},
		{`A|re|s: a`, `(regex A "a" s)`},
		{`A|re|i|m|s: a`, `(regex A "a" ims)`},
		{`A|re|ignorecase|multiline|dotall: a`, `(regex A "a" ims)`},
		{`A|re|contains: a`, `(regex A "a")`},
		{`A|re: 5`, `(regex A "5")`},

		{`A|base64: foobar`, `(like A "Zm9vYmFy")`},
		{`A|base64|contains: foobar`, `(like A "*Zm9vYmFy*")`},
		{`A|base64: 'a\*b'`, `(like A "YSpi")`}, // the bytes of a*b
		{`A|base64: 'ä'`, `(like A "w6Q=")`},
		{`A|base64|base64: 'ab'`, `(like A "WVdJPQ==")`},
		{`A|base64offset|contains: foobar`, `(or (like A "*Zm9vYmFy*") (like A "*Zvb2Jhc*") (like A "*mb29iYX*"))`},
		{`A|base64offset|contains|all: [foobar, foobar2]`,
			`(and (or (like A "*Zm9vYmFy*") (like A "*Zvb2Jhc*") (like A "*mb29iYX*")) (or (like A "*Zm9vYmFyM*") (like A "*Zvb2Jhcj*") (like A "*mb29iYXIy*")))`},
		{`A|base64|cased: foobar`, `(like_cs A "Zm9vYmFy")`},
		{`A|wide|base64: ab`, `(like A "YQBiAA==")`},
		{`A|utf16le|base64: ab`, `(like A "YQBiAA==")`},
		{`A|utf16be|base64: ab`, `(like A "AGEAYg==")`},
		{`A|utf16|base64: ab`, `(like A "//5hAGIA")`}, // the mark is FF FE
		{`A|wide|base64: 'ä😀'`, `(like A "5AA92ADe")`},
		{`A|wide|base64offset|contains: ping`, `(or (like A "*cABpAG4AZw*") (like A "*AAaQBuAGcA*") (like A "*wAGkAbgBnA*"))`},

		{`A|lt: 5`, `(< A 5)`},
		{`A|lte: 5`, `(<= A 5)`},
		{`A|gt: 5.50`, `(> A 5.5)`},
		{`A|gte: -5`, `(>= A -5)`},
		{`A|gt: 1e3`, `(> A 1000)`},
		{`A|gt: 0x10`, `(> A 16)`},
		{`A|gt: 123456789012345678901`, `(> A 123456789012345678901)`},
		{`A|lt: [5, 6]`, `(or (< A 5) (< A 6))`},

		{`A|cidr: 10.0.0.0/8`, `(cidr A 10.0.0.0/8)`},
		{`A|cidr: [10.0.0.0/8, '2001:db8::/32']`, `(or (cidr A 10.0.0.0/8) (cidr A 2001:db8::/32))`},
		{`A|cidr: 10.0.0.1/8`, `(cidr A 10.0.0.0/8)`},
		{`A|cidr: 10.0.0.1`, `(cidr A 10.0.0.1/32)`},
		{`A|cidr: '2001:DB8::1'`, `(cidr A 2001:db8::1/128)`},
		{`A|cidr|neq: 10.0.0.0/8`, `(not (cidr A 10.0.0.0/8))`},

		{`A|fieldref: B`, `(same exact A B)`},
		{`A|fieldref: [B, C]`, `(or (same exact A B) (same exact A C))`},
		{`A|fieldref|neq: B`, `(not (same exact A B))`},
		{`A|fieldref|startswith: B`, `(same prefix A B)`},
		{`A|startswith|fieldref: B`, `(same prefix A B)`},
		{`A|fieldref|endswith: B`, `(same suffix A B)`},
		{`A|fieldref|contains: B`, `(same contains A B)`},
		{`A|fieldref|cased: B`, `(same_cs exact A B)`},
		{`A|fieldref: 'B\*'`, `(same exact A "B*")`},

		{`A|minute: 59`, `(== minute A 59)`},
		{`A|hour: 0`, `(== hour A 0)`},
		{`A|day: 31`, `(== day A 31)`},
		{`A|week: 53`, `(== week A 53)`},
		{`A|month: 12`, `(== month A 12)`},
		{`A|year: 2024`, `(== year A 2024)`},
		{`A|hour: [22, 23]`, `(or (== hour A 22) (== hour A 23))`},
		{`A|hour|neq: 22`, `(not (== hour A 22))`},
	})
}

// TestValues has the values of spec 5, which are no text.
func TestValues(t *testing.T) {
	meanings(t, [][2]string{
		{`A: 4625`, `(like A "4625")`},
		{`A: '4625'`, `(like A "4625")`},
		{`A: [4625, '4625']`, `(like A "4625")`},
		{`A: 4625.0`, `(like A "4625")`},
		{`A: 1.50`, `(like A "1.5")`},
		{`A: '1.50'`, `(like A "1.50")`},
		{`A: 1e21`, `(like A "1000000000000000000000")`},
		{`A: 0x17`, `(like A "23")`},
		{`A: '0x17'`, `(like A "0x17")`},
		{`A: 00000429`, `(like A "00000429")`},
		{`A: true`, `(like A "true")`},
		{`A: True`, `(like A "true")`},
		{`A: 'True'`, `(like A "True")`},
		{`A: yes`, `(like A "yes")`},
		{`A: null`, `(null A)`},
		{`A: ~`, `(null A)`},
		{`A:`, `(null A)`},
		{`A: 'null'`, `(like A "null")`},
		{`A: ''`, `(like A "")`},
		{`A|contains: 46`, `(like A "*46*")`},
		{`A|startswith: true`, `(like A "true*")`},
	})
}

// TestShapes has the forms of a search, spec 3.3 to 3.7.
func TestShapes(t *testing.T) {
	tests := []struct{ name, search, want string }{
		{"map", "        A: x\n        B: y\n", `(and (like A "x") (like B "y"))`},
		{"list of maps", "        - A: x\n          B: y\n        - C: z\n", `(or (and (like A "x") (like B "y")) (like C "z"))`},
		{"keywords", "        - x\n        - 'y*z'\n        - 5\n", `(or (keyword "*x*") (keyword "*y*z*") (keyword "*5*"))`},
		{"keyword with stars", "        - '*x*'\n", `(keyword "*x*")`},
		{"maps and keywords", "        - x\n        - A: y\n", `(or (keyword "*x*") (like A "y"))`},
		{"all keywords", "        '|all':\n            - x\n            - y\n", `(and (keyword "*x*") (keyword "*y*"))`},
		{"keyword, cased", "        '|cased': x\n", `(keyword_cs "*x*")`},
		{"keyword, contains", "        '|contains': x\n", `(keyword "*x*")`},
		{"keyword, regex", "        '|re': '^x'\n", `(keyword regex "^x")`},
		{"keyword, regex, flag", "        '|re|i': '^x'\n", `(keyword regex "^x" i)`},
		{"keyword, encoded", "        '|base64': foobar\n", `(keyword "*Zm9vYmFy*")`},
		{"keyword, not", "        '|neq': x\n", `(not (keyword "*x*"))`},
		{"boolean keyword", "        - true\n", `(keyword "*true*")`},
		{"same field, other modifiers", "        A|contains: x\n        A|endswith: y\n", `(and (like A "*x*") (like A "*y"))`},
		{"names as they are", "        a.b-c d: x\n        A.b: x\n", `(and (like "a.b-c d" "x") (like A.b "x"))`},
		{"brackets as they are", "        a[0]: x\n", `(like "a[0]" "x")`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := meaning(t, search(tt.search)); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
	if got, want := meaning(t, rule("    s: x\n    condition: s\n")), `(keyword "*x*")`; got != want {
		t.Errorf("a single keyword is %s, want %s", got, want)
	}
}

// TestHeader carries what the rule says about itself, with its places.
func TestHeader(t *testing.T) {
	r, found := lowered(t, `title: A title
id: 9b1f8b7e-1c7f-4c43-9e3c-0f6f8d1c2b3a
name: a_name
status: test
level: high
description: Words.
author: Ada
license: MIT
date: 2025-01-31
modified: 2025-02-01
references: [https://example.org]
tags: [attack.t1059]
falsepositives: [Some]
fields: [A, b.c]
logsource: {product: azure, service: auditlogs, category: c}
detection:
    s: {A: x}
    condition: s
`)
	if r == nil || len(found) > 0 {
		t.Fatal(show(found))
	}
	texts := []source.Text{r.Title, r.ID, r.Name, r.Status, r.Level, r.Description, r.Author, r.License, r.Date, r.Modified}
	texts = append(texts, r.References...)
	texts = append(texts, r.Tags...)
	texts = append(texts, r.FalsePositives...)
	if len(texts) != 13 {
		t.Errorf("%d attributes", len(texts))
	}
	for i, x := range texts {
		if x.Value == "" || x.At.Text() != x.Value {
			t.Errorf("attribute %d: %q at %q", i, x.Value, x.At.Text())
		}
	}
	if len(r.Fields) != 2 || r.Fields[1].Name != "b.c" || r.Fields[1].At.Text() != "b.c" {
		t.Errorf("fields: %v", r.Fields)
	}
	if l := r.Logsource; l.Product != "azure" || l.Service != "auditlogs" || l.Category != "c" || l.At.IsZero() {
		t.Errorf("logsource: %+v", l)
	}
	if r.Key() != "9b1f8b7e-1c7f-4c43-9e3c-0f6f8d1c2b3a" || r.At.Text() != "A title" {
		t.Errorf("key %q, place %q", r.Key(), r.At.Text())
	}
}
