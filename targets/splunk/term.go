package splunk

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// likeTerms returns the term that says exactly what the pattern does, or else one that lets through more; nil where
// there is none.
// asIs says that the pattern fits the text as it stands in the record when it fits the one that is meant.
func likeTerms(v *value, p ir.Pattern, asIs bool) (exact, wide term) {
	shape, literal := p.Shape()
	if len(v.fields) == 0 {
		return nil, phrase(shape, literal)
	}
	if shape == ir.Anything || fitsNothing(p) || isNetwork(literal) {
		return nil, nil // whether f=* holds for an empty text is not documented; f="10.0.0.0/8" means a network (D)
	}
	g, faithful := globOf(p)
	if !asIs {
		g, faithful = wideInXML(g), false
	}
	if len(v.fields) > 1 {
		x := make([]term, len(v.fields))
		for i, f := range v.fields {
			x[i] = &termIs{f, g}
		}
		return nil, anyTerm(x)
	}
	t := &termIs{v.fields[0], g}
	if faithful && !p.Cased && !(v.plain && p.Matches("null")) {
		return t, t
	}
	return nil, t
}

// globOf writes a pattern as a value of search, with a star for everything that search cannot say: single characters,
// literal stars, and what is not ASCII (U: whether search folds it). A backslash beside a wildcard is one (C: it stands
// so in many searches that Splunk publishes and tests).
func globOf(p ir.Pattern) (g glob, faithful bool) {
	faithful = true
	g = make(glob, 1, 1+len(p.Parts))
	star := func() {
		if n := len(g); n < 2 || g[n-1] != "" {
			g = append(g, "")
		}
	}
	for _, part := range p.Parts {
		switch part.Wild {
		case ir.Many:
			star()
			continue
		case ir.One:
			faithful = false
			star()
			continue
		}
		s := part.Text
		for s != "" {
			n := strings.IndexFunc(s, func(r rune) bool { return r == '*' || r < ' ' || r > '~' })
			if n < 0 {
				g[len(g)-1] += s
				break
			}
			_, size := utf8.DecodeRuneInString(s[n:])
			g[len(g)-1] += s[:n]
			s, faithful = s[n+size:], false
			star()
		}
	}
	return g, faithful
}

func isNetwork(s string) bool {
	slash := strings.LastIndexByte(s, '/')
	if slash < 0 || !isNumber(s[slash+1:]) { // most are paths
		return false
	}
	_, err := netip.ParsePrefix(s)
	return err == nil
}

// phrase looks for a value by its text, anywhere in the record. The index answers that, and no limit of field extraction
// applies. Only texts that JSON writes as they are will do, and whole values: they stand between quotes, so their first
// and last word are whole words.
func phrase(shape ir.Shape, literal string) term {
	if shape != ir.Exact || len(literal) < 3 || literal != strings.Trim(literal, " ._@-") || isNumber(literal) {
		return nil
	}
	for _, r := range literal {
		if r > '~' || r != ' ' && r != '.' && r != '_' && r != '@' && r != '-' && !alphanumeric(byte(r)) {
			return nil
		}
	}
	return &termText{literal}
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// exactTerm returns the term that holds for the same events as the condition, or nil.
func exactTerm(n node) term {
	switch n := n.(type) {
	case *test:
		return n.exact
	case *conj:
		if x := terms(n.x, exactTerm); len(x) == len(n.x) {
			return allTerm(x)
		}
	case *disj:
		if x := terms(n.x, exactTerm); len(x) == len(n.x) {
			return anyTerm(x)
		}
	case *neg:
		if hasBlock(n.x) { // what NOT makes of several values is not documented
			return nil
		}
		if t := exactTerm(n.x); t != nil {
			return &termNot{t}
		}
	case *block: // "search" asks for some value; what several tests ask of one value it cannot say
		if n.list.field == "" || n.quant != ir.Any || !onlyDisjunction(n.body) {
			return nil
		}
		return exactTerm(n.body)
	}
	return nil
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

// widePhrases is how many phrases one condition may bring into the search before they cost more than they save.
const widePhrases = 40

// wideTerm returns a term that holds wherever the condition does, or nil.
func wideTerm(n node) term {
	if t := exactTerm(n); t != nil {
		return t
	}
	return wide(n, wideTerm)
}

// memberTerm does the same for the body of a block. What holds for one member, "search" asks of all of them together, so
// that nothing follows from a negation.
func memberTerm(n node) term {
	if t, ok := n.(*test); ok && t.exact != nil {
		return t.exact
	}
	return wide(n, memberTerm)
}

func wide(n node, part func(node) term) term {
	switch n := n.(type) {
	case *test:
		return n.wide
	case *conj:
		if x := terms(n.x, part); len(x) > 0 {
			return allTerm(x)
		}
	case *disj:
		if x := terms(n.x, part); len(x) == len(n.x) && len(x) <= widePhrases {
			return anyTerm(x)
		}
	case *block:
		if n.quant == ir.Any || n.quant == ir.All {
			return memberTerm(n.body)
		}
	}
	return nil
}

func terms(x []node, of func(node) term) []term {
	out := make([]term, 0, len(x))
	for _, n := range x {
		if t := of(n); t != nil {
			out = append(out, t)
		}
	}
	return out
}

func allTerm(x []term) term {
	flat := make([]term, 0, len(x))
	for _, t := range x {
		if a, ok := t.(*termAnd); ok {
			flat = append(flat, a.x...)
		} else {
			flat = append(flat, t)
		}
	}
	return &termAnd{dropEqual(flat, appendPart)}
}

// anyTerm joins alternatives, those on one field into a list.
func anyTerm(x []term) term {
	a := alternation{out: make([]term, 0, len(x))}
	a.add(x)
	out := dropEqual(a.out, appendPart)
	if len(out) == 1 {
		return out[0]
	}
	return &termOr{out}
}

// alternation is alternatives with one list for each field.
type alternation struct {
	out   []term
	lists map[string]int // where the fields are in out
	last  string         // the field that was added last, and where it is: most lists come in one piece
	at    int
}

func (a *alternation) add(x []term) {
	for _, t := range x {
		switch t := t.(type) {
		case *termOr:
			a.add(t.x)
		case *termIn:
			if !a.join(t.field, t.values...) {
				a.out = append(a.out, &termIn{t.field, slices.Clone(t.values)})
			}
		case *termIs:
			if !a.join(t.field, t.value) {
				a.out = append(a.out, t)
			}
		default:
			a.out = append(a.out, t)
		}
	}
}

// join adds values to those that a field may have; false when it is the first time, and the field comes next.
func (a *alternation) join(field string, values ...glob) bool {
	if a.lists == nil || a.last != field {
		at, seen := a.lists[field]
		if !seen {
			if a.lists == nil {
				a.lists = map[string]int{}
			}
			a.last, a.at = field, len(a.out)
			a.lists[field] = a.at
			return false
		}
		a.last, a.at = field, at
	}
	switch first := a.out[a.at].(type) {
	case *termIs:
		a.out[a.at] = &termIn{field, append([]glob{first.value}, values...)}
	case *termIn:
		first.values = append(first.values, values...)
	}
	return true
}

// sameTerms reports whether terms are the same.
func sameTerms(a, b []term) bool {
	return bytes.Equal(appendAll(nil, a, " ", appendPart), appendAll(nil, b, " ", appendPart))
}
