package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Collected returns an event as the tools that read EVTX files write it, where it is an event of Windows that a collector
// has put into a shape of its own, and any other event as it is. The error says that a tool has left out what rules need.
//
// The shapes are those that the documentation of the tools shows: Winlogbeat and the Elastic Agent ("winlog"), EvtxECmd
// ("Payload"), hits of Chainsaw ("document"), timelines of Hayabusa ("AllFieldInfo"), rows of the tables WindowsEvent,
// Event and SecurityEvent, XML in "_raw" of Splunk and the fields that it takes out, Velociraptor ("System"), and flat JSON
// as NXLog and public data sets have it. A call that AWS
// EventBridge announces is the record of CloudTrail in it.
func Collected(obj map[string]any) (map[string]any, error) {
	if isWindows(obj) {
		return obj, nil
	}
	for _, from := range []func(map[string]any) (map[string]any, bool, error){
		fromXML, fromChainsaw, fromBeats, fromEvtxECmd, fromHayabusa, fromVelociraptor, fromSplunkFields, fromGetWinEvent, fromFlat, fromEventBridge,
	} {
		if event, ok, err := from(obj); ok {
			return event, err
		}
	}
	return obj, nil
}

// windowsEvent makes an event of its head and its data, both by the names that they have in XML.
func windowsEvent(head, data map[string]any) map[string]any {
	system := map[string]any{}
	for name, v := range head {
		if v == nil || v == "" {
			continue
		}
		switch name {
		case "Provider":
			system[name] = map[string]any{"#attributes": map[string]any{"Name": v}}
		case "TimeCreated":
			system[name] = map[string]any{"#attributes": map[string]any{"SystemTime": isoTime(v)}}
		default:
			system[name] = v
		}
	}
	return map[string]any{"Event": map[string]any{"System": system, "EventData": data}}
}

// isoTime writes a time as Windows does in XML; what is none stays.
func isoTime(v any) any {
	if at := timeOf(v); !at.IsZero() {
		return at.Format("2006-01-02T15:04:05.9999999Z")
	}
	return v
}

// first is the value of the first of the names that there is.
func first(obj map[string]any, names ...string) any {
	for _, name := range names {
		if v, ok := lookup(obj, name); ok && v != nil && v != "" {
			return v
		}
	}
	return nil
}

// fromXML reads an event as it is in Splunk's _raw, or beside other fields under "Event" or "xml".
func fromXML(obj map[string]any) (map[string]any, bool, error) {
	for _, name := range []string{"_raw", "result._raw", "xml", "event.original"} {
		v, _ := lookup(obj, name)
		text, _ := v.(string)
		if !strings.HasPrefix(strings.TrimSpace(text), "<Event") {
			continue
		}
		events, err := ReadXML([]byte(text))
		if err != nil || len(events) != 1 {
			return nil, true, fmt.Errorf("the XML in %q is no event of Windows: %v", name, err)
		}
		return events[0], true, nil
	}
	return nil, false, nil
}

// fromChainsaw unwraps a hit of a hunt.
func fromChainsaw(obj map[string]any) (map[string]any, bool, error) {
	data, _ := lookup(obj, "document.data")
	event, ok := data.(map[string]any)
	return event, ok && isWindows(event), nil
}

// fromEventBridge unwraps a record of CloudTrail.
func fromEventBridge(obj map[string]any) (map[string]any, bool, error) {
	kind, _ := obj["detail-type"].(string)
	record, ok := obj["detail"].(map[string]any)
	return record, ok && strings.HasSuffix(kind, "via CloudTrail"), nil
}

// fromBeats reads an event of Winlogbeat or the Elastic Agent.
func fromBeats(obj map[string]any) (map[string]any, bool, error) {
	log, ok := obj["winlog"].(map[string]any)
	if !ok {
		if log = below(obj, "winlog."); log["channel"] == nil {
			return nil, false, nil
		}
		for _, name := range []string{"event_data", "user_data"} {
			if log[name] == nil {
				log[name] = below(log, name+".")
			}
		}
	}
	data := map[string]any{}
	for _, name := range []string{"event_data", "user_data"} {
		if fields, ok := log[name].(map[string]any); ok {
			maps.Copy(data, fields)
		}
	}
	return windowsEvent(map[string]any{
		"Provider": log["provider_name"], "EventID": first(log, "event_id"), "Channel": log["channel"], "Computer": log["computer_name"],
		"EventRecordID": log["record_id"], "Version": log["version"], "Task": log["task_id"],
		"TimeCreated": first(obj, "event.created", "@timestamp"),
	}, data), true, nil
}

// below are the fields whose names begin so, without that: some tools write objects flat.
func below(obj map[string]any, prefix string) map[string]any {
	out := map[string]any{}
	for name, v := range obj {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			out[rest] = v
		}
	}
	return out
}

// fromEvtxECmd reads a line of EvtxECmd's JSON, in whose payload the data of the event is JSON as text.
func fromEvtxECmd(obj map[string]any) (map[string]any, bool, error) {
	payload, ok := obj["Payload"].(string)
	if !ok || obj["EventId"] == nil || obj["Channel"] == nil {
		return nil, false, nil
	}
	v, ok := decode(payload)
	inner, isObject := v.(map[string]any)
	if payload != "" && (!ok || !isObject) {
		return nil, true, fmt.Errorf("the payload of this line of EvtxECmd is no JSON")
	}
	data := inner["EventData"]
	if data == nil {
		data = inner["UserData"]
	}
	event := windowsEvent(map[string]any{
		"Provider": obj["Provider"], "EventID": obj["EventId"], "Channel": obj["Channel"], "Computer": obj["Computer"], "Level": obj["Level"],
		"EventRecordID": obj["EventRecordId"], "TimeCreated": obj["TimeCreated"], "Keywords": obj["Keywords"],
	}, nil)
	if fields, ok := data.(map[string]any); ok {
		event["Event"].(map[string]any)["EventData"] = fields
	}
	return event, true, nil
}

// fromHayabusa reads a line of a timeline in JSON, if it has all fields of the event by their names.
func fromHayabusa(obj map[string]any) (map[string]any, bool, error) {
	if obj["RuleTitle"] == nil || obj["Channel"] == nil || obj["EventID"] == nil {
		return nil, false, nil
	}
	data, ok := obj["AllFieldInfo"].(map[string]any)
	if !ok {
		return nil, true, fmt.Errorf("this timeline of Hayabusa does not have the fields of events under their names: make it as JSON with the profile all-field-info, or give the events themselves")
	}
	return windowsEvent(map[string]any{
		"Provider": obj["Provider"], "EventID": obj["EventID"], "Channel": channelOf(obj["Channel"]), "Computer": obj["Computer"],
		"EventRecordID": obj["RecordID"], "TimeCreated": obj["Timestamp"],
	}, data), true, nil
}

// channelOf writes out what Hayabusa shortens.
func channelOf(v any) any {
	short := map[string]string{"Sysmon": "Microsoft-Windows-Sysmon/Operational", "Sec": "Security", "Sys": "System", "App": "Application",
		"PwSh": "Microsoft-Windows-PowerShell/Operational", "PwShClassic": "Windows PowerShell", "Defender": "Microsoft-Windows-Windows Defender/Operational",
		"TaskSch": "Microsoft-Windows-TaskScheduler/Operational"}
	name, _ := v.(string)
	if long, ok := short[name]; ok {
		return long
	}
	return v
}

// heads are the names that flat shapes have for parts of the head.
var heads = map[string][]string{
	"EventID": {"EventID", "event_id"}, "Channel": {"Channel", "EventLog"}, "Provider": {"SourceName", "Provider", "EventSourceName", "Source"},
	"Computer": {"Computer", "Hostname", "host"}, "EventRecordID": {"RecordNumber", "EventRecordId", "EventRecordID"}, "Version": {"Version"},
	"Level": {"EventLevel", "SeverityValue", "Level"}, "Task": {"Task"}, "Opcode": {"OpcodeValue"}, "Keywords": {"Keywords"},
	"TimeCreated": {"TimeCreated", "TimeGenerated", "EventTime", "@timestamp", "UtcTime"},
}

// fromFlat reads an event whose head and data are fields beside each other, or whose data is an object or XML in a field:
// a channel and an id are what tells it.
func fromFlat(obj map[string]any) (map[string]any, bool, error) {
	channel, _ := first(obj, heads["Channel"]...).(string)
	if channel == "" || first(obj, heads["EventID"]...) == nil || obj["category"] != nil {
		return nil, false, nil
	}
	head := map[string]any{}
	var used []string
	for name, spellings := range heads {
		for _, s := range spellings {
			if v := obj[s]; v != nil && v != "" {
				head[name] = v
				used = append(used, s)
				break
			}
		}
	}
	data := map[string]any{}
	switch body := obj["EventData"].(type) {
	case map[string]any:
		return windowsEvent(head, body), true, nil
	case string:
		if v, ok := decode(body); ok {
			if fields, ok := v.(map[string]any); ok {
				return windowsEvent(head, fields), true, nil
			}
		}
		if strings.HasPrefix(strings.TrimSpace(body), "<") {
			fields, err := readDataXML(body)
			return windowsEvent(head, fields), true, err
		}
	}
	for name, v := range obj {
		if v != nil && v != "" && (!slices.Contains(used, name) || name == "UtcTime") {
			data[name] = v
		}
	}
	return windowsEvent(head, data), true, nil
}
