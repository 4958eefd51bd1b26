package splunk

import "github.com/sigc-rules/sigc/compiler/target"

// facts are what Splunk is told about a rule besides its search, in the words of savedsearches.conf.
func facts(c *target.Compiled) []target.Fact {
	var out []target.Fact
	for _, s := range savedSearch(c, stanzaName(c, stanzaTitle(c.Written().Title.Value)), c.Query.(*Query).Scheduled("")) {
		if name, value := s.Read(); name != "search" && name != "description" {
			out = append(out, target.Fact{Name: name, Value: value})
		}
	}
	return out
}
