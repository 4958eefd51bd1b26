package splunk

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
)

// emailing are the settings of a message that goes to people; none without an address.
func emailing(c *target.Compiled) []app.Setting {
	to := c.Setting(optEmail)
	if to == none {
		return nil
	}
	out := []app.Setting{app.Exact("action.email", "1"), app.Exact("action.email.to", to)}
	if cc := c.Setting(optCC); cc != none {
		out = append(out, app.Exact("action.email.cc", cc))
	}
	out = append(out,
		app.Exact("action.email.inline", "1"), app.Exact("action.email.sendresults", "1"),
		app.Exact("action.email.useNSSubject", "1"), // subject.alert, not the subject of reports too (D: alert_actions.conf)
	)
	if text := c.Setting(optSubject); text != byRule {
		// Both, as not every way of sending looks at the one for alerts (C: notes of administrators).
		out = append(out, app.Exact("action.email.subject", text), app.Exact("action.email.subject.alert", text))
	}
	if text := c.Setting(optMessage); text != byRule {
		out = append(out, app.Exact("action.email.message.alert", text))
	}
	return out
}

// token is what Splunk fills in between dollar signs (D: alerting manual, tokens in email notifications).
var token = regexp.MustCompile(`\$(?:result\.([A-Za-z_][A-Za-z0-9_]*)|name|app|owner|description|search|type|cron_schedule|next_scheduled_time|` +
	`results_link|view_link|trigger_date|trigger_time|trigger_timeHMS|alert\.(?:severity|expires)|(?:job|server)\.[A-Za-z][A-Za-z0-9_]*)\$`)

// wrongLine says what a line of a message must be: a break would end the setting, or a header of the message.
func wrongLine(v string) string {
	unseen := func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar
	}
	switch {
	case v == "" || v != strings.TrimSpace(v) || !utf8.ValidString(v) || strings.ContainsFunc(v, unseen):
		return "auto, or one line of text without control characters, and without blanks at its ends"
	case strings.HasSuffix(v, `\`):
		return "auto, or one line of text that does not end in a backslash"
	case strings.Contains(token.ReplaceAllString(v, ""), "$"):
		return "auto, or one line of text whose dollar signs stand around what Splunk fills in, such as $name$ or $result.user$"
	}
	return ""
}

// unsent notes what is set for a message that nobody gets.
func unsent(c *target.Compiled, diags *diag.List) {
	if c.Setting(optEmail) != none {
		return
	}
	for _, o := range [...]struct{ name, unset string }{{optCC, none}, {optSubject, byRule}, {optMessage, byRule}} {
		if c.Setting(o.name) != o.unset {
			diags.Notef("splunk/no-recipient", settingAt(c, o.name), "splunk: %s is set, but no address by the option %q: nothing is sent", o.name, optEmail).Target = "splunk"
		}
	}
}

// filledIn reports columns in the message of a rule that its result does not have: nothing would stand in their place.
func filledIn(c *target.Compiled, diags *diag.List) {
	fields := c.Query.(*Query).Fields
	for _, option := range []string{optSubject, optMessage} {
		if c.Setting(optEmail) == none || !setsItself(c, option) {
			continue
		}
		for _, m := range token.FindAllStringSubmatch(c.Setting(option), -1) {
			if m[1] == "" || slices.Contains(fields, m[1]) {
				continue
			}
			d := diags.Errorf("splunk/no-column", settingAt(c, option), "splunk: the result has no column %q to write in a message: it has %s", m[1], strings.Join(fields, ", "))
			d.Target = "splunk"
			if near := diag.Nearest(m[1], fields); near != "" {
				d.Label = fmt.Sprintf("did you mean %q?", near)
			}
		}
	}
}
