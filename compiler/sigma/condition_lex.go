package sigma

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// conditionLexer cuts a condition at blanks, parentheses and "|". Only whole words are told to be keywords: so "notepad",
// "not-a", "1_a*" and "mdadm.conf" are names. It is written by hand because every condition goes through it.
type conditionLexer struct{}

// The types of tokens.
const (
	tokenEOF lexer.TokenType = lexer.EOF - iota
	tokenOpen
	tokenClose
	tokenPipe
	tokenWord
	tokenNumber
	tokenAnd
	tokenOr
	tokenNot
	tokenOf
	tokenThem
	tokenAll
	tokenAny
)

var keywords = map[string]lexer.TokenType{
	"and": tokenAnd, "or": tokenOr, "not": tokenNot, "of": tokenOf, "them": tokenThem, "all": tokenAll, "any": tokenAny,
}

// Symbols returns the names that the grammar has for the types.
func (conditionLexer) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF": tokenEOF, "Open": tokenOpen, "Close": tokenClose, "Pipe": tokenPipe, "Word": tokenWord, "Number": tokenNumber,
		"And": tokenAnd, "Or": tokenOr, "Not": tokenNot, "Of": tokenOf, "Them": tokenThem, "All": tokenAll, "Any": tokenAny,
	}
}

func (d conditionLexer) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return d.LexString(name, string(text))
}

func (conditionLexer) LexString(name, text string) (lexer.Lexer, error) {
	return &conditionTokens{text: text, at: lexer.Position{Filename: name, Line: 1, Column: 1}}, nil
}

// conditionTokens reads one condition.
type conditionTokens struct {
	text string // what is left
	at   lexer.Position
}

func (l *conditionTokens) Next() (lexer.Token, error) {
	l.advance(len(l.text) - len(strings.TrimLeftFunc(l.text, unicode.IsSpace)))
	at := l.at
	if l.text == "" {
		return lexer.EOFToken(at), nil
	}
	kind, length := tokenWord, 1
	switch l.text[0] {
	case '(':
		kind = tokenOpen
	case ')':
		kind = tokenClose
	case '|':
		kind = tokenPipe
	default:
		if length = strings.IndexFunc(l.text, endsWord); length < 0 {
			length = len(l.text)
		}
	}
	value := l.text[:length]
	l.advance(length)
	return tagKeyword(lexer.Token{Type: kind, Value: value, Pos: at}), nil
}

func (l *conditionTokens) advance(n int) {
	skipped := l.text[:n]
	l.text = l.text[n:]
	l.at.Offset += n
	if i := strings.LastIndexByte(skipped, '\n'); i >= 0 {
		l.at.Line += strings.Count(skipped, "\n")
		l.at.Column = 1
		skipped = skipped[i+1:]
	}
	l.at.Column += utf8.RuneCountInString(skipped)
}

func endsWord(r rune) bool { return r == '(' || r == ')' || r == '|' || unicode.IsSpace(r) }

// tagKeyword gives a word that is a keyword or a number a type of its own.
func tagKeyword(t lexer.Token) lexer.Token {
	if t.Type != tokenWord {
		return t
	}
	if keyword, ok := keywords[t.Value]; ok {
		t.Type = keyword
	} else if strings.Trim(t.Value, "0123456789") == "" {
		t.Type = tokenNumber
	}
	return t
}

// lexCondition returns the tokens of a condition. The last one is the end.
func lexCondition(text string) []lexer.Token {
	l := &conditionTokens{text: text, at: lexer.Position{Line: 1, Column: 1}}
	var tokens []lexer.Token
	for {
		t, _ := l.Next() // every text has tokens
		tokens = append(tokens, t)
		if t.EOF() {
			return tokens
		}
	}
}
