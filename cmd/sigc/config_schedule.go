package main

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/list"
)

// hoursKeys are the keys that a schedule has, and needs.
var hoursKeys = []string{"time_zone", "days", "from", "to"}

// schedule reads the hours of a list whose type says that it is a schedule.
func (p *configParser) schedule(n *yaml.Node, keys map[string]*yaml.Node, e *entry) {
	for _, name := range []string{"values", "file", "column", "as"} {
		if keys[name] != nil {
			p.fail(keys[name], "a schedule has no %q", name)
		}
	}
	var missing []string
	for _, name := range hoursKeys {
		if keys[name] == nil {
			missing = append(missing, fmt.Sprintf("%q", name))
		}
	}
	if len(missing) > 0 {
		p.fail(n, "a schedule needs %s", strings.Join(missing, ", "))
		return
	}
	h := &list.Hours{}
	if zone := p.text(keys["time_zone key"], keys["time_zone"]); zone != "" {
		var ok bool
		if h.Zone, ok = list.ReadZone(zone); !ok {
			p.fail(keys["time_zone"], "%q is no time zone of the IANA database, such as Europe/Rome", zone)
		}
	}
	p.days(keys["days"], h)
	var read [2]bool
	h.From, read[0] = p.clock(keys["from key"], keys["from"])
	h.To, read[1] = p.clock(keys["to key"], keys["to"])
	if read[0] && read[1] && h.From == h.To {
		p.fail(keys["to"], `the schedule ends when it begins; a whole day is from "00:00" to "24:00"`)
	}
	if read[0] && h.From == 24*60 {
		p.fail(keys["from"], `a day begins at "00:00"`)
	}
	e.hours, e.from = h, p.line(n)
}

func (p *configParser) days(n *yaml.Node, h *list.Hours) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		p.fail(n, `"days" must be a list of days: %s`, strings.Join(list.DayNames, ", "))
		return
	}
	for _, d := range n.Content {
		day, ok := list.ReadDay(d.Value)
		switch {
		case !ok:
			p.fail(d, "%q is no day%s", d.Value, diag.Meant(d.Value, list.DayNames))
		case slices.Contains(h.Days, day):
			p.fail(d, "%q is given twice", d.Value)
		default:
			h.Days = append(h.Days, day)
		}
	}
}

// clock reads a time of the day.
func (p *configParser) clock(key, n *yaml.Node) (minute int, ok bool) {
	s := p.text(key, n)
	if s == "" {
		return 0, false
	}
	if minute, ok = list.ReadClock(s); !ok {
		p.fail(n, `%q is no time of the day from "00:00" to "24:00"`, s)
	}
	return minute, ok
}
