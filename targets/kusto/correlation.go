package kusto

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/target"
)

// NewCorrelation writes a bound correlation as KQL. Its windows slide, exactly: see windows.go.
func NewCorrelation(bound *target.BoundCorrelation) *Query {
	q := correlate(bound, nil)
	q.guarded = func(since kql.Expr) *kql.Query { return correlate(bound, since).Query }
	return q
}

// Names of columns that every stream of events has.
const (
	timeColumn    = "TimeGenerated"
	arrivedColumn = "Arrived" // when the record was ingested, where a schedule asks
	startColumn   = "StartTime"
)

// correlate writes the query. With since, it keeps what fires at events that have been ingested after that time.
func correlate(bound *target.BoundCorrelation, since kql.Expr) *Query {
	c := &correlator{bound: bound, watchlists: watch(bound.Detections()...), arrival: since != nil, taken: map[string]bool{timeColumn: true, arrivedColumn: true, startColumn: true}}
	c.nameColumns()
	events := c.events()
	q := &Query{Query: c.windows(events)}
	q.Lets = append(slices.Clone(c.watchlists.lets), q.Lets...)
	if since != nil {
		q.Ops = append(q.Ops, &kql.Where{X: binary(name(arrivedColumn), ">", since)})
	}
	q.Query.Header = header(&bound.Correlation.Meta)
	q.Entities = c.project(q.Query)
	q.Columns = c.projected
	return q
}

// correlator writes one correlation.
type correlator struct {
	bound      *target.BoundCorrelation
	watchlists *watchlists
	arrival    bool
	taken      map[string]bool

	groups []string // columns of the group-by fields
	values []string // columns of the fields of a value_* correlation
	hits   []string // columns that say which member an event matches; none for a single member

	projected []string
}

// nameColumns gives the fields of the correlation their columns. A field that is a column of the table keeps its name.
func (c *correlator) nameColumns() {
	rule := c.bound.Correlation
	for i, k := range rule.GroupBy {
		c.groups = append(c.groups, c.unique(keyName(k, c.bound.GroupBy[i])))
	}
	for i, k := range rule.Values {
		if g := slices.IndexFunc(rule.GroupBy, func(g ir.GroupKey) bool { return g.Name == k.Name }); g >= 0 {
			c.values = append(c.values, c.groups[g])
			continue
		}
		c.values = append(c.values, c.unique(keyName(k, c.bound.Values[i])))
	}
	if len(rule.Members) > 1 {
		for _, m := range rule.Members {
			c.hits = append(c.hits, c.unique("Is"+memberColumn(m)))
		}
	}
}

// keyName names the column of a field: as it is called in the log, where all members call it the same.
func keyName(k ir.GroupKey, refs []target.Ref) string {
	for _, ref := range refs {
		if ref.Canonical == "" || ref.Canonical != refs[0].Canonical {
			return columnName(k.Name)
		}
	}
	return columnName(refs[0].Canonical)
}

// memberColumn is what column names call a member.
func memberColumn(m ir.Member) string {
	called := m.Meta().Name.Value
	if called == "" {
		called = m.Meta().Title.Value
	}
	return columnName(strings.ReplaceAll(called, "_", " "))
}

func (c *correlator) unique(name string) string {
	candidate := name
	for n := 2; c.taken[candidate]; n++ {
		candidate = name + itoa(n)
	}
	c.taken[candidate] = true
	return candidate
}

// part is members whose events come from one stream: rules over one log that call the fields of the correlation alike,
// or one inner correlation.
type part struct {
	members []int
	key     string
}

func (c *correlator) parts() []*part {
	var parts []*part
	for i, m := range c.bound.Members {
		key := fmt.Sprint("inner ", i)
		if m.Rule != nil {
			key = m.Rule.Log.Name
			for _, refs := range append(slices.Clone(c.bound.GroupBy), c.bound.Values...) {
				key += " " + refs[i].Canonical
			}
		}
		j := slices.IndexFunc(parts, func(p *part) bool { return p.key == key })
		if j < 0 {
			j = len(parts)
			parts = append(parts, &part{key: key})
		}
		parts[j].members = append(parts[j].members, i)
	}
	return parts
}

// NeedsUnion reports whether the events of the correlation come from several streams, which a platform without union
// cannot search together.
func NeedsUnion(bound *target.BoundCorrelation) bool {
	c := &correlator{bound: bound}
	return len(c.parts()) > 1
}

// events is the stream of all events that some member matches: their time, the fields of the correlation, and which
// members they match. Events without a group-by field are in no group and left out.
func (c *correlator) events() *kql.Query {
	parts := c.parts()
	if len(parts) == 1 {
		return c.stream(parts[0])
	}
	union := &kql.Union{}
	for _, p := range parts {
		union.Queries = append(union.Queries, c.stream(p))
	}
	return &kql.Query{Source: union}
}

func (c *correlator) stream(p *part) *kql.Query {
	i := p.members[0]
	if inner := c.bound.Inner[i]; inner != nil {
		return c.inner(inner, i)
	}
	b := newBuilder(c.bound.Rules[i], c.watchlists)
	if c.arrival { // read from the stored record, before anything changes the row
		b.extend = append(b.extend, kql.Assign{Name: arrivedColumn, X: call("ingestion_time")})
	}
	if len(p.members) == 1 {
		b.filter(ir.Simplify(b.bound.Expr))
	} else {
		c.flag(b, p)
	}
	var show, filled []kql.Assign
	show = append(show, kql.Assign{X: name(timeColumn)})
	add := func(refs []target.Ref, column string) kql.Expr {
		x := b.value(refs[i], scope{}).text()
		if n, ok := x.(*kql.Name); ok && n.Name == column {
			show = append(show, kql.Assign{X: x})
		} else {
			show = append(show, kql.Assign{Name: column, X: x})
		}
		return x
	}
	for k, refs := range c.bound.GroupBy {
		filled = append(filled, kql.Assign{X: add(refs, c.groups[k])})
	}
	for k, refs := range c.bound.Values {
		if !slices.Contains(c.groups, c.values[k]) {
			add(refs, c.values[k])
		}
	}
	b.addColumns()
	if len(filled) > 0 {
		and := &kql.And{}
		for _, f := range filled {
			and.X = append(and.X, call("isnotempty", f.X))
		}
		b.and(and.X)
	}
	b.ops = append(b.ops, &kql.Project{Columns: append(show, c.flags(p)...)})
	return &kql.Query{Source: &kql.Table{Name: b.bound.Log.Name}, Ops: b.ops}
}

// and narrows the rows further: in the same where, if that came last.
func (b *builder) and(x []kql.Expr) {
	if len(b.ops) > 0 {
		if last, ok := b.ops[len(b.ops)-1].(*kql.Where); ok {
			if have, ok := last.X.(*kql.And); ok {
				x = append(slices.Clone(have.X), x...)
			} else {
				x = append([]kql.Expr{last.X}, x...)
			}
			b.ops = b.ops[:len(b.ops)-1]
		}
	}
	b.ops = append(b.ops, &kql.Where{X: single(&kql.And{X: x})})
}

// flags are the columns that close a stream: which members its events match, and when they arrived.
func (c *correlator) flags(p *part) []kql.Assign {
	var out []kql.Assign
	for _, m := range p.members {
		switch {
		case len(c.hits) == 0:
		case len(p.members) > 1:
			out = append(out, kql.Assign{X: name(c.hits[m])})
		default:
			out = append(out, kql.Assign{Name: c.hits[m], X: &kql.Bool{Value: true}})
		}
	}
	for m, hit := range c.hits { // a union fills what a stream lacks with nulls, which are not false
		if !slices.Contains(p.members, m) {
			out = append(out, kql.Assign{Name: hit, X: &kql.Bool{Value: false}})
		}
	}
	if c.arrival {
		out = append(out, kql.Assign{X: name(arrivedColumn)})
	}
	return out
}

// flag filters a stream for several rules and says of each event which of them it matches.
func (c *correlator) flag(b *builder, p *part) {
	any := &or{}
	var flags []kql.Assign
	first := &kql.Or{} // what the stored columns alone rule out, for every rule
	for _, m := range p.members {
		b.bound = c.bound.Rules[m]
		e := ir.Simplify(b.bound.Expr)
		if stored := b.storedOnly(e); stored != nil && first != nil {
			first.X = append(first.X, stored)
		} else {
			first = nil
		}
		any.x = append(any.x, b.condition(e, scope{}))
	}
	if first != nil {
		b.ops = append(b.ops, &kql.Where{X: single(first)})
	}
	b.addColumns()
	b.blocks([]node{any})
	where := &kql.Or{}
	for i, m := range p.members {
		flags = append(flags, kql.Assign{Name: c.hits[m], X: coalesceFalse(any.x[i])})
		where.X = append(where.X, name(c.hits[m]))
	}
	b.ops = append(b.ops, &kql.Extend{Columns: flags}, &kql.Where{X: where})
}

// coalesceFalse writes a condition whose value is kept, so that null must become false.
func coalesceFalse(n node) kql.Expr {
	nullable := false
	walk(n, func(n node) {
		if t, ok := n.(*test); ok {
			nullable = nullable || t.nullable
		}
	})
	return expr(n, nullable)
}

// storedOnly is what of a condition needs stored columns only: nil when nothing does.
func (b *builder) storedOnly(e ir.Expr) kql.Expr {
	conjuncts := []ir.Expr{e}
	if a, ok := e.(*ir.And); ok {
		conjuncts = a.X
	}
	probe := newBuilder(b.bound, b.watchlists) // its columns are not wanted
	and := &kql.And{}
	for _, c := range conjuncts {
		if n := probe.condition(c, scope{}); stage(n) <= onColumns {
			and.X = append(and.X, expr(n, false))
		}
	}
	if len(and.X) == 0 {
		return nil
	}
	return single(and)
}

// single unwraps a conjunction or disjunction of one.
func single(x kql.Expr) kql.Expr {
	switch x := x.(type) {
	case *kql.And:
		if len(x.X) == 1 {
			return x.X[0]
		}
	case *kql.Or:
		if len(x.X) == 1 {
			return x.X[0]
		}
	}
	return x
}

// inner is the stream of the times when another correlation fires.
func (c *correlator) inner(bound *target.BoundCorrelation, member int) *kql.Query {
	in := &correlator{bound: bound, watchlists: c.watchlists, arrival: c.arrival, taken: map[string]bool{timeColumn: true, arrivedColumn: true, startColumn: true}}
	in.nameColumns()
	q := in.windows(in.events())
	p := &kql.Project{Columns: []kql.Assign{{X: name(timeColumn)}}}
	column := func(key ir.GroupKey, as string) {
		i := slices.IndexFunc(bound.Correlation.GroupBy, func(g ir.GroupKey) bool { return g.Name == key.Fields[member].Name })
		from := in.groups[i]
		if from == as {
			p.Columns = append(p.Columns, kql.Assign{X: name(as)})
		} else {
			p.Columns = append(p.Columns, kql.Assign{Name: as, X: name(from)})
		}
	}
	for k, key := range c.bound.Correlation.GroupBy {
		column(key, c.groups[k])
	}
	for k, key := range c.bound.Correlation.Values {
		if !slices.Contains(c.groups, c.values[k]) {
			column(key, c.values[k])
		}
	}
	p.Columns = append(p.Columns, c.flags(&part{members: []int{member}})...)
	q.Ops = append(q.Ops, p)
	return q
}

// project ends the query: the time of the last event, the beginning, the group and the number found.
func (c *correlator) project(q *kql.Query) []Entity {
	c.projected = append([]string{timeColumn, startColumn}, c.groups...)
	var extend []kql.Assign
	entities := c.entities(&extend)
	if len(extend) > 0 {
		q.Ops = append(q.Ops, &kql.Extend{Columns: extend})
	}
	if n := c.numberColumn(); n != "" {
		c.projected = append(c.projected, n)
	}
	for _, e := range extend {
		c.projected = append(c.projected, e.Name)
	}
	p := &kql.Project{}
	for _, col := range c.projected {
		p.Columns = append(p.Columns, kql.Assign{X: name(col)})
	}
	q.Ops = append(q.Ops, p)
	return entities
}

// entities are those of the log that the group-by fields identify.
func (c *correlator) entities(extend *[]kql.Assign) []Entity {
	if len(c.bound.Rules) == 0 || c.bound.Rules[0] == nil {
		return nil
	}
	column := map[string]string{}
	for k, refs := range c.bound.GroupBy {
		column[refs[0].Canonical] = c.groups[k]
	}
	var out []Entity
	for _, e := range tables[c.bound.Rules[0].Log.Name].entities {
		entity := Entity{Type: e.kind}
		for _, id := range e.identifiers {
			col, ok := column[id.field]
			if !ok {
				continue
			}
			if id.half != whole {
				half := call("tostring", &kql.Index{X: call("split", name(col), str("@")), I: number(int(id.half))})
				col = c.unique(columnName(id.field + "@" + id.name))
				*extend = append(*extend, kql.Assign{Name: col, X: half})
			}
			entity.Identifiers = append(entity.Identifiers, Identifier{Name: id.name, Column: col})
		}
		if len(entity.Identifiers) > 0 {
			out = append(out, entity)
		}
	}
	return out
}

// numberColumn is the column of the number that the condition is about, where the query has one.
func (c *correlator) numberColumn() string {
	switch rule := c.bound.Correlation; {
	case rule.Kind == ir.EventCount && rule.Baseline == nil, rule.Kind == ir.Temporal, rule.Kind == ir.TemporalOrdered:
		return ""
	default:
		return numberName(rule.Kind)
	}
}

func numberName(k ir.CorrelationKind) string {
	words := strings.Split(k.String(), "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}
