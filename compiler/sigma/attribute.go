package sigma

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"

	"gopkg.in/yaml.v3"
)

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
		if raw := found.Span.Text(); raw == v.Value && raw != "" && v.Style == 0 {
			found.Fixes = diag.Replace(found.Span, "'"+raw+"'")
		}
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
	if len(v.Content) == 0 {
		return nil
	}
	out := d.made.texts.Take(len(v.Content))[:0]
	for _, item := range v.Content {
		if item.Kind != yaml.ScalarNode || item.ShortTag() == "!!null" {
			d.diags.Errorf("rule/bad-type", d.spanOr(item, key), "%q must be a list of strings: this is %s", key.Value, describe(item))
			continue
		}
		out = append(out, d.text(item))
	}
	return out
}

// isUUID reports whether a text is 8, 4, 4, 4 and 12 hexadecimal digits with dashes between them.
func isUUID(text string) bool {
	if len(text) != len("00000000-0000-0000-0000-000000000000") {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
		default:
			return false
		}
	}
	return true
}

func (d *document) uuid(key, v *yaml.Node) Text {
	var t Text
	if isEmpty := v.ShortTag() == "!!null"; v.Kind == yaml.ScalarNode && !isEmpty {
		t = d.text(v) // whatever its type, the message is that it is no UUID
	} else {
		t = d.str(key, v)
	}
	if !t.At.IsZero() && !isUUID(t.Value) {
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

// dateLayouts are forms of a date that leave no doubt about which of its numbers is the month.
var dateLayouts = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2.1.2006", "20060102", time.RFC3339, "2006-01-02 15:04:05", "2 January 2006", "January 2, 2006", "2 Jan 2006"}

// date reads YYYY-MM-DD, which YAML may take for a date of its own (spec section 2).
func (d *document) date(key, v *yaml.Node) Text {
	t := d.str(key, v)
	if t.At.IsZero() || isDay(t.Value) {
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
	found := d.diags.Errorf("rule/bad-date", t.At, "%q is not a date: write year-month-day, such as 2025-01-31", t.Value)
	for _, layout := range dateLayouts {
		if day, err := time.Parse(layout, t.Value); err == nil {
			found.Fixes = replace(t, day.Format(time.DateOnly))
			break
		}
	}
	return t
}

// isDay reports whether a text is one of the days that every month has, as YYYY-MM-DD. Others are for package time to judge.
func isDay(text string) bool {
	if len(text) != len(time.DateOnly) {
		return false
	}
	for i := range len(text) {
		if dash := time.DateOnly[i] == '-'; dash && text[i] != '-' || !dash && (text[i] < '0' || text[i] > '9') {
			return false
		}
	}
	month, day := text[5:7], text[8:]
	return month >= "01" && month <= "12" && day >= "01" && day <= "28"
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
