package splunk

import (
	"bytes"
	"fmt"
	"slices"
)

func allTerm(x []term) term { return &termAnd{conjunction(x)} }

// conjunction returns terms that must all hold, without those inside of others and without repetition.
func conjunction(x []term) []term {
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
func anyTerm(x []term) term {
	if len(x) == 1 {
		return x[0]
	}
	a := alternation{out: make([]term, 0, len(x))}
	a.add(x)
	out := distinct(a.out)
	if len(out) == 1 {
		return out[0]
	}
	return &termOr{out}
}

// alternation is alternatives with one list for each field.
type alternation struct {
	out   []term
	lists map[string]*fieldList
	last  *fieldList // that was added to: most lists come in one piece
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
	l := a.last
	if l == nil || l.is.field != t.field {
		l = a.lists[t.field]
	}
	switch {
	case l == nil:
		l = &fieldList{at: len(a.out), is: t}
		a.out = append(a.out, t)
		if a.lists == nil {
			a.lists = map[string]*fieldList{}
		}
		a.lists[t.field] = l
	case l.more:
		l.is.values = append(l.is.values, t.values...)
	default:
		l.is, l.more = &termIs{t.field, slices.Concat(l.is.values, t.values)}, true
		a.out[l.at] = l.is
	}
	a.last = l
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
