package splunk

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
	"github.com/sigc-rules/sigc/targets/splunk/contentctl"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// contentFolder is where a build writes content for contentctl, in the folders of a project of it.
const contentFolder = "contentctl/"

// content is what a pack becomes in a project of contentctl.
type content struct {
	rules   []*target.Compiled
	story   string
	head    contentctl.Head // of content that comes from no rule
	taken   map[string]bool // names of files, and of content, which must be unique in a project
	lookups map[string]string
	files   []target.File
}

// contentFiles writes the pack for contentctl.
func contentFiles(rules []*target.Compiled, write func(target.File) error, diags *diag.List) error {
	noteContent(rules, diags)
	t := rules[0].Target
	c := &content{rules: rules, taken: map[string]bool{}, lookups: map[string]string{}}
	c.head = contentctl.Head{Version: wordNumber(t.Setting(optBuild)), Date: lastDate(rules), Author: t.Setting(optAuthor)}
	for _, part := range []func() error{c.writeScopes, c.writeMacros, c.writeLookups, c.writeStory, c.writeDetections} {
		if err := part(); err != nil {
			return err
		}
	}
	return target.WriteAll(write, c.files...)
}

// used is what contentctl takes for the name of a macro (C: contentctl/objects/macro.py).
var used = regexp.MustCompile("`([^\\s]+)`")

// noteContent warns of values in which contentctl would find macros.
func noteContent(rules []*target.Compiled, diags *diag.List) {
	known := map[string]bool{}
	for _, m := range macrosOf(rules) {
		known[m.Name] = true
	}
	for _, s := range scheduleMacros(rules) {
		known[strings.TrimSuffix(s.Name, "(1)")] = true
	}
	for _, c := range rules {
		for _, m := range used.FindAllStringSubmatch(c.Text, -1) {
			if name, _, _ := strings.Cut(m[1], "("); !known[name] {
				d := diags.Warnf("splunk/contentctl-macro", c.Title.At, "splunk: contentctl takes %q in a value for a macro, and does not find it", name)
				d.Target = "splunk"
				break
			}
		}
	}
}

// add writes content into the file of its name.
func (c *content) add(folder, name string, x any) error {
	c.taken[contentctl.FileName(name)] = true
	data, err := contentctl.YAML(x)
	c.files = append(c.files, target.File{Path: contentFolder + folder + "/" + contentctl.FileName(name) + ".yml", Data: data})
	return err
}

func (c *content) headOf(kind, name, description string) contentctl.Head {
	h := c.head
	h.Name, h.ID, h.Description = name, contentctl.ID(kind, name), description
	return h
}

// writeScopes writes the macros that say where the records are, and what sends these.
func (c *content) writeScopes() error {
	for _, m := range macrosOf(c.rules) {
		x := contentctl.Macro{Head: c.headOf("macro", m.Name, m.Doc), Definition: m.Definition}
		if err := c.add("macros", m.Name, x); err != nil {
			return err
		}
		d := contentctl.DataSource{Head: c.headOf("data source", m.Data, m.Doc), Source: m.Source, Sourcetype: m.SourceType}
		if err := c.add("data_sources", m.Data, d); err != nil {
			return err
		}
	}
	return nil
}

// writeMacros writes the other macros, each of which has one argument.
func (c *content) writeMacros() error {
	for _, s := range scheduleMacros(c.rules) {
		name, _, _ := strings.Cut(s.Name, "(")
		x := contentctl.Macro{Head: c.headOf("macro", name, s.Comment), Arguments: []string{s.Value("args")}, Definition: s.Value("definition")}
		if err := c.add("macros", name, x); err != nil {
			return err
		}
	}
	return nil
}

// writeLookups writes the tables. contentctl reads the name of a lookup in a search as far as letters, digits and _ go (C:
// contentctl/objects/lookup.py).
func (c *content) writeLookups() error {
	for _, l := range lookups(c.rules) {
		name := strings.ReplaceAll(l.Name, "-", "_")
		for n := 2; c.taken[contentctl.FileName(name)]; n++ {
			name = fmt.Sprintf("%s_%d", strings.ReplaceAll(l.Name, "-", "_"), n)
		}
		c.lookups[l.Name] = name
		x := contentctl.Lookup{Head: c.headOf("lookup", name, cmp.Or(l.Doc, "Values of "+l.Name)), Kind: "csv", MaxMatches: 1}
		for _, s := range l.Settings {
			switch key, value := s.Pair(); key {
			case "case_sensitive_match":
				x.CaseSensitive = value == yes
			case "match_type":
				x.MatchType = []string{value}
			}
		}
		if err := c.add("lookups", name, x); err != nil {
			return err
		}
		c.files = append(c.files, target.File{Path: contentFolder + "lookups/" + contentctl.FileName(name) + ".csv", Data: l.CSV})
	}
	return nil
}

// writeStory writes the story that all detections belong to.
func (c *content) writeStory() error {
	t := c.rules[0].Target
	c.story = c.free(cmp.Or(contentctl.Name(t.Setting(optLabel)), "Sigma detection rules"), "story")
	about := app.OneLine(t.Setting(optAbout))
	head := c.headOf("story", c.story, about)
	head.Status = "production"
	return c.add("stories", c.story, contentctl.Story{
		Head: head, Narrative: about,
		Tags: contentctl.StoryTags{Category: []string{"Adversary Tactics"}, Product: contentctl.Products, Use: "Advanced Threat Detection"},
	})
}

func (c *content) writeDetections() error {
	for _, r := range c.rules {
		d := c.detection(r)
		folder := "detections/cloud"
		switch asset := assetOf(r); asset {
		case "Endpoint", "Network":
			folder = "detections/" + strings.ToLower(asset)
		}
		if err := c.add(folder, d.Name, d); err != nil {
			return err
		}
	}
	return nil
}

// free returns the name, cut to its length, with the mark behind it where other content has it, and a number where that
// is taken too.
func (c *content) free(name, mark string) string {
	candidate := cut(name, "")
	for n := 1; c.taken[contentctl.FileName(candidate)]; n++ {
		suffix := " " + mark
		if n > 1 {
			suffix += fmt.Sprintf(" %d", n)
		}
		candidate = cut(name, suffix)
	}
	return candidate
}

func cut(name, suffix string) string {
	if room := contentctl.MaxName - len(suffix); len(name) > room {
		name = strings.TrimRight(name[:room], " -./_")
	}
	return name + suffix
}

// detection is a rule for contentctl. It is experimental, because contentctl wants recorded attack data of others (C:
// contentctl/objects/abstract_security_content_objects/detection_abstract.py).
func (c *content) detection(r *target.Compiled) contentctl.Detection {
	q := r.Query.(*Query)
	title := cmp.Or(contentctl.Name(r.Title.Value), "Untitled rule")
	name := c.free(title, digestOf(r))
	d := contentctl.Detection{
		Head: contentctl.Head{
			Name: name, ID: strings.ToLower(r.ID.Value), Version: c.head.Version, Date: cmp.Or(dateOf(r), c.head.Date),
			Author: app.OneLine(cmp.Or(r.Author.Value, c.head.Author)), Status: "experimental", Type: "Hunting", Description: ended(describe(r, name)),
		},
		DataSource:     dataOf(q),
		Search:         q.renamed(c.lookups) + "\n| `" + contentctl.Filter(name) + "`",
		HowToImplement: howTo(r),
		FalsePositives: falsePositives(r),
		References:     links(r),
		Drilldowns:     contentDrilldowns(r),
		Tags: contentctl.Tags{
			Stories: []string{c.story}, Asset: assetOf(r), Techniques: techniques(r), Products: contentctl.Products, Domain: securityDomain(r),
			Throttling: contentThrottling(r),
		},
	}
	if !contentctl.IsID(d.ID) {
		d.ID = contentctl.ID("detection", r.Key(), r.Path)
	}
	if objects := riskObjects(r); len(objects) > 0 {
		d.Type, d.RBA = "Anomaly", rba(r, objects)
		if l := level(r); l == "high" || l == "critical" {
			d.Type = "TTP"
		}
	}
	return d
}

// digestOf tells rules of one title apart.
func digestOf(c *target.Compiled) string {
	d := digest(c)
	return hex.EncodeToString(d[:4])
}

// rba is what a result means for the risk of whom it is about.
func rba(c *target.Compiled, objects []riskObject) *contentctl.RBA {
	out := &contentctl.RBA{Message: inert(app.OneLine(cmp.Or(c.Title.Value, stanzaTitle("")))), Threats: []contentctl.ThreatObject{}}
	for _, o := range objects {
		if o.RiskField != "" {
			out.Risk = append(out.Risk, contentctl.RiskObject{Field: o.RiskField, Type: o.RiskType, Score: o.Score})
		} else {
			out.Threats = append(out.Threats, contentctl.ThreatObject{Field: o.ThreatField, Type: o.ThreatType})
		}
	}
	return out
}

// contentDrilldowns are those of Enterprise Security, with the words that contentctl replaces by the search.
func contentDrilldowns(c *target.Compiled) []contentctl.Drilldown {
	if len(drilldowns(c)) == 0 {
		return nil
	}
	d := drilldownInto("%original_detection_search%", c.Query.(*Query).About[0])
	return []contentctl.Drilldown{{Name: d.Name, Search: d.Search, Earliest: d.Earliest, Latest: d.Latest}}
}

// contentThrottling is the throttling of the saved search, whose period contentctl takes in hours at most.
func contentThrottling(c *target.Compiled) *contentctl.Throttling {
	period := throttle(c)
	if period == "" {
		return nil
	}
	if days, ok := strings.CutSuffix(period, "d"); ok {
		period = fmt.Sprintf("%dh", 24*wordNumber(days))
	}
	return &contentctl.Throttling{Fields: throttleFields(c), Period: period}
}

// ended takes care that a text does not end in a backslash, which takes the next line of a configuration file into it.
func ended(text string) string {
	if strings.HasSuffix(text, `\`) {
		return text + "."
	}
	return text
}

func dataOf(q *Query) []string {
	var out []string
	for _, m := range q.Scopes {
		if !slices.Contains(out, m.Data) {
			out = append(out, m.Data)
		}
	}
	return out
}

// assets are what the logs of a family are about, in the words of contentctl (C: AssetType).
var assets = map[string]string{
	"entra": "Azure Active Directory", "m365": "O365 Tenant", "aws": "AWS Account", "gcp": "GCP", "kubernetes": "Kubernetes",
	"github": "GitHub", "okta": "Okta Tenant", "onelogin": "Identity", "duo": "Identity",
	"windows": "Endpoint", "linux": "Endpoint", "macos": "Endpoint", "unix": "Endpoint",
	"network": "Network", "zeek": "Network", "fortigate": "Network", "syslog": "Infrastructure",
}

func assetOf(c *target.Compiled) string {
	for f := range forms.With(c.Logs()...) {
		if a := assets[f.Family]; a != "" {
			return a
		}
	}
	return "Azure Tenant"
}

// howTo says what a detection needs beside itself. Projects of contentctl have schedules of their own.
func howTo(c *target.Compiled) string {
	q := c.Query.(*Query)
	var out []string
	for _, m := range q.Scopes {
		out = append(out, fmt.Sprintf("The macro `%s` says where the records are: %s.", m.Name, strings.TrimSuffix(m.Doc, ".")))
	}
	slices.Sort(out)
	out = slices.Compact(out)
	for _, l := range lookups([]*target.Compiled{c}) {
		out = append(out, "The lookup "+l.Name+" holds your values.")
	}
	if c.HasNoted(lateField) {
		out = append(out, "It reads fields that can stand late in long records: raise extraction_cutoff in the stanza [spath] of limits.conf.")
	}
	if c.Correlation != nil {
		out = append(out, fmt.Sprintf("It puts events together that are up to %s apart: let every run look back so much further than the time since the last run, "+
			"or it misses what begins before its time range.", plainTime(c.Correlation.Correlation.Lookback())))
	}
	return strings.Join(out, " ")
}

// plainTime writes a time in the largest unit that fits.
func plainTime(d time.Duration) string {
	for _, u := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "days"}, {time.Hour, "hours"}, {time.Minute, "minutes"}} {
		if d%u.size == 0 && d > u.size {
			return fmt.Sprintf("%d %s", d/u.size, u.name)
		}
	}
	return fmt.Sprintf("%d seconds", d/time.Second)
}

func falsePositives(c *target.Compiled) string {
	var out []string
	for _, f := range c.FalsePositives {
		if s := app.OneLine(f.Value); s != "" {
			out = append(out, s)
		}
	}
	if s := strings.Join(out, "; "); len(s) >= 4 { // as contentctl asks for
		return s
	}
	return "Not known."
}

// links are the references that are URLs, which contentctl asks for.
func links(c *target.Compiled) []string {
	var out []string
	for _, r := range c.References {
		if u, err := url.Parse(r.Value); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
			out = append(out, u.String())
		}
	}
	return out
}

var dated = regexp.MustCompile(`^([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})$`)

// dateOf is when the rule was changed last, "" when it does not say.
func dateOf(c *target.Compiled) string {
	for _, text := range []string{c.Modified.Value, c.Date.Value} {
		if m := dated.FindStringSubmatch(text); m != nil {
			date := m[1] + "-" + m[2] + "-" + m[3]
			if _, err := time.Parse(time.DateOnly, date); err == nil {
				return date
			}
		}
	}
	return ""
}

// lastDate is the latest of the dates of the rules; content that has none of its own gets it, as a build knows no clock.
func lastDate(rules []*target.Compiled) string {
	latest := "1970-01-01"
	for _, c := range rules {
		latest = max(latest, dateOf(c))
	}
	return latest
}

// wordNumber is the number that an option was checked to be.
func wordNumber(v string) int {
	n, err := strconv.Atoi(v)
	if err != nil {
		panic("splunk: an option was not checked: " + v)
	}
	return n
}
