package lower_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/lower"
)

// TestOrder has the rules of order and combination of spec 6.4, and the near misses that are allowed.
func TestOrder(t *testing.T) {
	faults(t, item, [][2]string{
		// encoders before the position
		{`A|contains|base64: abc`, "note modifier/base64-case |base64|\nerror modifier/order |base64|"},
		{`A|startswith|wide|base64: abc`, "error modifier/order |wide|\nnote modifier/base64-case |base64|\nerror modifier/order |base64|"},
		{`A|endswith|base64offset: abc`, "note modifier/base64-case |base64offset|\nerror modifier/order |base64offset|"},
		{`A|contains|windash: ' -a'`, ""},
		{`A|windash|contains: ' -a'`, ""},
		{`A|base64|cased|contains: abc`, ""},

		// re and cidr first
		{`A|contains|re: abc`, "error modifier/combination |re|"},
		{`A|startswith|cidr: 10.0.0.0/8`, "error modifier/combination |cidr|"},
		{`A|base64|re: abc`, "note modifier/base64-case |base64|\nerror modifier/combination |re|"},
		{`A|windash|re: abc`, "error modifier/combination |re|"},
		{`A|re|base64: abc`, "note modifier/base64-case |base64|\nerror modifier/combination |base64|"},
		{`A|re|windash: abc`, "error modifier/combination |windash|"},
		{`A|cidr|contains: 10.0.0.0/8`, "error modifier/combination |contains|"},
		{`A|re|startswith: abc`, "error modifier/combination |startswith|"},
		{`A|re|endswith: abc`, "error modifier/combination |endswith|"},
		{`A|re|contains: abc`, "warning modifier/redundant |contains|"},
		{`A|re|expand: 'a%one%'`, ""},
		{`A|re|neq: abc`, ""},
		{`A|neq|re: abc`, ""},

		// bytes with zeros
		{`A|wide: abc`, "error modifier/utf16-without-base64 |wide|"},
		{`A|utf16: abc`, "error modifier/utf16-without-base64 |utf16|"},
		{`A|utf16le|contains: abc`, "error modifier/utf16-without-base64 |utf16le|"},
		{`A|base64|utf16be: abc`, "error modifier/utf16-without-base64 |utf16be|"},
		{`A|wide|windash: abc`, "error modifier/utf16-without-base64 |wide|"},
		{`A|wide|base64: abc`, "note modifier/base64-case |base64|"},
		{`A|wide|base64|cased: abc`, ""},

		// one operator
		{`A|startswith|endswith: abc`, "error modifier/combination |endswith|"},
		{`A|contains|startswith: abc`, "error modifier/combination |startswith|"},
		{`A|re|cidr: abc`, "error modifier/combination |cidr|"},
		{`A|lt|gt: 5`, "error modifier/combination |gt|"},
		{`A|exists|re: true`, "error modifier/combination |re|"},
		{`A|exists|contains: true`, "error modifier/combination |contains|"},
		{`A|fieldref|re: B`, "error modifier/combination |re|"},
		{`A|hour|gt: 5`, "error modifier/combination |gt|"},
		{`A|gt|hour: 5`, "error modifier/combination |hour|"},
		{`A|contains|gt: 5`, "error modifier/combination |gt|"},
		{`A|fieldref|base64: B`, "note modifier/base64-case |base64|\nerror modifier/combination |base64|"},
		{`A|fieldref|startswith: B`, ""},

		// flags after re
		{`A|i: abc`, "error modifier/flag |i|"},
		{`A|i|re: abc`, "error modifier/flag |i|"},
		{`A|contains|s: abc`, "error modifier/flag |s|"},
		{`A|re|all|i: [a, b]`, "note modifier/all-not-last |all|"},

		// cased
		{`A|re|cased: abc`, "error modifier/combination |cased|"},
		{`A|cased|re: abc`, "error modifier/combination |cased|"},
		{`A|all|cased|re: [a, b]`, "note modifier/all-not-last |all|\nerror modifier/combination |cased|"},
		{`A|cased|cidr: 10.0.0.0/8`, "error modifier/combination |cased|"},
		{`A|exists|cased: true`, "error modifier/combination |cased|"},
		{`A|gt|cased: 5`, "error modifier/combination |cased|"},
		{`A|hour|cased: 5`, "error modifier/combination |cased|"},
		{`A|cased|fieldref: B`, ""},

		// all
		{`A|contains|all: abc`, "error modifier/all-on-one-value |all|"},
		{`A|contains|all: [abc]`, "error modifier/all-on-one-value |all|"},
		{`A|contains|all: [a, b]`, ""},
		{`A|all|contains: [a, b]`, "note modifier/all-not-last |all|"},
		{`A|exists|all: true`, "error modifier/all-on-one-value |all|"},

		// twice
		{`A|contains|contains: abc`, "warning modifier/twice |contains|"},
		{`A|re|re: abc`, "warning modifier/twice |re|"},
		{`A|neq|neq: abc`, "warning modifier/twice |neq|"},
		{`A|base64|base64|cased: abc`, ""},

		// a single base64offset
		{`A|base64offset|cased: abc`, "warning modifier/offset-without-contains |base64offset|"},
		{`A|base64offset|contains: abc`, "note modifier/base64-case |base64offset|"},

		// unknown
		{`A|contain: abc`, "error modifier/unknown |contain|"},
		{`A|Contains: abc`, "error modifier/unknown |Contains|"},
		{`A|contains |all: [a, b]`, "error modifier/unknown |contains |"},
		{`A|foo|bar: abc`, "error modifier/unknown |foo|\nerror modifier/unknown |bar|"},
	})
}

// TestValueFaults has the values that a modifier cannot take, and near misses.
func TestValueFaults(t *testing.T) {
	faults(t, item, [][2]string{
		{`A|gt: abc`, "error value/not-a-number |abc|"},
		{`A|gt: '5'`, "warning value/quoted-number |'5'|"},
		{`A|gt: "-5.5"`, `warning value/quoted-number |"-5.5"|`},
		{`A|gt: 007`, "warning yaml/implicit-type |007|"}, // 7, though with no quotes to remove
		{`A|gt: 1.2.3`, "error value/not-a-number |1.2.3|"},
		{`A|gt: '10.0.0.1'`, "error value/not-a-number |'10.0.0.1'|"},
		{`A|gt: '2024-01-02'`, "error value/not-a-number |'2024-01-02'|"},
		{`A|gt: '--5'`, "error value/not-a-number |'--5'|"},
		{`A|gt: '5-3'`, "error value/not-a-number |'5-3'|"},
		{`A|gt: '1e'`, "error value/not-a-number |'1e'|"},
		{`A|gt: '1e999'`, "error value/not-a-number |'1e999'|"},
		{`A|gt: ''`, "error value/not-a-number |''|"},
		{`A|gt: true`, "error value/not-a-number |true|"},
		{`A|gt: null`, "error value/null-with-modifier |null|"},
		{`A|gt: [5, x]`, "error value/not-a-number |x|"},

		{`A|minute: 60`, "error value/out-of-range |60|"},
		{`A|minute: -1`, "error value/out-of-range |-1|"},
		{`A|hour: 24`, "error value/out-of-range |24|"},
		{`A|hour: 5.5`, "error value/out-of-range |5.5|"},
		{`A|hour: 5.0`, ""},
		{`A|day: 0`, "error value/out-of-range |0|"},
		{`A|day: 32`, "error value/out-of-range |32|"},
		{`A|week: 54`, "error value/out-of-range |54|"},
		{`A|month: 13`, "error value/out-of-range |13|"},
		{`A|year: 0`, "error value/out-of-range |0|"},
		{`A|hour: noon`, "error value/not-a-number |noon|"},

		{`A|exists: yes`, "error value/exists |yes|\nwarning yaml/implicit-type |yes|"},
		{`A|exists: 1`, "error value/exists |1|"},
		{`A|exists: 'true'`, "error value/exists |'true'|"},
		{`A|exists: null`, "error value/exists |null|"},
		{`A|exists: [true, false]`, "error value/exists |true|\nerror value/exists |false|"},

		{`A|cidr: 10.0.0.0/33`, "error value/bad-network |10.0.0.0/33|"},
		{`A|cidr: 10.0.0/8`, "error value/bad-network |10.0.0/8|"},
		{`A|cidr: '10.*'`, "error value/bad-network |'10.*'|"},
		{`A|cidr: 10.0`, "error value/bad-network |10.0|"},
		{`A|cidr: 'fe80::1%eth0'`, "error value/bad-network |'fe80::1%eth0'|"},
		{`A|cidr: 10.0.0.1/8`, "warning value/host-bits |10.0.0.1/8|"},
		{`A|cidr: 10.0.0.1`, ""},
		{`A|cidr: [10.0.0.0/8, x]`, "error value/bad-network |x|"},

		{`A|contains: null`, "error value/null-with-modifier |null|"},
		{`A|re: null`, "error value/null-with-modifier |null|"},
		{`A|contains: 5`, "warning value/number-as-text |5|"},
		{`A|contains: true`, "warning value/number-as-text |true|"},
		{`A|contains: '5'`, ""},
		{`A: 5`, ""},

		{`A|contains: ''`, "warning value/empty |''|"},
		{`A: ''`, ""},
		{`'|all': ['', x]`, "warning value/empty |''|"},
		{`A: '\\srv'`, `note value/two-backslashes |'\\srv'|`},
		{`A|contains: '\\srv'`, `note value/two-backslashes |'\\srv'|`},
		{`A: '\\\\srv'`, ""},
		{`A: '\\*'`, ""},
		{`A: '\srv'`, ""},
		{`A|re: '\\srv'`, ""},

		{`A|base64: 'a*'`, "note modifier/base64-case |base64|\nerror value/wildcard |'a*'|"},
		{`A|base64|cased: 'a?'`, "error value/wildcard |'a?'|"},
		{`A|base64|cased: 'a\?'`, ""},
		{`A|fieldref: 'B*'`, "error value/wildcard |'B*'|"},
		{`A|base64offset|cased|contains: a`, "error value/too-short |a|"},
		{`A|base64offset|cased|contains: ''`, "warning value/empty |''|\nerror value/too-short |''|"},
		{`A|base64offset|cased|contains: ab`, ""},
	})
}

// TestKeywordFaults has the modifiers that mean nothing without a field.
func TestKeywordFaults(t *testing.T) {
	faults(t, search, [][2]string{
		{"        '|startswith': x\n", "error modifier/keyword |startswith|"},
		{"        '|endswith': x\n", "error modifier/keyword |endswith|"},
		{"        '|gt': 5\n", "error modifier/keyword |gt|"},
		{"        '|cidr': 10.0.0.0/8\n", "error modifier/keyword |cidr|"},
		{"        '|exists': true\n", "error modifier/keyword |exists|"},
		{"        '|fieldref': B\n", "error modifier/keyword |fieldref|"},
		{"        '|contains': x\n", ""},
		{"        '|all': null\n", "error modifier/all-on-one-value |all|"},
		{"        '|contains': null\n", "error value/null-keyword |null|"},
		{"        - ''\n", "warning value/empty |''|"},
	})
}

// TestSuggestions has the words that a message offers.
func TestSuggestions(t *testing.T) {
	tests := []struct{ line, label, hint, fix string }{
		{`A|contain: x`, `did you mean "contains"?`, "modifiers are contains, startswith", "contains"},
		{`A|Contains: x`, `write "contains"`, "modifiers are", "contains"},
		{`A| all: [x, y]`, `write "all"`, "modifiers are", "all"},
		{`A|has: x`, "", "modifiers are", ""},
		{`A|expand: '%ones%'`, `did you mean "%one%"?`, "--var ones=", ""},
		{`A|cidr: 10.1.2.3/8`, "", "", "10.0.0.0/8"},
		{`A|gt: '5'`, "", "", "5"},
		{`A|contains|base64: x`, "", "adds wildcards", "base64|contains"},
		{`A: '\\srv'`, "", `four: '\\\\server'`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			_, found := lowered(t, item(tt.line))
			i := slices.IndexFunc(found, func(d diag.Diagnostic) bool { return d.ID != "modifier/base64-case" })
			if i < 0 {
				t.Fatal("no message")
			}
			d := found[i]
			if d.Label != tt.label || !strings.Contains(d.Hint, tt.hint) {
				t.Errorf("label %q, hint %q", d.Label, d.Hint)
			}
			fix := ""
			if len(d.Fixes) > 0 {
				fix = d.Fixes[0].Edits[0].Text
			}
			if fix != tt.fix {
				t.Errorf("fix %q, want %q", fix, tt.fix)
			}
		})
	}
}

// TestModifierTable keeps the names of the table apart, and each of them known to a rule.
func TestModifierTable(t *testing.T) {
	names := lower.Modifiers()
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			t.Errorf("%s stands twice in the table", name)
		}
		seen[name] = true
		_, found := lowered(t, item("A|"+name+": [x, y]"))
		for _, d := range found {
			if d.ID == "modifier/unknown" {
				t.Errorf("%s is unknown", name)
			}
		}
	}
}
