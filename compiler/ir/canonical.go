package ir

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"
)

// Canonical returns a text that is the same for expressions that mean the same but for their order, their grouping, the
// case of letters that does not count, and what fields are called: name says that. Different texts need not mean
// different things.
func Canonical(e Expr, name func(*Field) string) string { return NewCanonizer(name).Text(e) }

// Canonizer makes the texts of [Canonical] for several expressions that have parts in common, and numbers that are
// faster to have.
type Canonizer struct {
	spelling
	name   func(*Field) string
	done   map[Expr]string
	hashes map[Expr]uint64

	field1 *Field // the field that was asked for last, as most values follow one of the same field, and its hash
	hash1  uint64
}

// NewCanonizer returns a canonizer that calls fields as name says.
func NewCanonizer(name func(*Field) string) *Canonizer {
	field := func(f *Field) string { return (&Field{Segments: []Segment{{Name: name(f)}}}).String() }
	return &Canonizer{spelling: spelling{field, foldedPattern}, name: name}
}

// maxKept is how many expressions a canonizer may have known for its memory to be worth using again.
const maxKept = 4096

// Reset makes a canonizer forget the expressions that it knows, for others whose fields name calls by their names. It goes
// on in the same memory.
func (c *Canonizer) Reset(name func(*Field) string) {
	done, hashes := c.done, c.hashes
	if len(hashes) > maxKept || len(done) > maxKept {
		done, hashes = nil, nil
	}
	clear(done)
	clear(hashes)
	*c = *NewCanonizer(name)
	c.done, c.hashes = done, hashes
}

// Hash returns a number that expressions with the same text share, and others almost never.
func (c *Canonizer) Hash(e Expr) uint64 {
	switch e := e.(type) {
	case *Listed:
		return c.Hash(e.X)
	case *Not:
		if twice, ok := e.X.(*Not); ok {
			return c.Hash(twice.X)
		}
		return mix(1, c.Hash(e.X))
	case *Like:
		h := c.fieldHash(e.Field)
		for p := range e.Pattern.Parts() {
			h = mix(mix(h, uint64(p.Wild)), foldedHash(p.Text))
		}
		return h
	case *And:
		return c.setHash("and", e)
	case *Or:
		return c.setHash("or", e)
	default:
		return maphash.String(seed, c.Text(e))
	}
}

func (c *Canonizer) setHash(op string, e Expr) uint64 {
	h, ok := c.hashes[e]
	if ok {
		return h
	}
	x := make([]uint64, 0, 16)
	c.operands(op, e, func(e Expr) { x = append(x, c.Hash(e)) })
	slices.Sort(x)
	if x = slices.Compact(x); len(x) == 1 {
		h = x[0]
	} else {
		h = maphash.String(seed, op)
		for _, n := range x {
			h = mix(h, n)
		}
	}
	if c.hashes == nil {
		c.hashes = map[Expr]uint64{}
	}
	c.hashes[e] = h
	return h
}

func (c *Canonizer) fieldHash(f *Field) uint64 {
	if f != c.field1 {
		c.field1, c.hash1 = f, maphash.String(seed, c.name(f))
	}
	return c.hash1
}

// foldedHash is the hash of a text without the case of its letters.
func foldedHash(s string) uint64 {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			s = fold(s)
			break
		}
	}
	h := uint64(len(s))
	for i := range len(s) {
		b := s[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		h = mix(h, uint64(b))
	}
	return h
}

// foldedPattern writes a pattern without the case of letters that does not count.
func foldedPattern(p Pattern) string {
	if p.Cased {
		return p.String()
	}
	return p.text(fold)
}

// Text returns the text of an expression.
func (c *Canonizer) Text(e Expr) string {
	if s, ok := c.done[e]; ok {
		return s
	}
	s := c.once(e)
	if c.done == nil {
		c.done = map[Expr]string{}
	}
	c.done[e] = s
	return s
}

func (c *Canonizer) once(e Expr) string {
	switch e := e.(type) {
	case *And:
		return c.set("and", e)
	case *Or:
		return c.set("or", e)
	case *Not:
		if twice, ok := e.X.(*Not); ok {
			return c.Text(twice.X)
		}
		return "(not " + c.Text(e.X) + ")"
	case *Listed:
		return c.Text(e.X)
	case *Each:
		// Names inside of the block start at its member: they are told apart by the field of the block.
		inner := NewCanonizer((*Field).String)
		return "(each " + e.Quant.String() + " " + c.name(e.Field) + " " + inner.Text(e.Body) + ")"
	case *Const, *Keyword:
		return String(e)
	case *Like, *Compare, *Regex, *CIDR, *SameAs, *Exists, *Null, *Within:
		return c.of(e)
	default:
		panic(fmt.Sprintf("ir: no case for %T", e))
	}
}

// set writes the operands of an And or Or in a fixed order, each once, with those of the same kind below it.
func (c *Canonizer) set(op string, e Expr) string {
	var out []string
	c.operands(op, e, func(e Expr) { out = append(out, c.Text(e)) })
	slices.Sort(out)
	if out = slices.Compact(out); len(out) == 1 {
		return out[0]
	}
	return "(" + op + " " + strings.Join(out, " ") + ")"
}

// operands calls each with the operands of an And or Or, and of those of the same kind below it.
func (c *Canonizer) operands(op string, e Expr, each func(Expr)) {
	var x []Expr
	switch e := e.(type) {
	case *And:
		if op == "and" {
			x = e.X
		}
	case *Or:
		if op == "or" {
			x = e.X
		}
	case *Listed:
		c.operands(op, e.X, each)
		return
	}
	if x == nil {
		each(e)
		return
	}
	for _, e := range x {
		c.operands(op, e, each)
	}
}
