package compiler

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// Event is a record of a log as it was given.
type Event struct {
	// Time is when it happened; zero when the record does not say.
	Time time.Time

	form    form.Form
	record  map[string]any
	read    form.Event
	perRule map[*schema.Log]form.Event
}

// Match reports whether the rule matches an event, by the reference semantics. An event that is known to be of another
// log than the rule reads does not match.
func (r *Rule) Match(e *Event) bool {
	if r.located == nil {
		return false
	}
	log := r.located.Log
	if log == nil {
		return r.located.Rule.Match(e.read.Fields)
	}
	read, err := e.as(log)
	switch {
	case err != nil:
		return false
	case read.Log == nil:
		return r.located.Rule.Match(read.Fields)
	case !log.Has(read.Log):
		return false
	}
	return form.Canonical(r.located.Rule, log).Match(read.Fields)
}

// Unrecognised says of events whose form was to be recognised and is none that is known how they are read. Those of a log
// of the user are read by its fields, and only such as have none of them are told.
func (p *Program) Unrecognised(events []*Event) string {
	var declared []*schema.Log
	for _, r := range p.Rules {
		if r.located != nil && r.located.Log.IsDeclared() && !slices.Contains(declared, r.located.Log) {
			declared = append(declared, r.located.Log)
		}
	}
	unknown := 0
	for _, e := range events {
		if e.form == form.Auto && e.read.Form == form.Raw && !slices.ContainsFunc(declared, e.hasFieldOf) {
			unknown++
		}
	}
	switch {
	case unknown == 0:
		return ""
	case len(declared) == 1:
		return fmt.Sprintf("events with no field of the log %s but its time: %d; they are read by the names of its fields, and not by those of columns", declared[0].Name, unknown)
	default:
		return fmt.Sprintf("events of no form that is known: %d; their fields are taken as they are, for every log", unknown)
	}
}

// hasFieldOf reports whether the event has a field of the log besides its time.
func (e *Event) hasFieldOf(log *schema.Log) bool {
	if read, err := e.as(log); err == nil && read.Form == form.LogAnalytics { // a row of his table
		return true
	}
	return slices.ContainsFunc(log.Columns, func(c *schema.Column) bool {
		name, _, _ := strings.Cut(c.Name, ".") // of an object that the field is in
		if c.Name == log.Time {
			return false
		}
		return e.record[c.Name] != nil || e.record[name] != nil || slices.ContainsFunc(c.Aliases, func(a string) bool { return e.record[a] != nil })
	})
}

// as reads the event for a rule about a log, which decides what the event itself leaves open.
func (e *Event) as(log *schema.Log) (form.Event, error) {
	if read, ok := e.perRule[log]; ok {
		return read, nil
	}
	read, err := form.ReadAs(e.form, log, e.record)
	if err == nil {
		e.perRule[log] = read
	}
	return read, err
}

// ReadEvents reads events: a JSON array, or objects one after the other. Each is the event itself or
// {"time": "RFC 3339", "event": {…}}. Wrappers such as "records" are taken off. Events of Windows may be in XML, rows in
// CSV. The file may be packed with gzip. f names the form they are in.
func ReadEvents(file []byte, f string) ([]*Event, error) {
	objects, err := readObjects(file)
	if err != nil {
		return nil, err
	}
	var events []*Event
	for i, obj := range objects {
		e, err := readEvent(form.Form(f), obj)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", i, err)
		}
		events = append(events, e)
	}
	return events, nil
}

// readObjects reads the events of a file as they stand there.
func readObjects(file []byte) ([]map[string]any, error) {
	text, kind, err := form.Text(file)
	switch {
	case err != nil:
		return nil, err
	case kind == form.XML:
		return form.ReadXML(text)
	case kind == form.CSV:
		return form.ReadCSV(text)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var objects []map[string]any
	for {
		var v any
		if err := d.Decode(&v); err == io.EOF {
			return objects, nil
		} else if err != nil {
			return nil, fmt.Errorf("event %d: %w", len(objects), jsonError(err, d.InputOffset(), text))
		}
		found, err := form.Split(v)
		objects = append(objects, found...)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", len(objects), err)
		}
	}
}

func readEvent(f form.Form, obj map[string]any) (*Event, error) {
	var at time.Time
	inner, isWrapped := obj["event"].(map[string]any)
	if s, ok := obj["time"].(string); ok && isWrapped && len(obj) == 2 {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return nil, fmt.Errorf("time %q is not of the form 2026-03-02T10:00:01Z", s)
		}
		at, obj = t, inner
	} else if isWrapped && len(obj) == 1 {
		obj = inner
	}
	if f == form.Auto || f == form.Windows {
		var err error
		if obj, err = form.Collected(obj); err != nil {
			return nil, err
		}
	}
	e, err := form.Read(f, obj)
	if err != nil {
		return nil, err
	}
	if at.IsZero() {
		at = e.Time
	}
	return &Event{Time: at, form: f, record: obj, read: e, perRule: map[*schema.Log]form.Event{}}, nil
}

// jsonError says at which line of the text the decoder stopped.
func jsonError(err error, offset int64, text []byte) error {
	switch e := err.(type) {
	case *json.SyntaxError:
		offset = e.Offset
	default:
		if err == io.ErrUnexpectedEOF { // the end of the text, not of what was read last
			offset = int64(len(bytes.TrimRight(text, " \n")))
		}
	}
	line := 1 + bytes.Count(text[:min(int(offset), len(text))], []byte("\n"))
	return fmt.Errorf("line %d: %w", line, err)
}

// Forms returns the names of the forms that [ReadEvents] takes.
func Forms() []string { return form.Names() }
