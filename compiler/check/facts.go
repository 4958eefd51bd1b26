package check

import (
	"path"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/catalogue"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/slab"
)

// facts are what several checks want to know of a document. They are found where those of the document before were: those
// of all documents would be most of the memory that checking asks for.
type facts struct {
	of *Pass

	stem, extension string // the name of the file
	today, lastDay  string // see [facts.grown]

	tags     []Tag
	tactics  []string // among them
	category catalogue.WindowsCategory
	windows  *catalogue.WindowsCategory // that the rule reads; nil when it is none that is known

	prover ir.Prover
	search searchFacts

	table   string                       // of the log
	domains map[string]*catalogue.Domain // of its fields
	fields  slab.Of[knownField]
	byField map[*ir.Field]*knownField
	last    *knownField // that was asked for
	leaves  []leaf
	seen    map[ir.Expr]bool // among the leaves

	texts  firsts // of one list
	pieces []piece
	folded []byte // of the pieces
	sizes  []int
}

var factsOf = sync.Pool{New: func() any {
	f := &facts{}
	f.prover.Scalar = func(of *ir.Field) bool { return f.of.scalar(of) }
	return f
}}

// facts returns what is known of the document.
func (p *Pass) facts() *facts {
	if p.found == nil {
		p.begin()
		p.found.about(p)
	}
	return p.found
}

// begin makes room for what is to be found out about the document.
func (p *Pass) begin() {
	p.found = factsOf.Get().(*facts)
	f := p.found
	f.of = p
	f.tags, f.tactics, f.windows, f.leaves = f.tags[:0], f.tactics[:0], nil, f.leaves[:0]
	f.prover.Reset()
	f.search.reset()
	f.fields.Reset()
	f.byField, f.seen, f.last = slab.Map(f.byField), slab.Map(f.seen), nil
	f.table, f.domains = "", nil
	if p.Log != nil {
		f.table = p.Log.Table()
		f.domains = catalogue.In(f.table)
	}
}

// forget gives up what is known of the document. It is found again when someone asks.
func (p *Pass) forget() {
	if p.found != nil {
		p.found.of = nil
		factsOf.Put(p.found)
		p.found = nil
	}
}

// about finds the facts about a document.
func (f *facts) about(p *Pass) {
	f.readTags(p.Tags)
	f.stem, f.extension = "", ""
	if p.First && p.Path != "" { // for further documents of a file its name has been judged
		base := path.Base(p.Path)
		f.extension = path.Ext(base)
		f.stem = strings.TrimSuffix(base, f.extension)
	}
	if p.Rule != nil && p.Rule.Logsource.Product.Value == "windows" {
		if c, ok := catalogue.WindowsCategories()[p.Rule.Logsource.Category.Value]; ok {
			f.category, f.windows = c, &f.category
		}
	}
	if p.Rule == nil || p.Meaning == nil {
		return
	}
	f.search.about(p, &f.prover)
	if p.Log != nil {
		f.compared(p)
	}
}
