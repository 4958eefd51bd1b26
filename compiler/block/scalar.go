package block

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"
)

const textTag = "!!str"

// word looks at the plain or quoted scalar that stands at the token, if one does, and returns the colon that makes it a
// key: negative when there is none.
func (r *Reader) word() (colon int) {
	r.end = -1
	switch c := r.text[r.at]; {
	case c == '\'' || c == '"':
		end := r.closing(c)
		if end < 0 {
			return -1
		}
		r.end = end + 1
		for end++; end < len(r.text) && r.text[end] == ' '; end++ {
		}
		if end < len(r.text) && r.text[end] == ':' && r.ends(end) {
			return end
		}
		return -1
	case r.isPlain():
		r.end, colon = r.plainEnd()
		return colon
	}
	return -1
}

// rest reads a value that is no key, in a map or list that stands at the given indent.
func (r *Reader) rest(parent int) *yaml.Node {
	switch r.text[r.at] {
	case '|', '>':
		return r.literal(parent)
	case '[', '{':
		return r.flow()
	}
	n := r.scalar()
	if r.odd {
		return nil
	}
	if r.at = r.end; n.Style == 0 && r.continues(parent) {
		r.fold(n, parent)
	}
	return n
}

// scalar makes the node of the word.
func (r *Reader) scalar() *yaml.Node {
	if r.end < 0 {
		return r.fail()
	}
	switch text := r.text[r.at:r.end]; text[0] {
	case '\'':
		value := strings.ReplaceAll(text[1:len(text)-1], "''", "'")
		return r.node(yaml.ScalarNode, yaml.SingleQuotedStyle, textTag, value)
	case '"':
		return r.node(yaml.ScalarNode, yaml.DoubleQuotedStyle, textTag, text[1:len(text)-1])
	default:
		return r.plain(text)
	}
}

// closing returns where the quote at the token is closed on its line; negative when it is not, or when something in
// between is written as an escape.
func (r *Reader) closing(quote byte) int {
	for i := r.at + 1; i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == '\n' || c == '\\' && quote == '"':
			return -1
		case c != quote:
		case quote == '\'' && i+1 < len(r.text) && r.text[i+1] == '\'':
			i++
		default:
			return i
		}
	}
	return -1
}

// isPlain reports whether a plain scalar begins at the token.
func (r *Reader) isPlain() bool {
	switch c := r.text[r.at]; c {
	case '-', '?', ':':
		return !r.ends(r.at)
	default:
		return strings.IndexByte(" \n,[]{}#&*!|>'\"%@`", c) < 0
	}
}

// plainEnd returns where the plain scalar at the token ends, and the colon that makes it a key; that is negative when
// there is none.
func (r *Reader) plainEnd() (end, colon int) {
	end, colon = r.lineEnd(), -1
	for i := r.at + 1; i < end; i++ {
		if c := r.text[i]; c == ':' && r.ends(i) {
			end, colon = i, i
		} else if c == '#' && r.text[i-1] == ' ' {
			end = i
		}
	}
	for r.text[end-1] == ' ' {
		end--
	}
	return end, colon
}

// continues reports whether the plain scalar that ends here goes on in the lines below, as it does in those that stand
// further to the right than what it is in. After a comment none belongs to it, and is found to be wrong.
func (r *Reader) continues(parent int) bool {
	start := r.start
	for i := r.at; i < len(r.text); i++ {
		switch r.text[i] {
		case ' ':
		case '\n':
			start = i + 1
		case '#':
			return false
		default:
			return i-start > parent
		}
	}
	return false
}

// fold adds the lines to a plain scalar in which it goes on: a line end is a blank there, and an empty line a line end.
func (r *Reader) fold(n *yaml.Node, parent int) {
	r.lines = append(r.lines[:0], n.Value...)
	for r.continues(parent) {
		line := r.line
		r.next()
		if r.line == line+1 {
			r.lines = append(r.lines, ' ')
		}
		for range r.line - line - 1 {
			r.lines = append(r.lines, '\n')
		}
		end, colon := r.plainEnd()
		if colon >= 0 || r.text[r.at] == ':' && r.ends(r.at) {
			r.odd = true
			return
		}
		r.lines = append(r.lines, r.text[r.at:end]...)
		r.at = end
	}
	n.Value, n.Tag = string(r.lines), textTag
}

// plain makes the node of a plain scalar.
func (r *Reader) plain(value string) *yaml.Node {
	if value == "<<" { // what YAML merges
		return r.fail()
	}
	return r.node(yaml.ScalarNode, 0, plainTag(value), value)
}

// plainTag returns the tag of a plain scalar: "" of what may be something else than text, but for what it is easy to be sure
// of. See [Read].
func plainTag(value string) string {
	switch c := value[0]; {
	case c >= '0' && c <= '9':
		return digitTag(value)
	case (c == '+' || c == '-') && len(value) > 1 && isLetter(value[1]): // an option of a command
		return textTag
	case c == '+', c == '-', c == '.':
		return ""
	}
	switch value {
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return "!!bool"
	case "~", "null", "Null", "NULL":
		return "!!null"
	}
	return textTag
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }

// digitTag returns the tag of a plain scalar that begins with a digit, where it is easy to be sure of: of ids, dates and
// decimal numbers, which are nearly all; "" for others.
func digitTag(value string) string {
	const safe = 18 // digits always fit
	switch digits := countDigits(value); {
	case digits == len(value) && digits <= safe && (value[0] != '0' || digits == 1):
		return "!!int"
	case digits == len("2006") && isDate(value):
		return "!!timestamp"
	case strings.Count(value, "-") > 3: // more than a time and its zone have, and more than any number
		return textTag
	}
	return ""
}

// countDigits returns how many digits a text begins with.
func countDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// isDate reports whether a text is a day as it is usually written, and one that every month has.
func isDate(s string) bool {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' || countDigits(s[5:]) != 2 || countDigits(s[8:]) != 2 {
		return false
	}
	month, day := s[5:7], s[8:]
	return month >= "01" && month <= "12" && day >= "01" && day <= "28"
}

// literal reads the lines below the token: they stand as they are after a bar, and are folded into one after ">".
func (r *Reader) literal(parent int) *yaml.Node {
	n := r.node(yaml.ScalarNode, yaml.LiteralStyle, textTag, "")
	folded := r.text[r.at] == '>'
	if folded {
		n.Style = yaml.FoldedStyle
	}
	head := r.text[r.at+1 : r.lineEnd()]
	rest, strip := strings.CutPrefix(head, "-")
	if rest != "" && (rest[0] != ' ' || !strings.HasPrefix(strings.TrimLeft(rest, " ")+"#", "#")) {
		return r.fail() // an indent that is given, or "+"
	}
	begin, line := r.lineEnd()+1, r.line+1
	indent := r.literalIndent(begin)
	if indent <= parent {
		return r.fail()
	}
	r.lines = r.lines[:0]
	empty := 0 // lines that have not been written, as they may be the last ones
	for ; begin < len(r.text); line++ {
		end := len(r.text)
		if i := strings.IndexByte(r.text[begin:], '\n'); i >= 0 {
			end = begin + i + 1
		}
		text := r.text[begin:end]
		blanks := 0
		for blanks < indent && blanks < len(text) && text[blanks] == ' ' {
			blanks++
		}
		switch {
		case blanks == len(text) || text[blanks] == '\n':
			empty++
		case blanks < indent:
			end = -1
		case folded && text[indent] == ' ':
			return r.fail() // lines further to the right are not folded
		default:
			switch last := len(r.lines) - 1; {
			case !folded || last < 0:
			case empty == 0:
				r.lines[last] = ' '
			default:
				empty--
			}
			for ; empty > 0; empty-- {
				r.lines = append(r.lines, '\n')
			}
			r.lines = append(r.lines, text[indent:]...)
		}
		if end < 0 {
			break
		}
		begin = end
	}
	if strip {
		r.lines = bytes.TrimSuffix(r.lines, []byte("\n"))
	}
	n.Value = string(r.lines)
	r.at, r.start, r.line = begin, begin, line
	return n
}

// literalIndent returns the indent of the first line of a literal text that is not empty: the others may have more.
// It is negative when there is none.
func (r *Reader) literalIndent(begin int) int {
	for begin < len(r.text) && r.text[begin] == '\n' {
		begin++
	}
	rest := ""
	if begin < len(r.text) {
		rest = r.text[begin:]
	}
	indent := 0
	for indent < len(rest) && rest[indent] == ' ' {
		indent++
	}
	if indent == len(rest) || rest[indent] == '\n' {
		return -1
	}
	return indent
}
