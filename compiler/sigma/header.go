package sigma

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"

	"gopkg.in/yaml.v3"
)

// The attributes of a detection rule (spec section 2), and the values that some of them may have.
var (
	attributes = []string{
		"title", "id", "name", "related", "taxonomy", "status", "description", "license", "author", "references", "date",
		"modified", "logsource", "detection", "fields", "falsepositives", "level", "tags", "scope", "sigma-version",
	}
	statuses     = []string{"stable", "test", "experimental", "deprecated", "unsupported"}
	levels       = []string{"informational", "low", "medium", "high", "critical"}
	relatedTypes = []string{"derived", "obsolete", "merged", "renamed", "similar", "correlation"}
)

const (
	maxTitle       = 256 // characters
	maxDescription = 65_535
	maxVersion     = 3
)

// rule reads a detection rule.
func (d *document) rule(root *yaml.Node) *Rule {
	r := &Rule{File: d.file, At: d.start(root), Header: decodeHeader(root)}
	var detection *yaml.Node
	var logsource, title bool
	r.Version = d.readVersion(root) // it decides how the detection is read
	d.version = r.Version
	for key, v := range pairs(root) {
		switch key.Value {
		case "title":
			title = true
			r.Title = d.limited(key, v, maxTitle)
			if r.Title.Value != "" {
				r.At = r.Title.At
			} else if v.Kind == yaml.ScalarNode && v.Value == "" {
				d.diags.Errorf("rule/missing-title", d.spanOr(v, key), "the title is empty")
			}
		case "id":
			r.ID = d.uuid(key, v)
		case "name":
			r.Name = d.limited(key, v, maxTitle)
		case "taxonomy":
			r.Taxonomy = d.limited(key, v, maxTitle)
			if t := r.Taxonomy; t.Value != "" && t.Value != "sigma" {
				d.diags.Errorf("rule/taxonomy", t.At, `the taxonomy %q is not known: only "sigma" is`, t.Value)
			}
		case "status":
			r.Status = d.oneOf("rule/bad-status", key, v, statuses)
		case "level":
			r.Level = d.oneOf("rule/bad-level", key, v, levels)
		case "description":
			r.Description = d.limited(key, v, maxDescription)
		case "author":
			r.Author = d.str(key, v)
		case "license":
			r.License = d.str(key, v)
		case "date":
			r.Date = d.date(key, v)
		case "modified":
			r.Modified = d.date(key, v)
		case "references":
			r.References = d.strs(key, v)
		case "tags":
			r.Tags = d.tags(key, v)
		case "fields":
			r.Fields = d.strs(key, v)
		case "falsepositives":
			r.FalsePositives = d.strs(key, v)
		case "scope":
			r.Scope = d.strs(key, v)
		case "related":
			r.Related = d.related(key, v)
		case "logsource":
			logsource = true
			r.Logsource = d.logsource(key, v)
		case "detection":
			detection = v
			r.Detection = d.topDetection(key, v)
		case "sigma-version":
		default:
			d.nearKey(root, key, attributes)
			r.Custom = append(r.Custom, Custom{Key: d.text(key), Node: v})
		}
	}
	if !title {
		d.diags.Errorf("rule/missing-title", r.At, "the rule has no title")
	}
	if !logsource {
		d.diags.Errorf("rule/missing-logsource", r.At, `the rule has no "logsource"`)
	}
	if detection == nil {
		d.diags.Errorf("rule/missing-detection", r.At, `the rule has no "detection"`)
	}
	return r
}

// readVersion returns the major number of sigma-version (spec section 17.1).
func (d *document) readVersion(root *yaml.Node) int {
	for key, v := range pairs(root) {
		if key.Value != "sigma-version" {
			continue
		}
		if v.Kind != yaml.ScalarNode {
			d.badType(key, v, "a number")
			return 0
		}
		major, _, _ := strings.Cut(v.Value, ".")
		n, err := strconv.Atoi(major)
		_, errFloat := strconv.ParseFloat(v.Value, 64)
		switch {
		case err != nil || errFloat != nil || n < 1:
			d.diags.Errorf("rule/sigma-version", d.spanOr(v, key), "%q is no version of Sigma: write a number from 1 to %d", v.Value, maxVersion)
			return 0
		case n > maxVersion:
			d.diags.Errorf("rule/sigma-version", d.spanOr(v, key), "version %d of Sigma is not known: %d is the highest", n, maxVersion)
			return maxVersion
		}
		return n
	}
	return 0
}

// text returns a scalar of any type.
func (d *document) text(n *yaml.Node) Text { return Text{Value: n.Value, At: d.nodeSpan(n)} }

// str reads an attribute that is a string. A key without a value counts as absent.
func (d *document) str(key, v *yaml.Node) Text {
	if v.Kind == yaml.ScalarNode {
		switch v.ShortTag() {
		case "!!null":
			return Text{}
		case "!!int", "!!float", "!!bool":
		default:
			return d.text(v)
		}
	}
	d.badType(key, v, "a string")
	return Text{}
}

func (d *document) badType(key, v *yaml.Node, want string) {
	found := d.diags.Errorf("rule/bad-type", d.spanOr(v, key), "%q must be %s, not %s", key.Value, want, describe(v))
	if v.Kind == yaml.ScalarNode && want == "a string" {
		found.Hint = "put it in quotes"
	}
}

// limited reads a string of limited length.
func (d *document) limited(key, v *yaml.Node, limit int) Text {
	t := d.str(key, v)
	if n := utf8.RuneCountInString(t.Value); n > limit {
		id := "rule/too-long"
		if key.Value == "title" {
			id = "rule/title-length"
		}
		d.diags.Errorf(id, t.At, "%q has %d characters: at most %d are allowed", key.Value, n, limit)
	}
	return t
}

// strs reads a list of strings. Numbers and booleans in it are taken by their text.
func (d *document) strs(key, v *yaml.Node) []Text {
	if v.Kind == yaml.ScalarNode && v.ShortTag() == "!!null" {
		return nil
	}
	if v.Kind != yaml.SequenceNode {
		d.badType(key, v, "a list of strings")
		return nil
	}
	var out []Text
	for _, item := range v.Content {
		if item.Kind != yaml.ScalarNode || item.ShortTag() == "!!null" {
			d.diags.Errorf("rule/bad-type", d.spanOr(item, key), "%q must be a list of strings: this is %s", key.Value, describe(item))
			continue
		}
		out = append(out, d.text(item))
	}
	return out
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func (d *document) uuid(key, v *yaml.Node) Text {
	var t Text
	if isEmpty := v.ShortTag() == "!!null"; v.Kind == yaml.ScalarNode && !isEmpty {
		t = d.text(v) // whatever its type, the message is that it is no UUID
	} else {
		t = d.str(key, v)
	}
	if !t.At.IsZero() && !uuid.MatchString(t.Value) {
		d.diags.Errorf("rule/bad-id", t.At, "%q is not a UUID", t.Value).Hint = "the names of what is written out depend on the id: generate a random UUID (version 4)"
	}
	return t
}

// oneOf reads a string that must be one of a few. Another case of the letters is understood.
func (d *document) oneOf(id string, key, v *yaml.Node, allowed []string) Text {
	t := d.str(key, v)
	if t.At.IsZero() || slices.Contains(allowed, t.Value) {
		return t
	}
	if lower := strings.ToLower(t.Value); slices.Contains(allowed, lower) {
		found := d.diags.Warnf(id, t.At, "the %s %q must be written in lower case", key.Value, t.Value)
		found.Fixes = replace(t, lower)
		t.Value = lower
		return t
	}
	d.unknownWord(d.diags.Errorf(id, t.At, "%q is no %s: allowed are %s", t.Value, key.Value, quoteAll(allowed)), t, allowed)
	return t
}

// unknownWord adds the most similar allowed word to a message, if there is one.
func (d *document) unknownWord(found *diag.Diagnostic, t Text, allowed []string) {
	if near := diag.Nearest(t.Value, allowed); near != "" {
		found.Label = didYouMean(near)
		found.Fixes = replace(t, near)
	}
}

// date reads YYYY-MM-DD, which YAML may take for a date of its own (spec section 2).
func (d *document) date(key, v *yaml.Node) Text {
	t := d.str(key, v)
	if t.At.IsZero() {
		return t
	}
	if _, err := time.Parse(time.DateOnly, t.Value); err == nil {
		return t
	}
	if _, err := time.Parse("2006/01/02", t.Value); err == nil {
		dashes := strings.ReplaceAll(t.Value, "/", "-")
		d.diags.Warnf("rule/bad-date", t.At, "a date is written with dashes since Sigma 2: %q", dashes).Fixes = replace(t, dashes)
		t.Value = dashes
		return t
	}
	d.diags.Errorf("rule/bad-date", t.At, "%q is not a date: write year-month-day, such as 2025-01-31", t.Value)
	return t
}

var tag = regexp.MustCompile(`^[a-z0-9_-]+\.[a-z0-9._-]+$`)

func (d *document) tags(key, v *yaml.Node) []Text {
	tags := d.strs(key, v)
	seen := map[string]Text{}
	for _, t := range tags {
		if !tag.MatchString(t.Value) {
			d.diags.Warnf("rule/bad-tag", t.At, `%q is not a tag: write "namespace.name" in lower case, such as "attack.t1059"`, t.Value)
		}
		if first, ok := seen[t.Value]; ok {
			d.diags.Warnf("rule/bad-tag", t.At, "the tag %q is given twice", t.Value).Related = firstHere(first)
			continue
		}
		seen[t.Value] = t
	}
	return tags
}

func (d *document) related(key, v *yaml.Node) []Related {
	if v.Kind == yaml.ScalarNode && v.ShortTag() == "!!null" {
		return nil
	}
	if v.Kind != yaml.SequenceNode {
		d.badType(key, v, `a list of "id" and "type"`)
		return nil
	}
	var out []Related
	for _, item := range v.Content {
		r := Related{At: d.spanOr(item, key)}
		if item.Kind != yaml.MappingNode {
			d.diags.Errorf("rule/bad-related", r.At, `an entry of "related" has an "id" and a "type": this is %s`, describe(item))
			continue
		}
		for k, v := range pairs(item) {
			switch k.Value {
			case "id":
				r.ID = d.uuid(k, v)
			case "type":
				r.Type = d.relatedType(k, v)
			default:
				d.nearKey(item, k, []string{"id", "type"})
			}
		}
		if r.ID.At.IsZero() || r.Type.At.IsZero() {
			d.diags.Errorf("rule/bad-related", r.At, `an entry of "related" needs an "id" and a "type"`)
			continue
		}
		out = append(out, r)
	}
	return out
}

func (d *document) relatedType(key, v *yaml.Node) Text {
	t := d.str(key, v)
	if t.Value == "obsoletes" {
		d.diags.Warnf("rule/bad-related", t.At, `the relation "obsoletes" is called "obsolete" since Sigma 2`).Fixes = replace(t, "obsolete")
		t.Value = "obsolete"
	}
	if !t.At.IsZero() && !slices.Contains(relatedTypes, t.Value) {
		d.unknownWord(d.diags.Errorf("rule/bad-related", t.At, "%q is no relation: allowed are %s", t.Value, quoteAll(relatedTypes)), t, relatedTypes)
	}
	return t
}

// nearKeys is how many keys a map can have for them to be looked at.
const nearKeys = 1000

// nearKey warns of a key that is probably a slip of the pen: further keys are the author's own (spec section 2).
func (d *document) nearKey(m, key *yaml.Node, known []string) {
	if len(m.Content) > 2*nearKeys {
		return
	}
	near := diag.Nearest(key.Value, known)
	if near == "" || has(m, near) {
		return
	}
	t := d.text(key)
	found := d.diags.Warnf("rule/near-key", t.At, "the key %q means nothing to Sigma", key.Value)
	found.Label = didYouMean(near)
	found.Fixes = replace(t, near)
}

func has(m *yaml.Node, name string) bool {
	for key := range pairs(m) {
		if key.Value == name {
			return true
		}
	}
	return false
}
