package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
)

// logsourceChecks are about log sources and the fields that belong to them, as far as SigmaHQ's taxonomy describes them.
var logsourceChecks = []Check{{
	ID: "logsource/unknown-name", Severity: diag.Warning, Sigma: logsourceUnknown,
	Doc: Doc{
		Summary: "the taxonomy of Sigma has no such category or service of Windows",
		Why:     "Tools choose the log by this name. A misspelt one is a log that nobody collects.",
		Bad:     "logsource: {product: windows, category: process_creaton}\n" + powershell,
		Good:    "logsource: {product: windows, category: process_creation}\n" + powershell,
	},
}, {
	ID: "logsource/unknown-key", Severity: diag.Note, Sigma: logsourceKey,
	Doc: Doc{
		Summary: "a logsource has a key that Sigma does not define",
		Why:     "Other tools ignore it. A misspelt key widens the rule to every log.",
		Bad:     "logsource:\n    product: windows\n    categroy: process_creation\n" + powershell,
		Good:    "logsource:\n    product: windows\n    category: process_creation\n" + powershell,
	},
}, {
	ID: "logsource/specific", Severity: diag.Note, Item: logsourceSpecific,
	Doc: Doc{
		Summary: "a rule reads events of Sysmon by their number, where a category stands for them",
		Why:     "A rule for the category works with every source of such events; one for Sysmon's number with Sysmon alone.",
		Bad:     "logsource: {product: windows, service: sysmon}\ndetection:\n    selection:\n        EventID: 1\n        CommandLine|contains: powershell\n    condition: selection\n",
		Good:    "logsource: {product: windows, category: process_creation}\n" + powershell,
	},
}, {
	ID: "logsource/sysmon-without-event", Severity: diag.Note, Sigma: logsourceSysmon,
	Doc: Doc{
		Summary: "a rule about the whole log of Sysmon does not say which of its events it means",
		Why:     "Fields of one name mean different things in different events, and searching all of them costs much.",
		Bad:     "logsource: {product: windows, service: sysmon}\n" + powershell,
		Good:    "logsource: {product: windows, category: process_creation}\n" + powershell,
	},
}, {
	ID: "field/implied-event", Severity: diag.Note, Item: fieldImpliedEvent,
	Doc: Doc{
		Summary: "a rule asks for the number of the event, which its category implies",
		Why:     "The same events have other numbers in other sources: with the number the rule works with one of them only.",
		Bad:     "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        EventID: 1\n        CommandLine|contains: powershell\n    condition: selection\n",
		Good:    "logsource: {product: windows, category: process_creation}\n" + powershell,
	},
}, {
	ID: "field/implied-provider", Severity: diag.Note, Item: fieldImpliedProvider,
	Doc: Doc{
		Summary: "a rule asks for the provider or channel of the event, which its category implies",
		Why:     "The category stands for such events of all providers.",
		Bad:     "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        Provider_Name: Microsoft-Windows-Sysmon\n        CommandLine|contains: powershell\n    condition: selection\n",
		Good:    "logsource: {product: windows, category: process_creation}\n" + powershell,
	},
}, {
	ID: "field/case", Severity: diag.Warning, Item: fieldCase,
	Doc: Doc{
		Summary: "a field differs from the taxonomy's in case alone",
		Why:     "Names of fields are compared exactly by most platforms: commandline is another field than CommandLine.",
		Bad:     "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        Commandline|contains: powershell\n    condition: selection\n",
		Good:    "logsource: {product: windows, category: process_creation}\n" + powershell,
	},
}, {
	ID: "field/unlisted", Severity: diag.Warning, Item: fieldUnlisted,
	Doc: Doc{
		Summary: "the taxonomy has no such field in events of the category",
		Why:     "A field that no event has matches nothing, or in a filter excludes nothing.",
		Bad:     "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        ComandLine|contains: powershell\n    condition: selection\n",
		Good:    "logsource: {product: windows, category: process_creation}\n" + powershell,
	},
}, {
	ID: "field/blank", Severity: diag.Note, Item: fieldBlank,
	Doc: Doc{
		Summary: "the name of a field has a blank at its beginning or end, or two in a row",
		Why:     "Nobody sees the blank, and no event has such a field.",
		Bad:     "logsource: {product: windows, category: process_creation}\ndetection:\n    selection:\n        'CommandLine |contains': powershell\n    condition: selection\n",
		Good:    "logsource: {product: windows, category: process_creation}\n" + powershell,
	},
}}

const powershell = "detection:\n    selection:\n        CommandLine|contains: powershell\n    condition: selection\n"

func logsourceUnknown(p *Pass) {
	if p.Rule == nil || p.Rule.Logsource.Product.Value != "windows" {
		return
	}
	unknown := func(kind string, t sigma.Text, known []string) {
		d := p.report(t.At, "the taxonomy of Sigma has no %s %q of Windows", kind, t.Value)
		suggest(d, t.Value, known)
		if d.Label == "" { // it may be one of the author's own
			d.Severity = diag.Note
		}
	}
	category, service := p.Rule.Logsource.Category, p.Rule.Logsource.Service
	categories, services := catalogue.WindowsCategories(), catalogue.WindowsServices()
	if _, ok := categories[category.Value]; !ok && category.Value != "" {
		unknown("category", category, slices.Sorted(maps.Keys(categories)))
	}
	if service.Value != "" && !slices.Contains(services, service.Value) {
		unknown("service", service, services)
	}
}

func logsourceKey(p *Pass) {
	if p.Rule == nil {
		return
	}
	for _, pair := range p.Rule.Logsource.Extra {
		d := p.report(pair.Key.At, "%q is no key of a logsource", pair.Key.Value)
		suggest(d, pair.Key.Value, []string{"category", "product", "service", "definition"})
	}
}

// isEventID reports whether an item compares the number of the event with whole numbers.
func isEventID(item *sigma.Item) bool {
	return item.Field.Value == "EventID" && len(item.Modifiers) == 0
}

func logsourceSpecific(p *Pass, item *sigma.Item) {
	if !isEventID(item) || len(item.Values) != 1 || p.Rule == nil || p.Rule.Logsource.Product.Value != "windows" ||
		p.Rule.Logsource.Service.Value != "sysmon" || p.Rule.Logsource.Category.Value != "" {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(catalogue.WindowsCategories())) {
		c := catalogue.WindowsCategories()[name]
		if slices.Equal(c.Sysmon, []string{item.Values[0].Canon()}) && len(c.Fields) > 0 { // without fields, the taxonomy does not have it
			p.report(item.Values[0].At, "event %s of Sysmon is the category %q", item.Values[0].Canon(), name)
			return
		}
	}
}

func logsourceSysmon(p *Pass) {
	if p.Rule == nil || p.Rule.Logsource.Service.Value != "sysmon" || p.Rule.Logsource.Category.Value != "" {
		return
	}
	asked := false
	p.items(func(item *sigma.Item) { asked = asked || item.Field.Value == "EventID" })
	if !asked {
		p.report(p.Rule.Logsource.Service.At, `no "EventID" says which events of Sysmon are meant`)
	}
}

func fieldImpliedEvent(p *Pass, item *sigma.Item) {
	c := p.found.windows
	if c == nil || !isEventID(item) {
		return
	}
	for _, v := range item.Values {
		if slices.Contains(c.Sysmon, v.Canon()) && len(c.Sysmon) == 1 || slices.Contains(c.Other, v.Canon()) && len(c.Other) == 1 {
			p.report(item.At, "the category %q implies the event", c.Name)
			return
		}
	}
}

func fieldImpliedProvider(p *Pass, item *sigma.Item) {
	c := p.found.windows
	if c == nil || len(c.Sysmon) == 0 || item.Field.Value != "Provider_Name" && item.Field.Value != "Channel" {
		return
	}
	for _, v := range item.Values {
		if strings.HasPrefix(v.Text, "Microsoft-Windows-Sysmon") {
			p.report(item.At, "the category %q implies Sysmon, among others", c.Name)
			return
		}
	}
}

// unlisted returns the fields that the taxonomy has for the category of the rule, where that of an item is none of them.
func (p *Pass) unlisted(item *sigma.Item) (known []string, ok bool) {
	c, field := p.found.windows, item.Field.Value
	if c == nil || len(c.Fields) == 0 || field == "" || slices.Contains(c.Fields, field) || slices.Contains(catalogue.WindowsCommon(), field) {
		return nil, false
	}
	return slices.Concat(c.Fields, catalogue.WindowsCommon()), true
}

func sameButCase(word string, known []string) string {
	for _, k := range known {
		if strings.EqualFold(k, word) {
			return k
		}
	}
	return ""
}

func fieldCase(p *Pass, item *sigma.Item) {
	known, ok := p.unlisted(item)
	if !ok {
		return
	}
	field := item.Field
	if near := sameButCase(field.Value, known); near != "" {
		d := p.report(field.At, "the taxonomy writes the field %q", near)
		d.Label = didYouMean(near)
		d.Fixes = replace(field.At, near)
	}
}

func fieldUnlisted(p *Pass, item *sigma.Item) {
	known, ok := p.unlisted(item)
	if !ok || sameButCase(item.Field.Value, known) != "" {
		return
	}
	field := item.Field
	d := p.report(field.At, "events of the category %q have no field %q in the taxonomy", p.Rule.Logsource.Category.Value, field.Value)
	suggest(d, field.Value, known)
	if d.Label == "" { // sources add fields of their own
		d.Severity = diag.Note
	}
}

func fieldBlank(p *Pass, item *sigma.Item) {
	if f := item.Field; strings.TrimSpace(f.Value) != f.Value || strings.Contains(f.Value, "  ") {
		p.report(f.At, "the name of the field has more blanks than it shows")
	}
}
