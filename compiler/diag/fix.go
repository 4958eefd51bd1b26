package diag

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/source"
)

// Apply makes the changes of fixes in a file and returns the new text. A fix that changes what one before it changes, or
// that is about another file, is left out as a whole; which were made is said for each. Breaks of lines are written as
// the file has them.
func Apply(f *source.File, fixes []Fix) (text []byte, made []bool) {
	made = make([]bool, len(fixes))
	var edits []Edit
	for i, fix := range fixes {
		if len(fix.Edits) > 0 && !slices.ContainsFunc(fix.Edits, func(e Edit) bool { return e.Span.File != f || clashes(e, edits) }) {
			edits = append(edits, fix.Edits...)
			made[i] = true
		}
	}
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Compare(a.Span.Start(), b.Span.Start()) })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(f.Text[at:e.Span.Start()])
		out.WriteString(strings.ReplaceAll(e.Text, "\n", lineBreak(f)))
		at = e.Span.End()
	}
	out.Write(f.Text[at:])
	return out.Bytes(), made
}

// clashes reports whether an edit touches what one of the others changes. Side by side is too near for texts that are
// put in, as one could come before or after the other.
func clashes(e Edit, others []Edit) bool {
	return slices.ContainsFunc(others, func(o Edit) bool {
		if e.Text == "" && o.Text == "" {
			return e.Span.Start() < o.Span.End() && o.Span.Start() < e.Span.End()
		}
		return e.Span.Start() <= o.Span.End() && o.Span.Start() <= e.Span.End()
	})
}

// lineBreak is how the lines of a file end.
func lineBreak(f *source.File) string {
	if i := bytes.IndexByte(f.Text, '\n'); i > 0 && f.Text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// Replace is the fix that puts another text in the place of one.
func Replace(at source.Span, text string) []Fix {
	return []Fix{{Title: fmt.Sprintf("write %q", text), Edits: []Edit{{Span: at, Text: text}}}}
}

// RemoveEntry is the fix that takes an entry out of a list of YAML that has others: the whole line in block style, or
// the entry and its comma between brackets. There is none where a comment stands on the line, which would be lost, or
// where the list is written in another way.
func RemoveEntry(at source.Span) []Fix {
	if at.IsZero() || bytes.ContainsRune(at.File.Text[at.Start():at.End()], '\n') {
		return nil
	}
	text := at.File.Text
	first, last := at.Start(), at.End()
	for first > 0 && text[first-1] != '\n' {
		first--
	}
	for last < len(text) && text[last] != '\n' {
		last++
	}
	before, after := string(text[first:at.Start()]), string(text[at.End():last])
	switch {
	case strings.TrimLeft(before, " ") == "- " && strings.TrimSpace(after) == "":
		return remove(at.File, first, min(last+1, len(text)))
	case strings.HasSuffix(strings.TrimRight(before, " "), ","):
		return remove(at.File, first+strings.LastIndexByte(before, ','), at.End())
	}
	return nil
}

func remove(f *source.File, start, end int) []Fix {
	return []Fix{{Title: "remove it", Edits: []Edit{{Span: f.Span(start, end)}}}}
}
