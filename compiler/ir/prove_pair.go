package ir

import (
	"bytes"
	"hash/maphash"
	"unicode/utf8"
)

// literal is an expression that has no parts.
type literal struct {
	e     Expr
	kind  literalKind
	field bool // the expression is about the value of one field
	one   bool // which has one value at most
	place int  // of the field in what is known

	// The pattern of a Like, looked at once.
	shape  Shape
	cased  bool
	text   string // the literal text of the shape
	folded []byte // the same in one case
	pairs  uint64 // see [Pairs]; of all texts of the pattern

	hash hash   // see [Formula.Imprint]
	key  string // see [literal.equals]
}

// literalKind is the kind of an expression, as far as that tells how it and others depend on each other.
type literalKind uint8

const (
	otherLiteral literalKind = iota
	likeLiteral
	compareLiteral
	nullLiteral
	existsLiteral
)

// literal reads an expression that has no parts, and is no Like.
func (p *Prover) literal(e Expr) *literal {
	l := p.literals.New(literal{e: e})
	switch e := e.(type) {
	case *Compare:
		l.kind, l.hash = compareLiteral, textHash(string(e.Number))
	case *Regex:
		l.hash = textHash(e.Pattern)
	case *Keyword:
		if e.Regex != nil {
			l.hash = textHash(e.Regex.Pattern)
		} else {
			l.hash = e.Pattern.hash()
		}
	case *Null:
		l.kind = nullLiteral
	case *Exists:
		l.kind = existsLiteral
	}
	f, other := FieldsOf(e)
	if _, each := e.(*Each); each || f == nil || other != nil {
		l.place = p.placeOf("")
		return l
	}
	p.about(l, f)
	return l
}

// like reads a comparison with a pattern.
func (p *Prover) like(e *Like) *literal {
	l := &p.literals.Take(1)[0]
	l.e, l.kind, l.cased = e, likeLiteral, e.Pattern.Cased
	p.about(l, e.Field)
	if l.shape, l.text = e.Pattern.Shape(); l.shape != General {
		l.folded, l.pairs = p.fold(l.text)
		l.hash = hash(maphash.Bytes(seed, l.folded)).in(hash(l.shape))
		return l
	}
	for part := range e.Pattern.Parts() {
		folded, pairs := p.fold(part.Text)
		l.pairs |= pairs
		l.hash = l.hash.in(hash(maphash.Bytes(seed, folded)))
	}
	return l
}

// about notes the field that a literal is about the value of.
func (p *Prover) about(l *literal, f *Field) {
	if f != p.field {
		name := f.Name
		if len(f.Segments) != 1 || f.Segments[0].Indexed {
			name = f.String()
		}
		p.field, p.place, p.single = f, p.placeOf(name), p.Scalar != nil && p.Scalar(f)
	}
	l.field, l.place, l.one = true, p.place, p.single
}

// placeOf is the place of a field in what is known.
func (p *Prover) placeOf(field string) int {
	place, ok := p.fields[field]
	if ok {
		return place
	}
	if p.fields == nil {
		p.fields = map[string]int{}
	}
	place = len(p.known)
	p.fields[field] = place
	if place < cap(p.known) {
		p.known = p.known[:place+1] // what it had room for is empty
	} else {
		p.known = append(p.known, known{})
	}
	return place
}

// fold writes a text without the case of its letters into the memory of the prover, and returns its [Pairs].
func (p *Prover) fold(s string) (folded []byte, pairs uint64) {
	start, texts := len(p.texts), p.texts
	var last byte
	for i := range len(s) {
		b := s[i]
		if b >= utf8.RuneSelf {
			p.texts = append(texts[:start], fold(s)...)
			folded = p.texts[start:len(p.texts):len(p.texts)]
			return folded, Pairs(folded)
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if i > 0 {
			pairs |= pair(last, b)
		}
		texts, last = append(texts, b), b
	}
	p.texts = texts
	return texts[start:len(texts):len(texts)], pairs
}

// Pairs is a set of the pairs of neighbouring bytes in a text: a text that holds another has all pairs of it. Two texts that
// have nothing to do with each other are mostly told apart by that.
func Pairs(text []byte) uint64 {
	var out uint64
	for i := 1; i < len(text); i++ {
		out |= pair(text[i-1], text[i])
	}
	return out
}

func pair(a, b byte) uint64 { return 1 << ((a*31 + b) & 63) }

// equals reports whether two literals are written alike. It is not asked of two Likes of a simple shape, whose equals imply
// each other.
func (l *literal) equals(m *literal) bool {
	if l.simple() || m.simple() {
		return l == m
	}
	if l.key == "" {
		l.key = String(l.e)
	}
	if m.key == "" {
		m.key = String(m.e)
	}
	return l.key == m.key
}

// simple reports whether the literal is a Like whose pattern has another shape than General.
func (l *literal) simple() bool { return l.kind == likeLiteral && l.shape != General }

// wantsText reports whether a comparison holds only for a value that has a text of at least one letter, or, for patterns,
// any value that is not null.
func (l *literal) wantsText() bool {
	switch l.kind {
	case likeLiteral:
		return l.shape != Exact || l.text != ""
	case compareLiteral:
		return true
	}
	switch l.e.(type) {
	case *Regex, *CIDR, *SameAs, *Within:
		return true
	}
	return false
}

// implies reports whether what satisfies l satisfies m, which is about the same field.
func (l *literal) implies(m *literal) bool {
	if l.simple() && m.simple() && m.pairs&^l.pairs != 0 {
		return false
	}
	if l == m || l.equals(m) {
		return true
	}
	if !l.field {
		return false
	}
	switch b := m.e.(type) {
	case *Exists:
		return l.wantsText()
	case *Like:
		if m.shape == Anything {
			return l.wantsText()
		}
	case *CIDR:
		if a, ok := l.e.(*CIDR); ok {
			return b.Prefix.Bits() <= a.Prefix.Bits() && b.Prefix.Overlaps(a.Prefix)
		}
	case *Compare:
		if a, ok := l.e.(*Compare); ok && a.Part == Whole && b.Part == Whole {
			return a.within(b)
		}
	}
	switch {
	case l.kind != likeLiteral:
		return false
	case l.shape == Exact && m.kind == likeLiteral && m.shape == Exact:
		return bytes.Equal(l.folded, m.folded) && (!m.cased || l.cased && l.text == m.text)
	case l.shape == Exact:
		holds, sure := l.judge(m)
		return holds && sure && l.text != ""
	}
	return m.kind == likeLiteral && (l.cased || !m.cased) && m.covers(l)
}

// judge says whether a comparison holds for the exact text of l, and whether that is sure: case may count for one of them.
func (l *literal) judge(m *literal) (holds, sure bool) {
	switch e := m.e.(type) {
	case *Like:
		if m.shape == General {
			if m.cased && !l.cased {
				loose := e.Pattern
				loose.Cased = false
				return false, m.pairs&^l.pairs != 0 || !loose.Matches(l.text)
			}
			return m.pairs&^l.pairs == 0 && e.Pattern.Matches(l.text), true
		}
		if m.pairs&^l.pairs != 0 || !m.shape.fits(l.folded, m.folded) {
			return false, true
		}
		return !m.cased || m.shape.fits([]byte(l.text), []byte(m.text)), !m.cased || l.cased
	case *Regex:
		return e.matches(l.text), e.RE != nil && (l.cased || e.IgnoreCase)
	case *CIDR:
		return e.contains(l.text), true
	case *Compare:
		return e.holds(l.text), true
	case *Null:
		return false, l.text != ""
	}
	return false, false
}

// fits reports whether a text fits a pattern of the shape with the given literal.
func (s Shape) fits(text, literal []byte) bool {
	switch s {
	case Prefix:
		return bytes.HasPrefix(text, literal)
	case Suffix:
		return bytes.HasSuffix(text, literal)
	case Contains:
		return bytes.Contains(text, literal)
	case Anything:
		return true
	default:
		return bytes.Equal(text, literal)
	}
}

// covers reports whether every text that fits the pattern of m fits that of l.
func (l *literal) covers(m *literal) bool {
	wide, narrow := l.folded, m.folded
	if l.cased {
		wide, narrow = []byte(l.text), []byte(m.text)
	}
	switch {
	case l.shape == Prefix:
		return m.shape == Prefix && bytes.HasPrefix(narrow, wide)
	case l.shape == Suffix:
		return m.shape == Suffix && bytes.HasSuffix(narrow, wide)
	case l.shape == Contains && m.shape != General:
		return bytes.Contains(narrow, wide)
	case l.shape == Contains && l.pairs&^m.pairs == 0:
		for part := range m.e.(*Like).Pattern.Parts() {
			text := part.Text
			if !l.cased {
				text = fold(text)
			}
			if part.Wild == Literal && bytes.Contains([]byte(text), wide) {
				return true
			}
		}
	}
	return false
}

// excludes reports whether no event satisfies both literals, which are about the same field. That a value is none of
// another pattern counts only for a field that has one value.
func (l *literal) excludes(m *literal) bool {
	switch {
	case !l.field:
		return false
	case l.kind == nullLiteral:
		return m.wantsText()
	case m.kind == nullLiteral:
		return l.wantsText()
	case !l.one:
		return false
	case l.kind == likeLiteral && l.shape == Exact:
		holds, sure := l.judge(m)
		return sure && !holds
	case m.kind == likeLiteral && m.shape == Exact:
		holds, sure := m.judge(l)
		return sure && !holds
	}
	switch b := m.e.(type) {
	case *Like:
		return l.kind == likeLiteral && l.apart(m)
	case *CIDR:
		a, ok := l.e.(*CIDR)
		return ok && !a.Prefix.Overlaps(b.Prefix)
	case *Compare:
		a, ok := l.e.(*Compare)
		return ok && a.Part == Whole && b.Part == Whole && a.apart(b)
	}
	return false
}

// apart reports whether no text fits both patterns.
func (l *literal) apart(m *literal) bool {
	x, y := l.folded, m.folded
	switch {
	case l.shape == Prefix && m.shape == Prefix:
		return !bytes.HasPrefix(x, y) && !bytes.HasPrefix(y, x)
	case l.shape == Suffix && m.shape == Suffix:
		return !bytes.HasSuffix(x, y) && !bytes.HasSuffix(y, x)
	}
	return false
}

// lower and upper say on which sides a comparison bounds its number.
func (e *Compare) lower() bool { return e.Op == Eq || e.Op == Gt || e.Op == Gte }
func (e *Compare) upper() bool { return e.Op == Eq || e.Op == Lt || e.Op == Lte }

// open reports whether the bound itself is left out.
func (e *Compare) open() bool { return e.Op == Lt || e.Op == Gt }

// within reports whether every number that a allows is one that b allows.
func (e *Compare) within(b *Compare) bool {
	order := e.Number.exact().Cmp(b.Number.exact())
	same := order == 0 && (!b.open() || e.open())
	switch b.Op {
	case Eq:
		return e.Op == Eq && order == 0
	case Gt, Gte:
		return e.lower() && (order > 0 || same)
	default:
		return e.upper() && (order < 0 || same)
	}
}

// apart reports whether no number satisfies both.
func (e *Compare) apart(b *Compare) bool {
	order := e.Number.exact().Cmp(b.Number.exact())
	touch := order == 0 && (e.open() || b.open())
	return e.lower() && b.upper() && (order > 0 || touch) || e.upper() && b.lower() && (order < 0 || touch)
}
