package splunk

import (
	"bytes"
	"fmt"
	"slices"
)

func (w *workspace) allTerm(x []term) term { return w.termAnds.New(termAnd{w.conjunction(x)}) }

// conjunction returns terms that must all hold, without those inside of others and without repetition.
func (w *workspace) conjunction(x []term) []term {
	if slices.ContainsFunc(x, func(t term) bool { _, nested := t.(*termAnd); return nested }) {
		flat := make([]term, 0, 2*len(x))
		for _, t := range x {
			if a, ok := t.(*termAnd); ok {
				flat = append(flat, a.x...)
			} else {
				flat = append(flat, t)
			}
		}
		x = flat
	}
	return distinct(x)
}

// anyTerm joins alternatives, those on one field into a list.
func (w *workspace) anyTerm(x []term) term {
	if len(x) == 1 {
		return x[0]
	}
	a := alternation{workspace: w, out: w.terms.Take(len(x))[:0], lists: w.fieldLists.Take(min(len(x), few))[:0]}
	a.add(x)
	out := distinct(a.out)
	if len(out) == 1 {
		return out[0]
	}
	return w.termOrs.New(termOr{out})
}

// alternation is alternatives with one list for each field.
type alternation struct {
	*workspace
	out   []term
	lists []fieldList
	known map[string]int // where the lists are; nil as long as there are few
}

// fieldList is the values that a field may have. They are a list of their own once more have been added.
type fieldList struct {
	at   int // in the alternatives
	is   *termIs
	more bool
}

func (a *alternation) add(x []term) {
	for _, t := range x {
		switch t := t.(type) {
		case *termOr:
			a.add(t.x)
		case *termIs:
			a.join(t)
		default:
			a.out = append(a.out, t)
		}
	}
}

// join adds values to those that a field may have.
func (a *alternation) join(t *termIs) {
	l := a.list(t.field)
	switch {
	case l == nil:
		a.lists = append(a.lists, fieldList{at: len(a.out), is: t})
		a.out = append(a.out, t)
	case l.more:
		l.is.values = append(l.is.values, t.values...)
	default:
		l.is, l.more = a.termIses.New(termIs{t.field, slices.Concat(l.is.values, t.values)}), true
		a.out[l.at] = l.is
	}
}

// list is the list of a field, if there is one.
func (a *alternation) list(field string) *fieldList {
	for i := len(a.lists) - 1; i >= max(0, len(a.lists)-few); i-- { // most come in one piece
		if a.lists[i].is.field == field {
			return &a.lists[i]
		}
	}
	if len(a.lists) <= few {
		return nil
	}
	if a.known == nil {
		a.known = map[string]int{}
	}
	for i := len(a.known); i < len(a.lists); i++ {
		a.known[a.lists[i].is.field] = i
	}
	if i, known := a.known[field]; known {
		return &a.lists[i]
	}
	return nil
}

// distinct leaves the first of terms that are written alike.
func distinct(x []term) []term {
	if len(x) > few {
		return dropEqual(x, appendPart)
	}
	out := x[:0]
	for _, t := range x {
		if !slices.ContainsFunc(out, func(other term) bool { return alike(t, other) }) {
			out = append(out, t)
		}
	}
	return out
}

// alike reports whether terms are written alike.
func alike(a, b term) bool {
	b = unwrapped(b)
	switch a := unwrapped(a).(type) {
	case *termIs:
		b, ok := b.(*termIs)
		return ok && a.field == b.field && slices.EqualFunc(a.values, b.values, sameGlob)
	case *termNot:
		b, ok := b.(*termNot)
		return ok && alike(a.x, b.x)
	case *termAnd:
		b, ok := b.(*termAnd)
		return ok && sameTerms(a.x, b.x)
	case *termOr:
		b, ok := b.(*termOr)
		return ok && sameTerms(a.x, b.x)
	case *termText:
		b, ok := b.(*termText)
		return ok && *a == *b
	case *termMacro:
		b, ok := b.(*termMacro)
		return ok && *a == *b
	default:
		panic(fmt.Sprintf("splunk: no case for %T", a))
	}
}

// unwrapped takes off a conjunction what it is the only term of, as it is written without parentheses.
func unwrapped(t term) term {
	for {
		a, ok := t.(*termAnd)
		if !ok || len(a.x) != 1 {
			return t
		}
		t = a.x[0]
	}
}

// sameGlob reports whether globs are written alike, though their patterns may differ.
func sameGlob(a, b glob) bool {
	var one, other [256]byte
	return bytes.Equal(appendGlob(one[:0], a), appendGlob(other[:0], b))
}

// sameTerms reports whether terms are the same.
func sameTerms(a, b []term) bool { return slices.EqualFunc(a, b, alike) }
