package kql

// Much of a query is too long for its line. That is often seen without writing it: at least as many bytes as the texts in
// it have.

// flatFits writes an expression on the current line if it stays there together with what must follow it.
func (p *printer) flatFits(x Expr, least, after int) bool {
	room := p.room(after)
	return shortest(x, room) <= room && p.try(after, func() { p.flat(x, least) })
}

// room is how many bytes the current line has left before what must follow.
func (p *printer) room(after int) int { return width - after - p.column() }

// shortest is at least how many bytes an expression does not do without on one line. Beyond most it is no longer counted.
func shortest(x Expr, most int) int {
	if most < 0 {
		return 0
	}
	switch x := x.(type) {
	case *String:
		return len(`""`) + len(x.Value)
	case *Name:
		return len(x.Name)
	case *Printed:
		return len(x.text)
	case *And:
		return shortestList(0, x.X, len(" and "), most)
	case *Or:
		return shortestList(0, x.X, len(" or "), most)
	case *Not:
		n := len("not()")
		return n + shortest(x.X, most-n)
	case *In:
		n := len("  ()") + len(x.Op)
		return shortestList(n+shortest(x.X, most-n), x.List, len(", "), most)
	case *Binary:
		n := len("  ") + len(x.Op)
		n += shortest(x.X, most-n)
		return n + shortest(x.Y, most-n)
	case *Call:
		return shortestList(len("()")+len(x.Func), x.Args, len(", "), most)
	case *group:
		return shortest(x.x, most)
	default:
		return 0
	}
}

// shortestList is that of n bytes and a list with something between its members.
func shortestList(n int, list []Expr, between, most int) int {
	n += max(len(list)-1, 0) * between
	for _, x := range list {
		if n > most {
			break
		}
		n += shortest(x, most-n)
	}
	return n
}

// shortestAssigns is that of columns.
func shortestAssigns(columns []Assign, most int) int {
	n := max(len(columns)-1, 0) * len(", ")
	for i := range columns {
		if n > most {
			break
		}
		if name := columns[i].Name; name != "" {
			n += len(name) + len(" = ")
		}
		n += shortest(columns[i].X, most-n)
	}
	return n
}
