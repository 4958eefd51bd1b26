package kql

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/sigc-rules/sigc/compiler/slab"
)

// String prints the query. It is total: every tree prints, and the same tree always prints the same text.
func (q *Query) String() string {
	text, _, _ := q.Print()
	return text
}

// Print prints the query, and says between which offsets its source stands: behind it begin its operators.
func (q *Query) Print() (text string, start, end int) {
	p := printers.Get().(*printer)
	defer printers.Put(p)
	start, end = p.query(q, 0)
	p.write("\n")
	text = string(p.b)
	p.b, p.start = slab.Buffer(p.b), 0
	return text, start, end
}

// Written returns an operator as its text: how it is printed inside of so many blocks, and lasts longer than its tree.
func Written(op Operator, depth int) *Other {
	p := newPrinter()
	p.write(strings.Repeat(" ", depth*step), "| ")
	from := len(p.b)
	p.operator(op, depth*step)
	keyword, text, _ := strings.Cut(string(p.b[from:]), " ")
	return &Other{Name: keyword, Text: text}
}

// printers are kept for their buffers: most queries have a few thousand characters.
var printers = sync.Pool{New: func() any { return newPrinter() }}

// width is the column a line should not pass. Only a single long value, which cannot be split, goes beyond it.
const width = 120

// step is how much deeper the lines inside of something are.
const step = 4

// printer writes text and knows how far the current line has come.
type printer struct {
	b     []byte
	start int // offset of the current line
	limit int // offset that what is tried must not pass, see [printer.try]
}

func newPrinter() *printer { return &printer{limit: math.MaxInt} }

func (p *printer) column() int { return len(p.b) - p.start }

func (p *printer) write(parts ...string) {
	for _, s := range parts {
		p.b = append(p.b, s...)
	}
}

// blanks are what most lines are indented by.
const blanks = "                                "

// line starts a new line at an indentation.
func (p *printer) line(indent int) {
	p.b = append(p.b, '\n')
	p.start = len(p.b)
	for ; indent > len(blanks); indent -= len(blanks) {
		p.b = append(p.b, blanks...)
	}
	p.b = append(p.b, blanks[:indent]...)
}

// fits reports whether s and what must follow it stay on the current line.
func (p *printer) fits(s string, after int) bool { return p.column()+len(s)+after <= width }

// try lets flat write on the current line, and takes back what it wrote unless that, and what must follow it, stays on
// the line. Most of what is too long for a line is much too long: flat stops at the end of the line.
func (p *printer) try(after int, flat func()) bool {
	mark, limit := len(p.b), p.limit
	p.limit = p.start + width - after
	flat()
	ok := !p.full() && bytes.IndexByte(p.b[mark:], '\n') < 0
	p.limit = limit
	if !ok {
		p.b = p.b[:mark]
	}
	return ok
}

// full reports that what is tried has passed the end of its line.
func (p *printer) full() bool { return len(p.b) > p.limit }

// query prints a query whose lines stand at an indentation; the first is already begun. It returns the offsets between
// which the source stands.
func (p *printer) query(q *Query, indent int) (start, end int) {
	first := true
	next := func() {
		if !first {
			p.line(indent)
		}
		first = false
	}
	for _, h := range q.Header {
		next()
		p.write("// ")
		p.b = appendComment(p.b, h)
	}
	for _, l := range q.Lets {
		next()
		p.let(l, indent)
	}
	if q.Source != nil {
		next()
		start = len(p.b)
		p.source(q.Source, indent)
	}
	end = len(p.b)
	for i, op := range q.Ops {
		next()
		// The rows of an enclosing operator need no name and no pipe before the first operator.
		if i > 0 || q.Source != nil {
			p.write("| ")
		}
		p.operator(op, indent)
	}
	return start, end
}

func (p *printer) let(l Let, indent int) {
	p.write("let ", QuoteName(l.Name), " =")
	switch {
	case l.Function != "":
		p.write(" ", l.Function)
	case l.Query == nil:
		p.write(" ")
		p.expr(l.Value, levelOr, indent, 1)
	case inline(l.Query):
		p.write(" ")
		p.query(l.Query, indent)
	default:
		p.line(indent + step)
		p.query(l.Query, indent+step)
	}
	p.write(";")
}

// inline reports whether a query is no more than a source.
func inline(q *Query) bool { return len(q.Header) == 0 && len(q.Lets) == 0 && len(q.Ops) == 0 }

// flatQuery is the query on one line. It exists only for queries without comments that are short enough to read so.
func flatQuery(q *Query, most int) (string, bool) {
	if len(q.Header) > 0 || len(q.Lets) > 0 || len(q.Ops) > most {
		return "", false
	}
	p := newPrinter()
	p.query(q, 0)
	s := string(p.b)
	if strings.Contains(s, "\n") {
		if len(q.Ops) == 0 {
			return "", false
		}
		s = strings.ReplaceAll(s, "\n|", " |")
	}
	return s, !strings.Contains(s, "\n")
}

// nested prints a query in parentheses: on this line when it has at most one operator and fits, else as a block.
func (p *printer) nested(q *Query, indent, after int) {
	if s, ok := flatQuery(q, 1); ok && p.fits(s, 2+after) {
		p.write("(", s, ")")
		return
	}
	p.write("(")
	p.line(indent + step)
	p.query(q, indent+step)
	p.line(indent)
	p.write(")")
}

// operand prints the right side of a join or a member of a union: a bare name, or a query in parentheses.
func (p *printer) operand(q *Query, indent, after int) {
	if t, ok := q.Source.(*Table); ok && inline(q) {
		p.source(t, indent)
		return
	}
	p.nested(q, indent, after)
}

func (p *printer) source(s Source, indent int) {
	switch s := s.(type) {
	case *Table:
		if s.Wildcard {
			p.write(pattern(s.Name))
		} else {
			p.write(QuoteName(s.Name))
		}
	case *Union:
		p.union(s.Kind, s.WithSource, s.IsFuzzy, s.Queries, indent)
	case *CallSource:
		p.expr(s.Call, levelOr, indent, 0)
	case *PathSource:
		p.expr(s.X, levelOr, indent, 0)
	case *Datatable:
		p.datatable(s, indent)
	case *Print:
		p.write("print")
		p.assigns(s.Columns, indent)
	case *Range:
		p.write("range ", QuoteName(s.Column), " from ", flat(s.From, levelOr), " to ", flat(s.To, levelOr), " step ", flat(s.Step, levelOr))
	case *OtherSource:
		p.write(s.Name)
		p.option(" ", s.Text)
	case *Nested:
		p.nested(s.Query, indent, 0)
	default:
		panic(fmt.Sprintf("kql: no case for source %T", s))
	}
}

func (p *printer) union(kind, withSource string, fuzzy bool, queries []*Query, indent int) {
	p.write("union")
	if kind != "" {
		p.write(" kind=", kind)
	}
	if withSource != "" {
		p.write(" withsource=", QuoteName(withSource))
	}
	if fuzzy {
		p.write(" isfuzzy=true")
	}
	// Several blocks read better each from the start of a line.
	blocks := false
	for _, q := range queries {
		_, ok := flatQuery(q, 1)
		blocks = blocks || !ok
	}
	for i, q := range queries {
		if i > 0 {
			p.write(",")
		}
		if blocks {
			p.line(indent + step)
			p.operand(q, indent+step, 1)
			continue
		}
		p.write(" ")
		p.operand(q, indent, 1)
	}
}

func (p *printer) datatable(d *Datatable, indent int) {
	p.write("datatable(")
	for i, c := range d.Columns {
		if i > 0 {
			p.write(", ")
		}
		p.write(QuoteName(c.Name), ": ", c.Type)
	}
	p.write(")[")
	for i, x := range d.Rows {
		switch {
		case len(d.Columns) == 0 || i%len(d.Columns) == 0:
			p.line(indent + step)
		default:
			p.write(" ")
		}
		p.expr(x, levelOr, indent+step, 1)
		if i < len(d.Rows)-1 {
			p.write(",")
		}
	}
	if len(d.Rows) > 0 {
		p.line(indent)
	}
	p.write("]")
}

// pattern keeps of a wildcard only what one may hold; whatever else stands in it matches as any text.
func pattern(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; isLetter(c) || isDigit(c) {
			b.WriteByte(c)
		} else {
			b.WriteByte('*')
		}
	}
	return b.String()
}
