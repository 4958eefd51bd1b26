package sigma

import (
	"strings"
	"unicode"
)

// token is a piece of a condition, which is cut at blanks, parentheses and "|". Only whole words are told to be keywords:
// so "notepad", "not-a", "1_a*" and "mdadm.conf" are names.
type token struct {
	kind  tokenKind
	value string
	at    int // offset in the condition
}

type tokenKind int

const (
	tokenEnd tokenKind = iota
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

// longestKeyword is the length of "them".
const longestKeyword = 4

// keyword returns the kind of a word that has a meaning in conditions; false of others.
func keyword(word string) (tokenKind, bool) {
	switch word {
	case "and":
		return tokenAnd, true
	case "or":
		return tokenOr, true
	case "not":
		return tokenNot, true
	case "of":
		return tokenOf, true
	case "them":
		return tokenThem, true
	case "all":
		return tokenAll, true
	case "any":
		return tokenAny, true
	}
	return tokenWord, false
}

// lexCondition appends the tokens of a condition. The last one is the end.
func lexCondition(text string, tokens []token) []token {
	for at := 0; ; {
		at += len(text[at:]) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
		if at == len(text) {
			return append(tokens, token{at: at})
		}
		kind, length := tokenWord, 1
		switch text[at] {
		case '(':
			kind = tokenOpen
		case ')':
			kind = tokenClose
		case '|':
			kind = tokenPipe
		default:
			if length = strings.IndexFunc(text[at:], endsWord); length < 0 {
				length = len(text) - at
			}
			kind = wordKind(text[at : at+length])
		}
		tokens = append(tokens, token{kind, text[at : at+length], at})
		at += length
	}
}

func endsWord(r rune) bool { return r == '(' || r == ')' || r == '|' || unicode.IsSpace(r) }

// wordKind is the kind of a word: a name, a number or a keyword.
func wordKind(word string) tokenKind {
	kind, ok := keyword(word)
	if !ok && word[0] <= '9' && strings.Trim(word, "0123456789") == "" {
		return tokenNumber
	}
	return kind
}
