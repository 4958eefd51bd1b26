package source

import "bytes"

// Map leads from offsets in a decoded YAML scalar to the bytes of the file it was written with. The two differ where
// a scalar is quoted with escapes, folded or indented. The zero Map is of no file.
type Map struct {
	at      Span  // where the text stands; of a text with offsets, all of its file
	whole   bool  // every part of the text leads to all of the span
	offsets []int // offsets[i] is where byte i of the decoded text stands; one more entry marks its end
}

// NewMap returns the map for a decoded text of len(offsets)-1 bytes. offsets must not decrease.
func NewMap(file *File, offsets []int) Map {
	return Map{at: Span{File: file}, offsets: offsets}
}

// Direct returns the map for a text that stands in the file byte for byte. It costs no memory, however long the text.
func Direct(at Span) Map { return Map{at: at} }

// Whole returns the map for a text of which only the outer bounds are known: every part of it leads to all of at.
func Whole(at Span) Map { return Map{at: at, whole: true} }

// Span returns the place in the file of bytes [start, end) of the decoded text. Offsets outside of the text are moved to its edge.
func (m Map) Span(start, end int) Span {
	switch {
	case m.at.IsZero():
		return Span{}
	case m.whole:
		return m.at
	case m.offsets == nil:
		length := m.at.End() - m.at.Start()
		start = min(max(start, 0), length)
		return m.at.Part(start, min(max(end, start), length))
	}
	last := len(m.offsets) - 1
	start = min(max(start, 0), last)
	end = min(max(end, start), last)
	from := m.offsets[start]
	to := from
	if end > start {
		// The end of the last byte, not the start of the next: between them may stand a fold and its indentation.
		to = max(m.offsets[end-1]+1, from)
		if m.contiguous(end) {
			to = max(m.offsets[end], to)
		}
	}
	return m.at.File.Span(from, to)
}

// longestEscape is the length of \U0001F600, the longest way to write one character.
const longestEscape = 10

// contiguous reports whether nothing but the encoding of byte i-1 itself, such as an escape, stands before byte i.
func (m Map) contiguous(i int) bool {
	from, to := m.offsets[i-1], m.offsets[i]
	return to-from <= longestEscape && !bytes.ContainsAny(m.at.File.Text[from:to], "\r\n")
}
