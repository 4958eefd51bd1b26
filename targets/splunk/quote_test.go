package splunk

import (
	"regexp"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
)

// read reads a quoted text as the documentation says, knowing nothing of how it was written: a backslash escapes a
// backslash and the quote, in eval also n, r and t; the first bare quote ends it. It returns what follows.
func read(s string, quote byte, eval bool) (text, rest string, ok bool) {
	if s == "" || s[0] != quote {
		return "", s, false
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == quote:
			return b.String(), s[i+1:], true
		case s[i] != '\\' || i+1 == len(s):
			b.WriteByte(s[i])
		default:
			i++
			switch c := s[i]; {
			case c == '\\' || c == quote || c == '"' || c == '\'':
				b.WriteByte(c)
			case eval && c == 'n':
				b.WriteByte('\n')
			case eval && c == 'r':
				b.WriteByte('\r')
			case eval && c == 't':
				b.WriteByte('\t')
			default:
				b.WriteByte('\\')
				b.WriteByte(c)
			}
		}
	}
	return "", "", false
}

var hostile = []string{
	"", "plain", `"`, `\`, `\"`, `"\`, `\\`, "a\nb", "\r\n", "\t", "`drop`", "$x$", "[search index=*]", "] | delete", `" | delete "`,
	`\" OR 1=1`, "*", "a*b", "%", "'", "null", "Ü", "\x00", "\u2028", "日本", "a,b", "=", "{}", `c:\`, `\n`, `x\ty`,
}

var severalStars = regexp.MustCompile(`[*]+`)

func FuzzQuote(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		if got, rest, ok := read(quoteString(s), '"', true); !ok || got != s || rest != "" {
			t.Errorf("string %q reads back as %q and %q", s, got, rest)
		}
		// A value of search keeps everything but what it turns into stars, of which there is one where several would stand.
		want := strings.NewReplacer("\n", "*", "\r", "*", "\t", "*").Replace(s)
		if got, rest, ok := read(quoteGlob(textOf(s)), '"', false); !ok || severalStars.ReplaceAllString(got, "*") != severalStars.ReplaceAllString(want, "*") || rest != "" {
			t.Errorf("value %q reads back as %q and %q", s, got, rest)
		}
		for _, quoted := range []string{quoteString(s), quoteGlob(textOf(s)), quoteField(s), quoteSearchField(s)} {
			if strings.ContainsAny(quoted, "\n\r") {
				t.Errorf("%q breaks the line", quoted)
			}
		}
		spaces := strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s)
		for quote, quoted := range map[byte]string{'\'': quoteField(s), '"': quoteSearchField(s)} {
			if quoted == s {
				continue // bare
			}
			if got, rest, ok := read(quoted, quote, false); !ok || got != spaces || rest != "" {
				t.Errorf("name %q reads back as %q and %q", s, got, rest)
			}
		}
	})
}

func TestNames(t *testing.T) {
	for _, test := range []struct{ name, eval, search string }{
		{"resultType", "resultType", "resultType"},
		{"properties.result", "'properties.result'", "properties.result"},
		{"a{}.b", "'a{}.b'", `"a{}.b"`},
		{"not", "'not'", `"not"`},
		{"IN", "'IN'", `"IN"`},
		{"a b", "'a b'", `"a b"`},
		{"1a", "'1a'", `"1a"`},
		{"", "''", `""`},
	} {
		if got := quoteField(test.name); got != test.eval {
			t.Errorf("%q in eval: %s, want %s", test.name, got, test.eval)
		}
		if got := quoteSearchField(test.name); got != test.search {
			t.Errorf("%q in search: %s, want %s", test.name, got, test.search)
		}
	}
}

// TestHostile puts hostile texts into every kind of condition: the search finds the event with the text and no other, in
// a parser that shares nothing with the printer.
func TestHostile(t *testing.T) {
	for _, s := range hostile {
		for shape, p := range map[string]ir.Pattern{
			"exact": ir.Text(s), "cased": ir.Pattern{Cased: true}.Append(ir.Part{Text: s}),
			"prefix":   ir.Text(s).Append(ir.Part{Wild: ir.Many}),
			"contains": ir.Pattern{}.Append(ir.Part{Wild: ir.Many}, ir.Part{Text: s}, ir.Part{Wild: ir.Many}),
			"single":   ir.Text(s).Append(ir.Part{Wild: ir.One}),
		} {
			r := rule("auditlogs", &ir.Like{Field: fieldOf("OperationName"), Pattern: p})
			var diags diag.List
			c := compile(r, &diags)
			if s == "null" && (shape == "exact" || shape == "cased") {
				if c != nil {
					t.Error("the text null is not refused")
				}
				continue
			}
			if c == nil {
				t.Fatal(messages(&diags))
			}
			var events []map[string]any
			values := []string{s, "x" + s, s + "x", "other", ""}
			for _, v := range values {
				events = append(events, map[string]any{"category": "AuditLogs", "operationName": v})
			}
			for i, n := range found(t, c.Text, events) {
				if want := p.Matches(values[i]) && values[i] != "null"; (n == 1) != want || n > 1 {
					t.Errorf("%s %q on %q: found %d times\n%s", shape, s, values[i], n, c.Text)
				}
			}
		}
	}
}

// rule is a rule with a single condition.
func rule(service string, e ir.Expr) *ir.Rule {
	return &ir.Rule{
		Meta:       &ir.Meta{Title: source.Text{Value: "T"}},
		Logsource:  ir.Logsource{Product: "azure", Service: service},
		Conditions: []ir.Expr{e},
	}
}

func quoteGlob(g glob) string { return string(appendGlob(nil, g)) }

func quoteField(name string) string { return string(appendField(nil, name)) }

func quoteSearchField(name string) string { return string(appendSearchField(nil, name)) }

// textOf is a text as it is written, with its stars.
func textOf(s string) glob { return glob{Pattern: ir.Text(s)} }
