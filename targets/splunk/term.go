package splunk

import (
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// likeTerms returns the term that says exactly what the pattern does, or else one that lets through more; nil where
// there is none.
func likeTerms(v value, p ir.Pattern) (exact, wide term) {
	shape, literal := p.Shape()
	if len(v.fields) == 0 {
		return nil, phrase(shape, literal)
	}
	if shape == ir.Anything || p.Matches("") || isNetwork(literal) {
		return nil, nil // whether f=* holds for an empty text is not documented; f="10.0.0.0/8" means a network (D)
	}
	g, faithful := globOf(p)
	if v.xml && !plainInXML(p) {
		g, faithful = wideInXML(g), false
	}
	var x []term
	for _, f := range v.fields {
		x = append(x, &termIs{f, g})
	}
	t := anyTerm(x)
	if faithful && !p.Cased && len(v.fields) == 1 && !(v.plain && p.Matches("null")) {
		return t, t
	}
	return nil, t
}

// globOf writes a pattern as a value of search, with a star for everything that search cannot say: single characters,
// literal stars, and what is not ASCII (U: whether search folds it). A backslash beside a wildcard is one (C: it stands
// so in many searches that Splunk publishes and tests).
func globOf(p ir.Pattern) (g glob, faithful bool) {
	faithful = true
	g = glob{""}
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
	var out []term
	for _, n := range x {
		if t := of(n); t != nil {
			out = append(out, t)
		}
	}
	return out
}

func allTerm(x []term) term {
	var flat []term
	for _, t := range x {
		if a, ok := t.(*termAnd); ok {
			flat = append(flat, a.x...)
		} else {
			flat = append(flat, t)
		}
	}
	return &termAnd{dropEqual(flat)}
}

// anyTerm joins alternatives, those on one field into a list.
func anyTerm(x []term) term {
	var out []term
	lists := map[string]int{}
	add := func(t *termIs) {
		i, seen := lists[t.field]
		if !seen {
			lists[t.field] = len(out)
			out = append(out, t)
			return
		}
		switch first := out[i].(type) {
		case *termIs:
			out[i] = &termIn{t.field, []glob{first.value, t.value}}
		case *termIn:
			first.values = append(first.values, t.value)
		}
	}
	var walk func(x []term)
	walk = func(x []term) {
		for _, t := range x {
			switch t := t.(type) {
			case *termOr:
				walk(t.x)
			case *termIn:
				for _, v := range t.values {
					add(&termIs{t.field, v})
				}
			case *termIs:
				add(t)
			default:
				out = append(out, t)
			}
		}
	}
	walk(x)
	if out = dropEqual(out); len(out) == 1 {
		return out[0]
	}
	return &termOr{out}
}

func dropEqual(x []term) []term {
	if len(x) < 2 {
		return x
	}
	seen := map[string]bool{}
	var out []term
	for _, t := range x {
		if s := writeTerm(t, false); !seen[s] {
			seen[s] = true
			out = append(out, t)
		}
	}
	return out
}
