package kusto

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Limits of the content of a watchlist that stands in a template, in bytes.
const (
	maxWatchlist = 3_800_000
	maxRow       = 10_000
)

// Unwatched says why a comparison cannot be made with a watchlist, exactly; "" when it can. KQL finds whole texts and
// addresses in the rows of a watchlist; for the beginnings of texts it would have to join each record with all of them.
func Unwatched(l *target.Located, e *ir.Listed, values *list.List) string {
	texts, plain := values.Texts()
	switch t := l.Ref(e.Field).Node.Type; {
	case e.Kind != ir.ListEqual && e.Kind != ir.ListNetwork:
		return "only whole values can be looked for in a watchlist"
	case !plain:
		return "a watchlist holds plain texts, without wildcards or blanks around them"
	case e.Kind == ir.ListEqual && t != schema.String && t != schema.GUID && t != schema.Dynamic:
		return fmt.Sprintf("the field is of type %s, and a watchlist holds texts", t)
	}
	size := 0
	for _, t := range texts {
		if size += len(t) + len("\n"); len(t) > maxRow {
			return fmt.Sprintf("one of them is longer than the %d bytes of a row", maxRow)
		}
	}
	if size > maxWatchlist {
		return fmt.Sprintf("they are more than the %d bytes of a watchlist", maxWatchlist)
	}
	return ""
}

// searchKey is the column in which a watchlist has what it was told to search by.
const searchKey = "SearchKey"

// watchlists are those that a query reads: each once, in a let statement.
type watchlists struct {
	names map[watched]string
	lets  []kql.Let
}

// watched is what a let statement holds of a watchlist.
type watched struct {
	list string
	part watchedPart
}

type watchedPart int

const (
	rowsOf watchedPart = iota
	networks4
	networks6
)

// watch finds the watchlists that the rules compare with. Their names are such as no column has.
func watch(rules ...*target.Bound) *watchlists {
	w := &watchlists{names: map[watched]string{}}
	taken := map[string]bool{timeColumn: true, arrivedColumn: true, startColumn: true}
	for _, r := range rules {
		for _, c := range r.Log.Columns {
			taken[c.Name] = true
		}
	}
	for _, r := range rules {
		ir.Walk(r.Expr, func(e ir.Expr) bool {
			l, ok := e.(*ir.Listed)
			switch {
			case ok && l.Kind == ir.ListNetwork:
				w.read(watched{l.List, networks4}, columnName(l.List)+"IPv4", taken)
				w.read(watched{l.List, networks6}, columnName(l.List)+"IPv6", taken)
			case ok:
				w.read(watched{l.List, rowsOf}, columnName(l.List)+"List", taken)
			}
			return true
		})
	}
	return w
}

// read adds the let statement for a part of a watchlist. Kusto's functions give null for a network of the other family, so
// each gets its own.
func (w *watchlists) read(of watched, base string, taken map[string]bool) {
	if w.names[of] != "" {
		return
	}
	candidate := base
	for n := 2; taken[candidate]; n++ {
		candidate = base + itoa(n)
	}
	taken[candidate] = true
	w.names[of] = candidate
	q := &kql.Query{Source: &kql.CallSource{Call: &kql.Call{Func: "_GetWatchlist", Args: []kql.Expr{str(of.list)}}}}
	key := name(searchKey)
	if of.part == rowsOf {
		q.Ops = []kql.Operator{&kql.Project{Columns: []kql.Assign{{X: key}}}}
		w.lets = append(w.lets, kql.Let{Name: candidate, Query: q})
		return
	}
	op := "contains"
	if of.part == networks4 {
		op = "!contains"
	}
	q.Ops = []kql.Operator{
		&kql.Where{X: binary(key, op, str(":"))},
		&kql.Summarize{Aggs: []kql.Assign{{X: call("make_list", key)}}},
	}
	w.lets = append(w.lets, kql.Let{Name: candidate, Value: call("toscalar", &kql.Subquery{Query: q})})
}

// inWatchlist compares a value with the rows of a watchlist.
func (b *builder) inWatchlist(v value, e *ir.Listed) node {
	rows := func(part watchedPart) kql.Expr { return name(b.watchlists.names[watched{e.List, part}]) }
	if e.Kind != ir.ListNetwork {
		return &test{x: &kql.In{Op: pick(e.Cased, "in", "in~"), X: v.text(), List: []kql.Expr{rows(rowsOf)}}, computed: v.named != nil}
	}
	four := call("ipv4_is_in_any_range", v.text(), rows(networks4))
	six := call("ipv6_is_in_any_range", v.text(), rows(networks6)) // which also takes addresses of IPv4, see mapped
	return &or{[]node{
		&test{x: four, nullable: true, computed: v.named != nil},
		&test{x: &kql.And{X: []kql.Expr{binary(v.text(), "contains", str(":")), six}}, nullable: true, computed: v.named != nil},
	}}
}
