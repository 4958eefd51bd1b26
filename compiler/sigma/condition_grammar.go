package sigma

import (
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar of conditions (spec section 8.2). Words are cut at blanks, parentheses and "|" first, and only then are
// whole words told to be keywords: so "notepad", "not-a", "1_a*" and "mdadm.conf" are names.

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

var conditionLexer = lexer.MustSimple([]lexer.SimpleRule{
	{Name: "Open", Pattern: `\(`},
	{Name: "Close", Pattern: `\)`},
	{Name: "Pipe", Pattern: `\|`},
	{Name: "Word", Pattern: `[^\s()|]+`},
	{Name: "blank", Pattern: `\s+`},
	// The lexer itself never finds these: words become them below.
	{Name: "And", Pattern: never}, {Name: "Or", Pattern: never}, {Name: "Not", Pattern: never},
	{Name: "Of", Pattern: never}, {Name: "Them", Pattern: never},
	{Name: "All", Pattern: never}, {Name: "Any", Pattern: never}, {Name: "Number", Pattern: never},
})

const never = `[^\x00-\x{10FFFF}]`

var (
	symbols  = conditionLexer.Symbols()
	keywords = map[string]lexer.TokenType{
		"and": symbols["And"], "or": symbols["Or"], "not": symbols["Not"], "of": symbols["Of"],
		"them": symbols["Them"], "all": symbols["All"], "any": symbols["Any"],
	}

	// Two tokens of lookahead tell the quantifier "2 of" from a search named "2".
	conditionParser = participle.MustBuild[orExpr](
		participle.Lexer(conditionLexer),
		participle.Map(func(t lexer.Token) (lexer.Token, error) { return tagKeyword(t), nil }, "Word"),
		participle.UseLookahead(2),
	)
)

// tagKeyword gives a word that is a keyword or a number a type of its own.
func tagKeyword(t lexer.Token) lexer.Token {
	if keyword, ok := keywords[t.Value]; ok {
		t.Type = keyword
	} else if strings.Trim(t.Value, "0123456789") == "" {
		t.Type = symbols["Number"]
	}
	return t
}

// lexCondition returns the tokens of a condition without blanks. The last one is the end.
func lexCondition(text string) []lexer.Token {
	var tokens []lexer.Token
	stream, err := conditionLexer.LexString("", text)
	for err == nil {
		var t lexer.Token
		if t, err = stream.Next(); err != nil {
			break // the rules above take any text, but for a byte that is not UTF-8, which YAML refuses
		}
		if t.Type == symbols["Word"] {
			t = tagKeyword(t)
		}
		if t.Type != symbols["blank"] {
			tokens = append(tokens, t)
		}
		if t.EOF() {
			break
		}
	}
	return tokens
}
