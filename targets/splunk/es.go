package splunk

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// Enterprise Security takes a saved search for a correlation search when action.correlationsearch.enabled says so. The
// other keys are those that contentctl writes for the searches that Splunk publishes (C).

// enterpriseSecurity returns what makes a search a correlation search; nothing when the user wants none.
func enterpriseSecurity(c *target.Compiled) []app.Setting {
	es := c.Setting(optES)
	if es == noES {
		return nil
	}
	label := app.OneLine(cmp.Or(c.Title.Value, stanzaTitle("")))
	out := []app.Setting{
		app.Exact("action.correlationsearch.enabled", "1"),
		app.Text("action.correlationsearch.label", label),
		app.Exact("action.correlationsearch.detection_type", "ebd"), // an event-based detection
	}
	if t := techniques(c); len(t) > 0 {
		out = append(out, app.Exact("action.correlationsearch.annotations", oneLineJSON(annotations{t})))
	}
	if id := c.ID.Value; id != "" {
		out = append(out, app.Exact("action.correlationsearch.metadata", oneLineJSON(metadataOf(c))))
	}
	if es == esNotable || es == esBoth {
		out = append(out, notable(c, label)...)
	}
	if o := riskObjects(c); (es == esRisk || es == esBoth) && len(o) > 0 {
		out = append(out,
			app.Exact("action.risk", "1"),
			app.Text("action.risk.param._risk_message", inert(label)),
			app.Exact("action.risk.param._risk", oneLineJSON(o)),
			app.Exact("action.risk.param._risk_score", "0"), // each object has its own
			app.Exact("action.risk.param.verbose", "0"),
		)
	}
	return out
}

type annotations struct {
	Attack []string `json:"mitre_attack"`
}

// metadata tells Enterprise Security which version of which detection the search is.
type metadata struct {
	Deprecated string `json:"deprecated"`
	ID         string `json:"detection_id"`
	Version    string `json:"detection_version"`
	Published  int64  `json:"publish_time,omitempty"`
}

func metadataOf(c *target.Compiled) metadata {
	m := metadata{Deprecated: zeroOrOne(c.Status.Value == "deprecated"), ID: c.ID.Value, Version: c.Target.Setting(optBuild)}
	if at, err := time.Parse(time.DateOnly, dateOf(c)); err == nil {
		m.Published = at.Unix()
	}
	return m
}

func notable(c *target.Compiled, label string) []app.Setting {
	out := []app.Setting{
		app.Exact("action.notable", "1"),
		app.Text("action.notable.param.rule_title", inert(label)),
		app.Text("action.notable.param.rule_description", inert(cmp.Or(app.OneLine(c.Description.Value), label))),
		app.Exact("action.notable.param.security_domain", securityDomain(c)),
		app.Exact("action.notable.param.severity", level(c)),
	}
	if about := c.Query.(*Query).About; len(about) > 0 {
		out = append(out, app.Exact("action.notable.param.nes_fields", strings.Join(about, ",")))
	}
	if d := drilldowns(c); len(d) > 0 {
		out = append(out, app.Exact("action.notable.param.drilldown_searches", oneLineJSON(d)))
	}
	return out
}

// inert takes the meaning from dollar signs, of which a pair would be read as the name of a field: each becomes the one of
// full width, which looks the same to people.
func inert(s string) string { return strings.ReplaceAll(s, "$", "＄") }

type drilldown struct {
	Name     string `json:"name" yaml:"name"`
	Search   string `json:"search" yaml:"search"`
	Earliest string `json:"earliest_offset" yaml:"earliest_offset"`
	Latest   string `json:"latest_offset" yaml:"latest_offset"`
}

// drilldowns lead from a notable event to what the search has found about the same user, or whatever the first column is
// that names something. A search with a pair of dollar signs of its own has none, as what stands between them would be
// replaced.
func drilldowns(c *target.Compiled) []drilldown {
	q := c.Query.(*Query)
	if len(q.About) == 0 || strings.Count(q.text, "$") > 1 {
		return nil
	}
	return []drilldown{drilldownInto(q.Line(""), q.About[0])}
}

// drilldownInto shows of the results of a search those that are about the same as a result.
func drilldownInto(search, column string) drilldown {
	token := "$" + column + "$"
	return drilldown{
		Name:   "Results about " + token,
		Search: search + ` | search ` + column + `="` + token + `"`, Earliest: "$info_min_time$", Latest: "$info_max_time$",
	}
}

// level is the severity of a notable event, whose words are those of Sigma.
func level(c *target.Compiled) string {
	if _, known := severities[c.Level.Value]; known {
		return c.Level.Value
	}
	return "medium"
}

// scores are in the middle of what contentctl calls a severity: 1 to 20 informational, and so on (C).
var scores = map[string]int{"informational": 10, "low": 30, "medium": 50, "high": 70, "critical": 90}

func score(c *target.Compiled) int {
	if n, err := strconv.Atoi(c.Setting(optScore)); err == nil {
		return n
	}
	return scores[level(c)]
}

// domains are what the logs of a family are about; those of none here are audit logs of resources.
var domains = map[string]string{
	"entra": "identity", "okta": "identity", "onelogin": "identity", "duo": "identity",
	"windows": "endpoint", "linux": "endpoint", "macos": "endpoint", "unix": "endpoint",
	"network": "network", "zeek": "network", "fortigate": "network", "syslog": "network",
}

func securityDomain(c *target.Compiled) string {
	if d := c.Setting(optDomain); d != byRule {
		return d
	}
	for f := range forms.With(c.Logs()...) {
		if d := domains[f.Family]; d != "" {
			return d
		}
	}
	return "audit"
}

// riskObject is something that a result is about. What is at risk has a score, and an address is a sign of a threat.
type riskObject struct {
	RiskField   string `json:"risk_object_field,omitempty"`
	RiskType    string `json:"risk_object_type,omitempty"`
	Score       int    `json:"risk_score,omitempty"`
	ThreatField string `json:"threat_object_field,omitempty"`
	ThreatType  string `json:"threat_object_type,omitempty"`
}

// host is the column of the computer that an event of an operating system is from.
const host = "computer"

// riskObjects are what the results of a rule are about, and the computer that they are from. Where only addresses are known, these are at risk.
func riskObjects(c *target.Compiled) []riskObject {
	var out []riskObject
	atRisk := false
	q := c.Query.(*Query)
	about := q.About
	for _, column := range about {
		e := riskObject{RiskField: column, RiskType: "other", Score: score(c)}
		switch column {
		case "user":
			e.RiskType = "user"
		case "src_ip":
			e = riskObject{ThreatField: column, ThreatType: "ip_address"}
		}
		atRisk = atRisk || e.RiskField != ""
		out = append(out, e)
	}
	if slices.Contains(q.Fields, host) {
		return append(out, riskObject{RiskField: host, RiskType: "system", Score: score(c)})
	}
	if !atRisk && len(about) > 0 {
		return []riskObject{{RiskField: about[0], RiskType: "system", Score: score(c)}}
	}
	return out
}

var technique = regexp.MustCompile(`^attack\.(t[0-9]{4}(\.[0-9]{3})?)$`)

// techniques are those of ATT&CK in the tags of a rule. One that stands beside a sub-technique of its own is left out, as
// the sub-technique says it too (C: contentctl refuses both).
func techniques(c *target.Compiled) []string {
	var all []string
	for _, tag := range c.Tags {
		if m := technique.FindStringSubmatch(strings.ToLower(tag.Value)); m != nil {
			all = append(all, strings.ToUpper(m[1]))
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(t string) bool {
		return slices.ContainsFunc(all, func(s string) bool { return strings.HasPrefix(s, t+".") })
	})
}

// oneLineJSON writes JSON as configuration files want it.
func oneLineJSON(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // texts and numbers have no errors
	}
	return strings.TrimSpace(b.String())
}
