package lower_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// TestRegexFlavour tells what RE2 knows from what only PCRE does, and both from what is wrong: there the place is that
// of the piece itself.
func TestRegexFlavour(t *testing.T) {
	tests := []struct {
		name, regex string
		pcre        bool
		fault       string // the place of the message
	}{
		{name: "plain", regex: `a.*b`},
		{name: "classes", regex: `[\w\-.]+\\[^\\]*[]a][[:alpha:]]`},
		{name: "lazy", regex: `a+?b*?c??d{2}?`},
		{name: "counted", regex: `a{2}b{2,}c{2,3}`},
		{name: "inline flag", regex: `(?i)a`},
		{name: "named group", regex: `(?P<x>a)(?<y>b)`},
		{name: "Unicode", regex: `\p{Lu}ß`},
		{name: "quoted", regex: `\Q(?=\E`},

		{name: "look-ahead", regex: `a(?=b)`, pcre: true},
		{name: "negative look-ahead", regex: `a(?!b)c`, pcre: true},
		{name: "look-behind", regex: `(?<=a)b`, pcre: true},
		{name: "negative look-behind", regex: `(?<!a)b`, pcre: true},
		{name: "atomic group", regex: `(?>ab)c`, pcre: true},
		{name: "back-reference", regex: `(a)\1+`, pcre: true},
		{name: "possessive plus", regex: `a++b`, pcre: true},
		{name: "possessive star", regex: `a*+b`, pcre: true},
		{name: "possessive question", regex: `a?+b`, pcre: true},
		{name: "possessive count", regex: `a{2,3}+b`, pcre: true},
		{name: "several", regex: `(?=a)(b)\1[)(?=]c++`, pcre: true},
		{name: "look-ahead beside a class of named characters", regex: `[[:alpha:]](?=[^]a])`, pcre: true},

		{name: "open group", regex: `a(b`, fault: `'a(b'`},
		{name: "closed group", regex: `(a)b)c`, fault: `)`},
		{name: "open class", regex: `a[bc`, fault: `[bc`},
		{name: "range", regex: `a[a-c]b[z-a]`, fault: `z-a`},
		{name: "nothing to repeat", regex: `a*b|*c`, fault: `*`},
		{name: "repeated twice", regex: `a**`, fault: `**`},
		{name: "possessive and repeated", regex: `a+++`, fault: `++`},
		{name: "count", regex: `a{2}b{3,2}`, fault: `{3,2}`},
		{name: "large count", regex: `a{1001}`, fault: `{1001}`},
		{name: "escape", regex: `\.\Z`, fault: `\Z`},
		{name: "back-reference in a class", regex: `[\1]`, fault: `\1`},
		{name: "backslash at the end", regex: `ab\`, fault: `\`},
		{name: "unknown group", regex: `a(?#b)`, fault: `(?#`},
		{name: "property", regex: `a\p{Foo}`, fault: `\p{Foo}`},
		{name: "fault behind a look-ahead", regex: `(?=a)[z-a]`, fault: `z-a`},
		{name: "fault before a look-ahead", regex: `*(?=a)`, fault: `*`},
		{name: "only the second is wrong", regex: `(?=a)\d\y`, fault: `\y`},
	}
	for _, tt := range tests {
		for _, modifier := range []string{"re", "re|i"} {
			t.Run(tt.name+" "+modifier, func(t *testing.T) {
				r, found := lowered(t, item("A|"+modifier+": '"+tt.regex+"'"))
				if tt.fault != "" {
					want := tt.fault
					if got := strings.Join(show(found), "\n"); got != "error value/bad-regex |"+want+"|" {
						t.Errorf("got %s, want an error at %s", got, want)
					}
					if len(found) > 0 && !strings.HasPrefix(found[0].Message, "not a regular expression: ") {
						t.Errorf("message %q", found[0].Message)
					}
					return
				}
				if r == nil || len(found) > 0 {
					t.Fatal(show(found))
				}
				re := r.Conditions[0].(*ir.Regex)
				if (re.RE == nil) != tt.pcre {
					t.Errorf("only PCRE: %v, want %v", re.RE == nil, tt.pcre)
				}
				if needs := ir.Needs(r); len(needs) == 0 || (needs[len(needs)-1].Feature == ir.FeatureLookaround) != tt.pcre {
					t.Errorf("needs %v", needs)
				}
			})
		}
	}
}

// TestRegexPlace finds the piece in values that are written in other ways.
func TestRegexPlace(t *testing.T) {
	faults(t, item, [][2]string{
		{`A|re: "a\\d[z-a]"`, "error value/bad-regex |z-a|"},
		{`A|re: a''[z-a]`, "error value/bad-regex |z-a|"},
		{`A|re: 'it''s [z-a]'`, "error value/bad-regex |z-a|"},
		{"A|re: |\n            ab\n            [z-a]", "error value/bad-regex |z-a|"},
		{`A|re: [ok, '(']`, "error value/bad-regex |'('|"},
		{`A|re|expand: '(%one%'`, "error value/bad-regex |'(%one%'|"}, // the piece is not written there
	})
}

// TestRegexSource is what targets print: the flags of Sigma at the front.
func TestRegexSource(t *testing.T) {
	tests := []struct{ line, source, match, miss string }{
		{`A|re: '^a.b$'`, `^a.b$`, "axb", "AXB"},
		{`A|re|i: '^a.b$'`, `(?i)^a.b$`, "AXB", "a\nb"},
		{`A|re|s: '^a.b$'`, `(?s)^a.b$`, "a\nb", "A\nB"},
		{`A|re|m: '^a.b$'`, `(?m)^a.b$`, "x\naxb\ny", "xaxb"},
		{`A|re|s|i|m: '^a.b$'`, `(?ims)^a.b$`, "x\nA\nB", "ab"},
	}
	for _, tt := range tests {
		r, _ := lowered(t, item(tt.line))
		re := r.Conditions[0].(*ir.Regex)
		if re.Source() != tt.source || !re.RE.MatchString(tt.match) || re.RE.MatchString(tt.miss) {
			t.Errorf("%s: %s matches %q: %v, %q: %v", tt.line, re.Source(), tt.match, re.RE.MatchString(tt.match), tt.miss, re.RE.MatchString(tt.miss))
		}
	}
}
