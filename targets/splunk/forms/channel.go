package forms

import (
	"slices"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// channels are what a form says of the logs of channels of Windows that it does not describe one by one: their events
// stand in a source that is named for the channel, and call their fields as the log does.
type channels struct {
	source, sourceType string
	doc, data          string
}

// head are the fields that the add-on takes out of the head of every event (C: fields of published events), other than
// those that the log calls so as well. EventID is not there when the number has an attribute, EventCode always is.
var head = map[string]Field{
	"TimeCreated":   {Path: "SystemTime"},
	"EventID":       {Path: "EventCode"},
	"Provider_Name": {Path: "Name"},
}

// attributes are names that the head has for values of its own.
var attributes = []string{"Name", "Guid", "ProcessID", "ThreadID", "UserID", "SystemTime", "Qualifiers", "EventSourceName"}

// maxShown is how many fields of a log are shown when the rule does not say which.
const maxShown = 8

// channel is a log of a channel that the form does not describe; nil when it brings none. Windows lets no program subscribe
// to a channel for debugging (D: EvtSubscribe).
func (f *Form) channel(log *schema.Log) *Data {
	if f.channels == nil || log.Windows.Name == "" || strings.HasSuffix(log.Windows.Name, "/Debug") {
		return nil
	}
	return log.Once(f.channels, func() any { return f.ofChannel(log) }).(*Data)
}

// ofChannel says how the events of the channel are found, and what their fields are called.
func (f *Form) ofChannel(log *schema.Log) *Data {
	macro := f.channels.macro(log.Windows.Names)
	d := &Data{Form: f, Log: log, Macro: macro.Name, scope: &macro, fields: map[string]Field{}}
	if events := log.Windows.Events; len(events) > 0 {
		d.Records = append(d.Records, Term{"EventCode", events})
	}
	for _, h := range log.Windows.Having {
		d.Records = append(d.Records, Term{h.Field, h.Values})
	}
	for name, field := range head {
		d.fields[name] = field
	}
	for _, c := range log.Columns {
		switch _, inHead := head[c.Name]; {
		case inHead:
		case c.Array:
			d.fields[c.Name] = Field{Path: "EventData_Xml", Unnamed: true}
		case slices.Contains(log.Windows.Ordered, c.Name):
			d.fields[c.Name] = Field{Path: "EventData_Xml", Unnamed: true, Nth: slices.Index(log.Windows.Ordered, c.Name) + 1}
		case slices.Contains(log.Windows.Inner, c.Name):
			d.fields[c.Name] = Field{Path: c.Name, Inner: c.Name, Head: log.Windows.Name}
		case slices.Contains(attributes, c.Name):
			d.fields[c.Name] = Field{None: "the head of the event has a value of that name too, and both are one field there"}
			if c.Name == "Name" {
				d.fields["Provider_Name"] = d.fields[c.Name]
			}
		case c.Raw != "": // a name with spaces
			d.fields[c.Name] = Field{Path: strings.ReplaceAll(c.Raw, " ", "_")}
		}
	}
	d.User, d.Address, d.App = d.roles(users), d.roles(addresses), d.roles(programs)
	d.Shown, d.paths = shownOf(d), sync.OnceValue(d.columnPaths)
	return d
}

// What the logs of channels call those who did it, where they came from, and the program.
var (
	users     = []string{"User", "SubjectUserName", "UserName", "TargetUserName", "TargetUser"}
	addresses = []string{"IpAddress", "ClientAddress", "Address"}
	programs  = []string{"ProcessName", "Image", "ImagePath", "FilePath", "ApplicationPath", "ModifyingApplication", "processPath", "HostProcess", "ProcessNameBuffer", "ProcessPath"}
)

// roles are the fields of the record for those of the names that the log has.
func (d *Data) roles(names []string) []string {
	var out []string
	for _, name := range names {
		if c := d.Log.Column(name); c != nil && d.Field(c).Path != "" && !d.Field(c).Unnamed {
			out = append(out, d.Field(c).Path)
		}
	}
	return out
}

// shownOf are the computer, the event and the first fields of the log.
func shownOf(d *Data) []string {
	out := []string{"Computer", "EventID"}
	own := 0
	for _, c := range d.Log.Columns {
		path := d.Field(c).Path
		if d.Field(c).Nth > 0 { // one of several that are shown together
			continue
		}
		if _, inEvery := head[c.Name]; inEvery || slices.Contains(everyEvent, c.Name) || path == "" || own == maxShown {
			continue
		}
		if slices.Contains(slices.Concat(d.User, d.Address, d.App), path) { // shown as what it is
			continue
		}
		own++
		out = append(out, c.Name)
	}
	return out
}

// everyEvent are the fields of the head that tell little.
var everyEvent = []string{"Channel", "Computer", "Level", "Task", "Opcode", "Keywords", "EventRecordID", "Version"}

// macro is the scope of the channels.
func (c *channels) macro(names []string) Macro {
	m := Macro{
		Name: channelMacro(names[0]), Doc: c.doc + " " + strings.Join(names, " and "), Data: c.data + " " + names[0],
		Source: c.source + ":" + names[0], SourceType: c.sourceType,
	}
	sources := make([]string, len(names))
	for i, name := range names {
		sources[i] = `source="` + c.source + ":" + name + `"`
	}
	m.Definition = "index=* " + sources[0]
	if len(sources) > 1 {
		m.Definition = "index=* (" + strings.Join(sources, " OR ") + ")"
	}
	return m
}

// channelMacro is what the searches call the scope of a channel: wineventlog_application for Application,
// wineventlog_powershell_operational for Microsoft-Windows-PowerShell/Operational.
func channelMacro(channel string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.TrimPrefix(channel, "Microsoft-Windows-")), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return "wineventlog_" + strings.Join(words, "_")
}
