package targets_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
	kqljudge "github.com/sigc-rules/sigc/targets/kusto/judge"
)

// keptLists has every target keep the lists, if it can.
func keptLists(lists map[string]*list.List) {
	for _, l := range lists {
		l.As = map[string]list.Delivery{}
		for _, t := range targets.All() {
			if t.Keeping != "" {
				l.As[t.Name] = t.Keeping
			}
		}
	}
}

// TestKeptLists compiles every case with lists once more, such that targets keep them: the events must be judged as they
// are with the values in the query.
func TestKeptLists(t *testing.T) {
	kept := map[string]int{}
	asked := tally{}
	golden.Run(t, "../testdata/compile", func(t *testing.T, c *golden.Case) {
		k := newTestCase(t, c)
		k.write(c) // as TestCompile does
		if k.lists == nil {
			return
		}
		k.keep = true
		k.compile()
		for _, tg := range targets.All() {
			for _, c := range k.compiled[tg.Name] {
				if len(c.ListUses()) > 0 {
					kept[tg.Name]++
				}
			}
		}
		for _, e := range k.events {
			k.judge(t, e, asked)
		}
	})
	for _, tg := range targets.All() {
		if tg.Keeping != "" && kept[tg.Name] < 4 {
			t.Errorf("%s keeps the lists of %d cases", tg.Name, kept[tg.Name])
		}
	}
}

// Where a list cannot be kept, a note says why, and the values stand in the query.
func TestInlineLists(t *testing.T) {
	lists := map[string][]string{
		"plain": {"a", "b"}, "stars": {"a*"}, "marks": {"a?"}, "numbers": {"7"}, "v4": {"10.0.0.0/8"}, "v6": {"::/8"},
		"blank": {" a"}, "anything": {"*"}, "mixed": {"a*", `b\\c`}, "letters": {"ä"}, "long": {strings.Repeat("x", 10_001)},
		"huge": {}, "many": {}, "signs": {`a\*`}, "both": {"a*", `b\?`},
	}
	for i := range 6_000 {
		lists["many"] = append(lists["many"], fmt.Sprintf("user%05d", i))
	}
	for i := range 390 {
		lists["huge"] = append(lists["huge"], fmt.Sprintf("%05d", i)+strings.Repeat("x", 9_990))
	}
	const kept = ""
	tests := []struct{ line, sentinel, splunk string }{
		{"UserPrincipalName|expand: '%plain%'", kept, kept},
		{"UserPrincipalName|startswith|expand: '%plain%'", kept, kept},
		{"UserPrincipalName|contains|cased|expand: '%stars%'", kept, kept},
		{"UserPrincipalName|endswith|expand: '%many%'", "50000 bytes", kept},
		{"UserPrincipalName|expand: '%many%'", kept, kept},
		{"UserPrincipalName|endswith|expand: '%signs%'", kept, "no literal *"},
		{"UserPrincipalName|expand: '%both%'", "every * and ? is one", "no literal ?"},
		{"Status.errorCode|startswith|expand: '%numbers%'", "of type int", "of type int"},
		{"UserPrincipalName|expand: '%stars%'", kept, kept},
		{"UserPrincipalName|expand: '%marks%'", kept, "only the wildcard *"},
		{"UserPrincipalName|expand: '%mixed%'", kept, `no literal * and no \`},
		{"UserPrincipalName|expand: '%anything%'", "fits an empty text", "fits an empty text"},
		{"UserPrincipalName|expand: '%blank%'", "blanks around them", "blanks around it"},
		{"UserPrincipalName|expand: '%letters%'", kept, "printable ASCII"},
		{"UserPrincipalName|expand: '%long%'", "longer than the 10000 bytes of a row", kept},
		{"Status.errorCode|expand: '%numbers%'", "of type int", "of type int"},
		{"IPAddress|cidr|expand: '%v4%'", kept, kept},
		{"IPAddress|cidr|expand: '%v6%'", kept, "IPv6"},
		{"RiskEventTypes|expand: '%plain%'", kept, "there can be several"},
	}
	notes := func(line string) map[string]string {
		k := &testCase{lists: lists, keep: true}
		k.text = []byte("title: T\nlogsource: {product: azure, service: interactiveusersigninlogs}\ndetection:\n  s:\n    " + line + "\n  condition: s\n")
		k.compile()
		out := map[string]string{}
		for _, d := range k.diags {
			if d.ID == "list/inline" {
				out[d.Target] = d.Message
			}
		}
		for _, tg := range targets.All() {
			for _, c := range k.compiled[tg.Name] {
				if inline := out[tg.Name] != "" || tg.Keeping == ""; inline == (len(c.ListUses()) > 0) {
					t.Errorf("%s: %s keeps %d lists; the note says %q", line, tg.Name, len(c.ListUses()), out[tg.Name])
				}
			}
		}
		return out
	}
	for _, tt := range tests {
		got := notes(tt.line)
		for target, want := range map[string]string{"sentinel": tt.sentinel, "splunk": tt.splunk} {
			if (got[target] == "") != (want == "") || !strings.Contains(got[target], want) {
				t.Errorf("%s: %s says %q, want %q", tt.line, target, got[target], want)
			}
		}
	}
	if got := notes("UserPrincipalName|expand: '%huge%'")["sentinel"]; !strings.Contains(got, "3800000 bytes") {
		t.Errorf("a huge list: %q", got)
	}
}

// A target that binds a rule over one of the logs that its own puts together keeps the lists too.
func TestKeptListsOfParts(t *testing.T) {
	rule := "title: T\nlogsource: {product: azure, service: signinlogs}\ndetection:\n  s: {UserPrincipalName|expand: '%words%'}\n  condition: s\n"
	for _, test := range []struct{ target, option, value, list string }{
		{"sentinel", "sign-ins", "interactive", `_GetWatchlist("words")`},
		{"splunk", "entra", "azure-add-on", "lookup words value AS"},
	} {
		p := compiler.Load([]compiler.Input{{File: source.NewFile("rule.yml", []byte(rule)), Path: "rule.yml"}}, compiler.Options{
			Lists: map[string]*list.List{"words": {Name: "words", Type: list.Text, Values: []string{"a"}, As: map[string]list.Delivery{
				"sentinel": list.Watchlist, "splunk": list.Lookup,
			}}},
		})
		for _, tg := range targets.All() {
			if tg.Name != test.target {
				continue
			}
			out := p.Compile([]*target.Target{tg.With(map[string]string{test.option: test.value})}, compiler.CompileOptions{})
			if len(out[0].Compiled) != 1 || !strings.Contains(out[0].Compiled[0].Text, test.list) {
				t.Errorf("%s: no %s in %v\n%v", test.target, test.list, out[0].Compiled, p.Diagnostics())
			}
		}
	}
}

// A watchlist that somebody has emptied, or left an empty row in, holds nothing: no value begins as none of its rows do.
func TestEmptiedWatchlist(t *testing.T) {
	for _, modifiers := range []string{"", "|startswith", "|endswith|cased", "|contains", "|cidr"} {
		for _, negated := range []bool{false, true} {
			field, condition := "UserAgent", "s"
			if modifiers == "|cidr" {
				field = "IPAddress"
			}
			if negated {
				condition = "not s"
			}
			k := &testCase{lists: map[string][]string{"words": {"10.0.0.0/8"}}, keep: true}
			k.text = []byte("title: T\nlogsource: {product: azure, service: interactiveusersigninlogs}\ndetection:\n  s:\n    " +
				field + modifiers + "|expand: '%words%'\n  condition: " + condition + "\n")
			k.compile()
			c := k.compiled["sentinel"][0]
			for _, rows := range [][][]any{{}, {{""}}} {
				if modifiers == "" && len(rows) > 0 {
					continue // an empty text is in a list that holds one
				}
				q, err := kqljudge.Parse(c.Text)
				if err != nil {
					t.Fatal(err)
				}
				for _, agent := range []string{"", "x"} {
					table, err := kqljudge.Table(c.Log, map[string]any{"UserAgent": agent, "IPAddress": agent})
					if err != nil {
						t.Fatal(err)
					}
					result, err := eval.Run(q, map[string]eval.Table{
						c.Log.Name:               table,
						`_GetWatchlist("words")`: {Columns: []eval.Column{{Name: "SearchKey", Type: "string"}}, Rows: rows},
					})
					if err != nil || (len(result.Rows) == 1) != negated {
						t.Errorf("%s, not: %v: a watchlist of %q gives %d rows for %q (%v)\n%s", modifiers, negated, rows, len(result.Rows), agent, err, c.Text)
					}
				}
			}
		}
	}
}
