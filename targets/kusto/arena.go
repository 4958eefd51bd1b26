package kusto

import (
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/target"
)

// arena is the room for one query on its way to text. What is taken from it lives until the text is printed: then the next
// query gets it, see [builder.release]. What few queries need is allocated as any value, by the functions of expr.go.
type arena struct {
	nodes    slab.Of[node] // lists of conditions
	ands     slab.Of[and]
	ors      slab.Of[or]
	nots     slab.Of[not]
	tests    slab.Of[test]
	listings slab.Of[listing]
	stages   slab.Of[staged]
	values   slab.Of[value]

	exprs        slab.Of[kql.Expr] // lists of expressions
	conjunctions slab.Of[kql.And]
	disjunctions slab.Of[kql.Or]
	negations    slab.Of[kql.Not]
	binaries     slab.Of[kql.Binary]
	ins          slab.Of[kql.In]
	calls        slab.Of[kql.Call]
	properties   slab.Of[kql.Member]
	indexes      slab.Of[kql.Index]
	names        slab.Of[kql.Name]
	strings      slab.Of[kql.String]
	numbers      slab.Of[kql.Number]

	operators slab.Of[kql.Operator] // lists of operators
	wheres    slab.Of[kql.Where]
	extends   slab.Of[kql.Extend]
	projects  slab.Of[kql.Project]
	assigns   slab.Of[kql.Assign]

	tables  slab.Of[kql.Table]
	queries slab.Of[kql.Query]

	refs        slab.Of[target.Ref]
	identifiers slab.Of[Identifier]

	texts    slab.Of[string] // lists of texts
	comments slab.Of[kql.Comment]

	columns  map[string]string // canonical name of a path → the computed column that holds its text
	taken    map[string]int    // names that columns have, beside those of the table: of computed ones, with their round
	numbered map[string]int    // the number that a name was last given, where there are several
}

func newArena() arena {
	return arena{columns: map[string]string{}, taken: map[string]int{}, numbered: map[string]int{}}
}

// reset takes back all that was given out.
func (a *arena) reset() {
	a.nodes.Reset()
	a.ands.Reset()
	a.ors.Reset()
	a.nots.Reset()
	a.tests.Reset()
	a.listings.Reset()
	a.stages.Reset()
	a.values.Reset()

	a.exprs.Reset()
	a.conjunctions.Reset()
	a.disjunctions.Reset()
	a.negations.Reset()
	a.binaries.Reset()
	a.ins.Reset()
	a.calls.Reset()
	a.properties.Reset()
	a.indexes.Reset()
	a.names.Reset()
	a.strings.Reset()
	a.numbers.Reset()

	a.operators.Reset()
	a.wheres.Reset()
	a.extends.Reset()
	a.projects.Reset()
	a.assigns.Reset()
	a.tables.Reset()
	a.queries.Reset()

	a.refs.Reset()
	a.identifiers.Reset()

	a.texts.Reset()
	a.comments.Reset()

	a.columns, a.taken, a.numbered = slab.Map(a.columns), slab.Map(a.taken), slab.Map(a.numbered)
}

func (a *arena) call(name string, args ...kql.Expr) kql.Expr {
	c := a.calls.New(kql.Call{Func: name, Args: a.exprs.Take(len(args))})
	copy(c.Args, args)
	return c
}

func (a *arena) binary(x kql.Expr, op string, y kql.Expr) kql.Expr {
	return a.binaries.New(kql.Binary{Op: op, X: x, Y: y})
}

func (a *arena) conjunction(x ...kql.Expr) kql.Expr {
	c := a.conjunctions.New(kql.And{X: a.exprs.Take(len(x))})
	copy(c.X, x)
	return c
}

// concat is the operators of several lists.
func (a *arena) concat(lists ...[]kql.Operator) []kql.Operator {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	out := a.operators.Take(n)[:0]
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func (a *arena) str(s string) kql.Expr { return a.strings.New(kql.String{Value: s}) }

func (a *arena) name(s string) kql.Expr { return a.names.New(kql.Name{Name: s}) }

func (a *arena) number(text string) kql.Expr { return a.numbers.New(kql.Number{Text: text}) }
