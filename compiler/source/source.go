package source

import (
	"math"
	"sort"
	"sync"
	"unicode/utf8"
)

// File is a named text. Make one with [NewFile].
type File struct {
	Name string // as the user wrote it; shown in messages
	Text []byte // never changed: what is read from it may share it

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

// Span is a half-open range of bytes, [Start, End), in a file. The zero Span is no place at all. A program holds several
// for each word of its rules, so they are small: what stands beyond the first two gigabytes of a file has no place.
type Span struct {
	File       *File
	start, end int32
}

// Span returns the bytes from start to end.
func (f *File) Span(start, end int) Span { return Span{f, offset(start), offset(end)} }

func offset(n int) int32 { return int32(min(max(n, 0), math.MaxInt32)) }

// Start is the offset of the first byte.
func (s Span) Start() int { return int(s.start) }

// End is the offset behind the last byte.
func (s Span) End() int { return int(s.end) }

// IsZero reports whether the span is no place at all.
func (s Span) IsZero() bool { return s.File == nil }

// Text returns the bytes that the span covers.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	return string(s.File.Text[s.start:s.end])
}

// To returns the span from the start of s to the end of t, which must be in the same file.
func (s Span) To(t Span) Span {
	if s.File == nil {
		return t
	}
	if t.File != s.File {
		return s
	}
	return Span{s.File, s.start, max(s.end, t.end)}
}

// Part returns the part of a span from one offset in it to another.
func (s Span) Part(from, to int) Span { return s.File.Span(s.Start()+from, s.Start()+to) }
