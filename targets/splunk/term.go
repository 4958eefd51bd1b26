package splunk

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// asTerm is what search can say of a value and patterns of which one must fit: exactly that, or else what lets through
// more; nil where there is nothing.
func (b *builder) asTerm(v *value, globs []glob) (t term, exact bool) {
	if len(v.fields) == 0 {
		return b.phrases(globs), false
	}
	exact = len(v.fields) == 1
	for _, g := range globs {
		shape, literal := g.Shape()
		if shape == ir.Anything || fitsNothing(g.Pattern) || isNetwork(literal) {
			return nil, false // whether f=* holds for an empty text is not documented; f="10.0.0.0/8" means a network (D)
		}
		exact = exact && g.faithful() && !g.Cased && !(v.plain && fitsNull(g.Pattern))
	}
	switch {
	case !exact && len(globs) > widePhrases:
		return nil, false
	case len(v.fields) == 1:
		return b.termIses.New(termIs{v.fields[0], globs}), exact
	}
	x := b.terms.Take(len(v.fields))
	for i, f := range v.fields {
		x[i] = b.termIses.New(termIs{f, globs})
	}
	return b.anyTerm(x), false
}

// globOf returns a pattern as the value of a field. A backslash beside a wildcard is one (C: it stands so in many searches
// that Splunk publishes and tests).
func (v *value) globOf(p ir.Pattern) glob {
	if v.xml && !plainInXML(p) && !isAnything(p) && !nonEmpty(p) {
		return glob{p, starsForEntities}
	}
	return glob{p, starsForUnsaid}
}

func isAnything(p ir.Pattern) bool {
	shape, _ := p.Shape()
	return shape == ir.Anything
}

// faithful reports whether a glob fits what its pattern fits, but for the case: a star stands for nothing but a star.
func (g glob) faithful() bool {
	if g.stars == starsForEntities {
		return false
	}
	shape, literal := g.Shape()
	if shape != ir.General {
		return sayable(literal)
	}
	return !g.Any(func(part ir.Part) bool { return part.Wild == ir.One || !sayable(part.Text) })
}

// sayable reports whether search can say all characters of a text.
func sayable(s string) bool {
	for i := range len(s) {
		if starsForUnsaid.hide(s[i]) {
			return false
		}
	}
	return true
}

// hide reports whether a star stands for a character, or for a part of one.
func (s stars) hide(c byte) bool { return s >= hidden[c] }

// hidden says of the characters which stars stand for them, those of the kind and all that come after it. Beyond ASCII it
// is not known whether search ignores case (U).
var hidden = func() (kinds [256]stars) {
	for i := range kinds {
		switch c := byte(i); {
		case c == '\n' || c == '\r' || c == '\t':
			kinds[i] = starsForNone
		case c == '*' || c < ' ' || c > '~':
			kinds[i] = starsForUnsaid
		case isEntity(c):
			kinds[i] = starsForEntities
		default:
			kinds[i] = starsForEntities + 1
		}
	}
	return kinds
}()

// globOfWords is a text as search reads it, in which stars are wildcards.
func globOfWords(s string) glob {
	var parts []ir.Part
	for i, text := range strings.Split(s, "*") {
		if i > 0 {
			parts = append(parts, ir.Part{Wild: ir.Many})
		}
		if text != "" {
			parts = append(parts, ir.Part{Text: text})
		}
	}
	return glob{Pattern: ir.NewPattern(parts)}
}

func isNetwork(s string) bool {
	slash := strings.LastIndexByte(s, '/')
	if slash < 0 || !isNumber(s[slash+1:]) { // most are paths
		return false
	}
	_, err := netip.ParsePrefix(s)
	return err == nil
}

// phrases looks for values by their texts, anywhere in the record; nil when there are too many, or one will not do.
func (w *workspace) phrases(globs []glob) term {
	if len(globs) > widePhrases {
		return nil
	}
	x := w.terms.Take(len(globs))
	for i, g := range globs {
		shape, literal := g.Shape()
		if !isPhrase(shape, literal) {
			return nil
		}
		x[i] = &termText{literal}
	}
	return w.anyTerm(x)
}

// isPhrase reports whether a value can be looked for by its text, anywhere in the record. The index answers that, and no
// limit of field extraction applies. Only texts that JSON writes as they are will do, and whole values: they stand between
// quotes, so their first and last word are whole words.
func isPhrase(shape ir.Shape, literal string) bool {
	if shape != ir.Exact || len(literal) < 3 || literal != strings.Trim(literal, " ._@-") || isNumber(literal) {
		return false
	}
	for _, r := range literal {
		if r > '~' || r != ' ' && r != '.' && r != '_' && r != '@' && r != '-' && !alphanumeric(byte(r)) {
			return false
		}
	}
	return true
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// widePhrases is how many phrases one condition may bring into the search before they cost more than they save.
const widePhrases = 40

// searched returns the term that holds for the same events as the condition, or else one that holds for these and more;
// nil where there is none.
func (w *workspace) searched(n node) (t term, exact bool) {
	switch n := n.(type) {
	case *test:
		return n.term, n.exact
	case *conj:
		x, exact := w.everySearched(n.x)
		if len(x) > 0 {
			return w.allTerm(x), exact && len(x) == len(n.x)
		}
	case *disj:
		x, exact := w.everySearched(n.x)
		if len(x) == len(n.x) && (exact || width(n) <= widePhrases) {
			return w.anyTerm(x), exact
		}
	case *neg:
		if hasBlock(n.x) { // what NOT makes of several values is not documented
			return nil, false
		}
		if t, exact := w.searched(n.x); exact {
			return w.termNots.New(termNot{t}), true
		}
	case *block: // "search" asks for some value; what several tests ask of one value it cannot say
		if n.list.field != "" && n.quant == ir.Any && onlyDisjunction(n.body) {
			if t, exact := w.searched(n.body); exact {
				return t, true
			}
		}
		return w.memberTerm(n), false
	}
	return nil, false
}

// everySearched returns the terms of those conditions that have one, and whether all of these are exact.
func (w *workspace) everySearched(x []node) (terms []term, exact bool) {
	terms, exact = w.terms.Take(len(x))[:0], true
	for _, n := range x {
		if t, is := w.searched(n); t != nil {
			terms, exact = append(terms, t), exact && is
		}
	}
	return terms, exact
}

// width is how many conditions a disjunction joins. Patterns that one test asks for count one by one.
func width(d *disj) int {
	n := len(d.x)
	for _, x := range d.x {
		if t, ok := x.(*test); ok && len(t.globs) > 1 {
			n += len(t.globs) - 1
		}
	}
	return n
}

func hasBlock(n node) bool {
	found := false
	blocks(n, func(*block) { found = true })
	return found
}

func onlyDisjunction(n node) bool {
	switch n := n.(type) {
	case *test:
		return true
	case *disj:
		return !slices.ContainsFunc(n.x, func(n node) bool { return !onlyDisjunction(n) })
	default:
		return false
	}
}

// memberTerm returns a term that holds wherever a condition does that stands in a block, or is one. What holds for one
// member, "search" asks of all of them together, so that nothing follows from a negation.
func (w *workspace) memberTerm(n node) term {
	switch n := n.(type) {
	case *test:
		return n.term
	case *conj:
		if x := w.memberTerms(n.x); len(x) > 0 {
			return w.allTerm(x)
		}
	case *disj:
		if x := w.memberTerms(n.x); len(x) == len(n.x) && width(n) <= widePhrases {
			return w.anyTerm(x)
		}
	case *block:
		if n.quant == ir.Any || n.quant == ir.All {
			return w.memberTerm(n.body)
		}
	}
	return nil
}

func (w *workspace) memberTerms(x []node) []term {
	out := w.terms.Take(len(x))[:0]
	for _, n := range x {
		if t := w.memberTerm(n); t != nil {
			out = append(out, t)
		}
	}
	return out
}
