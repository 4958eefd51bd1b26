package sigma

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// The attributes that all kinds of document have (spec section 2), and the values that some of them may have.
var (
	metaKeys = []string{
		"title", "id", "name", "related", "taxonomy", "status", "description", "license", "author", "references", "date",
		"modified", "falsepositives", "level", "tags",
	}
	statuses     = []string{"stable", "test", "experimental", "deprecated", "unsupported"}
	levels       = []string{"informational", "low", "medium", "high", "critical"}
	relatedTypes = []string{"derived", "obsolete", "merged", "renamed", "similar", "correlation"}
)

const (
	maxTitle       = 256 // characters
	maxDescription = 65_535
)

// metaReader reads the attributes of a document of one kind.
type metaReader struct {
	*document
	kind string   // what messages call the document
	keys []string // of this kind alone
	// own reads an attribute of this kind and reports whether it was one. It is asked first.
	own func(key, v *yaml.Node) bool
}

// read goes over the keys of a document.
func (d metaReader) read(root *yaml.Node, m *Meta) {
	m.File, m.Header = d.file, d.made.headers.New(source.Header{At: d.start(root)})
	title := false
	for key, v := range pairs(root) {
		switch {
		case d.own(key, v):
		case slices.Contains(metaKeys, key.Value):
			title = title || key.Value == "title"
			d.attribute(m, key, v)
		case key.Value == settingsKey:
			m.Settings = d.settings(key, v)
		default:
			d.nearKey(root, key, slices.Concat(metaKeys, d.keys))
			m.Custom = append(m.Custom, Custom{Key: d.text(key), Node: detached(v, map[*yaml.Node]*yaml.Node{})})
		}
	}
	if !title {
		d.diags.Errorf("rule/missing-title", m.At, "the %s has no title", d.kind)
	}
}

// detached copies a tree, so that it is all that is kept of its document. A node in several places, as one with an anchor
// may be, stays one.
func detached(n *yaml.Node, done map[*yaml.Node]*yaml.Node) *yaml.Node {
	if n.Anchor != "" && done[n] != nil {
		return done[n]
	}
	out := *n
	out.Content = make([]*yaml.Node, len(n.Content))
	if n.Anchor != "" {
		done[n] = &out
	}
	for i, c := range n.Content {
		out.Content[i] = detached(c, done)
	}
	return &out
}

// attribute reads one of metaKeys.
func (d *document) attribute(m *Meta, key, v *yaml.Node) {
	switch key.Value {
	case "title":
		m.Title = d.limited(key, v, maxTitle)
		if m.Title.Value != "" {
			m.At = m.Title.At
		} else if v.Kind == yaml.ScalarNode && (v.Value == "" || isNull(v)) {
			d.diags.Errorf("rule/missing-title", d.spanOr(v, key), "the title is empty")
		}
	case "id":
		m.ID = d.uuid(key, v)
	case "name":
		m.Name = d.limited(key, v, maxTitle)
	case "taxonomy":
		m.Taxonomy = d.taxonomy(key, v)
	case "status":
		m.Status = d.oneOf("rule/bad-status", key, v, statuses)
	case "level":
		m.Level = d.oneOf("rule/bad-level", key, v, levels)
	case "description":
		m.Description = d.limited(key, v, maxDescription)
	case "author":
		m.Author = d.str(key, v)
	case "license":
		m.License = d.str(key, v)
	case "date":
		m.Date = d.date(key, v)
	case "modified":
		m.Modified = d.date(key, v)
	case "references":
		m.References = d.strs(key, v)
	case "tags":
		m.Tags = d.tags(key, v)
	case "falsepositives":
		m.FalsePositives = d.strs(key, v)
	case "related":
		m.Related = d.related(key, v)
	}
}

func (d *document) taxonomy(key, v *yaml.Node) Text {
	t := d.limited(key, v, maxTitle)
	if t.Value != "" && t.Value != "sigma" {
		d.diags.Errorf("rule/taxonomy", t.At, `the taxonomy %q is not known: only "sigma" is`, t.Value)
	}
	return t
}

// isTag reports whether a text is "namespace.name" in lower case.
func isTag(text string) bool {
	dot := strings.IndexByte(text, '.')
	for i := range len(text) {
		switch b := text[i]; {
		case b >= 'a' && b <= 'z', b >= '0' && b <= '9', b == '_', b == '-', b == '.':
		default:
			return false
		}
	}
	return dot > 0 && dot < len(text)-1
}

// technique is the number of a technique of MITRE ATT&CK.
var technique = lazy(`^t\d{4}(\.\d{3})?$`)

func (d *document) tags(key, v *yaml.Node) []Text {
	tags := d.strs(key, v)
	seen := firsts{texts: tags}
	for i, t := range tags {
		if !isTag(t.Value) {
			found := d.diags.Warnf("rule/bad-tag", t.At, `%q is not a tag: write "namespace.name" in lower case, such as "attack.t1059"`, t.Value)
			mended := strings.Join(strings.Fields(strings.ToLower(t.Value)), "-")
			if technique().MatchString(mended) {
				mended = "attack." + mended
			}
			if isTag(mended) {
				found.Fixes = replace(t, mended)
			}
		}
		if first, ok := seen.before(i); ok {
			found := d.diags.Warnf("rule/bad-tag", t.At, "the tag %q is given twice", t.Value)
			found.Related, found.Fixes = firstHere(first), diag.RemoveEntry(t.At)
		}
	}
	return tags
}

// firsts finds out which of a list of texts have been before. Nearly all lists have a few.
type firsts struct {
	texts []Text
	known map[string]Text // of a long list
}

// before returns the first of the texts that is the same as the i-th, if that is not the first itself. It is asked for one after
// the other.
func (f *firsts) before(i int) (Text, bool) {
	const few = 20
	if len(f.texts) <= few {
		first := slices.IndexFunc(f.texts, func(t Text) bool { return t.Value == f.texts[i].Value })
		return f.texts[first], first < i
	}
	if f.known == nil {
		f.known = make(map[string]Text, len(f.texts))
	}
	first, ok := f.known[f.texts[i].Value]
	if !ok {
		f.known[f.texts[i].Value] = f.texts[i]
	}
	return first, ok
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
