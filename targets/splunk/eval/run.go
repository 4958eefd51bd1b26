package eval

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Reading says how Splunk behaves where its documentation is silent.
type Reading struct {
	// NullText: a JSON null becomes the text "null" in extracted fields and in what spath gives; otherwise no value.
	NullText bool
	// ExpandDrops: mvexpand drops a row without the field; otherwise it stays.
	ExpandDrops bool
	// TiesTurned: sort turns the order of rows that are equal for it around; otherwise it keeps it.
	TiesTurned bool
}

// Readings are all combinations.
func Readings() []Reading {
	var out []Reading
	for i := range 8 {
		out = append(out, Reading{NullText: i&1 > 0, ExpandDrops: i&2 > 0, TiesTurned: i&4 > 0})
	}
	return out
}

// Run returns the positions of the events that the search finds in this reading, each as often as the result has it. macros
// are the definitions of search macros.
func (r Reading) Run(spl string, events []map[string]any, macros map[string]string) ([]int, error) {
	return r.RunIn(App{Macros: macros}, spl, events)
}

// App is what a search refers to by name.
type App struct {
	Macros    map[string]string   // of search terms
	Functions map[string]Function // macros of expressions, which have an argument
	Lookups   map[string]Lookup
}

// Function is the definition of a macro, in which $Arg$ stands for what it is called with.
type Function struct{ Arg, Definition string }

// RunIn is [Reading.Run] in an app that has lookups too.
func (r Reading) RunIn(app App, spl string, events []map[string]any) ([]int, error) {
	in := make([]Event, len(events))
	for i, e := range events {
		in[i].Record = e
	}
	rows, err := r.rows(spl, Search{App: app, Events: in})
	if err != nil {
		return nil, err
	}
	found := make([]int, len(rows))
	for i, row := range rows {
		found[i] = row.event
	}
	slices.Sort(found)
	return found, nil
}

// Search is what a search is run on.
type Search struct {
	App
	Events []Event
	Until  time.Time // the latest time it is about
}

// Event is an indexed record. Its times may be zero where the search does not ask for them.
type Event struct {
	Record        map[string]any
	Fields        map[string]string // what an add-on extracts from a record that is no JSON
	Time, Indexed time.Time
}

// Results returns the rows of the result with the texts of their fields.
func (r Reading) Results(spl string, s Search) ([]map[string]string, error) {
	rows, err := r.rows(spl, s)
	if err != nil {
		return nil, err
	}
	out := make([]map[string]string, len(rows))
	for i, row := range rows {
		out[i] = map[string]string{}
		for name, v := range row.fields {
			out[i][name] = strings.Join(v.values(), "\n")
		}
	}
	return out, nil
}

func (r Reading) rows(spl string, s Search) ([]row, error) {
	if !utf8.ValidString(spl) {
		return nil, fmt.Errorf("the search is not UTF-8")
	}
	commands, err := parse(spl, s.App)
	if err != nil {
		return nil, err
	}
	rows := make([]row, len(s.Events))
	for i, e := range s.Events {
		fields, err := r.extract(e.Record)
		if err != nil {
			return nil, err
		}
		if e.Fields != nil {
			fields = map[string]value{"index": str("main")}
			for name, text := range e.Fields {
				fields[name] = str(text)
			}
		}
		for name, t := range map[string]time.Time{"_time": e.Time, "_indextime": e.Indexed} {
			if !t.IsZero() {
				fields[name] = moment(t)
			}
		}
		rows[i] = row{event: i, fields: fields}
	}
	for i, c := range commands {
		_, search := c.(*searchCommand)
		if _, model := c.(*tstatsCommand); (search || model) != (i == 0) {
			return nil, fmt.Errorf("command %d: the first command, and only it, is a search", i+1)
		}
		if info, ok := c.(*addinfoCommand); ok {
			info.until = s.Until
		}
		if rows, err = c.run(r, rows); err != nil {
			return nil, fmt.Errorf("command %d: %w", i+1, err)
		}
	}
	return rows, nil
}

// row is a result on its way down the pipeline.
type row struct {
	event  int
	fields map[string]value
}

func (r row) with(name string, v value) row {
	out := row{r.event, make(map[string]value, len(r.fields)+1)}
	for k, f := range r.fields {
		out.fields[k] = f
	}
	if v.isNull() {
		delete(out.fields, name)
	} else {
		out.fields[name] = v
	}
	return out
}

type command interface {
	run(Reading, []row) ([]row, error)
}

type (
	searchCommand struct{ term term }
	whereCommand  struct{ x expr }
	evalCommand   struct {
		names []string
		x     []expr
	}
	spathCommand      struct{ path, output string }
	mvexpandCommand   struct{ field string }
	eventstatsCommand struct {
		of, as []string
		by     string
	}
	dedupCommand  struct{ field string }
	renameCommand struct{ from, to []string }
	tableCommand  struct{ fields []string }
	fieldsCommand struct {
		drop   bool
		fields []string
	}
	addinfoCommand struct{ until time.Time }
)

func (c *searchCommand) run(r Reading, in []row) ([]row, error) {
	var out []row
	for _, row := range in {
		if c.term.holds(row) {
			out = append(out, row)
		}
	}
	return out, nil
}

// where keeps a row when the expression is true (SR where).
func (c *whereCommand) run(r Reading, in []row) ([]row, error) {
	var out []row
	for _, row := range in {
		ok, err := r.truth(c.x, row)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, row)
		}
	}
	return out, nil
}

// eval computes its fields in order; a later one sees an earlier one (SR eval).
func (c *evalCommand) run(r Reading, in []row) ([]row, error) {
	out := make([]row, len(in))
	for i, row := range in {
		for j, name := range c.names {
			v, err := r.eval(c.x[j], row)
			if err != nil {
				return nil, err
			}
			if v.kind == boolean {
				return nil, fmt.Errorf("field %s: a boolean cannot be assigned to a field", name) // SR eval
			}
			row = row.with(name, v)
		}
		out[i] = row
	}
	return out, nil
}

// spath with a path is not subject to extraction_cutoff, which is about its automatic mode (SR spath).
func (c *spathCommand) run(r Reading, in []row) ([]row, error) {
	out := make([]row, len(in))
	for i, row := range in {
		out[i] = row.with(c.output, r.spath(row.fields["_raw"].text, c.path))
	}
	return out, nil
}

func (c *mvexpandCommand) run(r Reading, in []row) ([]row, error) {
	var out []row
	for _, row := range in {
		v := row.fields[c.field]
		switch {
		case v.isNull() && !r.ExpandDrops:
			out = append(out, row)
		case v.kind == multi:
			for _, s := range v.list {
				out = append(out, row.with(c.field, str(s)))
			}
		case !v.isNull():
			out = append(out, row)
		}
	}
	return out, nil
}

func (c *eventstatsCommand) run(r Reading, in []row) ([]row, error) {
	greatest := map[string]value{}
	for _, row := range in {
		for _, f := range c.of {
			v, k := row.fields[f], f+"\x00"+row.fields[c.by].text
			if g, ok := greatest[k]; v.kind == num && (!ok || v.num > g.num) {
				greatest[k] = v
			}
		}
	}
	out := make([]row, len(in))
	for i, row := range in {
		for j, f := range c.of {
			row = row.with(c.as[j], greatest[f+"\x00"+row.fields[c.by].text])
		}
		out[i] = row
	}
	return out, nil
}

// dedup keeps the first row of each value and drops rows without the field (SR dedup).
func (c *dedupCommand) run(r Reading, in []row) ([]row, error) {
	seen := map[string]bool{}
	var out []row
	for _, row := range in {
		v, ok := row.fields[c.field]
		if ok && !seen[v.text] {
			seen[v.text] = true
			out = append(out, row)
		}
	}
	return out, nil
}

func (c *renameCommand) run(r Reading, in []row) ([]row, error) {
	out := make([]row, len(in))
	for i, row := range in {
		for j, from := range c.from {
			v := row.fields[from]
			row = row.with(from, value{}).with(c.to[j], v)
		}
		out[i] = row
	}
	return out, nil
}

func (c *tableCommand) run(r Reading, in []row) ([]row, error) {
	for _, f := range c.fields {
		if strings.ContainsAny(f, ".{}") {
			return nil, fmt.Errorf("column %s: throttling takes no such name", f)
		}
	}
	return (&fieldsCommand{fields: c.fields}).only(in, false), nil
}

// fields keeps the internal fields, whose names begin with an underscore, unless it is told to drop them (SR fields).
func (c *fieldsCommand) run(r Reading, in []row) ([]row, error) {
	if !c.drop {
		return c.only(in, true), nil
	}
	out := make([]row, len(in))
	for i, row := range in {
		for _, f := range c.fields {
			row = row.with(f, value{})
		}
		out[i] = row
	}
	return out, nil
}

func (c *fieldsCommand) only(in []row, internal bool) []row {
	out := make([]row, len(in))
	for i, r := range in {
		out[i] = row{r.event, map[string]value{}}
		for name, v := range r.fields {
			if internal && strings.HasPrefix(name, "_") || slices.Contains(c.fields, name) {
				out[i].fields[name] = v
			}
		}
	}
	return out
}

// addinfo gives the latest time of the search as info_max_time (SR addinfo).
func (c *addinfoCommand) run(r Reading, in []row) ([]row, error) {
	if c.until.IsZero() {
		return nil, fmt.Errorf("this search has no latest time")
	}
	out := make([]row, len(in))
	for i, row := range in {
		out[i] = row.with("info_max_time", moment(c.until))
	}
	return out, nil
}
