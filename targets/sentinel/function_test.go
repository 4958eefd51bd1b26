package sentinel_test

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/targets/kusto"
)

// TestFunctions: the rows of a function, such as a parser of ASIM, do not tell when they were ingested. Runs take each of
// them once, by its time, as late as records may come.
func TestFunctions(t *testing.T) {
	for _, test := range []struct {
		name, rule string
		want, not  []string
	}{
		{
			"a parser", "logsource: {category: proxy}\ndetection: {s: {c-uri|contains: x}, condition: s}",
			[]string{"_Im_WebSession\n| where TimeGenerated > ago(2h) and TimeGenerated <= ago(1h)\n"}, []string{"ingestion_time"},
		},
		{
			"a parser, without time for late records",
			"logsource: {category: proxy}\ndetection: {s: {c-uri|contains: x}, condition: s}\nsigc: {targets: {sentinel: {period: 1h}}}",
			[]string{"_Im_WebSession\n| where TimeGenerated > ago(1h)\n"}, []string{"ingestion_time", "<= ago"},
		},
		{
			"a table", "logsource: {category: proxy}\ndetection: {s: {c-uri|contains: x}, condition: s}\nsigc: {targets: {sentinel: {tables: native}}}",
			[]string{"CommonSecurityLog\n| where ingestion_time() > ago(1h)\n"}, nil,
		},
		{
			"events of a parser that are counted",
			"name: a\nlogsource: {category: dns}\ndetection: {s: {query|endswith: x}, condition: s}\n---\ntitle: y\ncorrelation: {type: event_count, rules: [a], group-by: [src_ip], timespan: 5m, condition: {gte: 9}}",
			[]string{"| where TimeGenerated <= ago(1h)\n", "| extend IsNew = TimeGenerated > ago(2h)\n"}, []string{"ingestion_time"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := mustCompile(t, "title: x\n"+test.rule+"\n")
			text := kusto.ScheduleOf(c).Guard(c.Query.(*kusto.Query))
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
			for _, not := range test.not {
				if strings.Contains(text, not) {
					t.Errorf("%q in\n%s", not, text)
				}
			}
		})
	}
}
