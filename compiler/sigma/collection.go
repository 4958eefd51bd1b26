package sigma

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

var actions = []string{"global", "reset", "repeat"}

// collection is the state of the old way to write several rules in one file (spec section 11): documents with an
// "action" lend their keys to those that follow. Keys keep the places where they are written, as nodes are shared.
type collection struct {
	template   layer       // of "action: global"
	templateAt source.Span // its action
	used       bool        // a rule has taken something from the template
	previous   layer       // the last detection rule as it was read
	warned     bool
	merged     int // values in merged documents so far
}

// layer is a document that is merged with others. The zero layer is none.
type layer struct {
	root   *yaml.Node
	broken bool // an error was reported that reading the merged document would not report again
}

// apply returns a document as it reads within the collection, or no layer when it is not to be read.
func (c *collection) apply(d *document, root *yaml.Node) layer {
	var action entry
	for k, v := range pairs(root) {
		if k.Value == "action" {
			action = entry{k, v}
		}
	}
	other := has(root, "correlation") || has(root, "filter")
	switch {
	case action.key == nil && other:
		return layer{root: root} // these are never merged
	case action.key == nil:
		c.previous = d.layer(root)
		if c.template.root != nil {
			c.used = true
			c.previous = c.merge(d, c.previous, c.template)
		}
		return c.previous
	case other:
		d.diags.Errorf("collection/bad-kind", d.nodeSpan(action.key), `"action" is for detection rules only`)
		return layer{}
	}
	return c.act(d, action, d.layer(without(root, "action")))
}

// layer notes the errors that were found when the document was taken apart.
func (d *document) layer(root *yaml.Node) layer { return layer{root, d.diags.Errors() > 0} }

// act does what the action of a document says. Only "repeat" gives a rule.
func (c *collection) act(d *document, action entry, doc layer) layer {
	at := d.spanOr(action.value, action.key)
	if !c.warned {
		c.warned = true
		d.diags.Warnf("collection/deprecated", at, `collections with "action" are no longer part of Sigma`).
			Hint = "write each rule in full, in a document of its own"
	}
	if action.value.Kind != yaml.ScalarNode {
		d.badType(action.key, action.value, "a word")
		return layer{}
	}
	switch action.value.Value {
	case "global":
		c.finish(d.diags)
		c.template, c.templateAt, c.used = doc, at, false
	case "reset":
		c.finish(d.diags)
		c.template = layer{}
		if len(doc.root.Content) > 0 {
			d.diags.Errorf("collection/reset-content", d.nodeSpan(doc.root.Content[0]), `a document with "action: reset" holds nothing else`)
		}
	case "repeat":
		if c.previous.root == nil {
			d.diags.Errorf("collection/nothing-to-repeat", at, "no rule stands before this one that could be repeated")
			return layer{}
		}
		merged := c.merge(d, c.previous, doc)
		if merged.root != nil {
			c.previous = merged
		}
		return merged
	default:
		t := Text{Value: action.value.Value, At: at}
		d.unknownWord(d.diags.Errorf("collection/unknown-action", at, "%q is no action: allowed are %s", t.Value, quoteAll(actions)), t, actions)
	}
	return layer{}
}

// finish warns of a template that no rule has used.
func (c *collection) finish(diags *diag.List) {
	if c.template.root != nil && !c.used {
		diags.Warnf("collection/unused-template", c.templateAt, "no rule follows that would take something from this document")
	}
}

// merge lays one document over another. It returns no layer, as for a document that cannot be read, when so much has
// been merged that the file is not an honest one: a long template would be read again for each of many short documents.
func (c *collection) merge(d *document, base, over layer) layer {
	if c.merged <= maxNodes {
		out := overlay(base.root, over.root)
		if c.merged += size(out); c.merged <= maxNodes {
			return layer{out, base.broken || over.broken}
		}
	}
	d.diags.Errorf("collection/too-large", d.start(base.root), "the collection makes the file too large: at most %d values are allowed", maxNodes)
	return layer{}
}

// overlay puts the keys of over into base. Where both have a map, the maps are merged; otherwise over wins.
func overlay(base, over *yaml.Node) *yaml.Node {
	out := *base
	out.Content = nil
	place := map[string]int{} // of the values in out
	for k, v := range pairs(base) {
		out.Content = append(out.Content, k, v)
		place[k.Value] = len(out.Content) - 1
	}
	for k, v := range pairs(over) {
		i, ok := place[k.Value]
		switch {
		case !ok:
			out.Content = append(out.Content, k, v)
		case out.Content[i].Kind == yaml.MappingNode && v.Kind == yaml.MappingNode:
			out.Content[i] = overlay(out.Content[i], v)
		default:
			out.Content[i-1], out.Content[i] = k, v
		}
	}
	return &out
}

// size counts the values of a tree.
func size(n *yaml.Node) int {
	total := 1
	for _, c := range n.Content {
		total += size(c)
	}
	return total
}
