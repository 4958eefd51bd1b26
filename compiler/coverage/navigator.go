package coverage

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/attack"
)

// The layer format of the ATT&CK Navigator, version 4.5 (layers/LAYERFORMATv4_5.md in its repository).
type (
	layer struct {
		Name        string           `json:"name"`
		Versions    versions         `json:"versions"`
		Domain      string           `json:"domain"`
		Description string           `json:"description"`
		Sorting     int              `json:"sorting"` // 3: by score, the highest first
		Techniques  []layerTechnique `json:"techniques"`
		Gradient    gradient         `json:"gradient"`
		Legend      []legendItem     `json:"legendItems"`
	}
	versions struct {
		Attack    string `json:"attack"`
		Navigator string `json:"navigator"`
		Layer     string `json:"layer"`
	}
	layerTechnique struct {
		ID       string     `json:"techniqueID"`
		Score    *int       `json:"score,omitempty"` // none has no colour
		Comment  string     `json:"comment"`
		Enabled  bool       `json:"enabled"`
		Metadata []metadata `json:"metadata"`
		Show     bool       `json:"showSubtechniques"`
	}
	metadata struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	gradient struct {
		Colors []string `json:"colors"`
		Min    int      `json:"minValue"`
		Max    int      `json:"maxValue"`
	}
	legendItem struct {
		Label string `json:"label"`
		Color string `json:"color"`
	}
)

const (
	fewRules  = "#d6e4f5"
	manyRules = "#2f6fb5"
)

// Navigator writes a layer for the ATT&CK Navigator: the score of a technique is how many rules are tagged with it.
func (r *Report) Navigator(w io.Writer) error {
	tagged := r.ByTechnique()
	out := layer{
		Name:        "sigc",
		Versions:    versions{Attack: major(attack.Version), Navigator: "4.9.0", Layer: "4.5"},
		Domain:      "enterprise-attack",
		Description: fmt.Sprintf("Techniques that %d rules are tagged with. %s.", len(r.Rules), r.Counts()),
		Sorting:     3,
		Techniques:  []layerTechnique{},
		Gradient:    gradient{Colors: []string{fewRules, manyRules}, Min: 0, Max: 1},
		Legend:      []legendItem{{"few rules", fewRules}, {"most rules", manyRules}},
	}
	open := map[string]bool{} // techniques whose sub-techniques are shown
	for id := range tagged {
		if t, _ := attack.Find(id); t.Parent() != id {
			open[t.Parent()] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(tagged)) {
		score := len(tagged[id])
		t := layerTechnique{ID: id, Score: &score, Enabled: true, Metadata: []metadata{}, Show: open[id]}
		var titles []string
		for _, rule := range tagged[id] {
			titles = append(titles, rule.Title)
			t.Metadata = append(t.Metadata, metadata{"rule", rule.Title})
		}
		t.Comment = strings.Join(titles, "\n")
		out.Techniques = append(out.Techniques, t)
		out.Gradient.Max = max(out.Gradient.Max, score)
	}
	for _, id := range slices.Sorted(maps.Keys(open)) {
		if len(tagged[id]) == 0 { // only its sub-techniques are tagged
			out.Techniques = append(out.Techniques, layerTechnique{ID: id, Enabled: true, Metadata: []metadata{}, Show: true})
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

// ByTechnique returns the rules that are tagged with a technique, by its id.
func (r *Report) ByTechnique() map[string][]*Rule {
	out := map[string][]*Rule{}
	for _, rule := range r.Rules {
		for _, tag := range rule.Tags {
			if t, ok := attack.Tagged(tag); ok && !slices.Contains(out[t.ID], rule) {
				out[t.ID] = append(out[t.ID], rule)
			}
		}
	}
	return out
}

func major(version string) string {
	major, _, _ := strings.Cut(version, ".")
	return major
}
