package lower

import (
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
	l := newLowerer(r.Detection, r.Version, opts, diags)
	before := diags.Len()
	conditions, found := l.detection(r.Detection)
	out := header(r)
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
		c = ir.Simplify(c)
		if c, ok := c.(*ir.Const); ok {
			l.constant(r, c)
		}
		out.Conditions[i] = c
	}
	out.Searches = make([]ir.Search, len(r.Detection.Searches))
	for i, s := range r.Detection.Searches {
		out.Searches[i] = ir.Search{Name: s.Name.Value, Expr: found.meaning[i], At: s.Name.At}
	}
	return out
}

func header(r *sigma.Rule) *ir.Rule {
	out := &ir.Rule{Meta: ir.Meta{
		Title: r.Title, ID: r.ID, Name: r.Name, Status: r.Status, Level: r.Level, Description: r.Description, Author: r.Author,
		License: r.License, Date: r.Date, Modified: r.Modified,
		References: r.References, Tags: r.Tags, FalsePositives: r.FalsePositives, At: r.At,
		Settings: settings(r.Settings),
	}}
	out.Logsource = ir.Logsource{
		Category: r.Logsource.Category.Value, Product: r.Logsource.Product.Value, Service: r.Logsource.Service.Value,
		At: r.Logsource.At,
	}
	return out
}

func settings(written []sigma.Setting) []ir.Setting {
	var out []ir.Setting
	for _, s := range written {
		out = append(out, ir.Setting{Target: s.Target, Option: s.Option, Value: s.Value})
	}
	return out
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

	chain chain // of the item that is being lowered
	likes slab.Of[ir.Like]
	parts slab.Of[ir.Part]
}

// newLowerer returns a lowerer for a detection.
func newLowerer(d *sigma.Detection, version int, opts Options, diags *diag.List) *lowerer {
	l := &lowerer{opts: opts, diags: diags, version: version}
	l.reserve(d)
	return l
}

// reserve makes room for the comparisons with texts that the values of a detection will be, as nearly all are.
func (l *lowerer) reserve(d *sigma.Detection) {
	values, parts := 0, 0
	for _, s := range d.Searches {
		for _, a := range s.Body {
			for _, item := range a.Items {
				values += len(item.Values)
				for i := range item.Values {
					parts += partsOf(item.Values[i].Text)
				}
				for _, w := range item.Modifiers {
					if m := findModifier(w.Value); m != nil {
						parts += stars(m.place) * len(item.Values)
					}
				}
			}
		}
	}
	l.likes.Expect(values)
	l.parts.Expect(parts)
}

// detection returns the meaning of each condition, and of the searches. Inside an array block the same grammar applies to
// one member.
func (l *lowerer) detection(d *sigma.Detection) ([]ir.Expr, *searches) {
	s := &searches{Detection: d, meaning: make([]ir.Expr, len(d.Searches))}
	for i, x := range d.Searches {
		s.meaning[i] = l.alternatives(x.Body, x.At)
	}
	out := make([]ir.Expr, 0, len(d.Conditions))
	for _, c := range d.Conditions {
		if c.Expr == nil {
			continue
		}
		if e := l.condition(c.Expr, s); l.fits(e) {
			out = append(out, e)
		}
	}
	return out, s
}

// alternatives joins the maps and keywords of a search by or, and the items of a map by and (spec 3.3).
func (l *lowerer) alternatives(body []sigma.Alternative, at source.Span) ir.Expr {
	if len(body) == 1 {
		return l.alternative(&body[0])
	}
	or := &ir.Or{X: make([]ir.Expr, len(body)), At: at}
	for i := range body {
		or.X[i] = l.alternative(&body[i])
	}
	return or
}

func (l *lowerer) alternative(alt *sigma.Alternative) ir.Expr {
	if alt.Keyword != nil {
		return l.keyword(alt.Keyword)
	}
	l.siblings(alt.Items)
	and := &ir.And{X: make([]ir.Expr, len(alt.Items)), At: alt.At}
	for i, item := range alt.Items {
		and.X[i] = l.item(item)
	}
	return and
}
