package targets_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk"
	"github.com/sigc-rules/sigc/targets/splunk/eval"
	spljudge "github.com/sigc-rules/sigc/targets/splunk/judge"
)

// Random correlations fire in SPL when, and only when, they fire by their meaning, in every reading of Splunk's
// documentation. Their saved searches tell, run after run, each firing once, and of late records what they complete. For a
// longer search: go test -fuzz SPLCorrelations ./targets
func TestSPLCorrelations(t *testing.T) {
	var judged, fired, told int
	for seed := range uint64(300) {
		n, m, ok := judgeSPL(t, seed)
		if ok {
			judged, fired, told = judged+1, fired+n, told+m
		}
	}
	t.Logf("%d correlations, which fire %d times; %d firings told by saved searches", judged, fired, told)
	if judged < 200 || fired < 400 || told < 100 {
		t.Error("that proves little")
	}
}

func FuzzSPLCorrelations(f *testing.F) {
	f.Add(uint64(1_000_000))
	f.Fuzz(func(t *testing.T, seed uint64) { judgeSPL(t, seed) })
}

func judgeSPL(t *testing.T, seed uint64) (fired, told int, ok bool) {
	t.Helper()
	s := randomStudy(seed)
	c := splunkCorrelated(t, s.rules)
	if c == nil {
		return 0, 0, false
	}
	all := search{text: c.compiled.Text}
	all.Events = indexed(t, s)
	firings := c.fire(t, all.Events)
	want := c.show(firings)
	all.agrees(t, seed, s, c, want, eval.Readings()...)
	for _, now := range []time.Time{s.now, s.now.Add(15 * time.Minute), s.now.Add(30 * time.Minute)} {
		told += c.judgeRun(t, seed, s, all.Events, now)
	}
	return len(want), told, true
}

// judgeRun compares the saved search with the meaning. A run sees what had been indexed a minute before it, and tells
// what was indexed in the quarter of an hour before that.
func (c *correlated) judgeRun(t *testing.T, seed uint64, s study, events []eval.Event, now time.Time) (told int) {
	t.Helper()
	run := search{text: scheduledText(t, c.compiled)}
	run.Until = now.Add(5 * time.Minute)
	until, since := now.Add(-time.Minute), now.Add(-16*time.Minute)
	for _, e := range events {
		if e.Indexed.Before(until) {
			run.Events = append(run.Events, e)
		}
	}
	seen := c.fire(t, run.Events)
	seen = slices.DeleteFunc(seen, func(f compiler.Firing) bool {
		return !slices.ContainsFunc(f.Events, func(i int) bool { return !run.Events[i].Indexed.Before(since) })
	})
	run.agrees(t, seed, s, c, c.show(seen), eval.Reading{}, eval.Reading{NullText: true, TiesTurned: true})
	return len(seen)
}

// search is a search and what it is run on.
type search struct {
	eval.Search
	text string
}

// agrees compares what the search finds with what it should.
func (q search) agrees(t *testing.T, seed uint64, s study, c *correlated, want []string, readings ...eval.Reading) {
	t.Helper()
	if diff := q.diff(t, c, want, readings...); diff != "" {
		t.Fatalf("seed %d: the search differs from the meaning %s\n%s\n%s", seed, diff, outermost(s.rules), q.text)
	}
}

func (q search) diff(t *testing.T, c *correlated, want []string, readings ...eval.Reading) string {
	t.Helper()
	q.App = app(t, c.compiled)
	for _, reading := range readings {
		rows, err := reading.Results(q.text, q.Search)
		if err != nil {
			return err.Error()
		}
		var got []string
		for _, row := range rows {
			got = append(got, c.showRow(t, row))
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			return fmt.Sprintf("in %+v (-meaning +search):\n%s", reading, diff)
		}
	}
	return ""
}

// app is what the pack of a rule defines.
func app(t *testing.T, c *target.Compiled) eval.App {
	t.Helper()
	a, err := spljudge.App(c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// indexed are the events of a study.
func indexed(t *testing.T, s study) []eval.Event {
	t.Helper()
	var out []eval.Event
	for i, r := range s.records {
		out = append(out, eval.Event{Record: decodedRecord(t, r), Time: s.times[i], Indexed: s.arrived[i]})
	}
	return out
}

// judgeSPL compares the firings of a correlation with what the search for Splunk, if there is one, finds.
func (k *correlations) judgeSPL(t *testing.T, r *compiler.Rule, s study, firings []compiler.Firing) {
	t.Helper()
	for _, compiled := range k.compiled["splunk"] {
		if compiled.Key() != r.Key() {
			continue
		}
		c := &correlated{program: k.program, rule: r, compiled: compiled}
		q := search{text: compiled.Text}
		q.Events = indexed(t, s)
		if diff := q.diff(t, c, c.show(firings), eval.Readings()...); diff != "" {
			t.Errorf("%s: the search differs from the meaning %s", r.Key(), diff)
		}
	}
}

// showRow writes a row of a result as show does.
func (c *correlated) showRow(t *testing.T, row map[string]string) string {
	t.Helper()
	at, err := strconv.ParseFloat(row["_time"], 64)
	if err != nil {
		t.Fatalf("%v has no time", row)
	}
	start, err := time.Parse("2006-01-02T15:04:05-0700", row["start_time"])
	if err != nil {
		t.Fatal(err)
	}
	line := c.span(start, time.Unix(int64(at), 0)) // whole seconds are shown
	for _, g := range c.compiled.Query.(*splunk.Query).About {
		line += fmt.Sprintf(" %q", row[g])
	}
	return line
}

func (c *correlated) show(firings []compiler.Firing) []string {
	var lines []string
	for _, f := range firings {
		line := c.span(f.First, f.Last)
		for _, g := range f.Group {
			line += fmt.Sprintf(" %q", g.Value)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

// span leaves out the beginning of what a temporal correlation finds: its search tells when the rules have hit last, which
// can be after the first event in the window.
func (c *correlated) span(first, last time.Time) string {
	switch c.compiled.Correlation.Correlation.Kind {
	case ir.Temporal, ir.TemporalOrdered:
		return clock(last) + ":"
	default:
		return clock(first) + " to " + clock(last) + ":"
	}
}

// scheduledText is the search of the stanza.
func scheduledText(t *testing.T, c *target.Compiled) string {
	t.Helper()
	for _, line := range strings.Split(stanzaOf(t, c), "\n") {
		if text, ok := strings.CutPrefix(line, "search = "); ok {
			return text
		}
	}
	t.Fatal("a stanza without a search")
	return ""
}

func stanzaOf(t *testing.T, c *target.Compiled) string {
	t.Helper()
	format, _ := c.Target.Format("savedsearches")
	stanza, err := format.Rule(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(stanza)
}

// decodedRecord has its numbers as they are written, as all events that are read do.
func decodedRecord(t *testing.T, record map[string]any) map[string]any {
	t.Helper()
	text, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var out map[string]any
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// fire asks the meaning.
func (c *correlated) fire(t *testing.T, records []eval.Event) []compiler.Firing {
	t.Helper()
	var text []byte
	for _, r := range records {
		line, err := json.Marshal(r.Record)
		if err != nil {
			t.Fatal(err)
		}
		text = append(append(text, line...), '\n')
	}
	events, err := compiler.ReadEvents(text, "eventhub")
	if err != nil {
		t.Fatal(err)
	}
	firings, err := c.program.Fire(c.rule, events)
	if err != nil {
		t.Fatal(err)
	}
	return firings
}

// splunkCorrelated compiles a file for Splunk; it returns nil where a threshold is impossible.
func splunkCorrelated(t *testing.T, rules string) *correlated {
	t.Helper()
	in := compiler.Input{File: source.NewFile("rules.yml", []byte(rules)), Path: "rules.yml"}
	c := &correlated{program: compiler.Load([]compiler.Input{in}, compiler.Options{Lists: studyLists()})}
	c.rule = c.program.Rules[len(c.program.Rules)-1]
	out := c.program.Compile([]*target.Target{splunk.Target()}, compiler.CompileOptions{})
	for _, d := range c.program.Diagnostics() {
		if d.ID == "correlation/impossible-threshold" {
			return nil
		}
		if d.Severity == diag.Error {
			t.Fatalf("%s: %s\n%s", d.ID, d.Message, rules)
		}
	}
	for _, compiled := range out[0].Compiled {
		if compiled.Correlation != nil {
			c.compiled = compiled
		}
	}
	return c
}
