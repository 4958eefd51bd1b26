package sigma

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// aligner walks over the raw and the decoded text of a scalar in step.
type aligner struct {
	raw     []byte
	at      int // in raw
	value   string
	done    int   // how far value is mapped
	offsets []int // of every byte of value so far; nil when only the end of the raw text is asked for
}

// rest is what is left of the decoded text.
func (a *aligner) rest() string { return a.value[a.done:] }

// emit maps the next n bytes of the decoded text to one place.
func (a *aligner) emit(n, place int) bool {
	if a.done+n > len(a.value) {
		return false
	}
	a.done += n
	if a.offsets != nil {
		for range n {
			a.offsets = append(a.offsets, place)
		}
	}
	return true
}

// finish maps the end of the decoded text.
func (a *aligner) finish(place int) bool {
	if a.done != len(a.value) {
		return false
	}
	if a.offsets != nil {
		a.offsets = append(a.offsets, place)
	}
	return true
}

// literal takes text that is the same on both sides.
func (a *aligner) literal(n int) bool {
	if !strings.HasPrefix(a.rest(), string(a.raw[a.at:a.at+n])) {
		return false
	}
	a.done += n
	if a.offsets != nil {
		for i := range n {
			a.offsets = append(a.offsets, a.at+i)
		}
	}
	a.at += n
	return true
}

// flow aligns a quoted scalar, or with quote 0 a plain one, that may go over several lines.
func (a *aligner) flow(quote byte) bool {
	if quote != 0 {
		if a.at >= len(a.raw) || a.raw[a.at] != quote {
			return false
		}
		a.at++
	}
	for a.at < len(a.raw) {
		if quote == 0 && a.done == len(a.value) {
			return a.finish(a.at)
		}
		c := a.raw[a.at]
		ok := true
		switch {
		case c == '\'' && quote == c && a.at+1 < len(a.raw) && a.raw[a.at+1] == c:
			ok = a.emit(1, a.at)
			a.at += 2
		case c == quote && quote != 0:
			ok = a.finish(a.at)
			a.at++
			return ok
		case c == '\\' && quote == '"':
			ok = a.escape()
		case isBlank(c) || isBreak(c):
			ok = a.space()
		default:
			ok = a.literal(1)
		}
		if !ok {
			return false
		}
	}
	return quote == 0 && a.finish(a.at)
}

// escape takes a backslash and what belongs to it.
func (a *aligner) escape() bool {
	if a.at+1 >= len(a.raw) {
		return false
	}
	length := 2
	switch a.raw[a.at+1] {
	case 'x':
		length = 4
	case 'u':
		length = 6
	case 'U':
		length = longEscape
	case '\n', '\r':
		// An escaped line break: neither it nor the blanks after it are part of the text.
		a.at++
		a.at += breakLen(a.raw[a.at:])
		for a.at < len(a.raw) && isBlank(a.raw[a.at]) {
			a.at++
		}
		return true
	}
	_, size := utf8.DecodeRuneInString(a.rest())
	ok := size > 0 && a.emit(size, a.at)
	a.at = min(a.at+length, len(a.raw))
	return ok
}

const longEscape = len(`\U0001F600`)

// space takes blanks as they are, and folds blanks around line breaks: one break is a blank, more are one break less.
func (a *aligner) space() bool {
	end, breaks := a.at, 0
	for end < len(a.raw) && (isBlank(a.raw[end]) || isBreak(a.raw[end])) {
		if n := breakLen(a.raw[end:]); n > 0 {
			breaks++
			end += n
			continue
		}
		end++
	}
	if breaks == 0 {
		return a.literal(end - a.at)
	}
	want := " "
	if breaks > 1 {
		want = strings.Repeat("\n", breaks-1)
	}
	if !strings.HasPrefix(a.rest(), want) {
		return false
	}
	ok := a.emit(len(want), a.at)
	a.at = end
	return ok
}

// block aligns a literal or folded block: a header, and then lines with an indentation of their own.
func (a *aligner) block() bool {
	a.nextLine() // the header holds at most indicators and a comment
	end, indent := a.at, -1
	for a.at < len(a.raw) && strings.Trim(a.rest(), "\n") != "" {
		line := a.line()
		if blank := len(bytes.TrimSpace(line)) == 0; blank && (indent < 0 || len(line) <= indent) {
			a.nextLine()
			continue
		}
		if !a.gap(end) {
			return false
		}
		if indent < 0 {
			indent = leadingBlanks(line) - leadingBlanks([]byte(a.rest()))
		}
		if indent < 0 || len(line) < indent {
			return false
		}
		a.at += indent
		if !a.literal(len(line) - indent) {
			return false
		}
		end = a.at
		a.nextLine()
	}
	// Only line breaks are left; how many the chomping indicator has kept does not matter.
	a.at = end
	return a.emit(len(a.rest()), end) && a.finish(end)
}

// gap takes what the line breaks before a line of a block have become: line breaks, or one blank where two lines are
// joined. Before the first line there may be nothing.
func (a *aligner) gap(place int) bool {
	rest := a.rest()
	if n := len(rest) - len(strings.TrimLeft(rest, "\n")); n > 0 {
		return a.emit(n, place)
	}
	if a.done == 0 {
		return true
	}
	return rest[0] == ' ' && a.emit(1, place)
}

// leadingBlanks is the measure of indentation, for which tabs do not count.
func leadingBlanks(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// line returns the raw text up to the next line break.
func (a *aligner) line() []byte {
	end := a.at
	for end < len(a.raw) && breakLen(a.raw[end:]) == 0 {
		end++
	}
	return a.raw[a.at:end]
}

func (a *aligner) nextLine() {
	a.at += len(a.line())
	if a.at < len(a.raw) {
		a.at += breakLen(a.raw[a.at:])
	}
}
