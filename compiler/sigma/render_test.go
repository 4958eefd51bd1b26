package sigma_test

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

// place writes a span as line:column-line:column.
func place(s source.Span) string {
	line, column := s.File.Position(s.Start())
	endLine, endColumn := s.File.Position(s.End())
	return fmt.Sprintf("%d:%d-%d:%d", line, column, endLine, endColumn)
}

func renderDiags(diags *diag.List) string {
	var b strings.Builder
	for _, d := range diags.Sorted() {
		fmt.Fprintf(&b, "%s %s %s %s\n", place(d.Span), d.Severity, d.ID, d.Message)
		if d.Label != "" {
			fmt.Fprintf(&b, "  label: %s\n", d.Label)
		}
		if d.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", d.Hint)
		}
		for _, r := range d.Related {
			fmt.Fprintf(&b, "  related: %s %s\n", place(r.Span), r.Message)
		}
		for _, f := range d.Fixes {
			for _, e := range f.Edits {
				fmt.Fprintf(&b, "  fix: %s: %s %q -> %q\n", f.Title, place(e.Span), e.Span.Text(), e.Text)
			}
		}
	}
	return b.String()
}

// tree writes rules as an indented text.
type tree struct {
	b      strings.Builder
	indent int
}

func renderDocuments(docs *sigma.Documents) string {
	var t tree
	for _, r := range docs.Rules {
		t.rule(r)
	}
	for _, c := range docs.Correlations {
		t.correlation(c)
	}
	for _, f := range docs.Filters {
		t.filter(f)
	}
	return t.b.String()
}

func (t *tree) line(format string, args ...any) {
	t.b.WriteString(strings.Repeat("  ", t.indent))
	fmt.Fprintf(&t.b, format, args...)
	t.b.WriteByte('\n')
}

func (t *tree) in(f func()) {
	t.indent++
	f()
	t.indent--
}

func (t *tree) text(name string, x sigma.Text) {
	if !x.At.IsZero() {
		t.line("%s %q %s", name, x.Value, place(x.At))
	}
}

func (t *tree) texts(name string, xs []sigma.Text) {
	for _, x := range xs {
		t.text(name, x)
	}
}

func (t *tree) head(kind string, m sigma.Meta, version int) {
	state := ""
	if m.Broken {
		state = " broken"
	}
	t.line("%s doc=%d version=%d at=%s%s", kind, m.Doc, version, place(m.At), state)
}

func (t *tree) meta(m sigma.Meta) {
	t.text("title", m.Title)
	t.text("id", m.ID)
	t.text("name", m.Name)
	t.text("status", m.Status)
	t.text("level", m.Level)
	t.text("description", m.Description)
	t.text("author", m.Author)
	t.text("license", m.License)
	t.text("date", m.Date)
	t.text("modified", m.Modified)
	t.text("taxonomy", m.Taxonomy)
	t.texts("reference", m.References)
	t.texts("tag", m.Tags)
	t.texts("falsepositive", m.FalsePositives)
	for _, x := range m.Related {
		t.line("related %q %q %s", x.ID.Value, x.Type.Value, place(x.At))
	}
	for _, c := range m.Custom {
		t.text("custom", c.Key)
	}
}

func (t *tree) logsource(l sigma.Logsource) {
	t.text("category", l.Category)
	t.text("product", l.Product)
	t.text("service", l.Service)
	t.text("definition", l.Definition)
	for _, p := range l.Extra {
		t.line("logsource %q %q", p.Key.Value, p.Value.Value)
	}
}

func (t *tree) rule(r *sigma.Rule) {
	t.head("rule", r.Meta, r.Version)
	t.in(func() {
		t.meta(r.Meta)
		t.texts("field", r.Fields)
		t.texts("scope", r.Scope)
		t.logsource(r.Logsource)
		if r.Detection != nil {
			t.detection(r.Detection)
		}
	})
}

func (t *tree) correlation(c *sigma.Correlation) {
	t.head("correlation", c.Meta, 0)
	t.in(func() {
		t.meta(c.Meta)
		t.text("type", c.Type)
		t.texts("rule", c.Rules)
		t.text("timespan", c.Timespan)
		if c.Window != 0 {
			t.line("window %s", c.Window)
		}
		t.texts("group-by", c.GroupBy)
		for _, a := range c.Aliases {
			t.text("alias", a.Name)
			t.in(func() {
				for _, f := range a.Fields {
					t.line("%q %s: %q %s", f.Rule.Value, place(f.Rule.At), f.Field.Value, place(f.Field.At))
				}
			})
		}
		if c.Generate {
			t.line("generate")
		}
		t.correlationCondition(c.Condition)
		if b := c.Baseline; b != nil {
			t.line("baseline %d windows every %s, increase %g%% %s", b.N, b.Interval, b.Percent, place(b.At))
			t.in(func() {
				t.text("periods", b.Periods)
				t.text("every", b.Every)
				t.text("increase", b.Increase)
			})
		}
	})
}

func (t *tree) correlationCondition(c sigma.CorrelationCondition) {
	if c.At.IsZero() {
		return
	}
	t.line("condition %s", place(c.At))
	t.in(func() {
		for _, x := range c.Thresholds {
			t.line("%s %s %s %s", x.Op.Value, place(x.Op.At), x.Number.Value, place(x.Number.At))
		}
		t.texts("field", c.Field)
		t.text("percentile", c.Percentile)
		if c.Expr != nil {
			t.cond(c.Expr)
		}
	})
}

func (t *tree) filter(f *sigma.Filter) {
	t.head("filter", f.Meta, f.Version)
	t.in(func() {
		t.meta(f.Meta)
		t.logsource(f.Logsource)
		if f.Any {
			t.line("any rule")
		}
		t.texts("rule", f.Rules)
		if f.Detection != nil {
			t.detection(f.Detection)
		}
	})
}

func (t *tree) detection(d *sigma.Detection) {
	t.line("detection %s", place(d.At))
	t.in(func() {
		for _, s := range d.Searches {
			t.line("search %q %s", s.Name.Value, place(s.At))
			t.in(func() { t.body(s.Body) })
		}
		for _, c := range d.Conditions {
			t.line("condition %s", place(c.At))
			if c.Expr != nil {
				t.in(func() { t.cond(c.Expr) })
			}
		}
	})
}

func (t *tree) body(body []sigma.Alternative) {
	for _, a := range body {
		if a.Keyword != nil {
			t.value("keyword", *a.Keyword)
			continue
		}
		t.line("map %s", place(a.At))
		t.in(func() {
			for _, i := range a.Items {
				t.item(i)
			}
		})
	}
}

func (t *tree) item(i *sigma.Item) {
	list := ""
	if i.List {
		list = " list"
	}
	t.line("item %q %s%s", i.Field.Value, place(i.Field.At), list)
	t.in(func() {
		t.texts("modifier", i.Modifiers)
		for _, v := range i.Values {
			t.value("value", v)
		}
		if i.Block != nil {
			t.line("block %s", place(i.Block.At))
			t.in(func() {
				t.body(i.Block.Body)
				if i.Block.Detection != nil {
					t.detection(i.Block.Detection)
				}
			})
		}
	})
}

func (t *tree) value(name string, v sigma.Value) {
	canon, quoted := "", ""
	if v.Canon() != v.Text {
		canon = fmt.Sprintf(" = %q", v.Canon())
	}
	if v.Quoted {
		quoted = " quoted"
	}
	t.line("%s %s %q%s%s %s", name, v.Kind, v.Text, canon, quoted, place(v.At))
}

func (t *tree) cond(c sigma.Cond) {
	at := place(c.Span())
	switch c := c.(type) {
	case *sigma.CondAnd:
		t.line("and %s", at)
		t.in(func() {
			for _, x := range c.X {
				t.cond(x)
			}
		})
	case *sigma.CondOr:
		t.line("or %s", at)
		t.in(func() {
			for _, x := range c.X {
				t.cond(x)
			}
		})
	case *sigma.CondNot:
		t.line("not %s", at)
		t.in(func() { t.cond(c.X) })
	case *sigma.CondRef:
		t.line("search %q %s", c.Name, at)
	case *sigma.CondQuant:
		count := fmt.Sprint(c.Count)
		if c.All {
			count = "all"
		}
		target := fmt.Sprintf("%q", c.Pattern)
		if c.Them {
			target = "them"
		}
		t.line("%s of %s %s, %s", count, target, at, place(c.Target))
	}
}
