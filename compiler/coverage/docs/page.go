package docs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/attack"
	"github.com/sigc-rules/sigc/compiler/coverage"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// page is the page of a rule while it is written.
type page struct {
	strings.Builder
	rule *coverage.Rule
	lang string
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *page) heading(level int, s string) {
	p.line("\n%s %s\n", strings.Repeat("#", level), text(s))
}

// items writes a list under a heading, where there is something to list.
func (p *page) items(level int, heading string, items []string, write func(string) string) {
	if len(items) == 0 {
		return
	}
	p.heading(level, heading)
	for _, i := range items {
		p.line("- %s", write(i))
	}
}

func (p *page) write() string {
	r := p.rule
	p.line("# %s\n", text(r.Text.Title.In(p.lang)))
	p.line("%s", link("All rules", up(r)+Index))
	if d := r.Text.Description.In(p.lang); d != "" {
		p.line("\n%s", strings.TrimRight(prose(coverage.Flow(d)), "\n"))
	}
	p.facts()
	p.rows()
	if len(r.Text.Triage) > 0 {
		p.heading(2, "What to do about an alert")
		for i, step := range r.Text.Triage {
			p.line("%d. %s", i+1, text(step.In(p.lang)))
		}
	}
	p.items(3, "Fields for it", r.Fields, code)
	p.items(2, "False positives", r.FalsePositives, text)
	p.logs()
	p.lists()
	p.check()
	p.queries()
	p.cases()
	p.items(2, "References", r.References, address)
	return p.String()
}

// facts are what is short to say.
func (p *page) facts() {
	r := p.rule
	p.line("\n| | |\n|---|---|")
	fact := func(name, value string) {
		if value != "" {
			p.line("| %s | %s |", name, value)
		}
	}
	fact("Level", text(r.Level))
	fact("Status", text(r.Status))
	var techniques []string
	for _, tag := range r.Tags {
		if t, ok := attack.Tagged(tag); ok {
			techniques = append(techniques, link(t.ID+" "+t.Name, "https://attack.mitre.org/techniques/"+strings.ReplaceAll(t.ID, ".", "/")+"/"))
		}
	}
	fact("ATT&amp;CK", strings.Join(techniques, "<br>"))
	fact("Key", cell(r.Key))
	fact("File", cell(r.File))
}

// rows are those of the articles that the rule is for: why it is there.
func (p *page) rows() {
	if len(p.rule.Rows) == 0 {
		return
	}
	p.heading(2, "Rows of Microsoft's articles that it serves")
	for _, id := range p.rule.Rows {
		row := row(id)
		if row == nil {
			p.line("- %s, which there is not", code(id))
			continue
		}
		a := article(row.Article)
		p.line("- **%s** (%s, %s; risk: %s). %s", text(row.Title.In(p.lang)), link(a.Title, a.URL), text(coverage.Heading(row.Section)), text(row.Levels()), text(row.What))
		if row.Gap != nil {
			p.line("  - Left open: %s %s %s", text(row.Gap.Reason), text(row.Gap.Do), code(row.Gap.Query))
		}
	}
}

// logs are what must be collected, and what that takes.
func (p *page) logs() {
	if len(p.rule.Logs) == 0 {
		return
	}
	p.heading(2, "Logs that it needs")
	for _, l := range p.rule.Logs {
		p.line("- %s: %s", code(l.Name), text(l.Doc))
		for _, line := range collection(l) {
			p.line("  - %s", line)
		}
	}
}

// collection says how a log comes to a platform.
func collection(l *schema.Log) []string {
	c := l.Collection
	if c == nil {
		return nil
	}
	choose := "category"
	switch {
	case l.Management:
		choose = "content types"
	case !l.Tabled():
		choose = "channel"
	}
	out := []string{fmt.Sprintf("%s, %s %s", text(c.Setting), choose, code(c.Category))}
	if l.Tabled() {
		out[0] += ". It sends the log to Log Analytics for Microsoft Sentinel and Azure Monitor, and to an event hub for Splunk."
	}
	if c.Connector != "" {
		out = append(out, fmt.Sprintf("Data connector of Microsoft Sentinel that makes the setting: %s.", text(c.Connector)))
	}
	if c.Licence != "" {
		out = append(out, fmt.Sprintf("Licence: %s.", text(c.Licence)))
	}
	if c.Note != "" {
		out = append(out, text(c.Note))
	}
	var see []string
	for _, a := range c.See {
		see = append(see, address(a))
	}
	return append(out, "See "+strings.Join(see, ", "))
}

// check says what to compare with the tenant, before anybody relies on a rule that is not proven.
func (p *page) check() {
	if !p.rule.Unproven() {
		return
	}
	p.heading(2, "What to check in a tenant")
	p.line("The rule is experimental: not all that it compares with has been seen in a published record. Find a record of such")
	p.line("an act, or cause one, and see that its fields are filled and written like this:\n")
	for _, asked := range alike(p.rule.Asks) {
		p.line("- %s", asked)
	}
}

// alike puts the fields together of which the same is asked.
func alike(asks []coverage.Ask) []string {
	var out []string
	place := map[string]int{}
	for _, a := range asks {
		field := code(a.Field)
		if field == "" {
			field = "any field"
		}
		meaning := text(a.Meaning)
		if a.Negated {
			meaning += " (excluded)"
		}
		i, ok := place[meaning]
		if !ok {
			place[meaning] = len(out)
			out = append(out, field+" "+meaning)
			continue
		}
		fields, _ := strings.CutSuffix(out[i], " "+meaning)
		out[i] = fields + ", " + field + " " + meaning
	}
	return out
}

func (p *page) queries() {
	p.heading(2, "Queries")
	for i, q := range p.rule.Queries {
		if i > 0 {
			p.line("")
		}
		p.line("### %s\n", text(q.Target))
		if len(q.Told) > 0 {
			p.line("| | |\n|---|---|")
			for _, f := range q.Told {
				p.line("| %s | %s |", text(f.Name), text(f.Value))
			}
			p.line("")
		}
		p.WriteString(block(languages[q.Target], q.Text))
	}
	for _, t := range slices.Sorted(maps.Keys(p.rule.Refused)) {
		p.line("\nNot for %s: %s", text(t), text(p.rule.Refused[t]))
	}
}

// cases are the events that the rule is tried on.
func (p *page) cases() {
	if len(p.rule.Cases) == 0 {
		return
	}
	p.heading(2, "Cases that it is tested with")
	for _, c := range p.rule.Cases {
		verdict := "does not match"
		if c.Match {
			verdict = "matches"
		}
		p.line("- %s: %s", verdict, text(c.Name))
	}
}
