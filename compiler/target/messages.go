package target

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
)

func quote(s string) string { return strconv.Quote(s) }

func position(i int) string { return "[" + strconv.Itoa(i) + "]" }

func (l *locator) unknownField(f *ir.Field, scope *schema.Column) {
	if f.IsElement() {
		l.diags.Errorf("field/element-outside-block", f.At, `"." is the member of an array and means nothing outside of a block`)
		return
	}
	where := "the log " + l.Log.Name
	if scope != nil {
		where = "a member of " + quote(scope.Name)
	}
	d := l.diags.Errorf("field/unknown", f.At, "%s has no field %q", where, f.Name)
	d.Hint = fmt.Sprintf("sigc list fields %s", l.Log.Name)
	// A table has the columns it has. What sensors write into other logs is more than is known of them, unless the name
	// is that of a field but for a letter or two or its beginning.
	d.Mild = !l.Log.Tabled()
	if scope == nil && l.meant(d, f, f.Name) {
		return
	}
	near := l.Log.Nearest(scope, f.Name)
	if !d.Mild || slices.ContainsFunc(near, func(n string) bool { return misspelling(f.Name, n) }) {
		d.Mild = false
		suggest(d, f, near)
	}
}

func misspelling(name, field string) bool {
	name, field = strings.ToLower(name), strings.ToLower(field)
	return strings.HasSuffix(field, "."+name) || diag.Distance(name, field, 3) <= 2
}

// oneLog notes that a rule about several logs reads one of them, because the others lack a field. missing are the errors
// that say so.
func oneLog(all, one *schema.Log, missing, diags *diag.List) {
	for _, d := range missing.Sorted() {
		if d.Severity == diag.Error {
			diags.Notef("logsource/one-log", d.Span, "only %s has this field; the rule reads no other log of %s", one.Name, all.Name)
			return
		}
	}
}

func (l *locator) unknownTriage(f *ir.Field) {
	d := l.diags.Warnf("field/unknown-triage", f.At, "the log %s has no field %q to show", l.Log.Name, f.Name)
	suggest(d, f, l.Log.Nearest(nil, f.Name))
}

// suggest adds the most similar field to a message. Where it is the only one, it can be written in place of the other.
func suggest(d *diag.Diagnostic, f *ir.Field, near []string) {
	if len(near) == 0 {
		return
	}
	d.Label = fmt.Sprintf("did you mean %q?", near[0])
	if len(near) == 1 && d.Span.Text() == f.Name {
		d.Fixes = diag.Replace(d.Span, near[0])
	}
}

func (l *locator) objectCompared(e ir.Expr, f *ir.Field, ref Ref) {
	d := l.diags.Errorf("field/object-compared", e.Span(), "%q holds an object, which has no text to compare with", f.Name)
	d.Mild = !l.Log.Tabled() // some collectors write such objects as one text
	if like, ok := e.(*ir.Like); ok && like.Pattern.String() == "[]" {
		d.Hint = "an empty array has no value: write null"
		if ref.Column != nil && len(l.comparisons(f)) == 1 {
			d.Fixes = diag.Replace(e.Span(), "null")
		}
	} else if ref.Column != nil && l.meant(d, f, ref.Canonical) {
		if d.Hint == "" {
			d.Hint = fmt.Sprintf("sigc list fields %s", l.Log.Name)
		}
	} else if len(ref.Node.Members) > 0 {
		member := ref.Node.Members[0].Name
		if ref.Canonical != "." {
			member = ref.Canonical + "." + member
		}
		d.Hint = fmt.Sprintf("name one of its members, such as %q", member)
	}
	d.Related = []diag.Related{{Message: "the field", Span: f.At}}
}

func (l *locator) timeAsText(e ir.Expr, ref Ref) {
	l.diags.Errorf("field/time-as-text", e.Span(), "%q is a point in time, and its text is written in several ways", ref.Canonical).Hint =
		"compare a part of it, as in |hour or |day"
}

func (l *locator) undescribedField(f *ir.Field) {
	l.diags.Notef("field/undescribed", f.At, "what kind of value %q holds is not known; it is compared as one text", f.Name).Hint =
		fmt.Sprintf("write %q if it is a list", f.Name+"[any]")
}

func (l *locator) neverHolds(e ir.Expr, ref Ref, what string) {
	d := l.diags.Errorf("field/never-holds", e.Span(), "%q is of type %s and never %s", ref.Canonical, ref.Node.Type, what)
	if like, ok := e.(*ir.Like); ok {
		d.Hint = hinted(l.Log.Tables()[0].Mistaken[ref.Canonical], []*ir.Like{like})
	}
}

// misspelt warns of a service that no log of the product has, where another has a name near to it.
func misspelt(r *ir.Rule, logs []*schema.Log, diags *diag.List) {
	var services []string
	for _, log := range logs {
		for _, s := range log.Logsources {
			if s.Product == r.Logsource.Product && s.Service != "" {
				services = append(services, s.Service)
			}
		}
	}
	if near := diag.Nearest(r.Logsource.Service, services); near != "" {
		diags.Warnf("logsource/unknown-service", r.Logsource.At, "no log is known for the service %q", r.Logsource.Service).Label =
			fmt.Sprintf("did you mean %q?", near)
	}
}

func (b *binder) noTable() {
	at := b.Rule.Logsource.At
	if at.IsZero() {
		at = b.Rule.At
	}
	d := b.diags.Errorf("target/no-table", at, "%s has no table for the logsource %s", b.Name, b.Rule.Logsource)
	d.Target = b.Name
	d.Hint = b.Reason
	if b.Log != nil && b.NotKept != nil {
		d.Hint = b.NotKept(b.Log)
	}
	if b.Log == nil && d.Hint == "" {
		d.Hint = `"sigc list tables" shows the logsources that are known; a log of yours is declared below "mappings" in sigc.yml`
		if b.near != "" {
			d.Hint = b.near + "; " + d.Hint
		}
	}
}

// Unplaced says why a platform does not keep a log, where the log does not tell a better reason, and the section of sigc.yml
// in which a user says where he has it.
func Unplaced(log *schema.Log, why, section string) string {
	if log.Nowhere != "" {
		why = log.Nowhere
	}
	if log.Parts != nil {
		return why
	}
	return fmt.Sprintf("%s; if you have it, say where in sigc.yml: mappings: {%s: %s}", why, log.Name, section)
}

// keepsOne notes that the platform keeps one of the logs that a rule means.
func (t *Target) keepsOne(all, one *Located, diags *diag.List) {
	at := all.Rule.Logsource.At
	if at.IsZero() {
		at = all.Rule.At
	}
	d := diags.Notef("target/part-of-logs", at, "%s keeps only %s of %s, and the rule reads that alone", t.Name, one.Log.Name, all.Log.Name)
	d.Target = t.Name
	if t.NotKept != nil {
		d.Hint = t.NotKept(all.Log)
	}
}

func (b *binder) unsupported(need ir.Need) {
	d := b.diags.Errorf("target/unsupported", need.At, "%s cannot express %s exactly", b.Name, need.Feature)
	d.Target, d.Hint = b.Name, b.Lacks[need.Feature]
}

func (b *binder) approximated(need ir.Need, loss string) {
	d := b.diags.Notef("target/approximated", need.At, "%s: %s", b.Name, loss)
	d.Target = b.Name
}

func (b *binder) missingField(f *ir.Field, why string) {
	d := b.diags.Errorf("target/no-field", f.At, "%s has no field for %q: %s", b.Name, f.Name, why)
	d.Target = b.Name
}

func (l *locator) noText(f *ir.Field) {
	l.diags.Errorf("correlation/object", f.At, "%q is an object, which has no text; a correlation needs a field of it", f.Name)
}

func noCorrelations(t *Target, c *ir.Correlation, diags *diag.List) {
	d := diags.Errorf("target/no-correlation", c.At, "%s has no correlations", t.Name)
	d.Target = t.Name
}

func (b *binder) inlined(e *ir.Listed, why string) {
	d := b.diags.Notef("list/inline", e.At, "%s gets the values of the list %q in the query: %s", b.Name, e.List, why)
	d.Target = b.Name
}

func (b *binder) inexact(e ir.Expr, why string) {
	d := b.diags.Errorf("target/inexact", e.Span(), "%s cannot express this exactly: %s", b.Name, why)
	d.Target = b.Name
}
