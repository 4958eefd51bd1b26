package report

import (
	"io"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// The objects of "Create a review for a pull request" of the REST API of GitHub.
type (
	review struct {
		Event    string          `json:"event"`
		Comments []reviewComment `json:"comments"`
	}
	reviewComment struct {
		Path      string `json:"path"`
		StartLine int    `json:"start_line,omitempty"` // of several lines
		StartSide string `json:"start_side,omitempty"`
		Line      int    `json:"line"`
		Side      string `json:"side"`
		Body      string `json:"body"`
	}
)

// GitHubReview writes a review of a pull request: every fix as a suggestion, which its author takes over with a click. A
// comment can only stand on lines of the difference: place says what a file is called there, and whether a line is one of
// them. Findings without a fix are for annotations.
func GitHubReview(w io.Writer, diags []diag.Diagnostic, place func(file string, line int) (path string, ok bool)) error {
	out := review{Event: "COMMENT", Comments: []reviewComment{}}
	for _, d := range diags {
		var c reviewComment
		for _, f := range d.Fixes {
			first, last, text, ok := suggested(f)
			if !ok || c.Line != 0 && (c.Line != last || c.StartLine != first) {
				continue // in other lines than the first
			}
			if c.Line == 0 {
				c = reviewComment{Path: f.Edits[0].Span.File.Name, StartLine: first, StartSide: "RIGHT", Line: last, Side: "RIGHT"}
				c.Body = githubLevel(d.Severity) + ": " + markdownText(whole(d)) + " (`" + visible(d.ID) + "`)\n"
			}
			c.Body += "\n" + suggestion(text)
		}
		if c.Line == 0 || !c.put(place) {
			continue
		}
		if c.StartLine == c.Line {
			c.StartLine, c.StartSide = 0, ""
		}
		if !slices.Contains(out.Comments, c) {
			out.Comments = append(out.Comments, c)
		}
	}
	text, err := encode(out, "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// put gives a comment its place, and reports whether all of its lines have one.
func (c *reviewComment) put(place func(string, int) (string, bool)) bool {
	file := c.Path
	for line := c.StartLine; line <= c.Line; line++ {
		var ok bool
		if c.Path, ok = place(file, line); !ok {
			return false
		}
	}
	return true
}

// suggested returns the lines that a fix changes, the first and the last, and what it makes of them. It is false for a fix
// of several files.
func suggested(f diag.Fix) (first, last int, text string, ok bool) {
	if len(f.Edits) == 0 {
		return 0, 0, "", false
	}
	file := f.Edits[0].Span.File
	start, end := len(file.Text), 0
	for _, e := range f.Edits {
		if e.Span.File != file {
			return 0, 0, "", false
		}
		start, end = min(start, e.Span.Start()), max(end, e.Span.End())
	}
	first, _ = file.Position(start)
	last, _ = file.Position(max(end-1, start)) // what ends with the break of a line is no part of the next one
	from, to := file.LineStart(first), file.LineStart(last+1)
	mended, made := diag.Apply(file, []diag.Fix{f})
	if !made[0] {
		return 0, 0, "", false
	}
	lines := string(mended[from : len(mended)-(len(file.Text)-to)])
	return first, last, strings.TrimSuffix(strings.TrimSuffix(lines, "\n"), "\r"), true
}

// suggestion is a block that GitHub offers to take over. No text ends it.
func suggestion(text string) string {
	marks := "```"
	for strings.Contains(text, marks) {
		marks += "`"
	}
	if text == "" {
		return marks + "suggestion\n" + marks + "\n"
	}
	return marks + "suggestion\n" + text + "\n" + marks + "\n"
}
