package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/report"
)

func TestSummary(t *testing.T) {
	const refused, near = "sentinel cannot express hours of the day exactly", "the log AuditLogs has no field \"Initiatied.By\""
	tests := []struct {
		name    string
		refused []report.Refusal
		counts  report.Counts
		opts    report.TextOptions
		want    string
	}{
		{
			name:   "nothing refused",
			counts: report.Counts{Rules: 130, Targets: 3, All: 130},
			want:   "130 rules compiled for 3 targets\n",
		},
		{
			name:   "one rule, one target",
			counts: report.Counts{Rules: 1, Targets: 1, All: 1},
			want:   "1 rule compiled\n",
		},
		{
			name: "one row for one reason",
			refused: []report.Refusal{
				{"Role given outside of PIM", "azuremonitor", "field/unknown", near},
				{"A rule", "sentinel", "target/unsupported", refused},
				{"Role given outside of PIM", "sentinel", "field/unknown", near},
				{"Role given outside of PIM", "sentinel", "field/unknown", near},
				{"A rule", "sentinel", "target/no-field", refused},
			},
			counts: report.Counts{Rules: 4, Targets: 2, All: 2, Some: 1, None: 1},
			want: "RULE                       TARGET                  REASON              MESSAGE\n" +
				"Role given outside of PIM  azuremonitor, sentinel  field/unknown       the log AuditLogs has no field \"Initiatied.By\"\n" +
				"A rule                     sentinel                target/unsupported  sentinel cannot express hours of the day exactly\n" +
				"A rule                     sentinel                target/no-field     sentinel cannot express hours of the day exactly\n" +
				"\n4 rules for 2 targets: 2 compiled for all, 1 for some, 1 for none\n",
		},
		{
			name: "wide and hostile",
			refused: []report.Refusal{
				{"特権ロール", "splunk", "a/b", "one\ntwo"},
				{"rules/\x1b[2Jx.yml", "splunk", "target/no-table", ""},
			},
			counts: report.Counts{Rules: 2, Targets: 1, None: 2},
			want: "RULE                    TARGET  REASON           MESSAGE\n" +
				"特権ロール              splunk  a/b              one<U+000A>two\n" +
				"rules/<U+001B>[2Jx.yml  splunk  target/no-table\n" +
				"\n2 rules: 0 compiled, 2 refused\n",
		},
		{
			name:    "cut to the terminal",
			refused: []report.Refusal{{strings.Repeat("規則", 20), "splunk", "a/b", strings.Repeat("message ", 9)}},
			counts:  report.Counts{Rules: 2, Targets: 1, All: 1, None: 1},
			opts:    report.TextOptions{Width: 60, Color: true},
			want: "\x1b[1mRULE                 TARGET  REASON  MESSAGE\x1b[0m\n" +
				"規則規則規則規則規…  splunk  a/b     message message messag…\n" +
				"\n2 rules: 1 compiled, 1 refused\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := report.Summary(&b, tt.refused, tt.counts, tt.opts); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
