package report

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// TextOptions says how [Text] and [Summary] look.
type TextOptions struct {
	Color   bool
	Width   int  // columns of the terminal; 0 when there is none
	NoHints bool // leave out the lines that begin with "= help:"
}

// defaultWidth is where excerpts are cut when there is no terminal: a log has no width, but an encoded payload of ten
// thousand characters helps nobody there either.
const defaultWidth = 120

// Text shows each diagnostic with the line it is about, and an empty line between two of them. The way to the
// explanation of an ID is told once, and only where no hint says more.
func Text(w io.Writer, diags []diag.Diagnostic, opts TextOptions) error {
	explained := map[string]bool{}
	for i, d := range diags {
		p := &printer{opts: opts}
		if i > 0 {
			p.b.WriteByte('\n')
		}
		p.diagnostic(d)
		switch {
		case opts.NoHints:
		case d.Hint != "":
			p.note("help", d.Hint)
		case !d.Span.IsZero() && !explained[d.ID]:
			p.note("help", "sigc explain "+d.ID)
			explained[d.ID] = true
		}
		if _, err := io.WriteString(w, p.b.String()); err != nil {
			return err
		}
	}
	return nil
}

// printer writes one diagnostic.
type printer struct {
	opts   TextOptions
	b      strings.Builder
	gutter int // columns of the line numbers
}

func (p *printer) diagnostic(d diag.Diagnostic) {
	severity := severityStyle(d.Severity)
	p.b.WriteString(p.paint(severity, d.Severity.String()) + p.paint(bold, ": "+visible(d.Message)))
	if d.ID != "" {
		fmt.Fprintf(&p.b, " (%s)", visible(d.ID))
	}
	if d.Target != "" {
		fmt.Fprintf(&p.b, " [%s]", visible(d.Target))
	}
	p.b.WriteByte('\n')

	p.gutter = digits(d.Span)
	for _, r := range d.Related {
		p.gutter = max(p.gutter, digits(r.Span))
	}
	p.place(d.Span, "^", severity, d.Label)
	for _, r := range d.Related {
		p.place(r.Span, "-", frame, r.Message)
	}
}

// place shows the first line of a span, marked, with a text beside the marks.
func (p *printer) place(s source.Span, mark, style, label string) {
	if s.IsZero() {
		if label != "" {
			p.note("note", label)
		}
		return
	}
	s = within(s)
	line, column := s.File.Position(s.Start())
	fmt.Fprintf(&p.b, "%s %s:%d:%d\n", p.paint(frame, strings.Repeat(" ", p.gutter)+"-->"), visible(s.File.Name), line, column)

	text, offset := s.File.Line(line), s.File.LineStart(line)
	end := min(s.End()-offset, len(strings.TrimRight(text, " \t")))
	limit := max(cmp.Or(p.opts.Width, defaultWidth)-p.gutter-len(" | "), minExcerpt)
	x := newExcerpt(text, s.Start()-offset, end, limit)
	p.row(strconv.Itoa(line), x.text)
	marks := p.paint(style, strings.TrimRight(strings.Repeat(mark, x.to-x.from)+" "+visible(label), " "))
	p.row("", strings.Repeat(" ", x.from)+marks)
}

// minExcerpt is the least that is shown of a line, however narrow the terminal.
const minExcerpt = 20

func (p *printer) row(number, text string) {
	bar := fmt.Sprintf("%*s |", p.gutter, number)
	if text != "" {
		text = " " + text
	}
	p.b.WriteString(p.paint(frame, bar) + text + "\n")
}

func (p *printer) note(kind, text string) {
	p.b.WriteString(strings.Repeat(" ", p.gutter+1) + p.paint(frame, "=") + " " + p.paint(bold, kind+":") + " " + visible(text) + "\n")
}

// digits returns the columns that the line number of a span takes.
func digits(s source.Span) int {
	return len(strconv.Itoa(regionOf(s).line))
}

// The styles are parameters of the terminal sequence SGR.
const (
	bold  = "1"
	frame = "1;34"
)

func severityStyle(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "1;31"
	case diag.Warning:
		return "1;33"
	default:
		return "1;36"
	}
}

func (p *printer) paint(style, text string) string {
	if !p.opts.Color {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}
