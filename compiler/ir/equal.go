package ir

import (
	"hash/maphash"
	"slices"
)

var seed = maphash.MakeSeed()

// hash is a number that equal expressions share, and others almost never; 0 is none.
type hash uint64

// The kinds of expressions in their hashes.
const (
	ofAnd hash = iota + 1
	ofOr
	ofNot
	ofCompare
	ofRegex
	ofCIDR
	ofSameAs
	ofExists
	ofNull
	ofKeyword
	ofWithin
	ofTrue
	ofFalse
)

// hashOf returns the hash of an expression. What has others below it has been simplified.
func (d *desk) hashOf(e Expr) hash {
	switch e := e.(type) {
	case *Like:
		return e.Pattern.hash().in(d.field(e.Field))
	case *Compare:
		return textHash(string(e.Number)).in(hash(e.Part)).in(hash(e.Op)).in(d.field(e.Field)).in(ofCompare)
	case *Regex:
		return textHash(e.Pattern).in(d.field(e.Field)).in(ofRegex)
	case *CIDR:
		return hash(maphash.Comparable(seed, e.Prefix)).in(d.field(e.Field)).in(ofCIDR)
	case *SameAs:
		return d.field(e.Other).in(hash(e.Shape)).in(d.field(e.Field)).in(ofSameAs)
	case *Exists:
		return d.field(e.Field).in(ofExists)
	case *Null:
		return d.field(e.Field).in(ofNull)
	case *Keyword:
		if e.Regex != nil {
			return textHash(e.Regex.Pattern).in(ofRegex).in(ofKeyword)
		}
		return e.Pattern.hash().in(ofKeyword)
	case *Within:
		return textHash(e.Schedule.Name).in(d.field(e.Field)).in(ofWithin)
	case *Const:
		if e.Value {
			return ofTrue
		}
		return ofFalse
	default:
		m, _ := simple(e)
		return m
	}
}

// field is the hash of a field.
func (d *desk) field(f *Field) hash {
	if f == d.known {
		return d.hashed
	}
	var h hash
	for _, s := range f.Segments {
		h = h.in(textHash(s.Name)).in(hash(s.Index))
	}
	d.known, d.hashed = f, h
	return h
}

func (p Pattern) hash() hash {
	h := textHash(p.literal).in(hash(p.shape))
	if p.general != nil {
		for _, part := range *p.general {
			h = h.in(hash(part.Wild)).in(textHash(part.Text))
		}
	}
	return h
}

func textHash(s string) hash { return hash(maphash.String(seed, s)) }

// in returns the hash of what has both in it; it is never 0.
func (h hash) in(other hash) hash { return max(hash(mix(uint64(h), uint64(other))), 1) }

// mix adds a number to a hash; the factor is that of FNV-1a.
func mix(h, n uint64) uint64 { return (h ^ n) * 1099511628211 }

// equal reports whether two expressions are written alike, wherever they stand. What has others below it has been
// simplified, so that its hash tells most of those apart that are not.
func (d *desk) equal(a, b Expr) bool {
	if a == b {
		return true
	}
	if m, _ := simple(a); m != 0 {
		if n, _ := simple(b); m != n {
			return false
		}
	}
	switch a := a.(type) {
	case *Like:
		b, ok := b.(*Like)
		return ok && a.Field.equal(b.Field) && a.Pattern.Equal(b.Pattern)
	case *And:
		b, ok := b.(*And)
		return ok && slices.EqualFunc(a.X, b.X, d.equal)
	case *Or:
		b, ok := b.(*Or)
		return ok && slices.EqualFunc(a.X, b.X, d.equal)
	case *Not:
		b, ok := b.(*Not)
		return ok && d.equal(a.X, b.X)
	case *Each:
		b, ok := b.(*Each)
		return ok && a.Quant == b.Quant && a.Field.equal(b.Field) && d.equal(a.Body, b.Body)
	default:
		return String(a) == String(b)
	}
}

func (f *Field) equal(g *Field) bool { return f == g || slices.Equal(f.Segments, g.Segments) }
