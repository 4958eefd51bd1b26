package form

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// isManagement: what all records of the Office 365 Management Activity API have.
func isManagement(obj map[string]any) bool {
	for _, name := range []string{"CreationTime", "Operation", "Workload"} {
		if s, ok := obj[name].(string); !ok || s == "" {
			return false
		}
	}
	_, typed := obj["RecordType"]
	return typed
}

// readManagement reads a record of the API, whose fields are called as those of the log.
func readManagement(likely *schema.Log, obj map[string]any) (Event, error) {
	logs := schema.Logs()
	log := preferred(likely, logs[slices.IndexFunc(logs, func(l *schema.Log) bool { return l.Management })])
	if !isManagement(obj) {
		return Event{}, fmt.Errorf("this is no record of the Office 365 Management Activity API: it lacks CreationTime, Operation, Workload or RecordType")
	}
	fields := ir.Event{}
	for _, c := range log.Columns {
		if v, ok := obj[c.Name]; ok {
			fields[c.Name] = canonical(c, v)
		}
	}
	return Event{Log: log, Form: Management, Fields: fields, Time: eventTime(log, fields)}, nil
}
