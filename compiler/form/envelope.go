package form

import (
	"errors"
	"fmt"
)

// Split returns the single events in what a file, a message or an answer holds: an array, one event, or what puts several
// into an object of its own. The error says what in it is none.
func Split(obj any) ([]map[string]any, error) {
	switch obj := obj.(type) {
	case []any:
		var events []map[string]any
		for _, item := range obj {
			inner, err := Split(item)
			events = append(events, inner...)
			if err != nil {
				return events, err
			}
		}
		return events, nil
	case map[string]any:
		for _, open := range envelopes {
			if inner, ok, err := open(obj); err != nil {
				return nil, err
			} else if ok {
				return Split(inner)
			}
		}
		return []map[string]any{obj}, nil
	default:
		return nil, errors.New("this is no JSON object")
	}
}

// envelopes open what events are put into, as the tools document it. An event can have a field of such a name as well, but
// then it has others too.
var envelopes = []func(map[string]any) (any, bool, error){
	fromList, fromElastic, fromChainsawGroup, fromTables, fromCloudTrailTool, fromMessage, fromLake,
}

// lists are objects that are little else than a list, or one event: the key of it, and the keys that may stand beside it.
var lists = []struct {
	key    string
	beside []string
}{
	{"records", nil}, // a message of an Event Hub
	{"Records", nil}, // a file of CloudTrail
	{"value", []string{"@odata.context", "@odata.nextLink", "@odata.count", "@odata.deltaLink"}},                          // an answer of Microsoft Graph
	{"result", []string{"preview", "offset", "lastrow"}},                                                                  // a line of an export of Splunk
	{"results", []string{"preview", "init_offset", "post_process_count", "messages", "fields", "highlighted", "columns"}}, // an answer of Splunk
	{"Results", []string{"Schema", "Stats"}},                                                                              // an answer of advanced hunting in Defender XDR
	{"results", []string{"schema", "stats", "@odata.context"}},                                                            // the same from Microsoft Graph
}

func fromList(obj map[string]any) (any, bool, error) {
	for _, l := range lists {
		inner, ok := obj[l.key]
		switch inner.(type) {
		case []any:
		case map[string]any:
			ok = ok && l.key == "result"
		default:
			ok = false
		}
		n := 1
		for _, name := range l.beside {
			if _, there := obj[name]; there {
				n++
			}
		}
		if ok && n == len(obj) {
			return inner, true, nil
		}
	}
	return nil, false, nil
}

// fromElastic opens an answer of Elasticsearch, and a document as dumps have it. Where only fields have been asked for,
// each has a list of values.
func fromElastic(obj map[string]any) (any, bool, error) {
	if hits, ok := obj["hits"].(map[string]any); ok {
		list, ok := hits["hits"].([]any)
		return list, ok, nil
	}
	if _, ok := obj["_index"].(string); !ok {
		return nil, false, nil
	}
	if source, ok := obj["_source"].(map[string]any); ok {
		return source, true, nil
	}
	fields, ok := obj["fields"].(map[string]any)
	if !ok {
		return nil, false, nil
	}
	event := map[string]any{}
	for name, v := range fields {
		if list, several := v.([]any); several && len(list) == 1 {
			v = list[0]
		}
		event[name] = v
	}
	return event, true, nil
}

// fromChainsawGroup opens a hit about several events.
func fromChainsawGroup(obj map[string]any) (any, bool, error) {
	list, ok := obj["documents"].([]any)
	var events []any
	for _, d := range list {
		data, _ := lookup(d, "data")
		event, isEvent := data.(map[string]any)
		if ok = ok && isEvent && isWindows(event); ok {
			events = append(events, event)
		}
	}
	return events, ok, nil
}

// fromTables opens an answer of the query API of Log Analytics, in which rows are lists.
func fromTables(obj map[string]any) (any, bool, error) {
	tables, ok := obj["tables"].([]any)
	if !ok {
		return nil, false, nil
	}
	var rows []any
	for _, t := range tables {
		table, _ := t.(map[string]any)
		columns, isTable := table["columns"].([]any)
		list, hasRows := table["rows"].([]any)
		if !isTable || !hasRows {
			return nil, false, nil
		}
		for _, r := range list {
			cells, _ := r.([]any)
			if len(cells) != len(columns) {
				return nil, false, fmt.Errorf("a row of the table has %d values and not %d", len(cells), len(columns))
			}
			row := map[string]any{}
			for i, c := range columns {
				name, _ := lookup(c, "name")
				row[fmt.Sprint(name)] = cells[i]
			}
			rows = append(rows, row)
		}
	}
	return rows, true, nil
}

// fromCloudTrailTool opens what "aws cloudtrail lookup-events" and CloudWatch Logs write: the record is text in it.
func fromCloudTrailTool(obj map[string]any) (any, bool, error) {
	for list, text := range map[string]string{"Events": "CloudTrailEvent", "events": "message", "logEvents": "message"} {
		items, ok := obj[list].([]any)
		if !ok {
			continue
		}
		var events []any
		for _, item := range items {
			written, _ := lookup(item, text)
			s, isText := written.(string)
			if !isText {
				return nil, false, nil
			}
			event, isObject := decode(s)
			if !isObject {
				return nil, false, fmt.Errorf("the text in %q is no JSON object", text)
			}
			events = append(events, event)
		}
		return events, len(items) > 0, nil
	}
	return nil, false, nil
}

// fromMessage opens a message of an Event Hub as its tools show it.
func fromMessage(obj map[string]any) (any, bool, error) {
	for _, name := range []string{"body", "Body"} {
		body := obj[name]
		if text, ok := body.(string); ok {
			body, _ = decode(text)
		}
		if inner, ok := body.(map[string]any); ok {
			if records, ok := inner["records"].([]any); ok {
				return records, true, nil
			}
		}
	}
	return nil, false, nil
}

// fromLake refuses what CloudTrail Lake answers.
func fromLake(obj map[string]any) (any, bool, error) {
	if _, ok := obj["QueryResultRows"].([]any); ok {
		return nil, false, errors.New("in answers of CloudTrail Lake what is nested is text without quotes, which cannot be read: take the files in the bucket, or \"aws cloudtrail lookup-events\"")
	}
	return nil, false, nil
}
