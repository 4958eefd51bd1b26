package targets_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
	"github.com/sigc-rules/sigc/targets/kusto"
	kqljudge "github.com/sigc-rules/sigc/targets/kusto/judge"
)

// Random correlations fire in KQL when, and only when, they fire by their meaning; the scheduled query tells of those
// whose last event has arrived since the last run. For a longer search: go test -fuzz Correlations ./targets
func TestCorrelations(t *testing.T) {
	var judged, fired, told int
	for seed := range uint64(250) {
		n, m, ok := judgeStudy(t, seed)
		if ok {
			judged, fired, told = judged+1, fired+n, told+m
		}
	}
	t.Logf("%d correlations, which fire %d times; %d firings told by schedules", judged, fired, told)
	if judged < 200 || fired < 400 || told < 100 {
		t.Error("that proves little")
	}
}

func FuzzCorrelations(f *testing.F) {
	f.Add(uint64(1_000_000))
	f.Fuzz(func(t *testing.T, seed uint64) { judgeStudy(t, seed) })
}

// judgeStudy compares, for one seed, the meaning with the bare and the scheduled query. It is not ok where the
// correlation is impossible.
func judgeStudy(t *testing.T, seed uint64) (fired, told int, ok bool) {
	t.Helper()
	s := randomStudy(seed)
	c, err := newCorrelated(s.rules)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, s.rules)
	}
	if c == nil {
		return 0, 0, false
	}
	var text []byte
	for _, r := range s.records {
		line, err := json.Marshal(r)
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
	want := show(firings)
	rows, err := c.rows(s.records)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.run(c.compiled.Text, s, rows, nil)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s\n%s", seed, err, s.rules, c.compiled.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("seed %d: the query differs from the meaning (-meaning +query):\n%s\n%s\n%s\n%s", seed, diff, outermost(s.rules), c.compiled.Text, text)
	}
	schedule := kusto.ScheduleOf(c.compiled)
	guarded := schedule.Guard(c.compiled.Query.(*kusto.Query))
	if got, err = c.run(guarded, s, rows, &schedule); err != nil {
		t.Fatalf("seed %d: %v\n%s\n%s", seed, err, s.rules, guarded)
	}
	toTell := show(c.toTell(t, s, events, schedule))
	if diff := cmp.Diff(toTell, got); diff != "" {
		t.Fatalf("seed %d: the scheduled query at %s differs (-meaning +query):\n%s\n%s\n%s", seed, s.now, diff, outermost(s.rules), guarded)
	}
	return len(want), len(toTell), true
}

// toTell is what a run of the schedule must tell: of the firings that the events which have arrived so far show, those
// for which some event has arrived since the last run.
func (c *correlated) toTell(t *testing.T, s study, events []*compiler.Event, schedule kusto.Schedule) []compiler.Firing {
	t.Helper()
	var here []*compiler.Event
	var arrived []time.Time
	for i, e := range events {
		if !s.arrived[i].After(s.now) {
			here, arrived = append(here, e), append(arrived, s.arrived[i])
		}
	}
	firings, err := c.program.Fire(c.rule, here)
	if err != nil {
		t.Fatal(err)
	}
	minutes := func(n int) time.Time { return s.now.Add(-time.Duration(n) * time.Minute) }
	return slices.DeleteFunc(firings, func(f compiler.Firing) bool {
		fresh := slices.ContainsFunc(f.Events, func(i int) bool { return arrived[i].After(minutes(schedule.Frequency)) })
		return !fresh || !f.Last.After(minutes(schedule.Frequency+schedule.Allowance))
	})
}

// correlated is a correlation that has been compiled: the last one of a file.
type correlated struct {
	program  *compiler.Program
	rule     *compiler.Rule
	compiled *target.Compiled
}

// correlations is a file of rules, compiled for the platforms that have correlations.
type correlations struct {
	program  *compiler.Program
	compiled map[string][]*target.Compiled // by target
}

func compileCorrelations(rules []byte, lists map[string]*list.List, opts compiler.CompileOptions) *correlations {
	in := compiler.Input{File: source.NewFile("rule.yml", rules), Path: "rule.yml"}
	k := &correlations{compiler.Load([]compiler.Input{in}, compiler.Options{Lists: lists}), map[string][]*target.Compiled{}}
	list := slices.DeleteFunc(targets.All(), func(t *target.Target) bool { return t.Correlation == nil })
	for _, out := range k.program.Compile(list, opts) {
		k.compiled[out.Target.Name] = out.Compiled
	}
	return k
}

// newCorrelated compiles a file for Sentinel; it returns nil where a threshold is impossible.
func newCorrelated(rules string) (*correlated, error) {
	k := compileCorrelations([]byte(rules), studyLists(), compiler.CompileOptions{})
	for _, d := range k.program.Diagnostics() {
		if d.ID == "correlation/impossible-threshold" {
			return nil, nil
		}
		if d.Severity == diag.Error && d.Target != "azuremonitor" {
			return nil, fmt.Errorf("%s: %s", d.ID, d.Message)
		}
	}
	c := &correlated{program: k.program, rule: k.program.Rules[len(k.program.Rules)-1]}
	for _, compiled := range k.compiled["sentinel"] {
		if compiled.Correlation != nil {
			c.compiled = compiled
		}
	}
	return c, nil
}

// rows are the rows that the records become, for each log of the correlation; nil for a record of another log.
func (c *correlated) rows(records []map[string]any) (map[*schema.Log][][]any, error) {
	out := map[*schema.Log][][]any{}
	for _, log := range c.compiled.Logs() {
		out[log] = nil
		for _, record := range records {
			var cells []any
			if row, ok := form.Row(log, record); ok {
				one, err := kqljudge.Table(log, row)
				if err != nil {
					return nil, err
				}
				cells = one.Rows[0]
			}
			out[log] = append(out[log], cells)
		}
	}
	return out, nil
}

// run runs a query over the rows. With a schedule it is given only what that lets it see.
func (c *correlated) run(text string, s study, rows map[*schema.Log][][]any, schedule *kusto.Schedule) ([]string, error) {
	q, err := kqljudge.Parse(text)
	if err != nil {
		return nil, err
	}
	db := map[string]eval.Table{}
	for log, all := range rows {
		table, err := kqljudge.Table(log)
		if err != nil {
			return nil, err
		}
		table.Columns = append(table.Columns, eval.Column{Name: eval.IngestionTime, Type: "datetime"})
		for i, cells := range all {
			seen := schedule == nil || !s.arrived[i].After(s.now) && !s.times[i].Before(s.now.Add(-time.Duration(schedule.Period())*time.Minute))
			if cells != nil && seen {
				table.Rows = append(table.Rows, append(slices.Clip(cells), s.arrived[i]))
			}
		}
		db[log.Name] = table
	}
	kqljudge.Watchlists(c.compiled, db)
	result, err := eval.RunAt(q, db, s.now)
	if err != nil {
		return nil, err
	}
	var lines []string
	groups := len(c.compiled.Correlation.GroupBy)
	for _, row := range result.Rows {
		line := fmt.Sprintf("%s to %s:", clock(row[1].(time.Time)), clock(row[0].(time.Time)))
		for _, v := range row[2 : 2+groups] {
			line += fmt.Sprintf(" %q", v)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines, nil
}

func show(firings []compiler.Firing) []string {
	var lines []string
	for _, f := range firings {
		line := fmt.Sprintf("%s to %s:", clock(f.First), clock(f.Last))
		for _, g := range f.Group {
			line += fmt.Sprintf(" %q", g.Value)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

func clock(t time.Time) string { return t.UTC().Format("02 15:04:05") }

// outermost is the file without the detection rules, which are always the same.
func outermost(rules string) string {
	i := strings.Index(rules, "correlation:")
	return rules[strings.LastIndex(rules[:i], "title:"):]
}
