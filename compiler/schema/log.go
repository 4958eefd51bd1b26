package schema

import (
	"slices"
	"strings"
	"sync"
)

// Log is one log, in every form it is met.
type Log struct {
	Name       string // canonical: the Log Analytics table, "AuditLogs", where there is one
	Doc        string
	Logsources []Logsource // the Sigma log sources that mean this log
	Time       string      // the column with the time of the event
	EventHub   Selector    // its records in the stream of a diagnostic setting
	Windows    Channel     // or its events in the event log of Windows
	Management bool        // or its records in the Office 365 Management Activity API
	Collection *Collection // how it comes to a platform; nil for several logs together, which come one by one
	Columns    []*Column
	Bare       bool                // or the events of a source of their own, under the names that rules call their fields by
	Lines      bool                // whose events are lines of text: the field "message" is the line, and most rules ask it for words
	Nowhere    string              // why no platform is known to keep the log, so that users have to say where it is; else ""
	Mistaken   map[string]Mistaken // what is meant by names that are none of its fields
	Keywords   []string            // the columns in which tables look for bare texts; none where a home says it, or none can be
	Parts      []*Log              // of several logs together: these, of which Columns has what they have in common; else nil
	Base       *Log                // of an embedded log that a user adds to: that log; else nil

	// Rows reads a row of a table of the user's, of which it gives the fields of the event, nil when the row is of another
	// log; false for what is no such row. It is nil where no platform has said it.
	Rows func(row map[string]any) (fields map[string]any, ok bool)

	added    []Logsource        // those that a user declares
	sections map[string]Section // what a user says of platforms; nil for an embedded log
	places   map[string]any     // where platforms keep the log of a user, each by its own name

	// Spelled are further spellings of values below a column, and the paths that they stand for.
	Spelled map[string]string

	looked *lookup   // what names mean
	made   *sync.Map // what platforms have made of the log, by their keys
}

// Line is the field of the events that are lines of text.
const Line = "message"

// Logsource is a Sigma log source. Empty parts are absent in the rule.
type Logsource struct {
	Category, Product, Service string
}

// folded is the log source in lower case, for looking it up.
func (l Logsource) folded() Logsource {
	return Logsource{strings.ToLower(l.Category), strings.ToLower(l.Product), strings.ToLower(l.Service)}
}

func (l Logsource) is(other Logsource) bool {
	return strings.EqualFold(l.Product, other.Product) && strings.EqualFold(l.Category, other.Category) &&
		strings.EqualFold(l.Service, other.Service)
}

// Selector says which Event Hub records belong to a log.
type Selector struct {
	Category   string   // the top-level category of its records; "" when there are several
	Categories []string // these, then
	Resource   string   // the type of resource that the top-level resourceId names, where the category does not decide
}

// Channel says which events of the Windows event log belong to a log.
type Channel struct {
	Name     string   // the first of Names, by which the log is known
	Names    []string // the channels that have the events
	Events   []string // of these ids; all when there are none
	Having   []Having // and of these values
	Ordered  []string // the names of the texts without one, by their order; nil when they have none
	UserData bool     // some events have a template of their own: elements by the names of the fields, and not Data by name
	// Inner are fields of the head that the data of some events have as well, which rules mean then.
	Inner []string
}

// Having says that a field of an event has one of the values.
type Having struct {
	Field  string
	Values []string
}

// Tabled reports whether the log is described as a table of Log Analytics.
func (l *Log) Tabled() bool { return l.Windows.Name == "" && !l.Bare && !l.Management }

// Tables returns the logs that are kept in a table each: the log itself, or those that it puts together.
func (l *Log) Tables() []*Log {
	if l.Parts != nil {
		return l.Parts
	}
	return []*Log{l}
}

// Has reports whether the events of the other log, which has a table, are events of this one.
func (l *Log) Has(other *Log) bool {
	return slices.ContainsFunc(l.Tables(), func(t *Log) bool { return t.Is(other) })
}

// Logs returns all logs that put no others together, better ones first. They are shared and must not be changed.
func Logs() []*Log {
	_, logs := load().all()
	return logs
}

// Together returns the logs that put others together.
func Together() []*Log {
	together, _ := load().all()
	return together
}

// ByName returns the log that is kept in the Log Analytics table of that name, or nil.
func ByName(table string) *Log {
	if c := load(); slices.Contains(c.names, table) {
		return c.named(table)
	}
	return nil
}

// Named returns the log of that name, also one that puts others together, or nil.
func Named(name string) *Log { return load().named(name) }

// Find returns the logs that a Sigma log source means, the preferred one first; false when none is known. Several logs
// together are preferred to one of them. They are shared and must not be changed.
func Find(category, product, service string) ([]*Log, bool) {
	found := load().find(Logsource{category, product, service})
	return found, len(found) > 0
}

// Refused reports whether a log source is known to be in no table, and why and what to use instead.
func Refused(category, product, service string) (reason string, ok bool) {
	for _, r := range load().refused {
		if r.is(Logsource{category, product, service}) {
			return r.reason, true
		}
	}
	return "", false
}

// Column returns the column of that canonical name, or nil.
func (l *Log) Column(name string) *Column { return l.lookup().names[name] }

// Once returns what create makes of the log, and makes it for the first who asks by the key, which is a platform's own. It
// lives as long as the log, and must not be changed. Two who ask at the same time may both make it; one of the two is kept.
func (l *Log) Once(key any, create func() any) any {
	if made, ok := l.made.Load(key); ok {
		return made
	}
	made, _ := l.made.LoadOrStore(key, create())
	return made
}

// NewTable describes a table in which a platform keeps the events of other logs.
func NewTable(name, doc, time string, columns []*Column) *Log {
	l := &Log{Name: name, Doc: doc, Time: time, Columns: columns}
	l.index()
	return l
}
