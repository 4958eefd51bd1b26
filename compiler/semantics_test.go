package compiler_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// aRule is a rule of a log that no schema knows, so that its fields are those of the events.
func aRule(detection string) string {
	return "title: Test\nlogsource: {category: test}\ndetection:\n" + detection
}

func anItem(line string) string { return aRule("    s:\n        " + line + "\n    condition: s\n") }

func load(text string, lists map[string][]string) *compiler.Program {
	return compiler.Load([]compiler.Input{{File: source.NewFile("rule.yml", []byte(text)), Path: "rule.yml"}}, compiler.Options{Lists: compiler.Values(lists)})
}

func errorsIn(p *compiler.Program) []string {
	var out []string
	for _, d := range p.Diagnostics() {
		if d.Severity == diag.Error {
			out = append(out, d.ID+": "+d.Message)
		}
	}
	return out
}

// anEvent reads one event as it stands.
func anEvent(t testing.TB, text string) *compiler.Event {
	t.Helper()
	events, err := compiler.ReadEvents([]byte(text), "raw")
	if err != nil || len(events) != 1 {
		t.Fatalf("%s: %v", text, err)
	}
	return events[0]
}

// TestSemantics has what implementations of Sigma do differently (spec 14) and what sigma-go gets wrong: for each rule,
// events that it must match and near misses that it must not.
func TestSemantics(t *testing.T) {
	tests := []struct {
		name, rule string
		match      []string
		miss       []string
	}{
		{"wildcards in plain values", anItem(`A: 'a*b'`), []string{`{"A":"axb"}`, `{"A":"ab"}`}, []string{`{"A":"axbc"}`}},
		{"a star across line breaks", anItem(`A: 'a*b'`), []string{`{"A":"a\r\nb"}`}, nil},
		{"a question mark is one character", anItem(`A: 'a?b'`), []string{`{"A":"aüb"}`, `{"A":"a\nb"}`}, []string{`{"A":"ab"}`, `{"A":"axxb"}`}},
		{"an escaped star", anItem(`A: 'a\*b'`), []string{`{"A":"a*b"}`}, []string{`{"A":"axb"}`, `{"A":"a\\*b"}`}},
		{"four backslashes are two", anItem(`A: '\\\\srv'`), []string{`{"A":"\\\\srv"}`}, []string{`{"A":"\\srv"}`, `{"A":"\\\\\\\\srv"}`}},
		{"a backslash before a letter", anItem(`A: 'C:\Windows'`), []string{`{"A":"c:\\windows"}`}, []string{`{"A":"C:Windows"}`}},
		{"a backslash at the end", anItem(`A|contains: '\Run\'`), []string{`{"A":"HKLM\\Run\\x"}`}, []string{`{"A":"HKLM\\Run*"}`, `{"A":"HKLM\\Run"}`}},
		{"a backslash and a wildcard", anItem(`A|startswith: 'C:\\*\x'`), []string{`{"A":"C:\\Users\\x.exe"}`}, []string{`{"A":"C:*\\x"}`}},
		{"startswith with an inner wildcard", anItem(`A|startswith: 'a*b'`), []string{`{"A":"axbc"}`}, []string{`{"A":"xaxb"}`}},
		{"endswith with an inner wildcard", anItem(`A|endswith: 'a*b'`), []string{`{"A":"xaxb"}`}, []string{`{"A":"axbc"}`}},
		{"case", anItem(`A: 'über'`), []string{`{"A":"ÜBER"}`}, []string{`{"A":"uber"}`}},

		{"null", anItem(`A: null`), []string{`{}`, `{"A":null}`}, []string{`{"A":""}`, `{"A":"null"}`, `{"A":0}`}},
		{"the text null", anItem(`A: 'null'`), []string{`{"A":"null"}`}, []string{`{}`, `{"A":null}`}},
		{"the empty text", anItem(`A: ''`), []string{`{"A":""}`}, []string{`{}`, `{"A":null}`, `{"A":" "}`}},
		{"contains nothing", anItem(`A|contains: ''`), []string{`{"A":"x"}`, `{"A":""}`}, []string{`{}`, `{"A":null}`}},
		{"any value", anItem(`A: '*'`), []string{`{"A":"x"}`, `{"A":0}`, `{"A":{"b":1}}`}, []string{`{}`, `{"A":null}`, `{"A":[]}`}},
		{"absent, contains", anItem(`A|contains: nil`), []string{`{"A":"nil"}`}, []string{`{}`, `{"A":null}`}},
		{"absent, regex", anItem(`A|re: '.*'`), []string{`{"A":""}`}, []string{`{}`, `{"A":null}`}},
		{"absent, network", anItem(`A|cidr: '0.0.0.0/0'`), []string{`{"A":"1.2.3.4"}`}, []string{`{}`, `{"A":""}`}},
		{"absent, number", anItem(`A|lt: 5`), []string{`{"A":4}`}, []string{`{}`, `{"A":null}`, `{"A":""}`}},
		{"absent under not", aRule("    s: {A: x}\n    f: {B: y}\n    condition: s and not f\n"), []string{`{"A":"x"}`, `{"A":"x","B":null}`}, []string{`{"A":"x","B":"Y"}`}},

		{"number", anItem(`A: 4625`), []string{`{"A":4625}`, `{"A":"4625"}`, `{"A":4625.0}`}, []string{`{"A":46250}`, `{"A":"04625"}`}},
		{"quoted number", anItem(`A: '4625'`), []string{`{"A":4625}`, `{"A":"4625"}`}, []string{`{"A":462}`}},
		{"a million", anItem(`A: 1000000`), []string{`{"A":1000000}`, `{"A":1e6}`, `{"A":"1000000"}`}, []string{`{"A":"1e+06"}`}},
		{"leading zeros", anItem(`A: '00000429'`), []string{`{"A":"00000429"}`}, []string{`{"A":429}`}},
		{"a long number", anItem(`A: 12345678901234567890`), []string{`{"A":12345678901234567890}`}, []string{`{"A":12345678901234567891}`}},
		{"hexadecimal", anItem(`A: '0x17'`), []string{`{"A":"0x17"}`}, []string{`{"A":23}`}},
		{"boolean", anItem(`A: true`), []string{`{"A":true}`, `{"A":"True"}`}, []string{`{"A":1}`, `{"A":"yes"}`, `{"A":false}`}},
		{"number under contains", anItem(`A|contains: 46`), []string{`{"A":"x46y"}`, `{"A":1465}`}, []string{`{"A":"4x6"}`}},
		{"mixed list", anItem(`A: [4625, 'x']`), []string{`{"A":"4625"}`, `{"A":"X"}`}, []string{`{"A":"4625x"}`}},

		{"regex", anItem(`A|re: 'b.d'`), []string{`{"A":"abcde"}`}, []string{`{"A":"abCDe"}`, `{"A":"b\nd"}`}},
		{"regex, ignoring case", anItem(`A|re|i: 'b.d'`), []string{`{"A":"ABCDE"}`}, []string{`{"A":"bd"}`}},
		{"cidr", anItem(`A|cidr: '192.168.0.0/16'`), []string{`{"A":"192.168.4.5"}`}, []string{`{"A":"192.169.0.1"}`, `{"A":"192.168.4.5/32"}`}},
		{"cidr with host bits", anItem(`A|cidr: '192.168.4.5/16'`), []string{`{"A":"192.168.0.1"}`}, []string{`{"A":"192.169.4.5"}`}},
		{"cidr, mapped", anItem(`A|cidr: '192.168.0.0/16'`), nil, []string{`{"A":"::ffff:192.168.0.1"}`}},
		{"cidr, IPv6", anItem(`A|cidr: 'fe80::/10'`), []string{`{"A":"FE80::1"}`}, []string{`{"A":"fec0::1"}`, `{"A":"10.0.0.1"}`}},
		{"gt", anItem(`A|gt: 5`), []string{`{"A":6}`, `{"A":"5.5"}`}, []string{`{"A":5}`, `{"A":""}`, `{"A":"x"}`}},

		{"all", anItem(`A|contains|all: [x, y]`), []string{`{"A":"yx"}`, `{"A":["x","y"]}`}, []string{`{"A":"x"}`, `{"A":["x"]}`}},
		{"all, first", anItem(`A|all|contains: [x, y]`), []string{`{"A":"xy"}`}, []string{`{"A":"y"}`}},
		{"neq of a list", anItem(`A|neq: [x, y]`), []string{`{"A":"z"}`, `{}`, `{"A":null}`}, []string{`{"A":"x"}`, `{"A":"Y"}`, `{"A":["z","x"]}`}},
		{"neq contains", anItem(`A|neq|contains: x`), []string{`{"A":"y"}`, `{}`}, []string{`{"A":"axb"}`}},
		{"exists", anItem(`A|exists: true`), []string{`{"A":"x"}`, `{"A":null}`, `{"A":""}`}, []string{`{}`, `{"a":"x"}`}},
		{"exists not", anItem(`A|exists: false`), []string{`{}`}, []string{`{"A":null}`}},
		{"windash", anItem(`A|contains|windash: ' -f'`),
			[]string{`{"A":"x -f"}`, `{"A":"x /f"}`, `{"A":"x –f"}`, `{"A":"x —f"}`, `{"A":"x ―f"}`}, []string{`{"A":"x f"}`, `{"A":"x-f"}`, `{"A":"x ~f"}`}},
		{"windash, mixed", anItem(`A|windash: '-a -b'`), []string{`{"A":"/a -b"}`, `{"A":"-a /b"}`}, []string{`{"A":"-a-b"}`}},
		{"windash under all", anItem(`A|contains|windash|all: [' -a', ' -b']`), []string{`{"A":" /a -b"}`}, []string{`{"A":" /a"}`}},
		{"base64offset under all", anItem(`A|base64offset|contains|all: [foobar, "x y"]`), []string{`{"A":"Zm9vYmFyIHggeQ=="}`}, []string{`{"A":"Zm9vYmFy"}`}},
		{"fieldref", anItem(`A|fieldref: B`), []string{`{"A":"x","B":"X"}`, `{"A":5,"B":"5"}`}, []string{`{"A":"x","B":"y"}`, `{"A":"x"}`, `{}`}},
		{"fieldref startswith", anItem(`A|fieldref|startswith: B`), []string{`{"A":"xy","B":"x"}`}, []string{`{"A":"x","B":"xy"}`}},
		{"cased", anItem(`A|cased: [FoO, BaR]`), []string{`{"A":"FoO"}`, `{"A":"BaR"}`}, []string{`{"A":"foo"}`, `{"A":"BAR"}`}},
		{"hour", anItem(`A|hour: 23`), []string{`{"A":"2024-01-02T23:04:05Z"}`}, []string{`{"A":"2024-01-02T22:59:59Z"}`, `{"A":23}`}},

		{"keywords", aRule("    s: [x, 'a*c']\n    condition: s\n"), []string{`{"A":"wxy"}`, `{"A":{"B":["abc"]}}`}, []string{`{"x":"y"}`, `{"A":"a","B":"c"}`}},
		{"numeric keyword", aRule("    s: [4625]\n    condition: s\n"), []string{`{"A":4625}`, `{"A":"id 4625"}`}, []string{`{"A":462}`}},
		{"all keywords", aRule("    s:\n        '|all': [x, y]\n    condition: s\n"), []string{`{"A":"x","B":"y"}`}, []string{`{"A":"x"}`}},
		{"mixed list of a search", aRule("    s: [x, {A: y}]\n    condition: s\n"), []string{`{"B":"x"}`, `{"A":"y"}`}, []string{`{"B":"y"}`}},

		{"them skips _", aRule("    a: {A: x}\n    _b: {A: y}\n    condition: 1 of them\n"), []string{`{"A":"x"}`}, []string{`{"A":"y"}`}},
		{"a pattern skips _", aRule("    a: {A: x}\n    _b: {A: y}\n    condition: 1 of *\n"), []string{`{"A":"x"}`}, []string{`{"A":"y"}`}},
		{"1 of a name", aRule("    sel: {A: x}\n    sel_b: {A: y}\n    condition: 1 of sel or 1 of sel_b\n"), []string{`{"A":"x"}`, `{"A":"y"}`}, []string{`{"A":"z"}`}},
		{"digit before the star", aRule("    s_1_a: {A: x}\n    s_1_b: {B: x}\n    condition: all of s_1_*\n"), []string{`{"A":"x","B":"x"}`}, []string{`{"A":"x"}`}},
		{"odd names", aRule("    nothing: {A: x}\n    not-a: {B: x}\n    1st.b: {C: x}\n    condition: nothing or not-a or 1st.b\n"),
			[]string{`{"A":"x"}`, `{"B":"x"}`, `{"C":"x"}`}, []string{`{"A":"y"}`}},
		{"2 of", aRule("    a: {A: x}\n    b: {B: x}\n    c: {C: x}\n    condition: 2 of them\n"), []string{`{"A":"x","C":"x"}`}, []string{`{"C":"x"}`}},
		{"a list of conditions", aRule("    a: {A: x}\n    b: {B: x}\n    condition: [a, b]\n"), []string{`{"A":"x"}`, `{"B":"x"}`}, []string{`{}`}},
		{"not before and", aRule("    a: {A: x}\n    b: {B: x}\n    condition: not a and b\n"), []string{`{"B":"x"}`}, []string{`{}`, `{"A":"x","B":"x"}`}},

		{"percent signs are text", anItem(`A|contains: '%temp%'`), []string{`{"A":"c:\\%TEMP%\\x"}`}, []string{`{"A":"temp"}`}},
		{"expand", anItem(`A|expand: 'dc-%names%'`), []string{`{"A":"DC-one"}`, `{"A":"dc-two-x"}`}, []string{`{"A":"dc-%names%"}`, `{"A":"dc-three"}`}},
		{"arrays", anItem(`A: x`), []string{`{"A":["y","x"]}`}, []string{`{"A":["xy"]}`, `{"A":[]}`}},
		{"dotted, flat first", anItem(`a.b: x`), []string{`{"a.b":"x"}`, `{"a":{"b":"x"}}`, `{"a":[{"b":"x"}]}`}, []string{`{"a.b":"y","a":{"b":"x"}}`}},
		{"array block", "sigma-version: 3\n" + anItem(`a[any]: {b: x, c|contains: y}`), []string{`{"a":[{"b":"x","c":"wy"}]}`, `{"a":{"b":"x","c":"y"}}`},
			[]string{`{"a":[{"b":"x"},{"c":"y"}]}`, `{}`}},
		{"dangerous characters", anItem(`A: "a\"b'c\nd%e|f"`), []string{`{"A":"a\"b'c\nd%e|f"}`}, []string{`{"A":"a\"b'c d%e|f"}`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := load(tt.rule, map[string][]string{"names": {"one", "two*"}})
			if errs := errorsIn(p); len(errs) > 0 || len(p.Rules) != 1 || !p.Rules[0].OK() {
				t.Fatalf("%d rules, %v", len(p.Rules), errs)
			}
			for _, e := range tt.match {
				if !p.Rules[0].Match(anEvent(t, e)) {
					t.Errorf("%s does not match %s", p.Rules[0].Meaning(), e)
				}
			}
			for _, e := range tt.miss {
				if p.Rules[0].Match(anEvent(t, e)) {
					t.Errorf("%s matches %s", p.Rules[0].Meaning(), e)
				}
			}
		})
	}
}

// TestCatalogue triggers each error of spec 15 that is about detection rules, and looks at the place it is given.
func TestCatalogue(t *testing.T) {
	const head = "title: Test\nlogsource: {category: test}\n"
	const body = "detection:\n    s: {A: x}\n    condition: s\n"
	tests := []struct{ text, id, place string }{
		{"a: [\n", "yaml/syntax", ""},
		{"a: x\n b: y\n", "yaml/syntax", ": y"},
		{"title: \xff\n", "yaml/not-utf8", "\xff"},
		{"", "yaml/empty", ""},
		{head + body + "level: low\nlevel: high\n", "yaml/duplicate-key", "level"},
		{head + "detection:\n    s: {A: x, A: y}\n    condition: s\n", "yaml/duplicate-key", "A"},
		{"- a\n", "yaml/not-a-map", "- a"},
		{"foo: bar\n", "rule/unknown-kind", "foo"},
		{head + body + "correlation: {}\n", "rule/several-kinds", "correlation"},

		{"logsource: {category: test}\n" + body, "rule/missing-title", "logsource"},
		{"title: ''\nlogsource: {category: test}\n" + body, "rule/missing-title", "''"},
		{"title: Test\n" + body, "rule/missing-logsource", "Test"},
		{head, "rule/missing-detection", "Test"},
		{head + "detection:\n    s: {A: x}\n", "rule/missing-condition", "detection"},
		{head + "detection:\n    condition: ~\n", "detection/no-search", "detection"},
		{head + body + "author: [a]\n", "rule/bad-type", "[a]"},
		{head + body + "level: severe\n", "rule/bad-level", "severe"},
		{head + body + "status: done\n", "rule/bad-status", "done"},
		{"title: " + strings.Repeat("x", 257) + "\nlogsource: {category: test}\n" + body, "rule/title-length", strings.Repeat("x", 257)},
		{head + body + "id: 1234\n", "rule/bad-id", "1234"},
		{head + body + "date: 2025-02-30\n", "rule/bad-date", "2025-02-30"},
		{head + body + "taxonomy: ecs\n", "rule/taxonomy", "ecs"},
		{head + body + "related: [{id: x, type: similar}]\n", "rule/bad-id", "x"},
		{head + body + "sigma-version: 4\n", "rule/sigma-version", "4"},
		{"title: Test\nlogsource: {definition: x}\n" + body, "logsource/empty", "logsource"},

		{head + "detection:\n    and: {A: x}\n    condition: 1 of them\n", "detection/bad-name", "and"},
		{head + "detection:\n    s: {}\n    condition: s\n", "detection/empty-search", "{}"},
		{head + "detection:\n    s: []\n    condition: s\n", "detection/empty-list", "[]"},
		{head + "detection:\n    s: {A: []}\n    condition: s\n", "detection/empty-list", "[]"},
		{head + "detection:\n    s: null\n    condition: s\n", "detection/null-search", "null"},
		{head + "detection:\n    s: [[x]]\n    condition: s\n", "detection/nested-list", "[x]"},
		{anItem("A: {b: c}"), "detection/map-value", "A"},
		{anItem("A|: x"), "modifier/empty", "|"},
		{anItem("A|containz: x"), "modifier/unknown", "containz"},
		{anItem("A|contains|base64: x"), "modifier/order", "base64"},
		{anItem("A|startswith|endswith: x"), "modifier/combination", "endswith"},
		{anItem("A|i: x"), "modifier/flag", "i"},
		{anItem("A|wide: x"), "modifier/utf16-without-base64", "wide"},
		{anItem("A|contains|all: x"), "modifier/all-on-one-value", "all"},
		{anItem("A|gt: x"), "value/not-a-number", "x"},
		{anItem("A|hour: 25"), "value/out-of-range", "25"},
		{anItem("A|exists: x"), "value/exists", "x"},
		{anItem("A: .inf"), "value/float-special", ".inf"},
		{anItem("A|re: 'ab[z-a]'"), "value/bad-regex", "z-a"},
		{anItem("A|cidr: 1.2.3"), "value/bad-network", "1.2.3"},
		{anItem("A|base64: 'a*'"), "value/wildcard", "'a*'"},
		{anItem("A|fieldref: 'a*'"), "value/wildcard", "'a*'"},
		{anItem("A: [x, null]"), "value/null-in-list", "null"},
		{anItem("A|contains: null"), "value/null-with-modifier", "null"},
		{anItem("'|contains': null"), "value/null-keyword", "null"},
		{anItem("'|gt': 5"), "modifier/keyword", "gt"},
		{anItem("A|expand: 'x%foo%'"), "placeholder/unresolved", "%foo%"},
		{anItem("A|windash: ' -a -b -c -d -e -f -g'"), "value/too-many-combinations", "' -a -b -c -d -e -f -g'"},
		{anItem("A|base64offset|contains: x"), "value/too-short", "x"},

		{aRule("    s: {A: x}\n    condition: s and\n"), "condition/syntax", "and"},
		{aRule("    s: {A: x}\n    condition: s or (s\n"), "condition/syntax", "("},
		{aRule("    s: {A: x}\n    condition: s AND s\n"), "condition/upper-case-keyword", "AND"},
		{aRule("    s: {A: x}\n    condition: ''\n"), "condition/empty", "''"},
		{aRule("    s: {A: x}\n    condition: s or t\n"), "condition/unknown-search", "t"},
		{aRule("    s: {A: x}\n    condition: s or 1 of t*\n"), "condition/no-match", "t*"},
		{aRule("    s: {A: x}\n    condition: s | count() > 5\n"), "condition/aggregation", "| count() > 5"},
		{aRule("    s: {A: x}\n    condition: 2 of them\n"), "condition/no-match", "2 of them"},

		{"sigma-version: 3\n" + anItem("'a[some]': x"), "field/bad-selector", "[some]"},
		{"sigma-version: 3\n" + anItem("'a[any]|all': {b: x}"), "modifier/on-block", "all"},
		{"sigma-version: 3\n" + anItem("'a|fieldref': 'b[any]'"), "value/reference-to-members", "'b[any]'"},

		// fields that the log does not have
		{"title: Test\nlogsource: {product: azure, service: auditlogs}\ndetection:\n    s: {OperationNane: x}\n    condition: s\n", "field/unknown", "OperationNane"},
		{"title: Test\nlogsource: {product: azure, service: auditlogs}\ndetection:\n    s: {TargetResources: x}\n    condition: s\n", "field/object-compared", "x"},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+fmt.Sprintf("%.20q", tt.place), func(t *testing.T) {
			p := load(tt.text, nil)
			var got []string
			for _, d := range p.Diagnostics() {
				if d.Severity == diag.Error {
					got = append(got, d.ID+" |"+d.Span.Text()+"|")
				}
			}
			want := tt.id + " |" + tt.place + "|"
			if tt.id == "detection/no-search" { // then the condition speaks of nothing, too
				got = got[:1]
			}
			if strings.Join(got, "\n") != want {
				t.Errorf("got %s\nwant %s", strings.Join(got, "\n    "), want)
			}
			for _, r := range p.Rules {
				if r.OK() {
					t.Error("the rule counts as one without errors")
				}
			}
		})
	}
}
