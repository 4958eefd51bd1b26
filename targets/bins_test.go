package targets_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/report"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/splunk/eval"
)

var fixed = compiler.CompileOptions{Bins: true}

// Each case of testdata/bins holds correlations and events: what the queries with fixed windows find, in KQL and in SPL
// alike, stands beside when the correlations fire.
func TestBins(t *testing.T) {
	golden.Run(t, "../testdata/bins", func(t *testing.T, c *golden.Case) {
		k := compileCorrelations(c.File("rule.yml"), fixed)
		s, records := readStudy(t, c.File("events.ndjson"))
		var fired, found strings.Builder
		for _, r := range k.program.Rules {
			if !r.IsCorrelation() || r.Part {
				continue
			}
			for _, f := range fire(t, k.program, r, records) {
				fired.WriteString(firingLine(t, r, f) + "\n")
			}
			for _, line := range k.inBins(t, r, s) {
				found.WriteString(r.Key() + ": " + line + "\n")
			}
		}
		c.Out("fire", fired.String())
		c.Out("found", found.String())
		sentinel := k.compiled["sentinel"][0]
		c.Out("sentinel", queries(k.compiled["sentinel"]))
		c.Out("scheduled", kusto.ScheduleOf(sentinel).Guard(sentinel.Query.(*kusto.Query)))
		c.Out("splunk", queries(k.compiled["splunk"]))
		c.Out("savedsearch", stanzaOf(t, k.compiled["splunk"][0]))
		var diags bytes.Buffer
		if err := report.Text(&diags, k.program.Diagnostics(), report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		c.Out("diag", diags.String())
	})
}

// Of random correlations KQL and SPL find the same in fixed windows.
func TestBinsAgree(t *testing.T) {
	var judged, found int
	for seed := range uint64(250) {
		s := randomStudy(seed)
		k := compileCorrelations([]byte(s.rules), fixed)
		r := k.program.Rules[len(k.program.Rules)-1]
		of := func(name string) *target.Compiled {
			i := slices.IndexFunc(k.compiled[name], func(c *target.Compiled) bool { return c.Key() == r.Key() })
			if i < 0 {
				return nil
			}
			return k.compiled[name][i]
		}
		if c := of("sentinel"); c == nil || of("splunk") == nil || !c.Correlation.Bins {
			continue
		}
		found += len(k.inBins(t, r, s))
		judged++
	}
	t.Logf("%d correlations, %d rows", judged, found)
	if judged < 80 || found < 150 {
		t.Error("that proves little")
	}
}

// inBins is what the query for Sentinel finds; the search for Splunk must find the same.
func (k *correlations) inBins(t *testing.T, r *compiler.Rule, s study) []string {
	t.Helper()
	of := func(name string) *correlated {
		for _, compiled := range k.compiled[name] {
			if compiled.Key() == r.Key() {
				return &correlated{program: k.program, rule: r, compiled: compiled}
			}
		}
		t.Fatalf("%s is not compiled for %s", r.Key(), name)
		return nil
	}
	c := of("sentinel")
	rows, err := c.rows(s.records)
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.run(c.compiled.Text, s, rows, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, c.compiled.Text)
	}
	want := slices.Clone(found)
	switch c.compiled.Correlation.Correlation.Kind {
	case ir.Temporal, ir.TemporalOrdered: // as in span
		for i := range want {
			_, want[i], _ = strings.Cut(want[i], " to ")
		}
		slices.Sort(want)
	}
	c = of("splunk")
	q := search{text: c.compiled.Text}
	q.Events = indexed(t, s)
	if diff := q.diff(t, c, want, eval.Readings()...); diff != "" {
		t.Fatalf("%s: KQL and SPL differ %s\n%s", r.Key(), diff, c.compiled.Text)
	}
	return found
}
