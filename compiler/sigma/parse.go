package sigma

import (
	"cmp"
	"sync"

	"github.com/sigc-rules/sigc/compiler/block"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// Parse reads every document of a YAML stream. What is wrong is added to diags; a document with an error is returned
// with Broken set, so that the others of the stream can go on. A document that is nothing of Sigma gives an error and
// is not returned.
func Parse(f *source.File, diags *diag.List) *Documents {
	docs := &Documents{}
	r := readers.Get().(*reader)
	defer func() {
		r.nodes.Reset() // nothing of what is returned holds a node of the reader
		readers.Put(r)
	}()
	if r.places.read(f.Text); !r.places.plain && !checkEncoding(f, diags) {
		return docs
	}
	before, documents := diags.Len(), 0
	rules := &collection{}
	s := &stream{file: f, reader: r}
	s.each(diags, func(n int, root *yaml.Node) {
		documents++
		// A list of its own tells the errors of this document from those of the others.
		var found diag.List
		d := &document{file: f, reader: r, diags: &found}
		label := d.read(n, root, rules, docs)
		for _, one := range found.From(0) {
			one.Rule = label
			diags.Add(one)
		}
	})
	rules.finish(diags)
	if documents == 0 && diags.Len() == before {
		diags.Errorf("yaml/empty", source.Span{File: f}, "the file holds no rule")
	}
	return docs
}

// reader is what files are read with, one after the other. What is of no use when a file has been read, its nodes and the
// places of its lines, stands where that of the file before stood: it would be most of the memory that is asked for.
type reader struct {
	nodes  block.Reader
	places places
	pieces []int   // where those of the stream begin, and its end
	tokens []token // of the condition that is being read
	used   []bool  // which searches of the detection its conditions use
	open   []Cond  // operands of its words that are not complete yet, one above the other

	made parts
}

// parts are what rules are made of.
type parts struct {
	headers      slab.Of[source.Header]
	rules        slab.Of[Rule]
	detections   slab.Of[Detection]
	searches     slab.Of[Search]
	searchRefs   slab.Of[*Search]
	conditions   slab.Of[Condition]
	words        slab.Of[CondRef]
	quantifiers  slab.Of[CondQuant]
	operands     slab.Of[Cond]
	alternatives slab.Of[Alternative]
	items        slab.Of[Item]
	itemRefs     slab.Of[*Item]
	values       slab.Of[Value]
	texts        slab.Of[Text]
}

// newReader returns the reader of a file of which more than rules is wanted.
func newReader(f *source.File) *reader {
	r := &reader{}
	r.places.read(f.Text)
	return r
}

var readers = sync.Pool{New: func() any { return &reader{} }}

// document reads one document of a stream.
type document struct {
	*reader
	file    *source.File
	diags   *diag.List
	version int // the major number of sigma-version
}

// read adds what the document holds to docs, and returns what messages call it: its id, or else its title.
func (d *document) read(n int, root *yaml.Node, rules *collection, docs *Documents) string {
	if !d.resolve(root) {
		return ""
	}
	if root.Kind != yaml.MappingNode {
		d.diags.Errorf("yaml/not-a-map", d.nodeSpan(root), "a rule must be a map of attributes, not %s", describe(root))
		return ""
	}
	doc := rules.apply(d, root)
	if doc.root == nil {
		return ""
	}
	root = doc.root
	var m *Meta
	switch d.kind(root) {
	case detectionRule:
		r := d.rule(root)
		docs.Rules = append(docs.Rules, r)
		m = &r.Meta
	case correlationRule:
		c := d.correlation(root)
		docs.Correlations = append(docs.Correlations, c)
		m = &c.Meta
	case filterRule:
		f := d.filter(root)
		docs.Filters = append(docs.Filters, f)
		m = &f.Meta
	default:
		return ""
	}
	m.Doc, m.Broken = n, doc.broken || d.diags.Errors() > 0
	return cmp.Or(m.ID.Value, m.Title.Value)
}

// kind is the kind of a document.
type kind int

const (
	noKind kind = iota // an error has been reported
	detectionRule
	correlationRule
	filterRule
)

// kind tells the kinds of document apart by their keys (spec section 1.1).
func (d *document) kind(root *yaml.Node) kind {
	var kinds []*yaml.Node
	rule := false
	for key := range pairs(root) {
		switch key.Value {
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
		return noKind
	case len(kinds) == 1 && kinds[0].Value == "correlation":
		return correlationRule
	case len(kinds) == 1 && kinds[0].Value == "filter":
		return filterRule
	case len(kinds) == 0 && !rule:
		d.diags.Errorf("rule/unknown-kind", d.start(root),
			`this is not a Sigma rule: none of "title", "logsource" and "detection" is here`)
		return noKind
	}
	return detectionRule
}

// start is the place for messages about a whole document: its first key.
func (d *document) start(root *yaml.Node) source.Span {
	for key := range pairs(root) {
		return d.nodeSpan(key)
	}
	return d.nodeSpan(root)
}
