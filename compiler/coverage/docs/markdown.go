package docs

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// special are the characters that mean something inside a line: of CommonMark, of GitHub's tables, and of its mathematics.
const special = "\\`*[]<>&|~$"

// text writes a text into a line, with no more meaning than its letters have.
func text(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "�")), " ")
	var b strings.Builder
	for i, r := range s {
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		switch {
		case strings.ContainsRune(special, r),
			r == '_' && !(plain(before) && plain(after)), // within a word it has no meaning
			r == '!' && after == '[',
			i == 0 && strings.ContainsRune("#-+=:", r),
			(r == '.' || r == ')') && numbers(s[:i]):
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func plain(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// numbers reports whether a line begins with a number, so that a point behind it would begin a list.
func numbers(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// prose writes paragraphs and lists of a text, whose lines [coverage.Flow] has joined.
func prose(s string) string {
	var b strings.Builder
	list := false
	for _, line := range strings.Split(s, "\n") {
		item, is := strings.CutPrefix(line, "- ")
		if !is {
			item, is = strings.CutPrefix(line, "* ")
		}
		switch {
		case line == "":
		case is && list:
			b.WriteString("- " + text(item) + "\n")
		case is:
			b.WriteString("\n- " + text(item) + "\n")
		default:
			b.WriteString("\n" + text(line) + "\n")
		}
		list = is
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// code writes a name as code, within ticks that it does not hold itself.
func code(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "�")), " ")
	if s == "" {
		return ""
	}
	ticks := strings.Repeat("`", longest(s, '`')+1)
	if s[0] == '`' || s[len(s)-1] == '`' {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// cell writes a name as code into a cell of a table, which a bar would end even there.
func cell(s string) string { return strings.ReplaceAll(code(s), "|", `\|`) }

// block writes lines of code.
func block(language, s string) string {
	fence := strings.Repeat("`", max(3, longest(s, '`')+1))
	return fmt.Sprintf("%s%s\n%s\n%s\n", fence, language, strings.TrimRight(strings.ToValidUTF8(s, "�"), "\n"), fence)
}

// longest is the length of the longest run of a character.
func longest(s string, r rune) int {
	most, n := 0, 0
	for _, c := range s {
		n++
		if c != r {
			n = 0
		}
		most = max(most, n)
	}
	return most
}

// link leads from a text to a file or an address, which is not to be trusted either.
func link(label, to string) string { return "[" + text(label) + "](" + to + ")" }

// address writes an address as a link to itself. What is none of the web is shown only.
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(s, " ()<>\\") {
		return code(s)
	}
	return link(s, u.String())
}

// path writes the path of a file as a link has it.
func path(s string) string {
	parts := strings.Split(s, "/")
	for i, p := range parts {
		parts[i] = strings.NewReplacer("(", "%28", ")", "%29").Replace(url.PathEscape(p))
	}
	return strings.Join(parts, "/")
}
