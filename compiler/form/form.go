package form

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Form is a way to write an event.
type Form string

const (
	Auto         Form = "auto"         // whichever of the others it looks like
	Raw          Form = "raw"          // fields as they are
	LogAnalytics Form = "loganalytics" // a row of a table, also as exported to CSV
	EventHub     Form = "eventhub"     // a record of a diagnostic setting
	Splunk       Form = "splunk"       // an Event Hub record as Splunk indexes it, or its extracted fields
	Graph        Form = "graph"        // an object of Microsoft Graph
	Windows      Form = "windows"      // an event of the Windows event log, as tools that read EVTX files write it
	Management   Form = "management"   // a record of the Office 365 Management Activity API
	CloudTrail   Form = "cloudtrail"   // a record of AWS CloudTrail
)

var forms = []Form{Auto, Raw, LogAnalytics, EventHub, Splunk, Graph, Windows, Management, CloudTrail}

// Names returns the names of all forms, "auto" first.
func Names() []string {
	out := make([]string, len(forms))
	for i, f := range forms {
		out[i] = string(f)
	}
	return out
}

// Event is an event that has been read.
type Event struct {
	Log    *schema.Log // nil when it is of no log that package schema knows
	Form   Form        // the form it was in; never Auto
	Fields ir.Event    // in canonical names when Log is known
	Time   time.Time   // zero when the event has none that can be read
}

// Read reads an event, whose numbers should be json.Number. It does not change obj, but the event may share its values.
// The error says that obj is not in the form it was said to be in.
func Read(form Form, obj map[string]any) (Event, error) {
	return ReadAs(form, nil, obj)
}

// ReadAs reads an event that is likely to be of the given log, such as the one of the rule it is to be tested with. The
// log counts only where the event leaves a choice: a record that names another category stays what it is. It may be nil.
func ReadAs(form Form, likely *schema.Log, obj map[string]any) (Event, error) {
	if likely != nil {
		likely = likely.Tables()[0] // of several logs together, the first is meant where the event does not say
	}
	if form == Auto || form == LogAnalytics {
		if e, ok := ownRow(likely, obj); ok {
			return e, nil
		}
	}
	if form == Auto {
		form = recognise(obj)
		if likely.IsDeclared() && (form == LogAnalytics || form == Graph || form == Splunk) {
			form = Raw // these are told by the names of a few fields, which the log of a user may have as well
		}
	}
	switch form {
	case Raw:
		e := Event{Form: Raw, Fields: ir.Event(obj), Time: anyTime(obj)}
		if likely != nil && likely.Bare {
			e.Log, e.Fields = likely, spelled(likely, e.Fields)
		}
		return e, nil
	case Windows:
		return readWindows(likely, obj)
	case CloudTrail:
		if !isCloudTrail(obj) {
			return Event{}, fmt.Errorf("this is no record of AWS CloudTrail: it lacks eventVersion, eventSource, eventName or userIdentity")
		}
		log := preferred(likely, schema.ByName("CloudTrail"))
		return Event{Log: log, Form: CloudTrail, Fields: ir.Event(obj), Time: eventTime(log, obj)}, nil
	case Management:
		return readManagement(likely, obj)
	case LogAnalytics:
		return readRow(likely, obj)
	case EventHub:
		return readRecord(EventHub, likely, obj)
	case Splunk:
		return readRecord(Splunk, likely, splunkRecord(obj))
	case Graph:
		log := graphLog(obj)
		if log == nil {
			return Event{}, fmt.Errorf("this is no object of Microsoft Graph that is known: it has no activityDateTime, createdDateTime or risk")
		}
		return readRecord(Graph, preferred(likely, log), graphRecord(log, obj))
	default:
		return Event{}, fmt.Errorf("no form %q of events; there are %s", form, strings.Join(Names(), ", "))
	}
}

// preferred returns the log that is likely if it is what a user has made of the other.
func preferred(likely, log *schema.Log) *schema.Log {
	if likely != nil && log != nil && likely.Is(log) {
		return likely
	}
	return log
}

// spelled returns an event with its fields under their canonical names where they have further spellings.
func spelled(log *schema.Log, fields ir.Event) ir.Event {
	out := fields
	for _, c := range log.Columns {
		for _, alias := range c.Aliases {
			v, ok := fields[alias]
			if _, there := fields[c.Name]; !ok || there {
				continue
			}
			if len(out) == len(fields) {
				out = maps.Clone(fields)
			}
			out[c.Name] = v
		}
	}
	return out
}

// readRecord turns an Event Hub record into the event. A record of no known log is left as it is.
func readRecord(form Form, likely *schema.Log, record map[string]any) (Event, error) {
	_, categorised := record["category"].(string)
	log := recordLog(record)
	switch {
	case likely == nil:
	case log != nil && likely.Is(log):
		log = likely
	case !categorised, log != nil && log.EventHub.Category != "" && log.EventHub.Category == likely.EventHub.Category:
		log = likely // of the tables that keep these records, the one in question
	}
	switch {
	case log == nil && !categorised:
		return Event{}, fmt.Errorf("this is no Event Hub record: it has no category")
	case log == nil:
		return Event{Form: form, Fields: ir.Event(record), Time: anyTime(record)}, nil
	}
	fields := ir.Event{}
	for _, c := range log.Columns {
		if v, ok := recorded(log, c, record); ok {
			fields[c.Name] = canonical(c, v)
		}
	}
	return Event{Log: log, Form: form, Fields: fields, Time: eventTime(log, fields)}, nil
}
