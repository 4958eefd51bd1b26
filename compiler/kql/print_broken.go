package kql

// expr prints an expression on this line when it fits together with what follows it, and else over several lines,
// those after the first deeper than indent.
func (p *printer) expr(x Expr, least, indent, after int) {
	if p.flatFits(x, least, after) {
		return
	}
	if level(x) < least {
		p.write("(")
		p.line(indent + step)
		p.broken(x, indent+step, indent+step)
		p.line(indent)
		p.write(")")
		return
	}
	p.broken(x, indent, indent+step)
}

// broken prints an expression that is too long for the line. The lines that go on with a chain stand at chain.
func (p *printer) broken(x Expr, indent, chain int) {
	switch x := x.(type) {
	case *And:
		p.brokenChain(terms(x), "and ", indent, chain)
	case *Or:
		p.brokenChain(terms(x), "or ", indent, chain)
	case *group:
		p.block("(", indent, func() { p.broken(x.x, indent+step, indent+step) })
	case *In:
		p.expr(x.X, levelRelation, indent, len(x.Op)+3)
		p.write(" ", x.Op, " ")
		p.brokenList(members(x), indent)
	case *Binary:
		l, r := operands(x.Op)
		p.expr(x.X, l, indent, len(x.Op)+2)
		p.write(" ", x.Op, " ")
		p.expr(x.Y, r, indent, 0)
	case *Not:
		p.block("not(", indent, func() { p.inside(x.X, indent+step, 0) })
	case *Call:
		p.brokenCall(x, indent)
	case *Member:
		p.expr(x.X, levelPostfix, indent, 0)
		p.write(".", QuoteName(x.Name))
	case *Index:
		p.expr(x.X, levelPostfix, indent, 0)
		p.write("[", flat(x.I, levelOr), "]")
	case *Printed:
		p.broken(x.X, indent, chain)
	case *Subquery:
		p.block("(", indent, func() { p.query(x.Query, indent+step) })
	default:
		p.flat(x, levelOr)
	}
}

// inside prints an expression at the start of a line of a block, where a chain goes on at the same indentation.
func (p *printer) inside(x Expr, indent, after int) {
	if p.flatFits(x, levelOr, after) {
		return
	}
	p.broken(x, indent, indent)
}

func (p *printer) block(open string, indent int, body func()) {
	p.write(open)
	p.line(indent + step)
	body()
	p.line(indent)
	p.write(")")
}

func (p *printer) brokenChain(terms []Expr, op string, indent, chain int) {
	if len(terms) < 2 {
		for _, t := range terms {
			p.broken(t, indent, chain)
		}
		return
	}
	for i, t := range terms {
		if i > 0 {
			p.line(chain)
			p.write(op)
		}
		p.expr(t, levelEqual, chain, 0)
	}
}

// brokenList fills lines with the members of a list.
func (p *printer) brokenList(list []Expr, indent int) {
	if q, ok := soleQuery(list, nil); ok {
		p.block("(", indent, func() { p.query(q, indent+step) })
		return
	}
	p.block("(", indent, func() {
		for i, x := range list {
			switch {
			case i == 0:
				p.flat(x, levelOr)
			case p.try(1, func() { p.write(" "); p.flat(x, levelOr) }):
			default:
				p.line(indent + step)
				p.flat(x, levelOr)
			}
			if i < len(list)-1 {
				p.write(",")
			}
		}
	})
}

// brokenCall prints a call one argument a line.
func (p *printer) brokenCall(c *Call, indent int) {
	if q, ok := soleQuery(c.Args, c.Named); ok {
		p.block(callee(c)+"(", indent, func() { p.query(q, indent+step) })
		return
	}
	p.block(callee(c)+"(", indent, func() {
		last := len(c.Args) + len(c.Named) - 1
		for i, a := range c.Args {
			if i > 0 {
				p.line(indent + step)
			}
			p.inside(a, indent+step, 1)
			if i < last {
				p.write(",")
			}
		}
		for i, n := range c.Named {
			if i > 0 || len(c.Args) > 0 {
				p.line(indent + step)
			}
			p.write(QuoteName(n.Name), "=", flat(n.X, levelOr))
			if i+len(c.Args) < last {
				p.write(",")
			}
		}
	})
}
