package source

import (
	"sort"
	"sync"
	"unicode/utf8"
)

// File is a named text. Make one with [NewFile].
type File struct {
	Name string // as the user wrote it; shown in messages
	Text []byte

	once  sync.Once
	lines []int // offset of the first byte of every line
}

// NewFile returns a file with the given name and content.
func NewFile(name string, text []byte) *File {
	return &File{Name: name, Text: text}
}

func (f *File) index() {
	f.once.Do(func() {
		f.lines = append(f.lines, 0)
		for i, b := range f.Text {
			if b == '\n' {
				f.lines = append(f.lines, i+1)
			}
		}
	})
}

// Position returns the 1-based line and column of a byte offset. Columns count Unicode code points.
func (f *File) Position(offset int) (line, column int) {
	f.index()
	offset = min(max(offset, 0), len(f.Text))
	i := sort.SearchInts(f.lines, offset+1) - 1
	return i + 1, utf8.RuneCount(f.Text[f.lines[i]:offset]) + 1
}

// Line returns the text of a 1-based line without its line break; "" when there is no such line.
func (f *File) Line(n int) string {
	f.index()
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Text)
	if n < len(f.lines) {
		end = f.lines[n] - 1
	}
	start := f.lines[n-1]
	if end > start && f.Text[end-1] == '\r' {
		end--
	}
	return string(f.Text[start:end])
}

// LineStart returns the offset of the first byte of a 1-based line, or the length of the text past the last line.
func (f *File) LineStart(n int) int {
	f.index()
	if n > len(f.lines) {
		return len(f.Text)
	}
	return f.lines[max(n, 1)-1]
}

// Span is a half-open range of bytes, [Start, End), in a file. The zero Span is no place at all.
type Span struct {
	File       *File
	Start, End int
}

// IsZero reports whether the span is no place at all.
func (s Span) IsZero() bool { return s.File == nil }

// Text returns the bytes that the span covers.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	return string(s.File.Text[s.Start:s.End])
}

// To returns the span from the start of s to the end of t, which must be in the same file.
func (s Span) To(t Span) Span {
	if s.File == nil {
		return t
	}
	if t.File != s.File {
		return s
	}
	return Span{s.File, s.Start, max(s.End, t.End)}
}

// Map leads from offsets in a decoded YAML scalar to the bytes of the file it was written with. The two differ where
// a scalar is quoted with escapes, folded or indented. The zero Map is of no file.
type Map struct {
	file    *File
	offsets []int // offsets[i] is where byte i of the decoded text stands; one more entry marks its end
}

// NewMap returns the map for a decoded text of len(offsets)-1 bytes. offsets must not decrease.
func NewMap(file *File, offsets []int) Map {
	return Map{file: file, offsets: offsets}
}

// Span returns the place in the file of bytes [start, end) of the decoded text. Offsets outside of the text are moved to its edge.
func (m Map) Span(start, end int) Span {
	if m.file == nil || len(m.offsets) == 0 {
		return Span{}
	}
	last := len(m.offsets) - 1
	start = min(max(start, 0), last)
	end = min(max(end, start), last)
	s := Span{File: m.file, Start: m.offsets[start], End: m.offsets[start]}
	if end > start {
		// The end of the last byte, not the start of the next: between them may stand a fold and its indentation.
		s.End = max(m.offsets[end-1]+1, s.Start)
		if m.offsets[end] > m.offsets[end-1] && m.contiguous(end) {
			s.End = m.offsets[end]
		}
	}
	return s
}

// contiguous reports whether nothing but the encoding of byte i-1 itself (an escape such as \" or ”) stands before byte i.
func (m Map) contiguous(i int) bool { return m.offsets[i]-m.offsets[i-1] <= 10 && !m.crossesLine(i) }

func (m Map) crossesLine(i int) bool {
	for _, b := range m.file.Text[m.offsets[i-1]:m.offsets[i]] {
		if b == '\n' {
			return true
		}
	}
	return false
}

// Text is a scalar of a file, decoded, and its place. The zero Text is absent.
type Text struct {
	Value string
	At    Span
}
