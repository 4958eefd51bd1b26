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
	line, column := s.File.Position(s.Start)
	endLine, endColumn := s.File.Position(s.End)
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

func (t *tree) rule(r *sigma.Rule) {
	state := ""
	if r.Broken {
		state = " broken"
	}
	t.line("rule doc=%d version=%d at=%s%s", r.Doc, r.Version, place(r.At), state)
	t.in(func() {
		t.text("title", r.Title)
		t.text("id", r.ID)
		t.text("name", r.Name)
		t.text("status", r.Status)
		t.text("level", r.Level)
		t.text("description", r.Description)
		t.text("author", r.Author)
		t.text("license", r.License)
		t.text("date", r.Date)
		t.text("modified", r.Modified)
		t.text("taxonomy", r.Taxonomy)
		t.texts("reference", r.References)
		t.texts("tag", r.Tags)
		t.texts("field", r.Fields)
		t.texts("falsepositive", r.FalsePositives)
		t.texts("scope", r.Scope)
		for _, x := range r.Related {
			t.line("related %q %q %s", x.ID.Value, x.Type.Value, place(x.At))
		}
		l := r.Logsource
		t.text("category", l.Category)
		t.text("product", l.Product)
		t.text("service", l.Service)
		t.text("definition", l.Definition)
		for _, p := range l.Extra {
			t.line("logsource %q %q", p.Key.Value, p.Value.Value)
		}
		for _, c := range r.Custom {
			t.text("custom", c.Key)
		}
		if r.Detection != nil {
			t.detection(r.Detection)
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
	if v.Canon != v.Text {
		canon = fmt.Sprintf(" = %q", v.Canon)
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
