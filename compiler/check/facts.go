package check

import (
	"sync"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/slab"
)

// facts are what several checks want to know of a document. They are found where those of the document before were: those
// of all documents would be most of the memory that checking asks for.
type facts struct {
	prover     ir.Prover
	canon      ir.Canonizer
	search     searchFacts
	leaves     []leaf
	techniques []technique
	tactics    []string

	seen  map[ir.Expr]bool // among the leaves
	known slab.Of[knownField]
}

var factsOf = sync.Pool{New: func() any { return &facts{seen: map[ir.Expr]bool{}} }}

// facts returns what is known of the document.
func (p *Pass) facts() *facts {
	if p.found == nil {
		p.found = factsOf.Get().(*facts)
		p.found.about(p)
	}
	return p.found
}

// forget gives up what is known of the document. It is found again when someone asks.
func (p *Pass) forget() {
	if p.found != nil {
		factsOf.Put(p.found)
		p.found = nil
	}
}

// about finds the facts about a document.
func (f *facts) about(p *Pass) {
	f.techniques, f.tactics = f.techniques[:0], f.tactics[:0]
	f.tags(p)
	f.leaves = f.leaves[:0]
	if p.Rule == nil || p.Meaning == nil {
		return
	}
	f.prover.Reset(p.scalar)
	f.canon.Reset(p.name)
	f.search.about(p, &f.prover)
	if p.Log != nil {
		f.compared(p)
	}
}
