package report

import (
	"cmp"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// region is a span in lines and columns: 1-based, in code points, the end exclusive. The zero region is no place.
type region struct {
	line, column, endLine, endColumn int
}

func regionOf(s source.Span) region {
	if s.IsZero() {
		return region{}
	}
	var r region
	s = within(s)
	r.line, r.column = s.File.Position(s.Start())
	r.endLine, r.endColumn = s.File.Position(s.End())
	return r
}

// within moves the ends of a span into its file: a message with a wrong place is still better than none.
func within(s source.Span) source.Span {
	start := min(s.Start(), len(s.File.Text))
	return s.File.Span(start, min(max(s.End(), start), len(s.File.Text)))
}

func fileOf(s source.Span) string {
	if s.IsZero() {
		return ""
	}
	return s.File.Name
}

// pathOf is the same for forms in which every finding is about a path: without a place it is about the folder.
func pathOf(s source.Span) string { return cmp.Or(fileOf(s), ".") }

// advice is what the reader can do, for forms that have no place under the caret.
func advice(d diag.Diagnostic) string {
	if d.Label == "" || d.Hint == "" {
		return cmp.Or(d.Hint, d.Label)
	}
	return d.Label + " (" + d.Hint + ")"
}
