package ir

import (
	"time"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Correlation is a rule about several events, of which each matches one of its members.
//
// # Meaning
//
// The matching events are divided into groups by the texts of the group-by fields. An event that lacks one of them is in
// no group, and one that has an empty text there lacks it, as a table of most platforms cannot tell the two apart.
// Nothing else is done to the texts: case matters. An event that has several values there is in each of their groups.
//
// The window of a time is the events of the group at that time and before it, by no more than Window. Events of one time
// come together, for the order in which they are listed says nothing. A group fires at a time when its window satisfies
// the condition and would not without the events of that very time. So a burst is found wherever it begins, no bins cut
// it, and as long as older events of the window suffice it is not told again.
//
// Two rules that match one event speak of one event. An event without the value of a value_* correlation, or whose value
// is no number where one is calculated with, is no event of the correlation; an empty text is no value.
type Correlation struct {
	*Meta
	Kind    CorrelationKind
	Members []Member // in the order of the rule
	Window  time.Duration
	GroupBy []GroupKey

	// Values are the fields that a value_* correlation looks at; several mean their distinct combinations.
	Values []GroupKey
	// Percentile belongs to ValuePercentile: 0 to 100.
	Percentile float64

	// Thresholds must all hold for the number that the kind says.
	Thresholds []Threshold
	// Presence, when set, replaces Thresholds for Temporal and TemporalOrdered: which members must have hit.
	Presence Presence

	Baseline *Baseline
	// Generate says that the members are also emitted as rules of their own.
	Generate bool
	WindowAt source.Span
}

// CorrelationKind says what number the thresholds are about.
type CorrelationKind int

const (
	EventCount      CorrelationKind = iota // events
	ValueCount                             // distinct values
	Temporal                               // members that have hit
	TemporalOrdered                        // the same, and the members have hit in their order; one event may be several steps
	ValueSum                               // exact, as all numbers here
	ValueAvg
	ValuePercentile // by nearest rank: one of the values
	ValueMedian     // percentile 50
)

func (k CorrelationKind) String() string {
	return [...]string{
		"event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_avg", "value_percentile", "value_median",
	}[k]
}

// Member is a rule that a correlation is about: either a detection rule or another correlation. Each time that it fires,
// that counts as an event of its own, with the group-by fields and the time of the last event.
type Member struct {
	Rule        *Rule
	Correlation *Correlation
	Name        string // as the correlation calls it
	At          source.Span
}

// Meta returns what the member says about itself.
func (m Member) Meta() *Meta {
	if m.Rule != nil {
		return m.Rule.Meta
	}
	return m.Correlation.Meta
}

// GroupKey is a field that all members have, under a name of its own for each where it is an alias.
type GroupKey struct {
	Name   string
	Fields []*Field // one for each member
	At     source.Span
}

// Threshold is a relation to a number. Unlike [Compare] it knows "not equal".
type Threshold struct {
	Op     CompareOp
	Not    bool // with Eq: not equal
	Number Number
	At     source.Span
}

// Holds reports whether the number is in the relation.
func (t Threshold) Holds(n float64) bool { return compare(n, t.Op, t.Number.Float()) != t.Not }

// holds is the same for a number that has been compared with the threshold's: less, equal or greater.
func (t Threshold) holds(order int) bool { return compare(int64(order), t.Op, 0) != t.Not }

// Presence is a condition over which members have hit. The kinds are Hit, AllOf, OneOf and Absent.
type Presence interface{ presence() }

type (
	// Hit holds when the member has hit; it is an index into Members.
	Hit struct{ Member int }
	// AllOf holds when all do.
	AllOf struct{ X []Presence }
	// OneOf holds when one does.
	OneOf struct{ X []Presence }
	// Absent holds when X does not.
	Absent struct{ X Presence }
)

func (*Hit) presence()    {}
func (*AllOf) presence()  {}
func (*OneOf) presence()  {}
func (*Absent) presence() {}

// Baseline compares the count in a window with the counts in the same window of past periods: the correlation fires
// only when the count exceeds their average by more than Percent. The average is over all Periods, empty ones included,
// so that where nothing happened before, anything exceeds it. A past window is as long as Window, its last moment
// included and its first not: past windows that follow each other share no event.
type Baseline struct {
	Periods int
	Every   time.Duration // from one period to the next
	Percent float64
	At      source.Span
}

// Lookback is how far into the past the correlation looks from an event.
func (c *Correlation) Lookback() time.Duration {
	d := c.Window
	if c.Baseline != nil {
		d += time.Duration(c.Baseline.Periods) * c.Baseline.Every
	}
	inner := time.Duration(0)
	for _, m := range c.Members {
		if m.Correlation != nil {
			inner = max(inner, m.Correlation.Lookback())
		}
	}
	return d + inner
}

// Rules returns the detection rules that the correlation is about, through other correlations too, each once.
func (c *Correlation) Rules() []*Rule {
	var out []*Rule
	seen := map[*Rule]bool{}
	var add func(*Correlation)
	add = func(c *Correlation) {
		for _, m := range c.Members {
			switch {
			case m.Correlation != nil:
				add(m.Correlation)
			case !seen[m.Rule]:
				seen[m.Rule] = true
				out = append(out, m.Rule)
			}
		}
	}
	add(c)
	return out
}
