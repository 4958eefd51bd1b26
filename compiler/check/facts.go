package check

import (
	"sync"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
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

	folded []string // the values of one list
	bytes  []byte   // of their texts
	ends   []int
	listed map[string]int
}

// maxKept is how large a map can have become and still be used again.
const maxKept = 4096

// fold returns the texts of the values of a list without the case of their letters, all in one piece of memory. They are
// good until the next list is asked for.
func (f *facts) fold(values []sigma.Value, text func(*sigma.Value) string) []string {
	f.bytes, f.ends, f.folded = f.bytes[:0], f.ends[:0], f.folded[:0]
	for i := range values {
		f.bytes = appendFolded(f.bytes, text(&values[i]))
		f.ends = append(f.ends, len(f.bytes))
	}
	all, start := string(f.bytes), 0
	for _, end := range f.ends {
		f.folded = append(f.folded, all[start:end])
		start = end
	}
	return f.folded
}

// appendFolded appends what [fold] makes of a text.
func appendFolded(out []byte, s string) []byte {
	start := len(out)
	for i := range len(s) {
		b := s[i]
		if b >= utf8.RuneSelf {
			return append(out[:start], fold(s)...)
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		out = append(out, b)
	}
	return out
}

var factsOf = sync.Pool{New: func() any { return &facts{seen: map[ir.Expr]bool{}, listed: map[string]int{}} }}

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
