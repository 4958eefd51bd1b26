package splunk

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
)

// severities are those of alert.severity (D: savedsearches.conf); a rule without a level is of medium level.
var severities = map[string]string{"informational": "1", "low": "2", "medium": "3", "high": "4", "critical": "5"}

// Every search runs as often as the user says, and takes what has been indexed since the run before: up to a minute ago, so
// that all indexers have written it. Whatever its delay, a record is thus found, and found once; how late it may be is
// said by the time of the event, which only keeps the search from reading all buckets. The scheduler skips no run
// (D: savedsearches.conf, realtime_schedule), and the windows are relative to the time for which a run was scheduled.
//
// So there is nothing to silence: no run tells what another has told, and a second result is a second act. That is why
// throttling is an option; for what is told again all the same, see [throttle].
const (
	settle = 1 // minutes
	ahead  = 5 // minutes; the clock of what sends records may be fast
)

// A correlation looks at events that earlier runs have seen, so its search has no first time of indexing. Of the times
// when it fires it takes those in whose window is an event that has been indexed since the last run: a burst is told by
// the run that sees all of it, also when it goes on over several, and when an earlier event comes in later than the last.

// oneStanza writes the saved search of one rule, for an app of the user's own: it needs the macros of its search, and no filter.
func oneStanza(c *target.Compiled) ([]byte, error) {
	name := stanzaName(c, stanzaTitle(c.Written().Title.Value))
	return app.Conf([]app.Stanza{{Name: name, Settings: savedSearch(c, name, c.Query.(*Query).Scheduled(""))}}), nil
}

// savedSearch returns the settings of a saved search.
func savedSearch(c *target.Compiled, name, search string) []app.Setting {
	out := append(make([]app.Setting, 0, 24),
		app.Text("description", describe(c, name)),
		app.Exact("search", search),
		app.Exact("disabled", zeroOrOne(c.Setting(optEnabled) != yes)),
	)
	if modelled(c) {
		out = append(out, schedulingOfModel(c)...)
	} else {
		out = scheduling(out, c)
	}
	return append(alerting(out, c), actions(c)...)
}

func zeroOrOne(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// describe returns what the rule says of itself, with its title where the name of the search has lost a part of it.
func describe(c *target.Compiled, name string) string {
	title, text := app.OneLine(c.Title.Value), app.OneLine(c.Description.Value)
	switch {
	case text == "":
		return cmp.Or(title, name)
	case title != "" && title != name:
		return title + ": " + text
	}
	return text
}

// scheduling adds when a search runs, and what it looks at then.
func scheduling(out []app.Setting, c *target.Compiled) []app.Setting {
	every := period(c)
	out = append(out,
		app.Exact("enableSched", "1"),
		app.Exact("cron_schedule", cron(c)),
		app.Exact("dispatch.earliest_time", "-"+strconv.Itoa(delay(c)+lookback(c)+(every+settle+59)/60)+"h@h"),
		app.Exact("dispatch.latest_time", "+"+strconv.Itoa(ahead)+"m"),
	)
	if c.Correlation == nil {
		out = append(out, app.Exact("dispatch.index_earliest", "-"+strconv.Itoa(every+settle)+"m@m"))
	}
	return append(out,
		app.Exact("dispatch.index_latest", "-"+strconv.Itoa(settle)+"m@m"),
		app.Exact("realtime_schedule", "0"), // a run that comes late still covers its own window
		app.Exact("schedule_window", "auto"),
	)
}

// alerting adds when there is an alert and what it is like. One for each result, of which there are at most 500 in a run
// (D: limits.conf, max_per_result_alerts), is made where the user wants it, and for throttling, which outside of Enterprise
// Security looks at single results (D: savedsearches.conf, alert.suppress.fields).
func alerting(out []app.Setting, c *target.Compiled) []app.Setting {
	silence := throttle(c)
	each := c.Setting(optAlerts) == perResult || silence != "" && c.Setting(optES) == noES
	severity := c.Setting(optSeverity)
	if severity == byRule {
		severity = cmp.Or(severities[c.Level.Value], "3")
	}
	out = append(out,
		app.Exact("counttype", "number of events"),
		app.Exact("relation", "greater than"),
		app.Exact("quantity", "0"),
		app.Exact("alert.severity", severity),
		app.Exact("alert.track", "1"),
		app.Exact("alert.digest_mode", zeroOrOne(!each)),
		app.Exact("alert.suppress", zeroOrOne(silence != "")),
	)
	if silence != "" {
		out = append(out, app.Exact("alert.suppress.fields", strings.Join(throttleFields(c), ",")), app.Exact("alert.suppress.period", silence))
	}
	return append(out, app.Exact("alert.expires", "7d"))
}

// actions are what happens on an alert (D: savedsearches.conf, alert_actions.conf).
func actions(c *target.Compiled) []app.Setting {
	out := emailing(c)
	if url := c.Setting(optWebhook); url != none {
		out = append(out, app.Exact("action.webhook", "1"), app.Exact("action.webhook.param.url", url))
	}
	return append(out, enterpriseSecurity(c)...)
}

// delay is how many hours after its time an event may be indexed.
func delay(c *target.Compiled) int {
	v := c.Setting(optLate)
	n, err := strconv.Atoi(v[:len(v)-1])
	if err != nil {
		panic("splunk: the option late was not checked: " + v)
	}
	if strings.HasSuffix(v, "d") {
		n *= 24
	}
	return n
}

// lookback is how many hours before an event a correlation looks.
func lookback(c *target.Compiled) int {
	if c.Correlation == nil {
		return 0
	}
	return int((c.Correlation.Correlation.Lookback() + time.Hour - 1) / time.Hour)
}

// period is how many minutes are between two runs.
func period(c *target.Compiled) int { return minutes(c.Setting(optFrequency)) }

// minutes reads a value of the option; what is none, a rule is refused for, and its search does not matter.
func minutes(frequency string) int {
	d, err := time.ParseDuration(frequency)
	if err != nil || d < time.Minute {
		return 1
	}
	return int(d / time.Minute)
}

// cron is when a search runs: the rules are spread over the period, each always at the same minutes.
func cron(c *target.Compiled) string {
	every, d := period(c), digest(c)
	if every < 60 {
		return fmt.Sprintf("%d-59/%d * * * *", int(d[0])%every, every)
	}
	minute, hours := int(d[0])%60, every/60
	switch hours {
	case 1:
		return fmt.Sprintf("%d * * * *", minute)
	case 24:
		return fmt.Sprintf("%d %d * * *", minute, int(d[1])%24)
	default:
		return fmt.Sprintf("%d %d-23/%d * * *", minute, int(d[1])%hours, hours)
	}
}
