package form

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// isCSV reports whether a text begins with a header of several columns, as exports of portals, of Splunk and of EvtxECmd
// do.
func isCSV(text []byte) bool {
	header, err := csv.NewReader(bytes.NewReader(text)).Read()
	return err == nil && len(header) > 1 && !slices.ContainsFunc(header, func(name string) bool {
		return name == "" || len(name) > 100 || strings.ContainsAny(name, "{}<>\n")
	})
}

// ReadCSV reads events of a table in which each column is a field. All values are texts; a column without one is left out.
func ReadCSV(text []byte) ([]map[string]any, error) {
	r := csv.NewReader(bytes.NewReader(text))
	header, err := r.Read()
	if err != nil {
		return nil, err
	}
	if slices.Contains(header, "Event ID") && slices.Contains(header, "Task Category") {
		return nil, errors.New("a table of the Event Viewer does not have the fields of events: save them as XML")
	}
	var out []map[string]any
	for {
		row, err := r.Read()
		if err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		event := map[string]any{}
		for i, name := range header {
			if row[i] != "" {
				event[name] = row[i]
			}
		}
		out = append(out, event)
	}
}
