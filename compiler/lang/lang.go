package lang

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Source is the language that rules are written in.
const Source = "en"

// Attributes are what is translated.
var Attributes = []string{"title", "description", "triage"}

// Catalogue holds the translations into one language.
type Catalogue struct {
	Lang    string // its tag, such as "zh-Hant"
	entries map[string]map[string]Entry
}

// Entry is the translation of one attribute of a rule: a text, or one for every step.
type Entry struct {
	Texts []string
	Of    string // the digest of what it was made from
}

// Read reads the translations into a language.
func Read(tag string, text []byte) (*Catalogue, error) {
	var doc map[string]map[string]struct {
		Of   string    `yaml:"of"`
		Text yaml.Node `yaml:"text"`
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	c := &Catalogue{Lang: tag, entries: map[string]map[string]Entry{}}
	for id, attributes := range doc {
		c.entries[id] = map[string]Entry{}
		for name, a := range attributes {
			if !slices.Contains(Attributes, name) {
				return nil, fmt.Errorf("%s: %q is not translated; there are %s", id, name, strings.Join(Attributes, ", "))
			}
			e := Entry{Of: a.Of}
			nodes := []*yaml.Node{&a.Text}
			if a.Text.Kind == yaml.SequenceNode {
				nodes = a.Text.Content
			}
			for _, n := range nodes {
				if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
					return nil, fmt.Errorf("%s: the text of %q is missing", id, name)
				}
				e.Texts = append(e.Texts, strings.TrimSpace(n.Value))
			}
			c.entries[id][name] = e
		}
	}
	return c, nil
}

// Find returns the translation of an attribute of the rule of that id.
func (c *Catalogue) Find(id, attribute string) (Entry, bool) {
	e, ok := c.entries[id][attribute]
	return e, ok
}

// Digest is what tells whether texts have changed. How their lines are broken does not count.
func Digest(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%s\n", strings.Join(strings.Fields(t), " "))
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}
