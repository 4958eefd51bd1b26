package layout

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// The orders of keys that SigmaHQ's rules have. Other keys stand where they stood, after the known one before them; so do
// "fields" and "sigma-version", for which there is no one place.
var (
	topOrder = []string{
		"title", "id", "name", "related", "taxonomy", "status", "description", "license", "references", "author", "date", "modified", "tags",
		"logsource", "detection", "correlation", "filter", "falsepositives", "level",
	}
	logsourceOrder   = []string{"category", "product", "service", "definition"}
	correlationOrder = []string{"type", "rules", "group-by", "timespan", "aliases", "condition", "generate"}
	relatedOrder     = []string{"id", "type"}
	last             = []string{"timeframe", "condition"} // of a detection, after its searches
)

// order returns the entries of a map in the order in which they are written.
func (p *printer) order(m *yaml.Node, path []string) []*entry {
	var entries []*entry
	for i := 1; i < len(m.Content); i += 2 {
		entries = append(entries, p.of[m.Content[i]])
	}
	var known []string
	switch {
	case len(path) == 0:
		known = topOrder
	case len(path) == 1 && path[0] == "logsource":
		known = logsourceOrder
	case len(path) == 1 && path[0] == "correlation":
		known = correlationOrder
	case len(path) == 2 && path[0] == "related":
		known = relatedOrder
	case len(path) == 1 && path[0] == "detection":
		return stable(entries, func(e *entry) int { return slices.Index(last, e.key.Value) })
	case len(path) == 1 && path[0] == "filter":
		return stable(entries, func(e *entry) int { return slices.Index(append([]string{"rules", ""}, last...), e.key.Value) })
	default:
		return entries
	}
	rank := map[*entry]int{}
	before := len(known) // keys of one's own that come first stand after all others
	for _, e := range entries {
		if i := slices.Index(known, e.key.Value); i >= 0 {
			before = i
		}
		rank[e] = before
	}
	return stable(entries, func(e *entry) int { return rank[e] })
}

// stable sorts entries by rank and keeps the order of those of the same.
func stable(entries []*entry, rank func(*entry) int) []*entry {
	slices.SortStableFunc(entries, func(a, b *entry) int { return rank(a) - rank(b) })
	return entries
}
