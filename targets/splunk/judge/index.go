package judge

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/eval"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// index puts the events into an index, in each of the ways in which Splunk may do so. It is not ok when none of them is
// of a log that the rule reads, or one is in a form that no add-on writes.
func index(c *target.Compiled, events []map[string]any) (variants [][]eval.Event, ok bool) {
	choice := forms.Choose(c.Target.Settings)
	var kept, filled []eval.Event
	for _, record := range events {
		var at time.Time
		var log *schema.Log
		var shape form.Form
		for _, l := range c.Logs() {
			read, err := form.ReadAs(form.Auto, l, record)
			if l == nil || err != nil || !written(l, read.Form) {
				return nil, false
			}
			at, shape = read.Time, read.Form
			if read.Log == l {
				log, ok = l, true
			} else if log == nil {
				log = read.Log
			}
		}
		indexed, can := Indexed(choice, log, shape, record)
		if !can {
			return nil, false
		}
		indexed.Time, indexed.Indexed = at, at
		kept = append(kept, indexed)
		if indexed.Fields != nil {
			indexed.Fields = maps.Clone(indexed.Fields)
			maps.DeleteFunc(indexed.Fields, func(_, text string) bool { return text == "" })
		}
		filled = append(filled, indexed)
	}
	if len(kept) > 0 && kept[0].Fields != nil { // whether an element of XML without text is a field is not documented
		return [][]eval.Event{kept, filled}, ok
	}
	return [][]eval.Event{kept}, ok
}

// written reports whether an add-on writes events in the form. The events of a source of its own are JSON as it came.
func written(log *schema.Log, f form.Form) bool {
	return f == form.EventHub || f == form.Windows || f == form.Management || f == form.CloudTrail || f == form.Raw && log.Bare
}

// renamed is an event of a log of a user under the names that its fields have in Splunk.
func renamed(data *forms.Data, record map[string]any) map[string]any {
	read, err := form.ReadAs(form.Raw, data.Log, record)
	if err != nil {
		return record
	}
	out := maps.Clone(map[string]any(read.Fields))
	for _, c := range data.Log.Columns {
		if f := data.Field(c); f.Path != c.Name || len(f.Words) > 0 {
			if v, ok := out[c.Name]; ok {
				if f.Path == "" && data.Texts() { // a part of the text without a field of its own
					continue
				}
				delete(out, c.Name)
				if f.Take != "" { // a part of what stands at the path
					continue
				}
				if word, ok := v.(string); ok && len(f.Words) > 0 {
					v = f.Words[strings.ToLower(word)]
				}
				if _, longer := out[f.Path]; f.Path != "" && !(f.Inside && longer) {
					out[f.Path] = v
				}
			}
		}
	}
	for _, t := range data.Records { // what the kind of event is known by, which its fields do not say
		if _, ok := out[t.Field]; !ok && !strings.Contains(t.Values[0], "*") {
			out[t.Field] = t.Values[0]
		}
	}
	return out
}

// Indexed is what Splunk sees of an event in the data form that has been chosen for its log; false when that form has no
// such events.
func Indexed(choice *forms.Choice, log *schema.Log, written form.Form, record map[string]any) (eval.Event, bool) {
	if written == form.Windows {
		if data := choice.Data(log); data != nil && data.Texts() {
			read, err := form.ReadAs(form.Windows, log, record)
			return eval.Event{Record: labelled(data, read.Fields)}, err == nil
		}
		fields, err := form.XMLFields(record)
		if log != nil {
			fields = inModel(choice.Data(log), fields)
		}
		return eval.Event{Fields: fields}, err == nil
	}
	if log == nil {
		return eval.Event{Record: record}, true
	}
	data := choice.Data(log)
	if data == nil {
		return eval.Event{}, false
	}
	ok := true
	switch data.Shape {
	case "own", "texts":
		record = renamed(data, record)
	case "xml":
		return eval.Event{Fields: inElements(data, record)}, true
	case "graph":
		record, ok = form.GraphObject(log, record)
	case "rest":
		record, ok = form.ActivityObject(log, record)
	case "json", "management", "eventhub":
		if log.Bare {
			record = placed(data, record)
		}
	}
	return eval.Event{Record: record}, ok
}

// inElements is what an add-on extracts of the XML of an event that is given by its fields.
func inElements(data *forms.Data, record map[string]any) map[string]string {
	out, elements := map[string]string{}, strings.Builder{}
	for _, r := range data.Records {
		out[r.Field] = r.Values[0]
	}
	entities := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	for _, c := range data.Log.Columns {
		if v, ok := record[c.Name]; ok && v != nil {
			out[data.Field(c).Path] = entities.Replace(fmt.Sprint(v))
			fmt.Fprintf(&elements, "<Data Name='%s'>%s</Data>", c.Name, entities.Replace(fmt.Sprint(v)))
		}
	}
	out["_raw"] = "<Event><EventData>" + elements.String() + "</EventData></Event>"
	return out
}

// labelled is what an add-on extracts of the text of an event of Windows: the fields that have a label, and the text.
func labelled(data *forms.Data, fields map[string]any) map[string]any {
	out := map[string]any{}
	for _, c := range data.Log.Columns {
		v, ok := fields[c.Name]
		switch f := data.Field(c); {
		case !ok || v == any(ir.NoText{}):
		case f.Path == "": // a part of the text alone
			out["text of "+c.Name] = v
		case len(f.Words) > 0:
			out[f.Path] = f.Words[strings.ToLower(fmt.Sprint(v))]
		default:
			out[f.Path] = fmt.Sprint(v)
		}
	}
	return out
}

// inModel is what a data model has of the fields of an event; the fields themselves where none is asked.
func inModel(data *forms.Data, fields map[string]string) map[string]string {
	if data == nil || data.Model == "" {
		return fields
	}
	out := map[string]string{eval.ModelField: data.Model}
	for _, r := range data.Records { // what the add-on makes of the kind of event
		out[r.Field] = r.Values[0]
	}
	for _, c := range data.Log.Columns {
		if path := data.Field(c).Path; path != "" && fields[c.Name] != "" {
			out[path] = fields[c.Name]
		}
	}
	return out
}
