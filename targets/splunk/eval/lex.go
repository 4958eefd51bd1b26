package eval

import (
	"fmt"
	"strings"
)

// token is a word of SPL. A quoted one knows its quote; its text still has its escapes.
type token struct {
	text  string
	quote byte // ", ' or `, 0 for a bare word or a sign
	glued bool // no space stands before it
}

const signs = "()=<>!|,.+-*/%[]"

// inWords are the signs that the words of the first command may hold.
const inWords = ".*/%"

const commentMark = "```"

// lex cuts a search into words.
func lex(s string) ([]token, error) {
	var out []token
	first := true
	for i := 0; i < len(s); {
		c := s[i]
		glued := i > 0 && !isSpace(s[i-1])
		switch {
		case isSpace(c):
			i++
		case strings.HasPrefix(s[i:], commentMark): // it counts as a space (SM, comments)
			end := strings.Index(s[i+len(commentMark):], commentMark)
			if end < 0 {
				return nil, fmt.Errorf("offset %d: a comment is not closed", i)
			}
			i += end + 2*len(commentMark)
		case c == '"' || c == '\'' || c == '`':
			end := i + 1
			for end < len(s) && s[end] != c {
				if s[end] == '\\' && c != '`' {
					end++
				}
				end++
			}
			if end >= len(s) {
				return nil, fmt.Errorf("offset %d: a quote is not closed", i)
			}
			out = append(out, token{s[i+1 : end], c, glued})
			i = end + 1
		case strings.IndexByte(signs, c) >= 0 && !(first && strings.IndexByte(inWords, c) >= 0):
			if c == '|' {
				first = strings.HasPrefix(s[i+1:], " tstats ") // which has terms too
			}
			out = append(out, token{text: string(c), glued: glued})
			i++
		default:
			end := i
			for end < len(s) && !isSpace(s[end]) && (first && strings.IndexByte(inWords, s[end]) >= 0 || strings.IndexByte(signs+"\"'`", s[end]) < 0) {
				end++
			}
			out = append(out, token{text: s[i:end], glued: glued})
			i = end
		}
	}
	return out, nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

// is reports whether the token is the bare word or sign.
func (t token) is(s string) bool { return t.quote == 0 && t.text == s }

// unescape reads the inside of a string of eval: backslash escapes a backslash and a quote, and makes a tab and a line
// break; before anything else it stays (SM, expressions: string literals).
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case '\\', '"', '\'':
			b.WriteByte(s[i])
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		default:
			b.WriteByte('\\')
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
