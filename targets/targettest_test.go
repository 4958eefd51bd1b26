package targets_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target/targettest"
	"github.com/sigc-rules/sigc/targets"
	kqljudge "github.com/sigc-rules/sigc/targets/kusto/judge"
)

func TestTargets(t *testing.T) {
	for _, tg := range targets.All() {
		t.Run(tg.Name, func(t *testing.T) {
			var read targettest.Reader
			if tg.Name != "splunk" { // its evaluator reads searches, see TestHostileValues
				read = readKQL
			}
			targettest.Run(t, tg, read)
		})
	}
}

// readKQL returns the texts and the names of members in a query.
func readKQL(query string) ([]string, error) {
	q, err := kqljudge.Parse(query)
	if err != nil {
		return nil, err
	}
	var texts []string
	literals(reflect.ValueOf(q), &texts)
	return texts, nil
}

func literals(v reflect.Value, out *[]string) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		switch x := v.Interface().(type) {
		case *kql.String:
			*out = append(*out, x.Value)
			return
		case *kql.Member:
			*out = append(*out, x.Name)
		}
		if !v.IsNil() {
			literals(v.Elem(), out)
		}
	case reflect.Slice:
		for i := range v.Len() {
			literals(v.Index(i), out)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "At" {
				literals(v.Field(i), out)
			}
		}
	}
}

// TestHostileValues tries texts that break literals on events that have just that text, and on near misses. The text
// "null" is missing: in Splunk it cannot be told from null.
func TestHostileValues(t *testing.T) {
	for _, s := range []string{
		`a"b`, `a'b`, `a\b`, `a\`, `\\"\"`, "a\nb", "a\r\nb", "a\tb", `a | where true`, `['a'] [b]`, `[search index=*]`, "$x$", "`a` b",
		"```a```", `100%_a`, `a*b?c`, "a\u2028b", "a\u202eb", "a\U0001F600b", `) or (1 == 1`, "  a  ", `a // b`, "a */ b", `@"a""b"`, `AND`, `a=b`, `a,b`,
		`"quoted"`, `true`, `7`, `-`, `a.b`, `{}`, `\d+`, `^$`, `(?i)a`, `a#b`, `a;b`, `<a>&b`, `ümläut`, `K`, `ſ`,
	} {
		for _, modifier := range []string{"", "|startswith", "|contains|cased", "|re"} {
			for _, where := range []string{"  OperationName%s: %s", "  TargetResources[any]:\n      type: User\n      displayName%s: %s"} {
				written := escaped(s)
				if modifier == "|re" {
					written = regexp.QuoteMeta(s)
				}
				t.Run(fmt.Sprintf("%q%s", s, modifier), func(t *testing.T) {
					k := &testCase{text: []byte("title: x\nsigma-version: 3\nlogsource:\n  product: azure\n  service: auditlogs\n" +
						"detection:\n  selection:\n  " + fmt.Sprintf(where, modifier, encodedText(written)) + "\n  condition: selection\n")}
					k.compile()
					if len(k.rules) != 1 || !k.rules[0].OK() {
						t.Fatalf("%v\n%s", k.diags, k.text)
					}
					for i, value := range []string{s, "x" + s, "_" + s[1:]} {
						k.agree(t, hostileEvent(value), i == 0)
					}
				})
			}
		}
	}
}

// agree asks every judge about an event that the rule is the reference for; certain says that it must match.
func (k *testCase) agree(t *testing.T, record map[string]any, certain bool) {
	t.Helper()
	e := event{Name: encodedText(record["operationName"].(string)), Event: record}
	inRecord, ok := meaning(t, k, e)
	inRow, okRow := meaningOfRow(t, k, e)
	if !ok || !okRow || certain && !inRecord {
		t.Fatalf("%s does not match\n%s", e.Name, k.text)
	}
	e.Match, e.Row = &inRecord, &inRow
	k.judge(t, e, tally{})
}

// hostileEvent has the text in a column and in a member of an array.
func hostileEvent(s string) map[string]any {
	return map[string]any{"category": "AuditLogs", "operationName": s, "properties": map[string]any{
		"targetResources": []any{map[string]any{"type": "User", "displayName": s}},
	}}
}

// escaped writes a text as a Sigma value without wildcards.
func escaped(s string) string { return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`).Replace(s) }

// encodedText writes a text in double quotes, as JSON and YAML read it.
func encodedText(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // no string is that
	}
	return string(text)
}
