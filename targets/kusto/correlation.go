package kusto

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target"
)

// NewCorrelation writes a bound correlation as KQL. Its windows slide, exactly: see windows.go; or they are fixed: see
// bins.go.
func NewCorrelation(bound *target.BoundCorrelation) *Query {
	q := correlate(bound, nil)
	q.guarded = func(s Schedule) string { return correlate(bound, &s).text }
	return q
}

// Names of columns that the queries make. A field of a correlation never has one of them.
const (
	timeColumn    = "TimeGenerated"
	startColumn   = "StartTime"   // of the window
	earlierColumn = "EarlierTime" // of the event that stands before the window, if that is full
	eventColumn   = "EventTime"   // of an event in the window
	newColumn     = "IsNew"       // the record has been ingested since the last run, where a schedule asks
	groupColumn   = "SameGroup"   // the row before is of the same group
	beforeSuffix  = "Before"      // a number without the events of the last time
	eventsBefore  = "EventsBefore"
	pastColumn    = "PastCount" // in all past windows of a baseline together
	averageColumn = "AverageBefore"
	allColumn     = "AllEvents" // the key of the join when there is no group-by field
	eventsName    = "Events"    // the let of the events
)

var ownNames = []string{
	timeColumn, startColumn, earlierColumn, eventColumn, newColumn, groupColumn, eventsBefore, pastColumn, averageColumn, allColumn,
	eventsName, countName, addedColumn, addedNewColumn, nextColumn, periodColumn, stepColumn, momentColumn, changeColumn,
	sameValueColumn, heldColumn, newSoFarColumn,
}

// correlate writes the query. With a schedule, it keeps what fires because of events that have arrived since the last
// run.
func correlate(bound *target.BoundCorrelation, schedule *Schedule) *Query {
	s := newScript(bound)
	defer s.release()
	c := newCorrelator(s, bound)
	if schedule != nil {
		c.schedule, s.since, s.run = schedule, schedule.since(), schedule
	}
	rows := c.firings()
	if s.since != nil {
		rows.Ops = narrow(rows.Ops, name(newColumn))
	}
	rows.Lets = c.lets
	rows.Header = c.header()
	q := &Query{Entities: c.project(rows)}
	q.Columns, q.text = c.projected, rows.String()
	return q
}

// script is what the parts of one query share: the let statements.
type script struct {
	watchlists watchlists
	builders   []*builder
	lets       []kql.Let
	names      map[string]bool // of the lets
	inner      map[*ir.Correlation]*correlator
	since      kql.Expr  // when the last run was, where a schedule asks: rows then say whether they are new
	run        *Schedule // which one asks
}

func newScript(bound *target.BoundCorrelation) *script {
	w := watch(bound.Detections()...)
	s := &script{watchlists: w, lets: slices.Clone(w.lets), names: map[string]bool{}, inner: map[*ir.Correlation]*correlator{}}
	for _, log := range bound.Logs() {
		s.names[log.Name] = true
	}
	for _, l := range w.lets {
		s.names[l.Name] = true
	}
	return s
}

// builder returns a builder for one of the rules.
func (s *script) builder(rule *target.Bound) *builder {
	b := newBuilder(rule, s.watchlists)
	s.builders = append(s.builders, b)
	return b
}

// release gives the builders back, when the query has been printed.
func (s *script) release() {
	for _, b := range s.builders {
		b.release()
	}
}

// let gives rows a name. What is read several times is worked out once.
func (s *script) let(name string, rows *kql.Query, several bool) kql.Source {
	name = free(s.names, name)
	if several {
		rows = &kql.Query{Source: &kql.CallSource{Call: &kql.Call{Func: "materialize", Args: []kql.Expr{&kql.Subquery{Query: rows}}}}}
	}
	s.lets = append(s.lets, kql.Let{Name: name, Query: rows})
	return &kql.Table{Name: name}
}

// free returns the name, with a number when it is taken, and takes it.
func free(taken map[string]bool, name string) string {
	candidate := name
	for n := 2; taken[candidate]; n++ {
		candidate = name + itoa(n)
	}
	taken[candidate] = true
	return candidate
}

// correlator writes one correlation.
type correlator struct {
	*script
	bound    *target.BoundCorrelation
	rule     *ir.Correlation
	schedule *Schedule // of the outermost correlation, where it is asked for
	prefix   string    // of the names of let statements
	taken    map[string]bool

	groups []string // columns of the group-by fields
	values []string // columns of the fields of a value_* correlation
	hits   []string // of a temporal correlation: columns that say which member an event matches

	rows      kql.Source // the let of the times when it fires, of an inner correlation
	projected []string
}

func newCorrelator(s *script, bound *target.BoundCorrelation) *correlator {
	c := &correlator{script: s, bound: bound, rule: bound.Correlation, taken: map[string]bool{}}
	for _, n := range ownNames {
		c.taken[n] = true
	}
	for _, l := range s.watchlists.lets {
		c.taken[l.Name] = true
	}
	c.nameColumns()
	return c
}

// nameColumns gives the fields of the correlation their columns. A field that is a column of the table keeps its name.
func (c *correlator) nameColumns() {
	number := c.numberColumn()
	c.taken[number], c.taken[number+beforeSuffix] = true, true
	for i, k := range c.rule.GroupBy {
		c.groups = append(c.groups, free(c.taken, keyName(k, c.bound.GroupBy[i])))
	}
	for i, k := range c.rule.Values {
		g := slices.IndexFunc(c.rule.GroupBy, func(g ir.GroupKey) bool { return g.Name == k.Name })
		if g >= 0 && c.conversion() == "" && !slices.ContainsFunc(c.bound.Values[i], several) {
			c.values = append(c.values, c.groups[g])
			continue
		}
		c.values = append(c.values, free(c.taken, keyName(k, c.bound.Values[i])))
	}
	if !c.temporal() {
		return
	}
	for _, log := range c.bound.Logs() { // these are added to the rows of the tables
		for _, column := range log.Columns {
			c.taken[column.Name] = true
		}
	}
	for _, m := range c.rule.Members {
		c.hits = append(c.hits, free(c.taken, "Is"+memberColumn(m)))
	}
}

// field is a field of the correlation: its column, and what it is for each member.
type field struct {
	column string
	refs   []target.Ref
}

// fields are those of the groups and then those of the values.
func (c *correlator) fields() []field {
	var out []field
	for k, column := range c.groups {
		out = append(out, field{column, c.bound.GroupBy[k]})
	}
	for k, column := range c.values {
		out = append(out, field{column, c.bound.Values[k]})
	}
	return out
}

func (c *correlator) temporal() bool {
	return c.rule.Kind == ir.Temporal || c.rule.Kind == ir.TemporalOrdered
}

// keyName names the column of a field: as it is called in the log, where all members call it the same.
func keyName(k ir.GroupKey, refs []target.Ref) string {
	for _, ref := range refs {
		if ref.Canonical == "" || ref.Canonical != refs[0].Canonical {
			return columnName(k.Name)
		}
	}
	return columnName(refs[0].Canonical)
}

// memberColumn is what column names call a member.
func memberColumn(m ir.Member) string {
	called := m.Meta().Name.Value
	if called == "" {
		called = m.Meta().Title.Value
	}
	return columnName(strings.ReplaceAll(called, "_", " "))
}

// header is the comment above the query. That fixed windows miss something stands first.
func (c *correlator) header() []kql.Comment {
	lines := c.builders[0].header(c.rule.Meta)
	if c.bound.Bins {
		return append([]kql.Comment{{c.bound.Fixed()}}, lines...)
	}
	return append(lines, c.summary()...)
}

// summary says what sliding windows are.
func (c *correlator) summary() []kql.Comment {
	lines := []kql.Comment{{"sliding window of ", ir.Timespan(c.rule.Window), " that ends at each event"}}
	if b := c.rule.Baseline; b != nil {
		percent := strconv.FormatFloat(b.Percent, 'f', -1, 64)
		than := fmt.Sprintf("the average of %d such windows before it, %s apart", b.Periods, ir.Timespan(b.Every))
		if b.Periods == 1 {
			than = "the window " + ir.Timespan(b.Every) + " before it"
		}
		lines = append(lines, kql.Comment{"more than ", percent, "% above ", than})
	}
	if c.bySweep() {
		lines = append(lines, kql.Comment{"Step: an event counts from its time (1) until it leaves the window (-1)"})
	}
	if c.rule.Kind == ir.TemporalOrdered {
		lines = append(lines, kql.Comment{"Began...: how late a sequence that has come as far as this rule can have begun"})
	}
	return lines
}

// project ends the query: the time of the last event, the beginning, the group and the number found.
func (c *correlator) project(q *kql.Query) []Entity {
	c.projected = append([]string{timeColumn, startColumn}, c.groups...)
	if n := c.numberColumn(); n != "" {
		c.projected = append(c.projected, n)
	}
	var extend []kql.Assign
	if b := c.rule.Baseline; b != nil {
		average := name(pastColumn)
		if b.Periods > 1 {
			average = binary(average, "/", &kql.Number{Text: itoa(b.Periods) + ".0"})
		}
		extend = append(extend, kql.Assign{Name: averageColumn, X: average})
	}
	entities := c.entities(&extend)
	if len(extend) > 0 {
		q.Ops = append(q.Ops, &kql.Extend{Columns: extend})
	}
	for _, e := range extend {
		c.projected = append(c.projected, e.Name)
	}
	p := &kql.Project{}
	for _, col := range c.projected {
		p.Columns = append(p.Columns, kql.Assign{X: name(col)})
	}
	q.Ops = append(q.Ops, p)
	return entities
}

// entities are those that the group-by fields identify in the log of the first member that is a rule.
func (c *correlator) entities(extend *[]kql.Assign) []Entity {
	member := slices.IndexFunc(c.bound.Rules, func(r *target.Bound) bool { return r != nil })
	if member < 0 {
		return nil
	}
	column := map[string]string{}
	for k, refs := range c.bound.GroupBy {
		column[refs[member].Canonical] = c.groups[k]
	}
	var out []Entity
	customs := customsOf(c.bound.Rules[member].Log)
	identifiers := customs.identifiers
	for _, e := range customs.entities {
		entity, n := Entity{Type: e.Type}, len(e.Identifiers)
		for _, id := range identifiers[:n] {
			col, ok := column[id.field]
			if !ok {
				continue
			}
			of := ""
			if id.half != whole {
				of = col
				part := id.half.of(col, id.field)
				col = free(c.taken, columnName(id.field+"@"+id.name))
				*extend = append(*extend, kql.Assign{Name: col, X: part})
			}
			entity.Identifiers = append(entity.Identifiers, Identifier{id.name, col, of})
		}
		if entity.Strong() {
			out = append(out, entity)
		}
		identifiers = identifiers[n:]
	}
	return out
}

// numberColumn is the column of the number that the condition is about, or of the number of events; "" where the query
// has neither.
func (c *correlator) numberColumn() string {
	switch {
	case c.byRow():
		return ""
	case c.temporal(), c.rule.Kind == ir.EventCount:
		return countName
	default:
		return numberName(c.rule.Kind)
	}
}

const countName = "EventCount"

func numberName(k ir.CorrelationKind) string {
	words := strings.Split(k.String(), "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}
