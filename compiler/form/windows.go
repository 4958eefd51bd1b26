package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

func isWindows(obj map[string]any) bool {
	_, ok := lookup(obj, "Event.System")
	return ok
}

// readWindows flattens an event to the names of the Sigma taxonomy: those of its data, and Provider_Name, EventID,
// Channel, Computer and the other fields of its head. An element without text may be an empty text or none.
func readWindows(likely *schema.Log, obj map[string]any) (Event, error) {
	head, fields, err := written(obj)
	if err != nil {
		return Event{}, err
	}
	at, _ := attribute(head, "TimeCreated", "SystemTime")
	channel, _ := elementText(head["Channel"])
	log := channelLog(likely, fmt.Sprint(channel), fields)
	if log != nil {
		for _, c := range log.Columns { // events have names with spaces, which rules cannot
			if v, ok := fields[c.Raw]; ok && c.Raw != "" {
				fields[c.Name] = v
				delete(fields, c.Raw)
			}
		}
		inOrder(fields, log.Windows.Ordered)
		fields[log.Time] = at
		for name, v := range fields {
			if v == "" || v == nil {
				fields[name] = ir.NoText{}
			}
		}
	}
	if log == nil && likely != nil && likely.Windows.Name != "" && channel != nil {
		return Event{}, fmt.Errorf("this event is of the channel %v and not of %s", channel, strings.Join(likely.Windows.Names, ", "))
	}
	return Event{Log: log, Form: Windows, Fields: fields, Time: timeOf(at)}, nil
}

// inOrder gives the texts without a name the names that they have by their order.
func inOrder(fields ir.Event, names []string) {
	texts, _ := fields["Data"].([]any)
	for i, name := range names {
		if i < len(texts) {
			fields[name] = texts[i]
		}
	}
}

// written returns the head of an event, and its fields by the names that they have there.
func written(obj map[string]any) (head map[string]any, fields ir.Event, err error) {
	system, _ := lookup(obj, "Event.System")
	head, ok := system.(map[string]any)
	if !ok {
		return nil, nil, fmt.Errorf("this is no Windows event: it has no Event.System")
	}
	fields = ir.Event{}
	for name, v := range head {
		if t, ok := elementText(v); ok {
			fields[name] = t
		}
	}
	if name, ok := attribute(head, "Provider", "Name"); ok {
		fields["Provider_Name"] = name
	}
	body, _ := lookup(obj, "Event.EventData")
	data(fields, body)
	// Events with a template of their own wrap their data once more, in an element named by the provider.
	if user, ok := lookup(obj, "Event.UserData"); ok {
		wrapped, _ := user.(map[string]any)
		for _, element := range slices.Sorted(maps.Keys(wrapped)) {
			data(fields, wrapped[element])
		}
	}
	return head, fields, nil
}

// channelLog returns the log that an event belongs to: the likely one if it does to several; nil when none is known.
func channelLog(likely *schema.Log, channel string, fields ir.Event) *schema.Log {
	var found *schema.Log
	logs := schema.Logs()
	if likely != nil && likely.IsOwn() {
		logs = append([]*schema.Log{likely}, logs...)
	}
	for _, l := range logs {
		if !slices.ContainsFunc(l.Windows.Names, func(name string) bool { return strings.EqualFold(name, channel) }) {
			continue
		}
		if len(l.Windows.Events) > 0 && !slices.Contains(l.Windows.Events, fmt.Sprint(fields["EventID"])) {
			continue
		}
		if slices.ContainsFunc(l.Windows.Having, func(h schema.Having) bool { return !slices.Contains(h.Values, fmt.Sprint(fields[h.Field])) }) {
			continue
		}
		if l == likely {
			return l
		}
		if found == nil {
			found = l
		}
	}
	return found
}

// data adds the fields of the body: members by name, or a list of Data elements that carry their names. Those without a
// name, as in the classic logs, are the list Data; of one alone tools write the text.
func data(fields ir.Event, body any) {
	m, ok := body.(map[string]any)
	if !ok {
		return
	}
	for name, v := range m {
		if _, named := ownAttribute(v, "Name"); named && name == "Data" { // one element is no list there
			v = []any{v}
		}
		t, ok := elementText(v)
		if list, several := t.([]any); several && name == "Data" {
			var unnamed []any
			for _, item := range list {
				text, ok := elementText(item)
				if key, named := ownAttribute(item, "Name"); named && ok {
					fields[fmt.Sprint(key)] = text
				} else if named { // an element without text
					fields[fmt.Sprint(key)] = ""
				} else if ok {
					unnamed = append(unnamed, text)
				}
			}
			if len(unnamed) > 0 {
				fields[name] = unnamed
			}
			continue
		}
		if ok {
			fields[name] = t
		}
	}
}

// elementText returns the text of an XML element. Tools write an element with attributes as an object, whose text is
// "#text". It is false for elements that have none but attributes.
func elementText(v any) (any, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return v, true
	}
	t, ok := m["#text"]
	return t, ok
}

// attribute returns an attribute of a child element in any of the ways that tools write it.
func attribute(parent map[string]any, element, name string) (any, bool) {
	if m, ok := parent[element+"_attributes"].(map[string]any); ok {
		v, ok := m[name]
		return v, ok
	}
	return ownAttribute(parent[element], name)
}

func ownAttribute(element any, name string) (any, bool) {
	m, ok := element.(map[string]any)
	if !ok {
		return nil, false
	}
	if attributes, ok := m["#attributes"].(map[string]any); ok {
		m = attributes
	}
	for _, key := range []string{name, "@" + name} {
		if v, ok := m[key]; ok {
			return v, true
		}
	}
	return nil, false
}
