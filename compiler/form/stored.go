package form

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"time"
)

// fromVelociraptor reads an event as the parsers of Velociraptor write it: the head and the data at the top, the id in an
// object, and the time in seconds since 1970.
func fromVelociraptor(obj map[string]any) (map[string]any, bool, error) {
	head, ok := obj["System"].(map[string]any)
	channel, _ := head["Channel"].(string)
	if !ok || channel == "" || head["EventID"] == nil {
		return nil, false, nil
	}
	at := first(head, "TimeCreated.SystemTime")
	if n, ok := at.(json.Number); ok {
		at = seconds(n)
	}
	event := windowsEvent(map[string]any{
		"Provider": first(head, "Provider.Name"), "EventID": first(head, "EventID.Value", "EventID"), "Channel": channel, "Computer": head["Computer"],
		"EventRecordID": head["EventRecordID"], "Version": head["Version"], "Level": head["Level"], "Task": head["Task"], "TimeCreated": at,
	}, nil)
	inner := event["Event"].(map[string]any)
	for _, name := range []string{"EventData", "UserData"} {
		if data, ok := obj[name].(map[string]any); ok {
			inner[name] = data
		}
	}
	return event, true, nil
}

// seconds writes a time since 1970 as RFC 3339.
func seconds(n json.Number) any {
	f, err := n.Float64()
	if err != nil || math.Abs(f) > 1e11 {
		return n
	}
	whole, part := math.Modf(f)
	return time.Unix(int64(whole), int64(math.Round(part*1e6))*1000).UTC().Format(time.RFC3339Nano)
}

// fromSplunkFields reads the fields that Splunk takes out of an event of Windows in XML, where the export has no raw text.
// Of events that were indexed as text, names and values are others.
func fromSplunkFields(obj map[string]any) (map[string]any, bool, error) {
	source, _ := obj["source"].(string)
	kind, channel, ok := strings.Cut(source, ":")
	raw, _ := obj["_raw"].(string)
	switch {
	case !ok || obj["EventCode"] == nil && raw == "":
		return nil, false, nil
	case strings.EqualFold(kind, "WinEventLog") && !strings.HasPrefix(strings.TrimSpace(raw), "<Event"):
		return nil, true, errors.New("events of Windows that Splunk has indexed as text do not have the fields under their names: export such as have renderXml = true")
	case !strings.EqualFold(kind, "XmlWinEventLog") || obj["EventCode"] == nil:
		return nil, false, nil
	}
	data := map[string]any{}
	for name, v := range obj {
		if !splunkOwn[name] && v != nil && v != "" {
			data[name] = v
		}
	}
	return windowsEvent(map[string]any{
		"Provider": first(obj, "Name", "SourceName"), "EventID": obj["EventCode"], "Channel": channel, "Computer": first(obj, "Computer", "host"),
		"EventRecordID": first(obj, "EventRecordID", "RecordNumber"), "TimeCreated": first(obj, "SystemTime", "_time"),
	}, data), true, nil
}

// splunkOwn are fields that say how Splunk keeps an event, or stand in its head.
var splunkOwn = map[string]bool{
	"source": true, "sourcetype": true, "host": true, "index": true, "linecount": true, "punct": true, "splunk_server": true, "_time": true,
	"_raw": true, "_cd": true, "_bkt": true, "_indextime": true, "_serial": true, "_si": true, "_sourcetype": true, "timestamp": true,
	"eventtype": true, "tag": true, "EventCode": true, "EventID": true, "Channel": true, "Computer": true, "Name": true, "SourceName": true,
	"EventRecordID": true, "RecordNumber": true, "SystemTime": true,
}

// fromGetWinEvent refuses objects of PowerShell's Get-WinEvent, whose values have lost their names.
func fromGetWinEvent(obj map[string]any) (map[string]any, bool, error) {
	if obj["LogName"] == nil || obj["ProviderName"] == nil || obj["Id"] == nil {
		return nil, false, nil
	}
	return nil, true, errors.New("objects of Get-WinEvent do not have the fields of events under their names: write \"Get-WinEvent ... | ForEach-Object { $_.ToXml() }\"")
}
