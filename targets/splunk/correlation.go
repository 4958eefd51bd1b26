package splunk

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
)

// A correlation is one search: the events of all its rules, however many logs they are in, with a flag for each rule
// (events.go). An inner correlation is a step on the way that flags the events at which it fires, so that nothing is
// searched twice and no subsearch cuts anything off (stage.go). What a window holds is found in windows.go and sweep.go.

// correlation writes a bound correlation as a search. Its rows are the times when a group fires.
func (p *platform) correlation(bound *target.BoundCorrelation) *Query {
	q := p.correlate(bound, false)
	q.scheduled = p.correlate(bound, true).text
	for _, r := range bound.Detections() {
		q.Scopes = append(q.Scopes, p.choice.Data(r.Log).Scope())
	}
	return q
}

func (p *platform) correlate(bound *target.BoundCorrelation, scheduled bool) *Query {
	c := &correlator{builder: &builder{taken: map[string]bool{}}, platform: p, scheduled: scheduled, raw: map[string]bool{}}
	for _, name := range []string{"_time", startColumn, newColumn} {
		c.taken[name] = true
	}
	for _, r := range bound.Detections() {
		for _, column := range r.Log.Columns {
			path := p.choice.Data(r.Log).Field(column).Path
			c.taken[path], c.raw[path] = true, true
		}
		c.addRule(r)
	}
	last := c.stage(bound, nil)
	c.nameFlags()
	c.events(last)
	last.run()
	return last.result()
}

// Names of fields that every correlation has.
const (
	startColumn = "start_time"
	// newColumn is the time of an event that has been indexed since the last run, and 0 of others.
	newColumn = "new_time"
)

// correlator writes one correlation.
type correlator struct {
	*builder
	*platform
	scheduled bool // a run is told only what the one before could not know
	rules     []*ruleFlag
	stages    []*stage        // inner ones first
	raw       map[string]bool // fields of the records that are not fields of the correlation
}

// ruleFlag is a rule that correlations are about, each once.
type ruleFlag struct {
	bound *target.Bound
	flag  string // the field that is 1 for the events it matches; "" when it is the only one
}

func (c *correlator) addRule(bound *target.Bound) {
	if c.rule(bound) == nil {
		c.rules = append(c.rules, &ruleFlag{bound: bound})
	}
}

func (c *correlator) rule(bound *target.Bound) *ruleFlag {
	i := slices.IndexFunc(c.rules, func(m *ruleFlag) bool { return m.bound.Rule == bound.Rule })
	if i < 0 {
		return nil
	}
	return c.rules[i]
}

// nameFlags names the flags after the fields of the groups have got their names, which the analyst reads.
func (c *correlator) nameFlags() {
	if len(c.rules) > 1 {
		for _, m := range c.rules {
			m.flag = c.unique("is_" + called(m.bound.Rule.Meta))
		}
	}
	for _, s := range c.stages {
		if !s.last {
			s.fires = c.unique("fires_" + called(s.rule.Meta))
			s.belongs = c.unique("in_" + called(s.rule.Meta))
		}
	}
}

// called is what fields call a rule.
func called(m *ir.Meta) string {
	if m.Name.Value != "" {
		return snake(m.Name.Value)
	}
	return snake(m.Title.Value)
}

// stage is a correlation: the one that is written, or one that it is about.
type stage struct {
	*correlator
	bound *target.BoundCorrelation
	rule  *ir.Correlation
	last  bool
	inner []*stage // by member; nil for a rule
	parts []*part

	groups, values []string // fields of the group-by and value fields
	fires          string   // for an inner one, the field that is 1 for the rows at which it fires
	belongs        string   // for an inner one, the field that is 1 for the rows it is about; the others pass by
	hits           []string // the fields that say which members the item of a row matches; "" for one that all match
	part           string   // where items have become rows of their own, the field that says which part a row is of
	nth            string   // where events have become several rows that later ones need, the field that is 1 for the first
	fresh          string   // the field that has the time of an item with a new event

	first  string // the field that is 1 for the first row of a time, where there can be several
	start  expr   // when what fires has begun
	number string // the field with the number that the condition is about, where there is one
}

func (c *correlator) stage(bound *target.BoundCorrelation, outer *stage) *stage {
	s := &stage{correlator: c, bound: bound, rule: bound.Correlation, last: outer == nil, fresh: newColumn}
	s.parts = partsOf(bound)
	s.nameFields()
	for _, in := range bound.Inner {
		if in == nil {
			s.inner = append(s.inner, nil)
		} else {
			s.inner = append(s.inner, c.stage(in, s))
		}
	}
	c.stages = append(c.stages, s)
	return s
}

// part is members whose events come alike: rules that find the fields of the correlation in the same places of one log,
// or one inner correlation.
type part struct {
	members []int
	inner   bool
	keys    []string // where its group-by and value fields are before the parts are put together
}

func partsOf(bound *target.BoundCorrelation) []*part {
	var parts []*part
	byKey := map[string]*part{}
	for i, r := range bound.Rules {
		key := "inner " + strconv.Itoa(i)
		if r != nil {
			key = spelling(bound, i, append(slices.Clone(bound.GroupBy), bound.Values...))
		}
		p := byKey[key]
		if p == nil {
			p = &part{inner: r == nil}
			byKey[key] = p
			parts = append(parts, p)
		}
		p.members = append(p.members, i)
	}
	return parts
}

// spelling says where a member has fields.
func spelling(bound *target.BoundCorrelation, member int, fields [][]target.Ref) string {
	key := bound.Rules[member].Log.Name
	for _, refs := range fields {
		key += "\x00" + refs[member].Canonical
	}
	return key
}

// overlap reports whether one row can be of both parts. Records of different categories are different events.
func (s *stage) overlap(p, q *part) bool {
	return p.inner || q.inner || s.sameRecords(s.bound.Rules[p.members[0]], s.bound.Rules[q.members[0]])
}

// exploding reports whether the parts have to become rows of their own.
func (s *stage) exploding() bool {
	for i, p := range s.parts {
		for _, q := range s.parts[:i] {
			if s.overlap(p, q) {
				return true
			}
		}
	}
	return false
}

// seconds writes a length of time.
func seconds(d time.Duration) expr { return &numeral{fmt.Sprint(int64(d / time.Second))} }

// windowStart is the oldest time that the window of a row can hold.
func (s *stage) windowStart() expr { return &binary{"-", ref("_time"), seconds(s.rule.Window)} }

// inWindow tests that a time, which may be absent, lies in the window.
func (s *stage) inWindow(at expr) expr {
	return is(fn("coalesce", at, &numeral{"0"}), ">=", s.windowStart())
}
