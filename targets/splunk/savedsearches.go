package splunk

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/sigc-rules/sigc/compiler/target"
)

// maxName is how long the name of a saved search may be, so that Enterprise Security can add its own words and stay
// within its 99 characters (C: contentctl).
const maxName = 67

// severities are those of alert.severity (D: savedsearches.conf); a rule without a level is of medium level.
var severities = map[string]string{"informational": "1", "low": "2", "medium": "3", "high": "4", "critical": "5"}

// Every search runs four times an hour and takes what has been indexed in the quarter of an hour before: a minute ago, so
// that all indexers have written it. Whatever its delay, a record is thus found, and found once; how late it may be is
// said by the time of the event, which only keeps the search from reading all buckets.
const (
	period  = 15 // minutes
	settle  = 1  // minutes
	ahead   = 5  // minutes; the clock of what sends records may be fast
	maxLate = 24 // hours
)

// A correlation looks at events that earlier runs have seen, so its search has no first time of indexing. Of the times
// when it fires it takes those in whose window is an event that has been indexed since the last run: a burst is told by
// the run that sees all of it, also when it goes on over several, and when an earlier event comes in later than the last.

func oneStanza(c *target.Compiled) ([]byte, error) {
	var b bytes.Buffer
	savedSearch(c, stanzaName(c, stanzaTitle(c.Title.Value))).write(&b)
	return b.Bytes(), nil
}

// confFiles writes the files of an app's default folder.
func confFiles(rules []*target.Compiled) ([]target.File, error) {
	var searches, scopes bytes.Buffer
	names := stanzaNames(rules)
	for i, c := range rules {
		savedSearch(c, names[i]).write(&searches)
	}
	for _, m := range macrosOf(rules) {
		s := &stanza{comment: m.Doc, name: m.Name, settings: []setting{{"definition", m.Definition}, {"iseval", "0"}}}
		s.write(&scopes)
	}
	for _, s := range scheduleMacros(rules) {
		s.write(&scopes)
	}
	return append(lookupFiles(rules),
		target.File{Path: "default/macros.conf", Data: scopes.Bytes()},
		target.File{Path: "default/savedsearches.conf", Data: searches.Bytes()},
	), nil
}

func savedSearch(c *target.Compiled, name string) *stanza {
	q := c.Query.(*Query)
	description := c.Description.Value
	if description == "" {
		description = c.Title.Value
	}
	s := &stanza{name: name}
	add := func(key, value string) { s.settings = append(s.settings, setting{key, value}) }
	add("description", description)
	if q.scheduled != nil {
		add("search", q.scheduled.Line())
	} else {
		add("search", q.Line())
	}
	add("disabled", "1")
	add("enableSched", "1")
	add("cron_schedule", fmt.Sprintf("%d-59/%d * * * *", minute(c), period))
	add("dispatch.earliest_time", fmt.Sprintf("-%dh@h", maxLate+lookback(c)))
	add("dispatch.latest_time", fmt.Sprintf("+%dm", ahead))
	if c.Correlation == nil {
		add("dispatch.index_earliest", fmt.Sprintf("-%dm@m", period+settle))
	}
	add("dispatch.index_latest", fmt.Sprintf("-%dm@m", settle))
	add("realtime_schedule", "0") // a run that comes late still covers its own window
	add("schedule_window", "auto")
	add("counttype", "number of events")
	add("relation", "greater than")
	add("quantity", "0")
	add("alert.severity", cmp.Or(severities[c.Level.Value], "3"))
	add("alert.track", "1")
	add("alert.digest_mode", "0")
	if len(q.About) > 0 { // required when each result is an alert of its own
		add("alert.suppress", "1")
		add("alert.suppress.fields", strings.Join(q.About, ","))
		add("alert.suppress.period", "1h")
	}
	add("alert.expires", "7d")
	return s
}

// lookback is how many hours before an event a correlation looks.
func lookback(c *target.Compiled) int {
	if c.Correlation == nil {
		return 0
	}
	return int((c.Correlation.Correlation.Lookback() + time.Hour - 1) / time.Hour)
}

// minute spreads the rules over the period, always the same one for the same rule.
func minute(c *target.Compiled) int { return int(digest(c)[0]) % period }

func digest(c *target.Compiled) [sha256.Size]byte {
	key := c.ID.Value
	if key == "" {
		key = c.Path + "\n" + c.Title.Value
	}
	return sha256.Sum256([]byte(key))
}

// stanzaTitle makes a title fit for the name of a stanza.
func stanzaTitle(title string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '[':
			return '('
		case r == ']':
			return ')'
		case r == '‘' || r == '’':
			return '\''
		case r > '~': // names in other scripts get lost in some writers (C: contentctl)
			return '-'
		}
		return r
	}, oneLine(title))
	if name = strings.TrimSpace(name); name == "" {
		return "Untitled rule"
	}
	return name
}

// stanzaName returns the title, or as much of it as fits with a part of the id behind it.
func stanzaName(c *target.Compiled, title string) string {
	if len(title) <= maxName {
		return title
	}
	return suffixed(c, title)
}

func suffixed(c *target.Compiled, title string) string {
	d := digest(c)
	suffix := " (" + hex.EncodeToString(d[:4]) + ")"
	if id := c.ID.Value; len(id) >= 8 && stanzaTitle(id) == id {
		suffix = " (" + id[:8] + ")"
	}
	if room := maxName - len(suffix); len(title) > room {
		title = strings.TrimRight(title[:room], " -,;:")
	}
	return title + suffix
}

// stanzaNames names the searches of a pack. Names are keys: rules of the same name all get a part of their id, and a
// number if that is the same too.
func stanzaNames(rules []*target.Compiled) []string {
	names := make([]string, len(rules))
	count := map[string]int{}
	for i, c := range rules {
		names[i] = stanzaName(c, stanzaTitle(c.Title.Value))
		count[strings.ToLower(names[i])]++
	}
	taken := map[string]bool{}
	for i, c := range rules {
		if count[strings.ToLower(names[i])] > 1 {
			names[i] = suffixed(c, stanzaTitle(c.Title.Value))
		}
		name := names[i]
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s %d", names[i], n)
		}
		names[i] = name
		taken[strings.ToLower(name)] = true
	}
	return names
}
