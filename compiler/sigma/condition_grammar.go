package sigma

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar of conditions (spec section 8.2).

type orExpr struct {
	X []*andExpr `parser:"@@ (Or @@)*"`
}

type andExpr struct {
	X []*notExpr `parser:"@@ (And @@)*"`
}

type notExpr struct {
	Not  *lexer.Token `parser:"( @Not"`
	X    *notExpr     `parser:"  @@ )"`
	Prim *primExpr    `parser:"| @@"`
}

type primExpr struct {
	Open  *lexer.Token `parser:"( @Open"`
	Group *orExpr      `parser:"  @@"`
	Close *lexer.Token `parser:"  @Close )"`
	Quant *quantExpr   `parser:"| @@"`
	Name  *lexer.Token `parser:"| @(Word | Number)"`
}

type quantExpr struct {
	Count  lexer.Token  `parser:"@(All | Any | Number) Of"`
	Them   *lexer.Token `parser:"( @Them"`
	Target *lexer.Token `parser:"| @(Word | Number) )"`
}

// Two tokens of lookahead tell the quantifier "2 of" from a search named "2".
var conditionParser = participle.MustBuild[orExpr](participle.Lexer(conditionLexer{}), participle.UseLookahead(2))
