package sigma

import (
	"strconv"

	"github.com/sigc-rules/sigc/compiler/source"
)

// The grammar of conditions (spec section 8.2), a function for each of its rules:
//
//	or    = and { "or" and }
//	and   = not { "and" not }
//	not   = "not" not | prim
//	prim  = "(" or ")" | quant | name
//	quant = ( "all" | "any" | number ) "of" ( "them" | name )
//
// It is read by hand, and not by a parser that is made of it, as every rule of a pack has a condition. The functions
// return, beside the node, its place with the parentheses around it, of which the place of the node above is made.

// peek returns the kind of the token that is to be read.
func (p *conditionReader) peek() tokenKind { return p.tokens[p.next].kind }

// take returns the token that is to be read and goes on.
func (p *conditionReader) take() token {
	t := p.tokens[p.next]
	p.next++
	return t
}

// fail notes the token that cannot stand where it does, and goes to the end.
func (p *conditionReader) fail() (Cond, source.Span) {
	if p.wrong < 0 {
		p.wrong = p.next
	}
	p.next = len(p.tokens) - 1
	return nil, source.Span{}
}

func (p *conditionReader) or() (Cond, source.Span) {
	first, at := p.and()
	if p.peek() != tokenOr {
		return first, at
	}
	x, at := p.operands(tokenOr, first, at, p.and)
	return &CondOr{X: x, At: at}, at
}

func (p *conditionReader) and() (Cond, source.Span) {
	first, at := p.not()
	if p.peek() != tokenAnd {
		return first, at
	}
	x, at := p.operands(tokenAnd, first, at, p.not)
	return &CondAnd{X: x, At: at}, at
}

// operands reads what a word joins with the first.
func (p *conditionReader) operands(word tokenKind, first Cond, at source.Span, operand func() (Cond, source.Span)) ([]Cond, source.Span) {
	height := len(p.open)
	p.open = append(p.open, first)
	for p.peek() == word {
		p.take()
		next, span := operand()
		p.open = append(p.open, next)
		at = at.To(span)
	}
	x := p.made.operands.Take(len(p.open) - height)
	copy(x, p.open[height:])
	clear(p.open[height:])
	p.open = p.open[:height]
	return x, at
}

func (p *conditionReader) not() (Cond, source.Span) {
	if p.peek() != tokenNot {
		return p.prim()
	}
	word := p.span(p.take())
	inner, span := p.not()
	at := word.To(span)
	return &CondNot{X: inner, At: at}, at
}

func (p *conditionReader) prim() (Cond, source.Span) {
	switch p.peek() {
	case tokenOpen:
		open := p.span(p.take())
		c, _ := p.or()
		if p.peek() != tokenClose {
			return p.fail()
		}
		return c, open.To(p.span(p.take()))
	case tokenNumber:
		if p.tokens[p.next+1].kind != tokenOf { // "2" can be the name of a search
			break
		}
		return p.quant()
	case tokenAll, tokenAny:
		return p.quant()
	case tokenWord:
	default:
		return p.fail()
	}
	name := p.take()
	at := p.span(name)
	return p.made.words.New(CondRef{Name: name.value, At: at}), at
}

func (p *conditionReader) quant() (Cond, source.Span) {
	count := p.take()
	if p.peek() != tokenOf {
		return p.fail()
	}
	p.take()
	c := p.made.quantifiers.New(CondQuant{Them: p.peek() == tokenThem})
	if !c.Them && p.peek() != tokenWord && p.peek() != tokenNumber {
		return p.fail()
	}
	target := p.take()
	if !c.Them {
		c.Pattern = target.value
	}
	switch count.kind {
	case tokenAll:
		c.All = true
	case tokenAny:
		c.Count = 1
	default:
		n, err := strconv.Atoi(count.value)
		if err != nil || n < 1 {
			p.noCounts = append(p.noCounts, count)
			n = 1
		}
		c.Count = n
	}
	c.Target = p.span(target)
	c.At = p.span(count).To(c.Target)
	return c, c.At
}
