package splunk

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
)

// wording is the expression that a value fits a pattern. One of the form "subject = text" can join others in a list, and a
// match of the subject with a regular expression others in one expression; x is nil then.
type wording struct {
	x       expr
	subject expr
	text    string
	matches bool // the subject is matched with the pattern, and flags are what stands before the regular expression
	flags   string
	pattern ir.Pattern
}

// wording words that the value fits a pattern; where that does not stand in the record as it is meant, meant is the value
// with its entities read.
func (t *test) wording(g glob) wording {
	v, p := t.value, g.Pattern
	if g.stars == starsForEntities {
		v = t.from[0].meant
	}
	shape, literal := p.Shape()
	switch {
	case shape == ir.Anything:
		return wording{x: present(v).x}
	case shape == ir.Exact && literal == "":
		other := "-"
		if v.xml {
			other = "" // an element without text may be no field
		}
		return wording{x: is(v.text(other), "=", str(""))}
	case shape == ir.Exact && v.plain && strings.EqualFold(literal, "null"):
		return wording{x: never}
	case nonEmpty(p):
		if !v.plain {
			return wording{x: is(v.text(""), "!=", str(""))}
		}
		return wording{x: &not{fn("in", v.text(""), str(""), str("null"))}}
	case shape == ir.Exact && simple(literal):
		if !p.Cased && hasLetter(literal) {
			return wording{subject: v.lower(), text: strings.ToLower(literal)}
		}
		return wording{subject: v.text(""), text: literal}
	}
	w := wording{subject: v.text(""), matches: true, flags: flagsOf(p), pattern: p}
	if fitsNothing(p) || v.plain && fitsNull(p) {
		w.x = all(hasText(v), &matching{w.subject, w.flags, []ir.Pattern{p}})
	}
	return w
}

// hasLetter reports whether an ASCII text has letters.
func hasLetter(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c >= 'a' && c <= 'z' {
			return true
		}
	}
	return false
}

// oneOf joins alternatives: comparisons of one value with texts into a list, and with patterns into one regular expression.
func (w *workspace) oneOf(x []node) expr {
	j := joint{workspace: w, out: w.exprs.Take(len(x))[:0], groups: w.groups.Take(min(len(x), few))[:0]}
	for _, n := range x {
		t, ok := n.(*test)
		if !ok || t.x != nil {
			j.out = append(j.out, w.boolean(n))
			continue
		}
		for i, g := range t.globs {
			j.add(t.wording(g), len(t.globs)-i)
		}
	}
	for i := range j.groups {
		j.out[j.groups[i].at] = w.group(&j.groups[i])
	}
	if len(j.out) == 1 {
		return j.out[0]
	}
	return w.ors.New(or{j.out})
}

// joint is alternatives of which some are joined.
type joint struct {
	*workspace
	out    []expr
	groups []group
	known  map[string]int // where they are, by what they are about; nil as long as there is one at most
	key    []byte
}

// group is tests of one value: with texts, or with patterns whose regular expressions have the same flags.
type group struct {
	wording      // of the first
	at       int // among the alternatives
	texts    []string
	patterns []ir.Pattern
}

// add adds a test. There may be as many more of the same kind as expected, itself among them.
func (j *joint) add(w wording, expected int) {
	if w.x != nil {
		j.out = append(j.out, w.x)
		return
	}
	at, known := j.find(w)
	if !known {
		g := group{wording: w, at: len(j.out)}
		if w.matches {
			g.patterns = j.patterns.Take(expected)[:0]
		} else {
			g.texts = j.texts.Take(expected)[:0]
		}
		at, j.groups = len(j.groups), append(j.groups, g)
		j.out = append(j.out, nil) // until all that it is joined with is known
	}
	g := &j.groups[at]
	if w.matches {
		g.patterns = append(g.patterns, w.pattern)
	} else {
		g.texts = append(g.texts, w.text)
	}
}

// find says where the group of a test is, if there is one.
func (j *joint) find(w wording) (at int, known bool) {
	for i := len(j.groups) - 1; i >= max(0, len(j.groups)-few); i-- { // most lists are of one field
		if g := &j.groups[i]; g.subject == w.subject && g.matches == w.matches && g.flags == w.flags {
			return i, true
		}
	}
	if len(j.groups) == 0 {
		return 0, false
	}
	if j.known == nil {
		j.known = map[string]int{}
	}
	for i := len(j.known); i < len(j.groups); i++ {
		j.known[string(j.keyOf(j.groups[i].wording))] = i
	}
	at, known = j.known[string(j.keyOf(w))]
	return at, known
}

// keyOf is what tests that can be joined have in common.
func (j *joint) keyOf(w wording) []byte {
	j.key = append(appendExpr(j.key[:0], w.subject, true), w.flags...)
	if w.matches {
		j.key = append(j.key, '~')
	}
	return j.key
}

// group writes what tests of one value ask together.
func (w *workspace) group(g *group) expr {
	switch {
	case g.matches:
		return w.matchings.New(matching{g.subject, g.flags, g.patterns})
	case len(g.texts) == 1:
		return is(g.subject, "=", str(g.texts[0]))
	default:
		return w.amongs.New(among{g.subject, g.texts})
	}
}
