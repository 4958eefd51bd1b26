package sigma

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// Parse reads every document of a YAML stream and returns its detection rules in file order. What is wrong is added
// to diags; a rule with an error is returned with Broken set, so that the other rules of the stream can go on. A
// document that is no detection rule at all gives an error and no rule.
func Parse(f *source.File, diags *diag.List) []*Rule {
	if !checkEncoding(f, diags) {
		return nil
	}
	s := &stream{file: f, places: newPlaces(f.Text)}
	var rules []*Rule
	before, documents := diags.Len(), 0
	s.each(diags, func(n int, root *yaml.Node) {
		documents++
		// A list of its own tells the errors of this document from those of the others.
		d := &document{file: f, places: s.places, diags: &diag.List{}}
		rule := d.read(root)
		if rule != nil {
			rule.Doc = n
			rule.Broken = d.diags.Errors() > 0
			rules = append(rules, rule)
		}
		for _, found := range d.diags.From(0) {
			found.Rule = rule.label()
			diags.Add(found)
		}
	})
	if documents == 0 && diags.Len() == before {
		diags.Errorf("yaml/empty", source.Span{File: f}, "the file holds no rule")
	}
	return rules
}

// label is what messages call the rule.
func (r *Rule) label() string {
	switch {
	case r == nil:
		return ""
	case r.ID.Value != "":
		return r.ID.Value
	default:
		return r.Title.Value
	}
}

// document reads one document of a stream.
type document struct {
	file    *source.File
	places  *places
	diags   *diag.List
	version int // the major number of sigma-version
}

// read returns nil when there is nothing to compile in the document.
func (d *document) read(root *yaml.Node) *Rule {
	if !d.resolve(root) {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		d.diags.Errorf("yaml/not-a-map", d.nodeSpan(root), "a rule must be a map of attributes, not %s", describe(root))
		return nil
	}
	if !d.isDetectionRule(root) {
		return nil
	}
	return d.rule(root)
}

// isDetectionRule tells the kinds of document apart by their keys (spec section 1.1).
func (d *document) isDetectionRule(root *yaml.Node) bool {
	var kinds []*yaml.Node
	rule := false
	for key := range pairs(root) {
		switch key.Value {
		case "action":
			d.diags.Errorf("collection/not-supported", d.nodeSpan(key),
				`rule collections with "action" are not supported`).Hint = "write each rule in full, in a document of its own"
			return false
		case "detection", "correlation", "filter":
			kinds = append(kinds, key)
		case "title", "logsource":
			rule = true
		}
	}
	switch {
	case len(kinds) > 1:
		found := d.diags.Errorf("rule/several-kinds", d.nodeSpan(kinds[1]),
			"a document is one rule: it cannot have both %q and %q", kinds[0].Value, kinds[1].Value)
		found.Related = []diag.Related{{Message: "the first is here", Span: d.nodeSpan(kinds[0])}}
		return false
	case len(kinds) == 1 && kinds[0].Value == "correlation":
		d.diags.Errorf("correlation/not-supported", d.nodeSpan(kinds[0]), "correlation rules are not supported yet")
		return false
	case len(kinds) == 1 && kinds[0].Value == "filter":
		d.diags.Errorf("filter/not-supported", d.nodeSpan(kinds[0]), "filters are not supported yet")
		return false
	case len(kinds) == 0 && !rule:
		d.diags.Errorf("rule/unknown-kind", d.start(root),
			`this is not a Sigma rule: none of "title", "logsource" and "detection" is here`)
		return false
	}
	return true
}

// start is the place for messages about a whole document: its first key.
func (d *document) start(root *yaml.Node) source.Span {
	for key := range pairs(root) {
		return d.nodeSpan(key)
	}
	return d.nodeSpan(root)
}
