package splunk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
)

// maxName is how long the name of a saved search may be, so that Enterprise Security can add its own words and stay
// within its 99 characters (C: contentctl).
const maxName = 67

func digest(c *target.Compiled) [sha256.Size]byte {
	key := c.ID.Value
	if key == "" {
		key = c.Path + "\n" + c.Written().Title.Value
	}
	return sha256.Sum256([]byte(key))
}

// stanzaTitle makes a title fit for the name of a stanza.
func stanzaTitle(title string) string {
	name := app.StanzaName(title)
	if !app.HasMacroName(name) { // a title in another script
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

// savedName is what the search of a rule is called in a pack.
type savedName struct {
	name   string
	key    string // by which names are told apart, and of which the filter is named
	wanted string // the key that the rule would have on its own
}

// filter is the macro at the end of the search, in which its customer says what to leave out.
func (n savedName) filter() string { return n.key + "_filter" }

// savedNames names the searches of a pack. Names are keys, and so are those of the filters that are made of them: rules
// that would share one all get a part of their id, and a number if that is the same too.
func savedNames(rules []*target.Compiled) []savedName {
	names := make([]savedName, len(rules))
	count := make(map[string]int, len(rules))
	for i, c := range rules {
		n := &names[i]
		n.name = stanzaName(c, stanzaTitle(c.Written().Title.Value))
		n.wanted = app.MacroName(n.name)
		n.key = n.wanted
		count[n.key]++
	}
	taken := make(map[string]bool, len(rules))
	for i, c := range rules {
		n := &names[i]
		if count[n.wanted] > 1 {
			n.name = suffixed(c, stanzaTitle(c.Written().Title.Value))
			n.key = app.MacroName(n.name)
		}
		name := n.name
		for k := 2; taken[n.key]; k++ {
			n.name = fmt.Sprintf("%s %d", name, k)
			n.key = app.MacroName(n.name)
		}
		taken[n.key] = true
	}
	return names
}
