package report

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// excerpt is the part of a source line that is shown, and where in it the marks stand, in columns.
type excerpt struct {
	text     string
	from, to int
}

// cell is what one code point of a line looks like.
type cell struct {
	text       string
	at         int // offset in the line
	col, width int
}

const tabStop = 4

// newExcerpt shows bytes [start, end) of a line and as much around them as fits into limit columns.
func newExcerpt(line string, start, end, limit int) excerpt {
	// A line can be a megabyte of encoded payload. No code point is longer than 4 bytes.
	reach := utf8.UTFMax * limit
	lo, hi := max(start-reach, 0), min(start+reach, len(line))
	for lo > 0 && !utf8.RuneStart(line[lo]) {
		lo--
	}
	for hi < len(line) && !utf8.RuneStart(line[hi]) {
		hi++
	}
	cells, total := layout(line[lo:hi])
	from, to := marked(cells, total, start-lo, end-lo)

	cutLeft, cutRight := lo > 0, hi < len(line)
	first, last := 0, len(cells)
	if max(total, to) > limit {
		left := window(total, from, to, limit)
		right := left + limit
		if right < total || cutRight {
			right-- // for the mark that something is left out, as is the first column of the part
		}
		for first < len(cells) && left > 0 && cells[first].col <= left {
			first++
		}
		for last > first && cells[last-1].col+cells[last-1].width > right {
			last--
		}
		cutLeft = cutLeft || first > 0
		cutRight = cutRight || last < len(cells)
	}
	return show(cells[first:last], from, to, cutLeft, cutRight)
}

// layout gives every code point its column. Tabs become blanks, so that it does not matter where a terminal's tabs stop.
func layout(line string) (cells []cell, total int) {
	for at, r := range line {
		c := cell{at: at, col: total}
		if r == '\t' {
			c.width = tabStop - total%tabStop
			c.text = strings.Repeat(" ", c.width)
		} else {
			c.text, c.width = glyph(r)
		}
		cells = append(cells, c)
		total += c.width
	}
	return cells, total
}

// marked returns the columns that bytes [start, end) take: at least one, so that an empty span has a caret, and that of
// the character before for a span that starts with a combining mark.
func marked(cells []cell, total, start, end int) (from, to int) {
	index := func(offset int) int {
		return sort.Search(len(cells), func(i int) bool { return cells[i].at >= offset })
	}
	column := func(i int) int {
		if i == len(cells) {
			return total
		}
		return cells[i].col
	}
	i := index(start)
	for 0 < i && i < len(cells) && cells[i].width == 0 {
		i--
	}
	from = column(i)
	return from, max(column(index(end)), from+1)
}

// window returns the first column of the part that is shown of a line too long to be shown whole.
func window(total, from, to, limit int) int {
	if to < limit {
		return 0
	}
	size := min(to-from, limit-2)
	return max(min(from-max((limit-size)/2, 1), max(total, to)-limit), 0)
}

func show(cells []cell, from, to int, cutLeft, cutRight bool) excerpt {
	var b strings.Builder
	shift := 0
	if len(cells) > 0 {
		shift = -cells[0].col
		last := cells[len(cells)-1]
		if cutRight {
			to = max(min(to, last.col+last.width), from+1)
		}
	}
	if cutLeft {
		b.WriteString("…")
		shift++
	}
	for _, c := range cells {
		b.WriteString(c.text)
	}
	if cutRight {
		b.WriteString("…")
	}
	return excerpt{strings.TrimRight(b.String(), " "), from + shift, to + shift}
}
