package splunk

import (
	"regexp"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
)

func TestRewrite(t *testing.T) {
	for _, test := range []struct{ pattern, want string }{
		{`abc`, `abc`},
		{`a.c$`, `a.c\z`},
		{`(?i)^http://(localhost|127\.0\.0\.1)(:[0-9]+)?([/?].*)?$`, `(?i)^http://(localhost|127[.]0[.]0[.]1)(:[0-9]+)?([/?].*)?\z`},
		{`(?i)a(?-i)B`, `(?i:a)B`},
		{`(?i)a(?-i)[B-D]1`, `(?i:a)[B-D]1`},
		{`\d+\s\w\b`, `[0-9]+[\x09\x0a\x0c\x0d ][0-9A-Z_a-z]\b`},
		{`"\\`, `\x22\x5c`},
		{"`m` [x] $1", "\\x60m\\x60 x \\z1"},
		{`[^"/]*?`, `[^\x22/]*?`},
		{`(?m)^a$`, `(?m:^)a(?m:$)`},
		{`(?s).`, `(?s:.)`},
		{`(ab){2,3}`, `(ab){2,3}`},
		{`ab{2}(?:cd)?`, `ab{2}(?:cd)?`},
		{`[\]^-]`, `[\x2d\x5d\x5e]`},
		{`é+`, `é+`},
		{`(?i)é+x`, `(?i)(?:é|É)+x`},
		{`(?i)straße`, `(?i)stra(?:ß|ẞ)e`},
	} {
		e := &ir.Regex{Pattern: test.pattern, RE: ir.MustRE2(test.pattern)}
		if got := rewrite(e); got != test.want {
			t.Errorf("%s: got %s, want %s", test.pattern, got, test.want)
		}
	}
}

// TestRewritePCRE keeps what only PCRE reads, and makes it safe inside a string.
func TestRewritePCRE(t *testing.T) {
	for _, test := range []struct{ pattern, want string }{
		{`a(?!b)`, `a(?!b)`},
		{`(?<=\s)x\1`, `(?<=\s)x\1`},
		{`(?!")\\\"`, `(?!\x22)\x5c\x22`},
		{"(?!`)\n", `(?!\x60)\x0a`},
		{`(?=\`, `(?=\x5c`},
	} {
		if got := rewrite(&ir.Regex{Pattern: test.pattern}); got != test.want {
			t.Errorf("%s: got %s, want %s", test.pattern, got, test.want)
		}
	}
}

// FuzzRewrite asks whether the new text matches what the old one does, and whether it can leave its string.
func FuzzRewrite(f *testing.F) {
	for _, p := range append(patterns, `(?i)é|K`, `[^\x00-\x1f]$`, `(?U)a+`, `\pL\PN`, `\Qa.b\E`, `(?i)[k-s]`, `a|b|`, `()`, `x{0}`, `^*`, `(?i)ſ`) {
		f.Add(p, "alpha\nbeta K", false)
	}
	f.Fuzz(func(t *testing.T, p, s string, ignoreCase bool) {
		e := &ir.Regex{Pattern: p, IgnoreCase: ignoreCase}
		re, err := ir.NewRE2(e.Source())
		if err != nil || len(p) > 100 || strings.Contains(s, "\xff") {
			return
		}
		e.RE = re
		text := rewrite(e)
		if strings.ContainsAny(text, "\"`\n\r\x00\x01") || strings.HasSuffix(text, `\`) {
			t.Fatalf("%q becomes %q", p, text)
		}
		again, err := regexp.Compile(text)
		if err != nil {
			t.Fatalf("%q becomes %q: %v", p, text, err)
		}
		for _, s := range []string{s, strings.ToUpper(s), s + "\n", ""} {
			if re.MatchString(s) != again.MatchString(s) {
				t.Errorf("%q becomes %q, which differs on %q", p, text, s)
			}
		}
	})
}

// FuzzGlob asks the same of patterns with wildcards.
func FuzzGlob(f *testing.F) {
	f.Add("a", "b", "axb", true)
	f.Add("[", "\n", "[\n", false)
	f.Fuzz(func(t *testing.T, a, b, s string, cased bool) {
		a, b, s = strings.ToValidUTF8(a, ""), strings.ToValidUTF8(b, ""), strings.ToValidUTF8(s, "")
		p := ir.Pattern{Cased: cased}.Append(ir.Part{Text: a}, ir.Part{Wild: ir.One}, ir.Part{Text: b}, ir.Part{Wild: ir.Many})
		re, err := regexp.Compile(globRegex(p))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{s, a + "x" + b + s, a + b} {
			if strings.ContainsAny(a+b+s, "ſ\u212aİı") {
				continue
			}
			if re.MatchString(s) != p.Matches(s) {
				t.Errorf("%s on %q: %v", re, s, !p.Matches(s))
			}
		}
	})
}
