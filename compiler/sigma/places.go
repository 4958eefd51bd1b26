package sigma

import (
	"encoding/binary"
	"math/bits"
	"sort"
	"unicode/utf8"
)

// places turns the lines and columns of YAML nodes into byte offsets. Lines end where YAML says so, which is also at
// a lone CR and at the Unicode breaks, and columns count code points.
type places struct {
	text  []byte
	lines []int // offset of the first byte of every line
	runes []int // runes[i] is the number of code points before byte i*runeStep; nil for an ASCII text
	plain bool  // the text has nothing but printable ASCII and line feeds
}

// runeStep keeps the search for a column short, even in a file that is a single line.
const runeStep = 256

// read finds the lines of a text.
func (p *places) read(text []byte) {
	p.text, p.lines, p.runes = text, append(p.lines[:0], 0), nil
	if p.plain = p.readPlain(); !p.plain { // as few are
		p.readAny(text)
	}
}

// readAny finds the lines of any text.
func (p *places) readAny(text []byte) {
	p.text, p.lines = text, append(p.lines[:0], 0)
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

// readPlain finds the lines of a text that has nothing but printable ASCII and line feeds; it gives up at anything else. It
// looks at eight bytes at once, and at one only where it may be no printable character.
func (p *places) readPlain() bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	at := 0
	for ; at+8 <= len(p.text); at += 8 {
		word := binary.LittleEndian.Uint64(p.text[at:])
		for odd := (word - ' '*each | word + each | word) & high; odd != 0; odd &= odd - 1 {
			if !p.readByte(at + bits.TrailingZeros64(odd)/8) {
				return false
			}
		}
	}
	for ; at < len(p.text); at++ {
		if !p.readByte(at) {
			return false
		}
	}
	return true
}

func (p *places) readByte(at int) bool {
	b := p.text[at]
	if b == '\n' {
		p.lines = append(p.lines, at+1)
	}
	return b == '\n' || b >= ' ' && b < 0x7f
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
