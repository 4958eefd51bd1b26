package kql

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// The kinds of token. A token's Value is its text in the file, so offset and length give its span.
const (
	tokenName     lexer.TokenType = iota + 1 // identifiers and keywords
	tokenString                              // every kind of string literal, with its quotes
	tokenNumber                              // 5, 1.5e3, 0x1F
	tokenTimespan                            // 5m
	tokenPunct                               // operators and brackets, and the words with ! or ~ such as !has and in~
)

// definition tells participle the kinds of token. The lexing itself happens before participle starts.
type definition struct{}

func (definition) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF": lexer.EOF, "Name": tokenName, "String": tokenString, "Number": tokenNumber, "Timespan": tokenTimespan, "Punct": tokenPunct,
	}
}

func (definition) Lex(string, io.Reader) (lexer.Lexer, error) { return &tokens{}, nil }

// tokens hands out tokens that are read already.
type tokens struct {
	list []lexer.Token
	end  int // where the last token ends
}

func (t *tokens) Next() (lexer.Token, error) {
	if len(t.list) == 0 {
		return lexer.EOFToken(lexer.Position{Offset: t.end}), nil
	}
	next := t.list[0]
	t.list = t.list[1:]
	return next, nil
}

// maxDepth is how deeply brackets may nest. Nobody writes half as much, and it bounds the parser's stack.
const maxDepth = 64

// lex reads the tokens of a file. It reports the first text that is no token, and then has no tokens.
func lex(f *source.File, diags *diag.List) (*tokens, bool) {
	l := &scanner{file: f, text: string(f.Text), diags: diags}
	depth, end := 0, 0
	var list []lexer.Token
	for {
		l.skip()
		if l.pos >= len(l.text) {
			return &tokens{list: list, end: end}, true
		}
		start := l.pos
		kind, ok := l.next()
		if !ok {
			return nil, false
		}
		value := l.text[start:l.pos]
		end = l.pos
		list = append(list, lexer.Token{Type: kind, Value: value, Pos: lexer.Position{Offset: start}})
		if kind != tokenPunct {
			continue
		}
		switch value {
		case "(", "[", "{":
			depth++
			if depth > maxDepth {
				l.errorf(start, l.pos, "brackets nest more than %d deep", maxDepth)
				return nil, false
			}
		case ")", "]", "}":
			depth = max(depth-1, 0)
		}
	}
}

type scanner struct {
	file  *source.File
	text  string
	pos   int
	diags *diag.List
}

func (l *scanner) errorf(start, end int, format string, args ...any) {
	l.diags.Errorf("kql/syntax", l.file.Span(start, end), format, args...)
}

// skip passes over white space and comments.
func (l *scanner) skip() {
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			l.pos++
		case strings.HasPrefix(l.text[l.pos:], "//"):
			n := strings.IndexByte(l.text[l.pos:], '\n')
			if n < 0 {
				n = len(l.text) - l.pos
			}
			l.pos += n
		// No-break spaces and a byte order mark arrive with queries pasted from documents.
		case strings.HasPrefix(l.text[l.pos:], "\u00a0"):
			l.pos += len("\u00a0")
		case strings.HasPrefix(l.text[l.pos:], "\ufeff"):
			l.pos += len("\ufeff")
		default:
			return
		}
	}
}

// puncts are the operators and brackets, longer ones first.
var puncts = []string{
	"==", "=~", "=>", "!=", "!~", "<=", ">=", "<>", "..",
	"(", ")", "[", "]", "{", "}", "|", ",", ";", ":", ".", "=", "<", ">", "+", "-", "*", "/", "%", "?",
}

// hyphenated are the operators written with a hyphen; everywhere else a-b is a difference.
var hyphenated = []string{
	"project-away", "project-rename", "project-keep", "project-reorder", "project-smart", "mv-expand", "mv-apply",
	"make-series", "parse-where", "parse-kv", "sample-distinct", "top-nested", "top-hitters", "make-graph", "graph-match",
	"graph-shortest-paths", "graph-to-table", "graph-mark-components", "macro-expand", "partitioned-by",
}

// negatable are the words that may follow a ! without a space.
var negatable = set(`in has has_cs hasprefix hasprefix_cs hassuffix hassuffix_cs contains contains_cs startswith startswith_cs
	endswith endswith_cs between`)

func (l *scanner) next() (lexer.TokenType, bool) {
	rest := l.text[l.pos:]
	c := rest[0]
	switch {
	case stringStart(rest):
		return tokenString, l.scanString()
	case isDigit(c):
		return l.scanNumber(), true
	case isLetter(c):
		l.scanName()
		return l.wordKind(), true
	case c == '$' && len(rest) > 1 && isLetter(rest[1]):
		l.pos++
		l.scanWord()
		return tokenName, true
	case c == '!' && negatable[word(rest[1:])]:
		l.pos++
		l.scanWord()
		return l.wordKind(), true
	}
	for _, p := range puncts {
		if strings.HasPrefix(rest, p) {
			l.pos += len(p)
			return tokenPunct, true
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	l.errorf(l.pos, l.pos+size, "unexpected character %q in a query", rest[:size])
	return 0, false
}

// word is the identifier that s starts with.
func word(s string) string {
	n := 0
	for n < len(s) && (isLetter(s[n]) || isDigit(s[n])) {
		n++
	}
	return s[:n]
}

func (l *scanner) scanWord() { l.pos += len(word(l.text[l.pos:])) }

func (l *scanner) scanName() {
	for _, h := range hyphenated {
		if strings.HasPrefix(l.text[l.pos:], h) && word(l.text[l.pos+len(h):]) == "" {
			l.pos += len(h)
			return
		}
	}
	l.scanWord()
}

// wordKind takes the ~ of in~ and !in~ and says what the word before the cursor is.
func (l *scanner) wordKind() lexer.TokenType {
	if strings.HasPrefix(l.text[l.pos:], "~") && strings.HasSuffix(l.text[:l.pos], "in") {
		if w := l.pos - 2; w == 0 || !isLetter(l.text[w-1]) && !isDigit(l.text[w-1]) {
			l.pos++
			return tokenPunct
		}
	}
	start := l.pos
	for start > 0 && (isLetter(l.text[start-1]) || isDigit(l.text[start-1])) {
		start--
	}
	if start > 0 && l.text[start-1] == '!' {
		return tokenPunct
	}
	return tokenName
}

// units are the suffixes that make a number a timespan: learn.microsoft.com/kusto/query/scalar-data-types/timespan.
var units = strings.Fields(`d day days h hr hrs hour hours m min minute minutes s sec second seconds ms milli millis
	millisecond milliseconds micro micros microsecond microseconds nano nanos nanosecond nanoseconds tick ticks`)

// scanNumber reads a number, a timespan, or a name that starts with a digit.
func (l *scanner) scanNumber() lexer.TokenType {
	rest := l.text[l.pos:]
	if w := word(rest); len(w) > 2 && (w[:2] == "0x" || w[:2] == "0X") && strings.Trim(w[2:], "0123456789abcdefABCDEF") == "" {
		l.pos += len(w)
		return tokenNumber
	}
	n := digits(rest)
	// 1..5 is a range and 1.a a property, so the point does not always belong to the number.
	fraction := n < len(rest) && rest[n] == '.' && (n+1 == len(rest) || rest[n+1] != '.' && !isLetter(rest[n+1]))
	if fraction {
		n += 1 + digits(rest[n+1:])
	}
	if e := exponent(rest[n:]); e > 0 {
		n += e
	}
	suffix := word(rest[n:])
	switch {
	case suffix == "":
		l.pos += n
		return tokenNumber
	case slices.Contains(units, suffix):
		l.pos += n + len(suffix)
		return tokenTimespan
	case fraction:
		l.pos += n
		return tokenNumber
	default:
		l.scanWord()
		return tokenName
	}
}

func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// exponent gives the length of the e-5 that s starts with.
func exponent(s string) int {
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return 0
	}
	n := 1
	if n < len(s) && (s[n] == '-' || s[n] == '+') {
		n++
	}
	d := digits(s[n:])
	if d == 0 || word(s[n+d:]) != "" {
		return 0
	}
	return n + d
}
