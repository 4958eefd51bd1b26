package kql

import (
	"fmt"
	"strings"
)

// operator prints an operator behind its pipe. Lines after the first stand deeper than indent.
func (p *printer) operator(op Operator, indent int) {
	switch op := op.(type) {
	case *Where:
		p.write("where ")
		p.expr(op.X, levelOr, indent, 0)
	case *Extend:
		p.write("extend")
		p.assigns(op.Columns, indent)
	case *Project:
		p.write("project")
		if op.Kind != "" {
			p.write("-", op.Kind)
		}
		p.assigns(op.Columns, indent)
	case *MvExpand:
		p.write("mv-expand")
		p.option(" kind=", op.Kind)
		p.nameOption(" with_itemindex=", op.ItemIndex)
		p.mvColumns(op.Columns, op.Limit, indent)
	case *MvApply:
		p.write("mv-apply")
		p.nameOption(" with_itemindex=", op.ItemIndex)
		p.mvColumns(op.Columns, op.Limit, indent)
		p.write(" on ")
		p.nested(op.Query, indent, 0)
	case *Summarize:
		p.summarize(op, indent)
	case *Sort:
		p.write("sort by")
		p.list(len(op.By), indent, func(i int) string { return flatKey(op.By[i]) })
	case *Serialize:
		p.write("serialize")
		p.assigns(op.Columns, indent)
	case *Take:
		p.write("take ")
		p.expr(op.N, levelOr, indent, 0)
	case *Top:
		p.write("top ", flat(op.N, levelOr), " by ", flatKey(op.By))
	case *Distinct:
		p.write("distinct")
		p.list(len(op.Columns), indent, func(i int) string { return flat(op.Columns[i], levelOr) })
	case *Join:
		p.join("join", op.Kind, op.Right, op.On, indent)
	case *Lookup:
		p.join("lookup", op.Kind, op.Right, op.On, indent)
	case *UnionOp:
		p.union(op.Kind, op.WithSource, op.IsFuzzy, op.Queries, indent)
	case *Count:
		p.write("count")
	case *Scan:
		p.scan(op, indent)
	case *Partition:
		p.write("partition")
		p.option(" hint.strategy=", op.Strategy)
		p.write(" by ", flat(op.By, levelOr), " ")
		p.nested(op.Query, indent, 0)
	case *As:
		p.write("as ", QuoteName(op.Name))
	case *Other:
		p.write(op.Name)
		p.option(" ", op.Text)
	default:
		panic(fmt.Sprintf("kql: no case for operator %T", op))
	}
}

func (p *printer) option(name, value string) {
	if value != "" {
		p.write(name, value)
	}
}

func (p *printer) nameOption(name, value string) {
	if value != "" {
		p.write(name, QuoteName(value))
	}
}

// list prints n items behind a keyword, on this line when they fit and else one a line.
func (p *printer) list(n, indent int, item func(int) string) {
	items := make([]string, n)
	for i := range items {
		items[i] = item(i)
	}
	if s := strings.Join(items, ", "); p.fits(s, 1) {
		if n > 0 {
			p.write(" ", s)
		}
		return
	}
	for i, s := range items {
		p.line(indent + step)
		p.write(s)
		if i < n-1 {
			p.write(",")
		}
	}
}

// assigns prints columns behind a keyword, on this line when they fit and else one a line.
func (p *printer) assigns(columns []Assign, indent int) {
	if len(columns) == 0 {
		return
	}
	if room := p.room(len(" ")); shortestAssigns(columns, room) <= room && p.try(0, func() { p.write(" "); p.flatAssigns(columns) }) {
		return
	}
	p.columns(columns, indent+step)
}

// columns prints columns one a line.
func (p *printer) columns(columns []Assign, indent int) {
	for i, c := range columns {
		p.line(indent)
		p.left(c)
		p.expr(c.X, levelOr, indent, 1)
		if i < len(columns)-1 {
			p.write(",")
		}
	}
}

func (p *printer) summarize(s *Summarize, indent int) {
	aggs, by := flatAssigns(s.Aggs), flatAssigns(s.By)
	p.write("summarize")
	if p.fits(aggs+by, len("  by ")) {
		p.option(" ", aggs)
		p.option(" by ", by)
		return
	}
	p.columns(s.Aggs, indent+step)
	if len(s.By) == 0 {
		return
	}
	p.line(indent + step)
	p.write("by")
	if p.fits(by, 1) {
		p.write(" ", by)
		return
	}
	p.columns(s.By, indent+2*step)
}

func (p *printer) join(name, kind string, right *Query, on []Expr, indent int) {
	p.write(name)
	p.option(" kind=", kind)
	p.write(" ")
	keys := make([]string, len(on))
	for i, x := range on {
		keys[i] = flat(x, levelOr)
	}
	tail := ""
	if len(keys) > 0 {
		tail = " on " + strings.Join(keys, ", ")
	}
	p.operand(right, indent, len(tail))
	p.write(tail)
}

func (p *printer) mvColumns(columns []MvColumn, limit Expr, indent int) {
	for i, c := range columns {
		if i > 0 {
			p.write(",")
		}
		p.write(" ")
		if c.Name != "" {
			p.write(QuoteName(c.Name), " = ")
		}
		p.expr(c.X, levelOr, indent, 1)
		if c.Type != "" {
			p.write(" to typeof(", c.Type, ")")
		}
	}
	if limit != nil {
		p.write(" limit ", flat(limit, levelOr))
	}
}

func (p *printer) scan(s *Scan, indent int) {
	p.write("scan")
	p.nameOption(" with_match_id=", s.MatchID)
	if len(s.Declare) > 0 {
		p.write(" declare (")
		for i, d := range s.Declare {
			if i > 0 {
				p.write(", ")
			}
			p.write(QuoteName(d.Name), ": ", d.Type)
			if d.Default != nil {
				p.write(" = ", flat(d.Default, levelOr))
			}
		}
		p.write(")")
	}
	p.write(" with (")
	for _, t := range s.Steps {
		p.line(indent + step)
		p.write("step ", QuoteName(t.Name))
		if t.Optional {
			p.write(" optional")
		}
		p.option(" output=", t.Output)
		p.write(": ")
		p.expr(t.Cond, levelOr, indent+step, 1)
		if len(t.Assigns) > 0 {
			p.write(" =>")
			p.assigns(t.Assigns, indent+step)
		}
		p.write(";")
	}
	p.line(indent)
	p.write(")")
}

func flatAssigns(columns []Assign) string {
	p := newPrinter()
	p.flatAssigns(columns)
	return string(p.b)
}

func (p *printer) flatAssigns(columns []Assign) {
	for i, c := range columns {
		if p.full() {
			return
		}
		if i > 0 {
			p.write(", ")
		}
		p.left(c)
		p.flat(c.X, levelOr)
	}
}

// left prints the left side of an assignment with its equals sign.
func (p *printer) left(a Assign) {
	switch {
	case len(a.Names) > 0:
		p.write("(")
		for i, n := range a.Names {
			if i > 0 {
				p.write(", ")
			}
			p.write(QuoteName(n))
		}
		p.write(") = ")
	case a.Name != "":
		p.write(QuoteName(a.Name), " = ")
	}
}

func flatKey(k SortKey) string {
	s := flat(k.X, levelOr)
	if k.Order != "" {
		s += " " + k.Order
	}
	if k.Nulls != "" {
		s += " nulls " + k.Nulls
	}
	return s
}
