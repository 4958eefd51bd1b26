package ir

import (
	"regexp"
	"strings"
	"testing"
)

// A pattern fits a text when, and only when, what it is in XML is found in an element with the text.
func TestInXML(t *testing.T) {
	many, one := Part{Wild: Many}, Part{Wild: One}
	patterns := []Pattern{
		Text("a"), Text("amp"), Text("x&y"), Text(`<a "b" 'c'>`), Text("t;"),
		Pattern{}.Append(many, Part{Text: "amp"}, many), Pattern{}.Append(many, Part{Text: "t;x"}, many), Pattern{}.Append(many, Part{Text: "&"}, many),
		Pattern{}.Append(many, Part{Text: ">"}, many), Pattern{}.Append(Part{Text: "a"}, one, Part{Text: "b"}), Pattern{}.Append(Part{Text: `C:\a.b`}, many),
		Pattern{}.Append(many, Part{Text: `"q"`}), Pattern{}.Append(one),
	}
	texts := []string{
		"", "a", "amp", "x&y", `<a "b" 'c'>`, "t;", "&", "<", "x & y", "&lt;x", "<x", "a&b", "a<b", "ab", "a\nb", `C:\a.b\c`, `C:\axb`, `say "q"`, "l", "lt", "AMP",
	}
	writers := map[string]*strings.Replacer{
		"all":    strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;"),
		"needed": strings.NewReplacer("&", "&amp;", "<", "&lt;"),
	}
	for name, w := range writers {
		for _, p := range patterns {
			re := regexp.MustCompile("(?is)" + p.InXML("<d>", "</d>", regexp.QuoteMeta))
			for _, text := range texts {
				if got, want := re.MatchString("<d>zz</d><d>"+w.Replace(text)+"</d>"), p.Matches(text) || p.Matches("zz"); got != want {
					t.Errorf("%s: %v in %q: found %v, want %v, by %s", name, p, text, got, want, re)
				}
			}
		}
	}
}
