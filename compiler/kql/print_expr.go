package kql

import (
	"fmt"
	"slices"
	"strconv"
)

// The levels of precedence, loosest first, as Microsoft's parser has them. Comparisons, relations and text operators
// do not associate: a == b == c is no expression.
const (
	levelOr = iota
	levelAnd
	levelEqual    // == != in between
	levelRelation // < <= > >=
	levelSum
	levelProduct
	levelText // =~ has contains ...
	levelSign
	levelPostfix
)

// binaryLevel gives the level of a binary operator, 0 where there is no such operator.
func binaryLevel(op string) int {
	switch op {
	case "==", "!=", "<>":
		return levelEqual
	case "<", "<=", ">", ">=":
		return levelRelation
	case "+", "-":
		return levelSum
	case "*", "/", "%":
		return levelProduct
	case "=~", "!~",
		"has", "!has", "has_cs", "!has_cs",
		"hasprefix", "!hasprefix", "hasprefix_cs", "!hasprefix_cs",
		"hassuffix", "!hassuffix", "hassuffix_cs", "!hassuffix_cs",
		"contains", "!contains", "contains_cs", "!contains_cs",
		"startswith", "!startswith", "startswith_cs", "!startswith_cs",
		"endswith", "!endswith", "endswith_cs", "!endswith_cs",
		"matches regex":
		return levelText
	default:
		return 0
	}
}

// mostTerms is how many terms stand in one chain of `and` or `or`. Microsoft's parser nests such a chain one level a
// term and its analyser refuses a query that is deeper than some 500 levels (KS245), so longer chains are printed
// as a chain of groups. These parentheses are the only ones that precedence does not ask for; Parse removes them.
const mostTerms = 100

// group is a part of a long chain; it lives in the printer only.
type group struct{ x Expr }

func (*group) expr() {}

// level says how tightly an expression binds.
func level(x Expr) int {
	switch x := x.(type) {
	case *Or:
		return chainLevel(x.X, levelOr)
	case *And:
		return chainLevel(x.X, levelAnd)
	case *In, *Between:
		return levelEqual
	case *Binary:
		return binaryLevel(x.Op)
	case *Printed:
		return level(x.X)
	case *Unary, *Number, *Timespan:
		// 5.a and -5[0] would read as something else.
		return levelSign
	default:
		return levelPostfix
	}
}

func chainLevel(terms []Expr, own int) int {
	switch len(terms) {
	case 0:
		return levelPostfix
	case 1:
		return level(terms[0])
	}
	return own
}

// operands gives the least level that the two sides of a binary operator must have.
func operands(op string) (left, right int) {
	l := binaryLevel(op)
	if l == 0 {
		panic(fmt.Sprintf("kql: no operator %q", op))
	}
	if l == levelSum || l == levelProduct {
		return l, l + 1
	}
	return l + 1, l + 1
}

// flat is an expression on one line, with parentheses when it binds less tightly than least. It has line breaks only
// where a subquery cannot do without.
func flat(x Expr, least int) string {
	p := newPrinter()
	p.flat(x, least)
	return string(p.b)
}

func (p *printer) flat(x Expr, least int) {
	if p.full() {
		return
	}
	if level(x) < least {
		p.write("(")
		p.bare(x)
		p.write(")")
		return
	}
	p.bare(x)
}

// bare is flat without parentheses.
func (p *printer) bare(x Expr) {
	switch x := x.(type) {
	case *And:
		p.flatChain(terms(x), " and ", "true")
	case *Or:
		p.flatChain(terms(x), " or ", "false")
	case *group:
		p.write("(")
		p.flat(x.x, levelOr)
		p.write(")")
	case *In:
		p.flat(x.X, levelRelation)
		p.write(" ", x.Op, " (")
		p.flatList(members(x), nil)
		p.write(")")
	case *Between:
		p.flat(x.X, levelRelation)
		p.write(betweenOp(x), "(")
		p.flat(x.Lo, levelSum)
		p.write(" .. ")
		p.flat(x.Hi, levelSum)
		p.write(")")
	case *Binary:
		l, r := operands(x.Op)
		p.flat(x.X, l)
		p.write(" ", x.Op, " ")
		p.flat(x.Y, r)
	case *Unary:
		p.write(x.Op)
		p.flat(x.X, levelPostfix)
	case *Not:
		p.write("not(")
		p.flat(x.X, levelOr)
		p.write(")")
	case *Call:
		p.write(callee(x), "(")
		p.flatList(x.Args, x.Named)
		p.write(")")
	case *Member:
		p.flat(x.X, levelPostfix)
		p.write(".", QuoteName(x.Name))
	case *Method:
		p.flat(x.X, levelPostfix)
		p.write(".")
		p.flat(x.Call, levelPostfix)
	case *Index:
		p.flat(x.X, levelPostfix)
		p.write("[")
		p.flat(x.I, levelOr)
		p.write("]")
	case *Subquery:
		p.write("(", bareQuery(x.Query), ")")
	case *Printed:
		p.write(x.text)
	default:
		p.leaf(x)
	}
}

// members gives the list of an In. KQL has no empty list, but an empty array means the same.
func members(x *In) []Expr {
	if len(x.List) == 0 {
		return []Expr{&Dynamic{JSON: "[]"}}
	}
	return x.List
}

func betweenOp(x *Between) string {
	if x.Not {
		return " !between "
	}
	return " between "
}

func callee(c *Call) string {
	if IsIdentifier(c.Func) {
		return c.Func
	}
	return QuoteName(c.Func)
}

// leaf prints an expression without parts.
func (p *printer) leaf(x Expr) {
	switch x := x.(type) {
	case *Name:
		if x.Name == "$left" || x.Name == "$right" {
			p.write(x.Name)
			return
		}
		p.write(QuoteName(x.Name))
	case *Wildcard:
		p.write(pattern(x.Pattern))
	case *String:
		p.b = appendQuoted(p.b, x.Value)
	case *Number:
		p.write(x.Text)
	case *Bool:
		p.b = strconv.AppendBool(p.b, x.Value)
	case *Timespan:
		p.write(x.Text)
	case *Datetime:
		p.write("datetime(", x.Text, ")")
	case *Dynamic:
		p.write("dynamic(", x.JSON, ")")
	case *Typed:
		p.write(x.Type, "(", x.Text, ")")
	case *Null:
		p.write(x.Type, "(null)")
	case *Star:
		p.write("*")
	default:
		panic(fmt.Sprintf("kql: no case for expression %T", x))
	}
}

// bareQuery is a query without its parentheses, on one line where it can be.
func bareQuery(q *Query) string {
	if s, ok := flatQuery(q, len(q.Ops)); ok {
		return s
	}
	p := newPrinter()
	p.line(step)
	p.query(q, step)
	p.line(0)
	return string(p.b)
}

func (p *printer) flatChain(terms []Expr, op, empty string) {
	if len(terms) == 0 {
		p.write(empty)
		return
	}
	for i, t := range terms {
		if p.full() {
			return
		}
		if i > 0 {
			p.write(op)
		}
		p.flat(t, termLevel(terms))
	}
}

// flatList prints a list. A query needs no parentheses of its own as the only member.
func (p *printer) flatList(args []Expr, named []Assign) {
	if q, ok := soleQuery(args, named); ok {
		p.write(bareQuery(q))
		return
	}
	for i, a := range args {
		if p.full() {
			return
		}
		if i > 0 {
			p.write(", ")
		}
		p.flat(a, levelOr)
	}
	for i, n := range named {
		if i > 0 || len(args) > 0 {
			p.write(", ")
		}
		p.write(QuoteName(n.Name), "=")
		p.flat(n.X, levelOr)
	}
}

func soleQuery(args []Expr, named []Assign) (*Query, bool) {
	if len(args) != 1 || len(named) > 0 {
		return nil, false
	}
	s, ok := args[0].(*Subquery)
	if !ok {
		return nil, false
	}
	return s.Query, true
}

// termLevel is the level the terms of a chain need. `and` binds tighter than `or`, but readers trip over a mix, so
// either inside the other stands in parentheses.
func termLevel(terms []Expr) int {
	if len(terms) == 1 {
		return levelOr
	}
	return levelEqual
}

// terms gives the terms of a chain, those of an `and` inside an `and` in its place, and in groups when there are
// more than mostTerms.
func terms(x Expr) []Expr {
	_, and := x.(*And)
	again := func(xs []Expr) Expr {
		if and {
			return &And{X: xs}
		}
		return &Or{X: xs}
	}
	xs, _ := chained(x, and)
	if slices.ContainsFunc(xs, func(t Expr) bool { _, deeper := chained(t, and); return deeper }) {
		xs = flatten(nil, x, and)
	}
	for len(xs) > mostTerms {
		var groups []Expr
		for c := range slices.Chunk(xs, mostTerms) {
			if len(c) == 1 {
				groups = append(groups, c[0])
				continue
			}
			groups = append(groups, &group{again(c)})
		}
		xs = groups
	}
	return xs
}

// flatten adds the terms of a chain to others, and what is no chain as it is.
func flatten(to []Expr, x Expr, and bool) []Expr {
	xs, ok := chained(x, and)
	if !ok {
		return append(to, x)
	}
	for _, t := range xs {
		to = flatten(to, t, and)
	}
	return to
}

// chained gives the terms of an And, or of an Or.
func chained(x Expr, and bool) ([]Expr, bool) {
	switch x := x.(type) {
	case *And:
		return x.X, and
	case *Or:
		return x.X, !and
	}
	return nil, false
}
