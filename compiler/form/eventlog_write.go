package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// XMLFields returns the fields that Splunk's add-ons extract from a Windows event in XML: those of its data by name, the
// elements and attributes of its head, the XML of its data, and _raw. Texts stand there as they do in XML. The error says
// that it is no such event.
func XMLFields(obj map[string]any) (map[string]string, error) {
	head, fields, err := written(obj)
	if err != nil {
		return nil, err
	}
	out, elements := map[string]string{}, strings.Builder{}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		v := fields[name]
		if list, ok := v.([]any); ok { // without names
			for _, text := range list {
				fmt.Fprintf(&elements, "<Data>%s</Data>", escapeXML(fmt.Sprint(text)))
			}
			continue
		}
		if v == nil {
			v = ""
		}
		text := escapeXML(fmt.Sprint(v))
		if _, inHead := head[name]; !inHead && name != "Provider_Name" {
			if name == "Data" { // tools write one text without a name so
				fmt.Fprintf(&elements, "<Data>%s</Data>", text)
				continue
			}
			fmt.Fprintf(&elements, "<Data Name='%s'>%s</Data>", name, text)
		}
		out[strings.ReplaceAll(name, " ", "_")] = text
	}
	delete(out, "Provider_Name")
	delete(out, "TimeCreated")
	for _, a := range headAttributes {
		if v, ok := attribute(head, a.element, a.name); ok {
			out[a.name] = escapeXML(fmt.Sprint(v))
		}
	}
	out["EventCode"] = out["EventID"]
	if _, plain := head["EventID"].(map[string]any); plain { // with an attribute, which the extraction of elements does not take
		delete(out, "EventID")
	}
	out["EventData_Xml"] = elements.String()
	out["_raw"] = rawXML(head, out, userData(obj))
	return out, nil
}

var headAttributes = []struct{ element, name string }{
	{"Provider", "Name"}, {"Provider", "Guid"}, {"TimeCreated", "SystemTime"}, {"Execution", "ProcessID"}, {"Execution", "ThreadID"}, {"Security", "UserID"},
}

// userData are the elements of data with a template of its own; none where it is as usual.
func userData(obj map[string]any) string {
	user, _ := lookup(obj, "Event.UserData")
	wrapped, _ := user.(map[string]any)
	var b strings.Builder
	for _, element := range slices.Sorted(maps.Keys(wrapped)) {
		fmt.Fprintf(&b, "<%s>", element)
		members, _ := wrapped[element].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			if text, ok := elementText(members[name]); ok && text != nil {
				fmt.Fprintf(&b, "<%s>%s</%s>", name, escapeXML(fmt.Sprint(text)), name)
			}
		}
		fmt.Fprintf(&b, "</%s>", element)
	}
	return b.String()
}

// rawXML is an event as Windows renders it, with the head and the data that are known of it.
func rawXML(head map[string]any, fields map[string]string, user string) string {
	var b strings.Builder
	b.WriteString("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>")
	for _, element := range []string{"Provider", "TimeCreated", "Execution", "Security"} {
		b.WriteString("<" + element)
		for _, a := range headAttributes {
			if v, ok := attribute(head, a.element, a.name); ok && a.element == element {
				fmt.Fprintf(&b, " %s='%s'", a.name, strings.ReplaceAll(escapeXML(fmt.Sprint(v)), "'", "&apos;"))
			}
		}
		b.WriteString("/>")
	}
	for _, name := range slices.Sorted(maps.Keys(head)) {
		if text, ok := fields[name]; ok {
			fmt.Fprintf(&b, "<%s>%s</%s>", name, text, name)
		}
	}
	if user != "" {
		return b.String() + "</System><UserData>" + user + "</UserData></Event>"
	}
	return b.String() + "</System><EventData>" + fields["EventData_Xml"] + "</EventData></Event>"
}

var xmlEntities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escapeXML(s string) string { return xmlEntities.Replace(s) }
