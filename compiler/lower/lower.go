package lower

import (
	"sync"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/slab"
	"github.com/sigc-rules/sigc/compiler/source"
)

// Options is what a rule's meaning depends on besides the rule.
type Options struct {
	// Placeholder returns the values of a placeholder such as %Administrators%, without its percent signs. They may
	// hold wildcards. ok is false when the name is not configured; no values at all are a list that is empty.
	Placeholder func(name string) (values []string, ok bool)

	// Schedule returns the schedule that a placeholder names; ok is false when it names none.
	Schedule func(name string) (s ir.Schedule, ok bool)

	// Placeholders are the names that are configured, for "did you mean".
	Placeholders []string
}

// Rule returns the meaning of a rule, or nil when it has none; what is wrong with it is added to diags.
func Rule(r *sigma.Rule, opts Options, diags *diag.List) *ir.Rule {
	if r.Broken || r.Detection == nil {
		return nil
	}
	l := newLowerer(r.Version, opts, diags)
	defer l.done()
	before := diags.Len()
	conditions, found := l.detection(r.Detection)
	out := l.rule(r)
	if len(r.Fields) > 0 {
		out.Fields = make([]*ir.Field, len(r.Fields))
	}
	for i, f := range r.Fields {
		out.Fields[i] = l.plainField(f)
	}
	if diags.FailedSince(before) || len(conditions) == 0 {
		return nil
	}
	out.Conditions = conditions
	for i, c := range conditions {
		c = l.room.SimplifyFresh(c)
		if c, ok := c.(*ir.Const); ok {
			l.constant(r, c)
		}
		out.Conditions[i] = c
	}
	out.Searches = l.searches.Take(len(r.Detection.Searches))
	for i, s := range r.Detection.Searches {
		out.Searches[i] = ir.Search{Name: s.Name.Value, Expr: found[i], At: s.Name.At}
	}
	return out
}

func (l *lowerer) rule(r *sigma.Rule) *ir.Rule {
	return l.rules.New(ir.Rule{Meta: r.Header, Logsource: ir.Logsource{
		Category: r.Logsource.Category.Value, Product: r.Logsource.Product.Value, Service: r.Logsource.Service.Value,
		At: r.Logsource.At,
	}})
}

// lowerer carries what all parts of one rule share.
type lowerer struct {
	opts    Options
	diags   *diag.List
	version int

	// What the rule has used of its limits.
	madeTexts, madeBytes int
	regexes              int
	exhausted            bool
	sizes                map[ir.Expr]int

	bench
}

// bench is what rules are lowered on, one after the other.
type bench struct {
	chain chain // of the item that is being lowered

	// What nearly all of a meaning is made of.
	rules    slab.Of[ir.Rule]
	searches slab.Of[ir.Search]
	fields   slab.Of[plainField]
	room     ir.Room // which is never reset: what a rule means is kept

	parts slab.Of[ir.Part] // of the texts of the value that is being lowered
}

var lowerers = sync.Pool{New: func() any { return &lowerer{} }}

func newLowerer(version int, opts Options, diags *diag.List) *lowerer {
	l := lowerers.Get().(*lowerer)
	*l = lowerer{opts: opts, diags: diags, version: version, bench: l.bench}
	return l
}

// done gives up the lowerer, which keeps nothing of its rule.
func (l *lowerer) done() {
	l.begin(nil)
	*l = lowerer{bench: l.bench}
	lowerers.Put(l)
}

func (l *lowerer) and(x []ir.Expr, at source.Span) ir.Expr { return l.room.And(ir.And{X: x, At: at}) }
func (l *lowerer) or(x []ir.Expr, at source.Span) ir.Expr  { return l.room.Or(ir.Or{X: x, At: at}) }

// detection returns the meaning of each condition, and of the searches. Inside an array block the same grammar applies to
// one member.
func (l *lowerer) detection(d *sigma.Detection) (conditions, found []ir.Expr) {
	s := &searches{Detection: d, meaning: l.room.List(len(d.Searches))}
	for i, x := range d.Searches {
		s.meaning[i] = l.alternatives(x.Body, x.At)
	}
	conditions = l.room.List(len(d.Conditions))[:0]
	for _, c := range d.Conditions {
		if c.Expr == nil {
			continue
		}
		if e := l.condition(c.Expr, s); l.fits(e) {
			conditions = append(conditions, e)
		}
	}
	return conditions, s.meaning
}

// alternatives joins the maps and keywords of a search by or, and the items of a map by and (spec 3.3).
func (l *lowerer) alternatives(body []sigma.Alternative, at source.Span) ir.Expr {
	if len(body) == 1 {
		return l.alternative(&body[0])
	}
	x := l.room.List(len(body))
	for i := range body {
		x[i] = l.alternative(&body[i])
	}
	return l.or(x, at)
}

func (l *lowerer) alternative(alt *sigma.Alternative) ir.Expr {
	if alt.Keyword != nil {
		return l.keyword(alt.Keyword)
	}
	l.siblings(alt.Items)
	x := l.room.List(len(alt.Items))
	for i, item := range alt.Items {
		x[i] = l.item(item)
	}
	return l.and(x, alt.At)
}
