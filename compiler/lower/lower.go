package lower

import (
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/sigma"
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
	l := &lowerer{opts: opts, diags: diags, version: r.Version}
	before := diags.Len()
	conditions, found := l.detection(r.Detection)
	out := header(r)
	for _, f := range r.Fields {
		out.Fields = append(out.Fields, l.plainField(f))
	}
	if diags.FailedSince(before) || len(conditions) == 0 {
		return nil
	}
	for _, c := range conditions {
		c = ir.Simplify(c)
		if c, ok := c.(*ir.Const); ok {
			l.constant(r, c)
		}
		out.Conditions = append(out.Conditions, c)
	}
	for _, s := range r.Detection.Searches {
		out.Searches = append(out.Searches, ir.Search{Name: s.Name.Value, Expr: found.meaning[s.Name.Value], At: s.Name.At})
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
}

// detection returns the meaning of each condition, and of the searches. Inside an array block the same grammar applies to
// one member.
func (l *lowerer) detection(d *sigma.Detection) ([]ir.Expr, searches) {
	s := searches{Detection: d, meaning: make(map[string]ir.Expr, len(d.Searches)), quantified: map[sigma.CondQuant]ir.Expr{}}
	for _, x := range d.Searches {
		s.meaning[x.Name.Value] = l.alternatives(x.Body, x.At)
	}
	var out []ir.Expr
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
	or := &ir.Or{At: at}
	for _, alt := range body {
		if alt.Keyword != nil {
			or.X = append(or.X, l.keyword(alt.Keyword))
			continue
		}
		l.siblings(alt.Items)
		and := &ir.And{At: alt.At}
		for _, item := range alt.Items {
			and.X = append(and.X, l.item(item))
		}
		or.X = append(or.X, and)
	}
	if len(or.X) == 1 {
		return or.X[0]
	}
	return or
}
