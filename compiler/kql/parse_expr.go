package kql

import (
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// maxChain is how many operators, properties or indexes follow one another in one expression: a + b + c. The tree of
// such a chain is as deep as it is long. Chains of `and` and `or` are flat and have no limit.
const maxChain = 500

// reserved reports whether a word cannot be a name where an expression stands.
func reserved(word string) bool { return keywords[word] && !contextual[word] }

// contextual are the words that are keywords only in some places. KQL has no bare null: x == null reads a column.
var contextual = set("kind limit withsource with_source null")

// expr reads an expression. It does not match where none can start, so that the grammar may look for something else.
func (p *parser) expr(stream *lexer.PeekingLexer) (Expr, error) {
	if !p.starts(stream) {
		return nil, participle.NextMatch
	}
	return p.or(stream)
}

// starts reports whether an expression can start with the next token.
func (p *parser) starts(stream *lexer.PeekingLexer) bool {
	switch t := stream.Peek(); t.Type {
	case tokenString, tokenNumber, tokenTimespan:
		return true
	case tokenName:
		return !reserved(t.Value) || p.isCall(stream) || boolean(t.Value) != nil
	case tokenPunct:
		return strings.Contains("( [ - + *", t.Value)
	}
	return false
}

// after gives the token n places behind the next one.
func after(stream *lexer.PeekingLexer, n int) *lexer.Token {
	mark := stream.MakeCheckpoint()
	defer stream.LoadCheckpoint(mark)
	for range n {
		stream.Next()
	}
	return stream.Peek()
}

func isPunct(t *lexer.Token, value string) bool { return t.Type == tokenPunct && t.Value == value }

func isWord(t *lexer.Token, value string) bool { return t.Type == tokenName && t.Value == value }

func (p *parser) isCall(stream *lexer.PeekingLexer) bool { return isPunct(after(stream, 1), "(") }

// take reads a token that must follow.
func (p *parser) take(stream *lexer.PeekingLexer, value string) error {
	if t := stream.Peek(); !isPunct(t, value) {
		return p.unexpected(t, `"`+value+`"`)
	}
	stream.Next()
	return nil
}

func (p *parser) or(stream *lexer.PeekingLexer) (Expr, error) {
	return p.chain(stream, "or", p.and, func(to []Expr, x Expr) []Expr { return flatten(to, x, false) })
}

func (p *parser) and(stream *lexer.PeekingLexer) (Expr, error) {
	return p.chain(stream, "and", p.equal, func(to []Expr, x Expr) []Expr { return flatten(to, x, true) })
}

// chain reads terms with one word between them.
func (p *parser) chain(stream *lexer.PeekingLexer, op string, term func(*lexer.PeekingLexer) (Expr, error), add func([]Expr, Expr) []Expr) (Expr, error) {
	first := stream.Peek()
	x, err := term(stream)
	if err != nil || !isWord(stream.Peek(), op) {
		return x, err
	}
	terms := add(nil, x)
	for isWord(stream.Peek(), op) {
		stream.Next()
		x, err := term(stream)
		if err != nil {
			return nil, err
		}
		terms = add(terms, x)
	}
	if op == "or" {
		return &Or{X: terms, At: p.since(first, stream)}, nil
	}
	return &And{X: terms, At: p.since(first, stream)}, nil
}

// infix gives the binary operator that the next tokens are, "" for none, and how many tokens it has.
func infix(stream *lexer.PeekingLexer) (string, int) {
	t := stream.Peek()
	if isWord(t, "matches") && isWord(after(stream, 1), "regex") {
		return "matches regex", 2
	}
	if t.Type != tokenPunct && t.Type != tokenName {
		return "", 0
	}
	if binaryLevel(t.Value) == 0 {
		return "", 0
	}
	return t.Value, 1
}

// equal reads what does not associate: a comparison, a list or a range.
func (p *parser) equal(stream *lexer.PeekingLexer) (Expr, error) {
	first := stream.Peek()
	x, err := p.single(stream, levelRelation, p.sum)
	if err != nil {
		return nil, err
	}
	switch t := stream.Peek(); {
	case t.Type != tokenName && t.Type != tokenPunct:
		return x, nil
	case inOps[t.Value]:
		stream.Next()
		list, err := p.list(stream)
		if err != nil {
			return nil, err
		}
		return &In{X: x, Op: t.Value, List: list, At: p.since(first, stream)}, nil
	case t.Value == "between" || t.Value == "!between":
		stream.Next()
		return p.between(stream, first, x, t.Value == "!between")
	}
	op, n := infix(stream)
	if n == 0 || binaryLevel(op) != levelEqual {
		return x, nil
	}
	stream.Next()
	y, err := p.single(stream, levelRelation, p.sum)
	if err != nil {
		return nil, err
	}
	return &Binary{Op: op, X: x, Y: y, At: p.since(first, stream)}, nil
}

var inOps = set("in !in in~ !in~ has_any has_all")

// single reads an operand and at most one operator of a level with a second operand.
func (p *parser) single(stream *lexer.PeekingLexer, level int, operand func(*lexer.PeekingLexer) (Expr, error)) (Expr, error) {
	first := stream.Peek()
	x, err := operand(stream)
	if err != nil {
		return nil, err
	}
	op, n := infix(stream)
	if n == 0 || binaryLevel(op) != level {
		return x, nil
	}
	for range n {
		stream.Next()
	}
	y, err := operand(stream)
	if err != nil {
		return nil, err
	}
	return &Binary{Op: op, X: x, Y: y, At: p.since(first, stream)}, nil
}

func (p *parser) sum(stream *lexer.PeekingLexer) (Expr, error) {
	return p.series(stream, levelSum, p.product)
}

func (p *parser) product(stream *lexer.PeekingLexer) (Expr, error) {
	return p.series(stream, levelProduct, p.text)
}

func (p *parser) text(stream *lexer.PeekingLexer) (Expr, error) {
	return p.single(stream, levelText, p.sign)
}

// series reads operands with operators of a level that associate to the left.
func (p *parser) series(stream *lexer.PeekingLexer, level int, operand func(*lexer.PeekingLexer) (Expr, error)) (Expr, error) {
	first := stream.Peek()
	x, err := operand(stream)
	for n := 0; err == nil; n++ {
		op, tokens := infix(stream)
		if tokens == 0 || binaryLevel(op) != level {
			return x, nil
		}
		if n == maxChain {
			return nil, p.tooLong(stream)
		}
		stream.Next()
		var y Expr
		y, err = operand(stream)
		x = &Binary{Op: op, X: x, Y: y, At: p.since(first, stream)}
	}
	return nil, err
}

func (p *parser) tooLong(stream *lexer.PeekingLexer) error {
	return &mistake{at: p.span(stream.Peek()), message: fmt.Sprintf("the expression is too long: at most %d operators may follow one another", maxChain)}
}

// sign reads an operand with at most one sign before it. The sign of a number belongs to the number.
func (p *parser) sign(stream *lexer.PeekingLexer) (Expr, error) {
	first := stream.Peek()
	if !isPunct(first, "-") && !isPunct(first, "+") {
		return p.postfix(stream)
	}
	stream.Next()
	inner := stream.Peek()
	x, err := p.postfix(stream)
	if err != nil {
		return nil, err
	}
	at := p.since(first, stream)
	switch x := x.(type) {
	case *Number:
		if first.Value == "-" && inner.Type == tokenNumber {
			return &Number{Text: "-" + x.Text, At: at}, nil
		}
	case *Timespan:
		if first.Value == "-" && inner.Type == tokenTimespan {
			return &Timespan{Text: "-" + x.Text, At: at}, nil
		}
	}
	return &Unary{Op: first.Value, X: x, At: at}, nil
}

// postfix reads an operand with its properties and indexes.
func (p *parser) postfix(stream *lexer.PeekingLexer) (Expr, error) {
	first := stream.Peek()
	x, err := p.primary(stream)
	for n := 0; err == nil; n++ {
		t := stream.Peek()
		switch {
		case !isPunct(t, ".") && !isPunct(t, "["):
			return x, nil
		case n == maxChain:
			return nil, p.tooLong(stream)
		case t.Value == ".":
			stream.Next()
			var name nameNode
			if name, err = p.name(stream); err == participle.NextMatch {
				return nil, p.unexpected(stream.Peek(), "a name")
			}
			x = &Member{X: x, Name: name.text, At: p.since(first, stream)}
			if isPunct(stream.Peek(), "(") {
				x, err = p.method(stream, x.(*Member), name)
			}
		default:
			stream.Next()
			var i Expr
			if i, err = p.or(stream); err == nil {
				err = p.take(stream, "]")
			}
			x = &Index{X: x, I: i, At: p.since(first, stream)}
		}
	}
	return nil, err
}
