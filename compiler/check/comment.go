package check

import (
	"regexp"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/source"
)

// comments finds the comments of a file of YAML: a "#" at the beginning of a line or after a blank, outside of quotes and
// of texts in block style. The reader of YAML would lose their places.
func comments(f *source.File) []comment {
	var out []comment
	s := scanner{top: true}
	offset := 0
	for n, line := range strings.SplitAfter(string(f.Text), "\n") {
		bare := strings.TrimRight(line, "\r\n")
		if i := s.line(bare); i >= 0 {
			alone := strings.TrimSpace(bare[:i]) == ""
			out = append(out, comment{text: bare[i:], start: offset + i, line: n + 1, alone: alone, top: s.top && alone})
		}
		offset += len(line)
	}
	return out
}

// scanner goes over the lines of a file.
type scanner struct {
	quote byte // of a text that goes on over the end of a line; 0 when there is none
	block int  // the indentation above which a text in block style goes on; -1 when there is none
	in    bool // in such a text
	top   bool // no key has been seen
}

// blockStart is the end of a line after which a text in block style stands.
var blockStart = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[:\-?]\s+|[:\-?]\s+[!&]\S+\s+)[|>][-+0-9]*\s*$`)
})

// line returns the offset of the comment of a line; -1 when it has none.
func (s *scanner) line(line string) int {
	indent := len(line) - len(strings.TrimLeft(line, " "))
	content := strings.TrimSpace(line)
	if s.in {
		if content == "" || indent > s.block {
			return -1
		}
		s.in = false
	}
	at := s.scan(line)
	code := line
	if at >= 0 {
		code = line[:at]
	}
	code = strings.TrimRight(code, " \t")
	if trimmed := strings.TrimSpace(code); trimmed != "" && trimmed != "---" && !strings.HasPrefix(trimmed, "%") {
		s.top = false
	}
	if s.quote == 0 && blockStart().MatchString(code) {
		s.in, s.block = true, blockIndent(code)
	}
	return at
}

// blockIndent is the indentation of what a text in block style belongs to: an entry of a list counts as deeper by its
// dashes.
func blockIndent(code string) int {
	n := 0
	for n < len(code) && (code[n] == ' ' || code[n] == '-' && n+1 < len(code) && code[n+1] == ' ') {
		n++
	}
	if rest := code[n:]; rest == "|" || rest == ">" || strings.HasPrefix(rest, "|") || strings.HasPrefix(rest, ">") {
		return len(code) - len(strings.TrimLeft(code, " ")) // "- |": the text is deeper than the dash
	}
	return n
}

// scan goes over a line that is no part of a text in block style.
func (s *scanner) scan(line string) int {
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case s.quote == '"' && c == '\\', s.quote == '\'' && strings.HasPrefix(line[i:], "''"):
			i++
		case s.quote != 0:
			if c == s.quote {
				s.quote = 0
			}
		case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return i
		case (c == '"' || c == '\'') && opens(line[:i]):
			s.quote = c
		}
	}
	return -1
}

// opens reports whether a quote after the given text begins a quoted text, rather than being a letter of a plain one.
func opens(before string) bool {
	t := strings.TrimRight(before, " \t")
	if t == "" {
		return true
	}
	switch t[len(t)-1] {
	case '[', '{', ',':
		return true
	case ':', '-', '?':
		return len(t) < len(before) // a blank follows
	}
	return false
}
