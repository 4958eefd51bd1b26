package targets_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/report"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Each case of testdata/correlation holds correlations, what becomes of them, and events: what fires by the meaning must
// be what the queries find.
func TestCorrelationCases(t *testing.T) {
	golden.Run(t, "../testdata/correlation", func(t *testing.T, c *golden.Case) {
		lists := map[string]*list.List{}
		for _, name := range c.Files() {
			switch name {
			case "rule.yml", "events.ndjson":
			case "lists.json": // which targets keep
				lists = compiler.Values(readLists(t, c.File(name)))
				keptLists(lists)
			case "schedules.json":
				addSchedules(lists, readSchedules(t, c.File(name)))
			default:
				t.Fatalf("the case has a file %q, which nothing reads", name)
			}
		}
		k := compileCorrelations(c.File("rule.yml"), lists, compiler.CompileOptions{})
		s, records := readStudy(t, c.File("events.ndjson"))
		var fired strings.Builder
		for _, r := range k.program.Rules {
			if r.IsCorrelation() && r.OK() {
				firings := fire(t, k.program, r, records)
				for _, f := range firings {
					fired.WriteString(firingLine(t, r, f) + "\n")
				}
				k.judge(t, r, s, firings)
				k.judgeSPL(t, r, s, firings)
			}
		}
		c.Out("fire", fired.String())
		sentinel, azure := queries(k.compiled["sentinel"]), queries(k.compiled["azuremonitor"])
		c.Out("sentinel", sentinel)
		if azure != "" && azure == sentinel {
			azure = "same as sentinel"
		}
		c.Out("azuremonitor", azure)
		c.Out("splunk", queries(k.compiled["splunk"]))
		if strings.HasPrefix(c.Name, "scheduled") {
			compiled := k.compiled["sentinel"][0]
			c.Out("scheduled", kusto.ScheduleOf(compiled).Guard(compiled.Query.(*kusto.Query)))
			c.Out("savedsearch", stanzaOf(t, k.compiled["splunk"][0]))
		}
		var diags bytes.Buffer
		if err := report.Text(&diags, k.program.Diagnostics(), report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		c.Out("diag", diags.String())
	})
}

// judge compares the firings of a correlation with what the query for Sentinel, if there is one, finds.
func (k *correlations) judge(t *testing.T, r *compiler.Rule, s study, firings []compiler.Firing) {
	t.Helper()
	for _, compiled := range k.compiled["sentinel"] {
		if compiled.Key() != r.Key() {
			continue
		}
		c := &correlated{program: k.program, rule: r, compiled: compiled}
		rows, err := c.rows(s.records)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.run(compiled.Text, s, rows, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(show(firings), got); diff != "" {
			t.Errorf("%s: the query differs from the meaning (-meaning +query):\n%s", r.Key(), diff)
		}
	}
}

func queries(compiled []*target.Compiled) string {
	var all []string
	for _, c := range compiled {
		all = append(all, c.Text)
	}
	return strings.Join(all, "\n")
}

// readStudy reads events: each with its time, which the record gets too.
func readStudy(t *testing.T, text []byte) (study, []byte) {
	t.Helper()
	var s study
	var all []byte
	for line := range bytes.Lines(text) {
		var e struct {
			Time  time.Time      `json:"time"`
			Event map[string]any `json:"event"`
		}
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		if err := d.Decode(&e); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		e.Event["time"] = e.Time.Format(time.RFC3339Nano)
		s.records, s.times, s.arrived = append(s.records, e.Event), append(s.times, e.Time), append(s.arrived, e.Time)
		record, err := json.Marshal(e.Event)
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(all, record...), '\n')
	}
	return s, all
}

func fire(t *testing.T, p *compiler.Program, r *compiler.Rule, text []byte) []compiler.Firing {
	t.Helper()
	events, err := compiler.ReadEvents(text, "auto")
	if err != nil {
		t.Fatal(err)
	}
	firings, err := p.Fire(r, events)
	if err != nil {
		t.Fatal(err)
	}
	return firings
}

// firingLine is what sigc eval writes of a firing in JSON.
func firingLine(t *testing.T, r *compiler.Rule, f compiler.Firing) string {
	t.Helper()
	group := map[string]string{}
	for _, g := range f.Group {
		group[g.Name] = g.Value
	}
	var fields []string
	for _, name := range slices.Sorted(maps.Keys(group)) {
		fields = append(fields, fmt.Sprintf("%q:%q", name, group[name]))
	}
	line, err := json.Marshal(struct {
		Rule   string          `json:"rule"`
		Group  json.RawMessage `json:"group"`
		First  time.Time       `json:"first"`
		Last   time.Time       `json:"last"`
		Events []int           `json:"events"`
	}{r.Key(), json.RawMessage("{" + strings.Join(fields, ",") + "}"), f.First, f.Last, f.Events})
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}
