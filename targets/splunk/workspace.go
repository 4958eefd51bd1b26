package splunk

import (
	"sync"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/target"
)

// workspace is the room in which the tree of a search is made. Nothing of the tree is needed once its text is written, so
// that the next search is made in the same room.
type workspace struct {
	nodes slab.Of[node]
	conjs slab.Of[conj]
	disjs slab.Of[disj]
	negs  slab.Of[neg]
	tests slab.Of[test]
	globs slab.Of[glob]

	terms      slab.Of[term]
	termAnds   slab.Of[termAnd]
	termOrs    slab.Of[termOr]
	termNots   slab.Of[termNot]
	termIses   slab.Of[termIs]
	fieldLists slab.Of[fieldList]

	exprs     slab.Of[expr]
	groups    slab.Of[group]
	ors       slab.Of[or]
	amongs    slab.Of[among]
	texts     slab.Of[string]
	matchings slab.Of[matching]
	patterns  slab.Of[ir.Pattern]

	searches slab.Of[search]
	wheres   slab.Of[where]
	evals    slab.Of[eval]
	assigns  slab.Of[assign]
	renames  slab.Of[rename]
	pairs    slab.Of[renaming]
	tables   slab.Of[table]

	results []shown // the fields of a result
}

// reset takes back all of the room.
func (w *workspace) reset() {
	w.nodes.Reset()
	w.conjs.Reset()
	w.disjs.Reset()
	w.negs.Reset()
	w.tests.Reset()
	w.globs.Reset()

	w.terms.Reset()
	w.termAnds.Reset()
	w.termOrs.Reset()
	w.termNots.Reset()
	w.termIses.Reset()
	w.fieldLists.Reset()

	w.exprs.Reset()
	w.groups.Reset()
	w.ors.Reset()
	w.amongs.Reset()
	w.texts.Reset()
	w.matchings.Reset()
	w.patterns.Reset()

	w.searches.Reset()
	w.wheres.Reset()
	w.evals.Reset()
	w.assigns.Reset()
	w.renames.Reset()
	w.pairs.Reset()
	w.tables.Reset()

	clear(w.results)
	w.results = w.results[:0]
}

// builders are those that write no search now.
var builders = sync.Pool{New: func() any { return new(builder) }}

// builder returns one for the search of a rule, which is to be given back when the search is written.
func (p *platform) builder(bound *target.Bound) *builder {
	b := builders.Get().(*builder)
	b.bound, b.frame, b.columns = bound, p.frame(bound.Log), roles
	b.data = b.frame.data
	return b
}

// giveBack ends the work of a builder: of what it has made, there is only the text.
func (b *builder) giveBack() {
	b.reset()
	b.bound, b.frame, b.data, b.last = nil, nil, nil, namedField{}
	clear(b.out)
	b.out = b.out[:0]
	b.taken, b.scalars, b.lookings, b.clocks, b.meant = slab.Map(b.taken), slab.Map(b.scalars), slab.Map(b.lookings), slab.Map(b.clocks), slab.Map(b.meant)
	builders.Put(b)
}
