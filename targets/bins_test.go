package targets_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/report"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/splunk/eval"
)

var fixed = compiler.CompileOptions{Bins: true}

// Each case of testdata/bins holds correlations and events: what the queries with fixed windows find, in KQL and in SPL
// alike, stands beside when the correlations fire.
func TestBins(t *testing.T) {
	golden.Run(t, "../testdata/bins", func(t *testing.T, c *golden.Case) {
		k := compileCorrelations(c.File("rule.yml"), nil, fixed)
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

// Of random correlations KQL and SPL find the same in fixed windows, and the scheduled query and the
// saved search tell what is new.
func TestBinsAgree(t *testing.T) {
	var judged, found, told int
	for seed := range uint64(250) {
		s := randomStudy(seed)
		k := compileCorrelations([]byte(s.rules), studyLists(), fixed)
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
		c := &correlated{program: k.program, rule: r, compiled: of("sentinel")}
		told += c.tellBins(t, seed, s)
		c = &correlated{program: k.program, rule: r, compiled: of("splunk")}
		told += c.tellBinsSPL(t, seed, s)
		judged++
	}
	t.Logf("%d correlations, %d rows, %d told by schedules", judged, found, told)
	if judged < 80 || found < 150 || told < 40 {
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

// tellBins runs the scheduled query. Of what the query finds in the records that have arrived, it must tell all that it
// did not find in those of the last run, and may tell more of the same time, as far back as a run looks.
func (c *correlated) tellBins(t *testing.T, seed uint64, s study) int {
	t.Helper()
	rows, err := c.rows(s.records)
	if err != nil {
		t.Fatal(err)
	}
	schedule := kusto.ScheduleOf(c.compiled)
	ago := func(minutes int) time.Time { return s.now.Add(-time.Duration(minutes) * time.Minute) }
	until := func(arrived time.Time) []string {
		seen := map[*schema.Log][][]any{}
		for log, all := range rows {
			seen[log] = slices.Clone(all)
			for i := range all {
				if s.arrived[i].After(arrived) {
					seen[log][i] = nil
				}
			}
		}
		found, err := c.run(c.compiled.Text, s, seen, nil)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	text := schedule.Guard(c.compiled.Query.(*kusto.Query))
	told, err := c.run(text, s, rows, &schedule)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, text)
	}
	now, before := until(s.now), until(ago(schedule.Frequency))
	for _, row := range told {
		if !slices.Contains(now, row) {
			t.Errorf("seed %d: tells %s, which is not found\n%s", seed, row, text)
		}
	}
	for _, row := range now {
		_, last, _ := strings.Cut(row, " to ")
		recent := last[:len("02 15:04:05")] > clock(ago(schedule.Frequency+schedule.Allowance))
		if recent && !slices.Contains(before, row) && !slices.Contains(told, row) {
			t.Errorf("seed %d: does not tell %s\n%s", seed, row, text)
		}
	}
	return len(told)
}

// tellBinsSPL does the same for the saved search, which sees what had been indexed a minute before it, four times an hour.
func (c *correlated) tellBinsSPL(t *testing.T, seed uint64, s study) int {
	t.Helper()
	events := indexed(t, s)
	find := func(text string, before time.Time) []string {
		q := eval.Search{App: app(t, c.compiled), Until: s.now.Add(5 * time.Minute)}
		for _, e := range events {
			if e.Indexed.Before(before) {
				q.Events = append(q.Events, e)
			}
		}
		rows, err := eval.Reading{}.Results(text, q)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		var out []string
		for _, row := range rows {
			out = append(out, c.showRow(t, row))
		}
		return out
	}
	text, until := scheduledText(t, c.compiled), s.now.Add(-time.Minute)
	now, before, told := find(c.compiled.Text, until), find(c.compiled.Text, until.Add(-15*time.Minute)), find(text, until)
	for _, row := range told {
		if !slices.Contains(now, row) {
			t.Errorf("seed %d: tells %s, which is not found\n%s", seed, row, text)
		}
	}
	for _, row := range now {
		if !slices.Contains(before, row) && !slices.Contains(told, row) {
			t.Errorf("seed %d: does not tell %s\n%s", seed, row, text)
		}
	}
	return len(told)
}
