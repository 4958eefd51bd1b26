package form

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// XMLFields returns the fields that Splunk's add-ons extract from a Windows event in XML: those of its data by name, the
// elements and attributes of its head. Texts stand there as they do in XML. The error says that it is no such event.
func XMLFields(obj map[string]any) (map[string]string, error) {
	e, err := readWindows(nil, obj)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for name, v := range e.Fields {
		if v == (ir.NoText{}) || v == nil {
			v = ""
		}
		out[name] = escapeXML(fmt.Sprint(v))
	}
	system, _ := lookup(obj, "Event.System")
	head, _ := system.(map[string]any)
	delete(out, "Provider_Name")
	delete(out, "TimeCreated")
	for _, a := range []struct{ element, name string }{
		{"Provider", "Name"}, {"Provider", "Guid"}, {"TimeCreated", "SystemTime"}, {"Execution", "ProcessID"}, {"Execution", "ThreadID"}, {"Security", "UserID"},
	} {
		if v, ok := attribute(head, a.element, a.name); ok {
			out[a.name] = escapeXML(fmt.Sprint(v))
		}
	}
	out["EventCode"] = out["EventID"]
	return out, nil
}

var xmlEntities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escapeXML(s string) string { return xmlEntities.Replace(s) }
