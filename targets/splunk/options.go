package splunk

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
)

// Names of options, and the words they take.
const (
	optEnabled   = "enabled"
	optFrequency = "frequency"
	optLate      = "late"
	optAlerts    = "alerts"
	optThrottle  = "throttle"
	optBy        = "throttle-fields"
	optSeverity  = "severity"
	optEmail     = "email"
	optCC        = "email-cc"
	optSubject   = "email-subject"
	optMessage   = "email-message"
	optWebhook   = "webhook"
	optES        = "es"
	optDomain    = "security-domain"
	optScore     = "risk-score"
	optMemory    = "lookup-bytes"
	optID        = "app-id"
	optLabel     = "app-label"
	optAuthor    = "app-author"
	optVersion   = "app-version"
	optBuild     = "app-build"
	optAbout     = "app-description"
	perRun       = "run"
	perResult    = "result"
	yes          = "true"
	none         = "none"
	byRule       = "auto"
	esNotable    = "notable"
	esRisk       = "risk"
	esBoth       = "all"
	noES         = "off"
	defaultAppID = "sigc_rules"
)

// options are what a user may set of the output.
var options = []target.Option{
	{Name: optEnabled, Doc: "whether the saved searches run once they are installed", Default: "false", Values: []string{yes, "false"}, PerRule: true},
	{Name: optFrequency, Doc: "time between two runs; each looks at what was indexed since the one before; over 1h, they go by the clock of the search head, which should have no summer time", Default: "15m", Values: []string{"5m", "10m", "15m", "20m", "30m", "1h", "2h", "3h", "4h", "6h", "8h", "12h", "24h"}, PerRule: true},
	{Name: optLate, Doc: "how much later than its time an event may be indexed and still be found, such as 24h or 7d; in data models that is an hour, whatever stands here", Default: "24h", Check: wrongLate, PerRule: true},
	{Name: optAlerts, Doc: "an alert for all results of a run, or one for each result, of which Splunk drops those behind the 500th of a run", Default: perRun, Values: []string{perRun, perResult}, PerRule: true},
	{Name: optThrottle, Doc: "how long a result silences those that are equal to it in the throttle-fields, such as 1h, or none; auto silences only what was told before", Default: byRule, Check: wrongThrottle, PerRule: true},
	{Name: optBy, Doc: "columns by which results are silenced, such as user,src_ip; auto takes those that name the act", Default: byRule, Check: wrongNames, PerRule: true},
	{Name: optSeverity, Doc: "alert.severity of a rule: auto by its level, or 1 to 6", Default: byRule, Values: []string{byRule, "1", "2", "3", "4", "5", "6"}, PerRule: true},
	{Name: optEmail, Doc: "addresses that get every alert, with commas between; AppInspect refuses an app with addresses", Default: none, Check: wrongEmail, PerRule: true},
	{Name: optCC, Doc: "addresses that get a copy of what goes to those of email", Default: none, Check: wrongEmail, PerRule: true},
	{Name: optSubject, Doc: "subject of what goes to the addresses of email, such as Sigma: $name$ by $result.user$, which is the column of the first result; auto is Splunk's own", Default: byRule, Check: wrongLine, PerRule: true},
	{Name: optMessage, Doc: "text of what goes to the addresses of email, on one line, with the same $result.user$ and the like; auto is Splunk's own", Default: byRule, Check: wrongLine, PerRule: true},
	{Name: optWebhook, Doc: "the URL that gets every alert", Default: none, Check: wrongURL, PerRule: true},
	{Name: optES, Doc: "make correlation searches of Enterprise Security, which write notable events, risk or both", Default: noES, Values: []string{noES, esNotable, esRisk, esBoth}, PerRule: true},
	{Name: optDomain, Doc: "security domain of Enterprise Security; auto by the log", Default: byRule, Values: []string{byRule, "access", "endpoint", "network", "threat", "identity", "audit"}, PerRule: true},
	{Name: optScore, Doc: "risk score of Enterprise Security: 1 to 100, or auto by the level", Default: byRule, Check: wrongScore, PerRule: true},
	{Name: optMemory, Doc: "max_memtable_bytes of the search heads, above which a lookup gets a note", Default: "26214400", Check: wrongBytes},
	{Name: optID, Doc: "folder and id of the app", Default: defaultAppID, Check: app.WrongID},
	{Name: optLabel, Doc: "name of the app as people see it", Default: "Sigma detection rules", Check: app.WrongLabel},
	{Name: optAuthor, Doc: "author of the app", Default: "sigc"},
	{Name: optVersion, Doc: "version of the app", Default: "1.0.0", Check: app.WrongVersion},
	{Name: optBuild, Doc: "number of the build, which every release raises", Default: "1", Check: app.WrongBuild},
	{Name: optAbout, Doc: "what the launcher says of the app, 200 characters at most", Default: "Detection rules as scheduled searches, compiled from Sigma."},
}

var (
	span      = regexp.MustCompile(`^[1-9][0-9]{0,3}[smhd]$`)
	lateness  = regexp.MustCompile(`^[1-9][0-9]{0,3}[hd]$`)
	columns   = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(,[A-Za-z_][A-Za-z0-9_]*)*$`)
	addresses = regexp.MustCompile(`^[^\s,@"\\]+@[^\s,@"\\]+(,\s*[^\s,@"\\]+@[^\s,@"\\]+)*$`)
	web       = regexp.MustCompile(`^https?://[!-\[\]-~]+$`)
)

func unless(ok bool, want string) string {
	if ok {
		return ""
	}
	return want
}

func wrongLate(v string) string {
	return unless(lateness.MatchString(v), "a number of hours or days, such as 24h or 7d")
}

func wrongThrottle(v string) string {
	return unless(v == byRule || v == none || span.MatchString(v), "auto, none, or a time such as 1h")
}

func wrongNames(v string) string {
	return unless(v == byRule || columns.MatchString(v), "auto, or names of columns with commas between")
}

func wrongEmail(v string) string {
	return unless(v == none || addresses.MatchString(v), "none, or addresses with commas between")
}

func wrongURL(v string) string {
	return unless(v == none || web.MatchString(v), "none, or a URL that begins with https:// or http://")
}

func wrongBytes(v string) string {
	n, err := strconv.Atoi(v)
	return unless(err == nil && n > 0, "a number of bytes")
}

func wrongScore(v string) string {
	n, err := strconv.Atoi(v)
	return unless(v == byRule || err == nil && n >= 1 && n <= 100 && strconv.Itoa(n) == v, "auto, or a number from 1 to 100")
}

// throttle is how long a result of the rule silences those that are equal to it; "" when it silences none. Only a fixed
// window is told again, when more events come into it, so that is what auto silences, until none can come any more. It
// hides no other window, as throttleFields tell them apart.
func throttle(c *target.Compiled) string {
	switch v := c.Setting(optThrottle); {
	case v != byRule && v != none:
		return v
	case v == byRule && c.Correlation != nil && c.Correlation.Bins:
		return fmt.Sprintf("%ds", c.Correlation.Correlation.Window/time.Second+time.Duration(delay(c)*3600))
	}
	return ""
}

// throttleFields are the columns by which the results of a rule are silenced: those that the user names, of a setting for
// all rules the ones that the result has, or else who and
// what the result is about together with what numbers the act, so that no second act is silenced.
func throttleFields(c *target.Compiled) []string {
	q := c.Query.(*Query)
	if v := c.Setting(optBy); v != byRule {
		named := strings.Split(v, ",")
		if !setsItself(c, optBy) {
			named = slices.DeleteFunc(named, func(name string) bool { return !slices.Contains(q.Fields, name) })
		}
		if len(named) > 0 {
			return named
		}
	}
	out := slices.Clone(q.About)
	for _, name := range []string{"correlation_id", "request_id"} {
		if slices.Contains(q.Fields, name) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	switch {
	case c.Correlation != nil && c.Correlation.Bins: // a window is known by its first event
		return append(out, startColumn)
	case len(out) == 0: // what is about nobody is told apart by its time
		return []string{"_time"}
	}
	return out
}
