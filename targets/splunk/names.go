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

// stanzaNames names the searches of a pack. Names are keys, and so are those of the filters that are made of them: rules
// that would share one all get a part of their id, and a number if that is the same too. wanted are the keys that rules
// would have on their own.
func stanzaNames(rules []*target.Compiled) (names, wanted []string) {
	names, wanted = make([]string, len(rules)), make([]string, len(rules))
	count := make(map[string]int, len(rules))
	for i, c := range rules {
		names[i] = stanzaName(c, stanzaTitle(c.Written().Title.Value))
		wanted[i] = app.MacroName(names[i])
		count[wanted[i]]++
	}
	taken := make(map[string]bool, len(rules))
	for i, c := range rules {
		key := wanted[i]
		if count[key] > 1 {
			names[i] = suffixed(c, stanzaTitle(c.Written().Title.Value))
			key = app.MacroName(names[i])
		}
		name := names[i]
		for n := 2; taken[key]; n++ {
			name = fmt.Sprintf("%s %d", names[i], n)
			key = app.MacroName(name)
		}
		names[i] = name
		taken[key] = true
	}
	return names, wanted
}

// filterName is the macro at the end of a search, in which its customer says what to leave out.
func filterName(stanza string) string { return app.MacroName(stanza) + "_filter" }
