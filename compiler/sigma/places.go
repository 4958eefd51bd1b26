package sigma

import (
	"bytes"
	"encoding/binary"
	"sort"
	"unicode/utf8"
)

// places turns the lines and columns of YAML nodes into byte offsets. Lines end where YAML says so, which is also at
// a lone CR and at the Unicode breaks, and columns count code points.
type places struct {
	text  []byte
	lines []int // offset of the first byte of every line
	runes []int // runes[i] is the number of code points before byte i*runeStep; nil for an ASCII text
}

// runeStep keeps the search for a column short, even in a file that is a single line.
const runeStep = 256

// read finds the lines of a text.
func (p *places) read(text []byte) {
	p.text, p.lines, p.runes = text, append(p.lines[:0], 0), nil
	if isASCII(text) && bytes.IndexByte(text, '\r') < 0 { // nearly all
		for at := 0; ; {
			n := bytes.IndexByte(text[at:], '\n') + 1
			if n == 0 {
				return
			}
			at += n
			p.lines = append(p.lines, at)
		}
	}
	if len(text) >= len(bom) && string(text[:len(bom)]) == bom {
		p.lines[0] = len(bom)
	}
	ascii := true
	for i := 0; i < len(text); {
		b := text[i]
		if b > '\r' && b < utf8.RuneSelf { // nearly all
			i++
			continue
		}
		ascii = ascii && b < utf8.RuneSelf
		if n := breakLen(text[i:]); n > 0 {
			i += n
			p.lines = append(p.lines, i)
			continue
		}
		i++
	}
	if !ascii {
		count := 0
		for i, b := range text {
			if i%runeStep == 0 {
				p.runes = append(p.runes, count)
			}
			if utf8.RuneStart(b) {
				count++
			}
		}
	}
}

// isASCII looks at eight bytes at once.
func isASCII(text []byte) bool {
	for ; len(text) >= 8; text = text[8:] {
		if binary.NativeEndian.Uint64(text)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isBreak(b byte) bool { return b == '\n' || b == '\r' }

// breakLen returns the length of the line break that a text begins with, or 0.
func breakLen(text []byte) int {
	switch text[0] {
	case '\n':
		return 1
	case '\r':
		if len(text) > 1 && text[1] == '\n' {
			return 2
		}
		return 1
	case 0xC2: // U+0085
		if len(text) > 1 && text[1] == 0x85 {
			return 2
		}
	case 0xE2: // U+2028, U+2029
		if len(text) > 2 && text[1] == 0x80 && (text[2] == 0xA8 || text[2] == 0xA9) {
			return 3
		}
	}
	return 0
}

// line returns the 0-based line of an offset.
func (p *places) line(offset int) int {
	return max(sort.SearchInts(p.lines, offset+1)-1, 0)
}

// offset returns the byte at a 1-based line and column, moved to the edge of the text when it lies outside.
func (p *places) offset(line, column int) int {
	if line > len(p.lines) {
		return len(p.text)
	}
	start := p.lines[max(line, 1)-1]
	if p.runes == nil {
		return min(start+column-1, len(p.text))
	}
	want := p.runesBefore(start) + column - 1
	step := max(sort.SearchInts(p.runes, want+1)-1, start/runeStep)
	at, count := step*runeStep, p.runes[step]
	if at < start {
		at, count = start, want-(column-1)
	}
	for ; at < len(p.text); at++ {
		if utf8.RuneStart(p.text[at]) {
			if count == want {
				break
			}
			count++
		}
	}
	return at
}

func (p *places) runesBefore(offset int) int {
	step := min(offset/runeStep, len(p.runes)-1)
	count := p.runes[step]
	for _, b := range p.text[step*runeStep : offset] {
		if utf8.RuneStart(b) {
			count++
		}
	}
	return count
}
