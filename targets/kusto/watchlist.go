package kusto

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Limits of the content of a watchlist that stands in a template, in bytes. Of a regular expression no limit is documented;
// ours is far below that of the libraries that Kusto has used (8 and 10 MB compiled).
const (
	maxWatchlist = 3_800_000
	maxRow       = 10_000
	maxPattern   = 50_000
)

// Unwatched says why a comparison cannot be made with a watchlist, exactly; "" when it can.
func Unwatched(l *target.Located, e *ir.Listed, values *list.List) string {
	rows, wild, ok := values.Rows()
	switch t := l.Ref(e.Field).Node.Type; {
	case wild && !ok:
		return "in a watchlist with wildcards every * and ? is one"
	case !ok:
		return "a watchlist holds texts without blanks around them"
	case e.Kind != ir.ListNetwork && t != schema.String && t != schema.GUID && t != schema.Dynamic:
		return fmt.Sprintf("the field is of type %s, and a watchlist holds texts", t)
	case wild && fitsEmpty(e.X):
		return "one of them fits an empty text, which is not told from none"
	}
	size := 0
	for _, r := range rows {
		if size += len(r) + len("\n"); len(r) > maxRow {
			return fmt.Sprintf("one of them is longer than the %d bytes of a row", maxRow)
		}
	}
	switch {
	case size > maxWatchlist:
		return fmt.Sprintf("they are more than the %d bytes of a watchlist", maxWatchlist)
	case size > maxPattern && patternOf(e, values) != nil:
		return fmt.Sprintf("they are more than the %d bytes that one regular expression is made of", maxPattern)
	}
	return ""
}

func fitsEmpty(e ir.Expr) bool {
	fits := false
	ir.Walk(e, func(e ir.Expr) bool {
		if e, ok := e.(*ir.Like); ok {
			fits = fits || e.Pattern.Matches("")
		}
		return !fits
	})
	return fits
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
	list    string
	part    watchedPart
	pattern pattern // of patterns
}

type watchedPart int

const (
	rowsOf watchedPart = iota
	networks4
	networks6
	patterns
)

// pattern says what a regular expression of the rows of a watchlist asks.
type pattern struct {
	kind  ir.ListKind
	cased bool
	wild  bool // stars and question marks are wildcards
}

// patternOf returns the pattern for a comparison that only a regular expression can make, nil for others.
func patternOf(e *ir.Listed, values *list.List) *pattern {
	_, wild, _ := values.Rows()
	if e.Kind == ir.ListNetwork || e.Kind == ir.ListEqual && !wild {
		return nil
	}
	return &pattern{e.Kind, e.Cased, wild}
}

// watch finds the watchlists that the rules compare with. Their names are such as no column has.
func watch(rules ...*target.Bound) watchlists {
	var w watchlists
	var taken map[string]bool
	for _, r := range rules {
		if len(r.Lists) == 0 {
			continue
		}
		if taken == nil {
			taken = columnsOf(rules)
		}
		ir.Walk(r.Expr, func(e ir.Expr) bool {
			if l, ok := e.(*ir.Listed); ok {
				for _, of := range partsOf(l, r.Lists[l.List]) {
					w.read(of, taken)
				}
			}
			return true
		})
	}
	return w
}

// columnsOf are the names of all columns that a query over the rules may have.
func columnsOf(rules []*target.Bound) map[string]bool {
	taken := map[string]bool{timeColumn: true, newColumn: true, startColumn: true}
	for _, r := range rules {
		for _, c := range r.Log.Columns {
			taken[c.Name] = true
		}
	}
	return taken
}

// partsOf returns what a comparison needs of a watchlist.
func partsOf(e *ir.Listed, values *list.List) []watched {
	if e.Kind == ir.ListNetwork { // Kusto's functions give null for a network of the other family
		return []watched{{list: e.List, part: networks4}, {list: e.List, part: networks6}}
	}
	if p := patternOf(e, values); p != nil {
		return []watched{{e.List, patterns, *p}}
	}
	return []watched{{list: e.List, part: rowsOf}}
}

// read adds the let statement for a part of a watchlist, once.
func (w *watchlists) read(of watched, taken map[string]bool) {
	if w.names[of] != "" {
		return
	}
	let := free(taken, columnName(strings.ReplaceAll(of.list, "_", " "))+[...]string{"List", "IPv4", "IPv6", "Pattern"}[of.part])
	if w.names == nil {
		w.names = map[watched]string{}
	}
	w.names[of] = let
	q := &kql.Query{Source: &kql.CallSource{Call: &kql.Call{Func: "_GetWatchlist", Args: []kql.Expr{str(of.list)}}}}
	key := name(searchKey)
	if of.part == rowsOf {
		q.Ops = []kql.Operator{&kql.Project{Columns: []kql.Assign{{X: key}}}}
		w.lets = append(w.lets, kql.Let{Name: let, Query: q})
		return
	}
	switch of.part {
	case patterns:
		q.Ops = of.pattern.rows()
	case networks4:
		q.Ops = gathered(binary(key, "!contains", str(":")), "", key)
	default:
		q.Ops = gathered(binary(key, "contains", str(":")), "", key)
	}
	w.lets = append(w.lets, kql.Let{Name: let, Value: call("toscalar", &kql.Subquery{Query: q})})
}

// gathered makes an array of the rows for which a condition holds.
func gathered(where kql.Expr, array string, row kql.Expr) []kql.Operator {
	return []kql.Operator{&kql.Where{X: where}, &kql.Summarize{Aggs: []kql.Assign{{Name: array, X: call("make_list", row)}}}}
}

// nothing is a regular expression that no value matches: what an empty list is. An empty one would match all.
const nothing = "$."

// rows makes of the rows of a watchlist the regular expression that values match when they fit one of them (D: regex_quote,
// strcat_array). An empty row would fit every value.
func (p pattern) rows() []kql.Operator {
	fits := call("regex_quote", name(searchKey))
	if p.wild {
		fits = call("replace_string", call("replace_string", fits, str(`\*`), str(".*")), str(`\?`), str("."))
	}
	parts := []kql.Expr{fits}
	if p.kind == ir.ListEqual || p.kind == ir.ListPrefix {
		parts = append([]kql.Expr{str("^")}, parts...)
	}
	if p.kind == ir.ListEqual || p.kind == ir.ListSuffix {
		parts = append(parts, str("$"))
	}
	if len(parts) > 1 {
		fits = call("strcat", parts...)
	}
	any := call("coalesce", call("strcat_array", name("Rows"), str("|")), str(nothing))
	flags := str(pick(p.cased, "(?s)", "(?is)"))
	return append(gathered(call("isnotempty", name(searchKey)), "Rows", fits),
		&kql.Project{Columns: []kql.Assign{{X: call("strcat", flags, any)}}})
}

// inWatchlist compares a value with the rows of a watchlist.
func (b *builder) inWatchlist(v *value, e *ir.Listed) node {
	var lists []kql.Expr
	parts := partsOf(e, b.bound.Lists[e.List])
	for _, of := range parts {
		lists = append(lists, name(b.watchlists.names[of]))
	}
	switch parts[0].part {
	case rowsOf:
		return &test{x: &kql.In{Op: pick(e.Cased, "in", "in~"), X: b.text(v), List: lists}, computed: v.inside}
	case patterns:
		return &test{x: binary(b.text(v), "matches regex", lists[0]), computed: v.inside}
	}
	four := call("ipv4_is_in_any_range", b.text(v), lists[0])
	six := call("ipv6_is_in_any_range", b.text(v), lists[1]) // which also takes addresses of IPv4, see mapped
	return &or{[]node{
		&test{x: four, nullable: true, computed: v.inside},
		&test{x: &kql.And{X: []kql.Expr{binary(b.text(v), "contains", str(":")), six}}, nullable: true, computed: v.inside},
	}}
}
