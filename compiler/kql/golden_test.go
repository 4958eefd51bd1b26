package kql

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/source"
)

func TestGolden(t *testing.T) {
	golden.Run(t, "../../testdata/kql", func(t *testing.T, c *golden.Case) {
		f := source.NewFile("query.kql", c.File("query.kql"))
		var diags diag.List
		q := Parse(f, &diags)
		if q == nil {
			c.Out("diag", render(diags.Sorted()))
			return
		}
		c.Out("tree", dump(q))
		c.Out("print", q.String())
		if again := parse(t, q.String()); again.String() != q.String() {
			t.Errorf("printed again:\n%s", again)
		}
	})
}

func render(list []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		line, column := d.Span.File.Position(d.Span.Start())
		fmt.Fprintf(&b, "%d:%d: %s: %s (%s) at %q\n", line, column, d.Severity, d.Message, d.ID, d.Span.Text())
		if d.Hint != "" {
			fmt.Fprintf(&b, "    %s\n", d.Hint)
		}
	}
	return b.String()
}

var spanType = reflect.TypeFor[source.Span]()

// dump writes a tree as indented lines. Fields that are zero are left out, and so are the spans.
func dump(q *Query) string {
	var b strings.Builder
	write(&b, reflect.ValueOf(q), "", 0)
	return b.String()
}

func write(b *strings.Builder, v reflect.Value, name string, depth int) {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	pad := strings.Repeat("  ", depth)
	switch v.Kind() {
	case reflect.Struct:
		fmt.Fprintf(b, "%s%s%s\n", pad, name, v.Type().Name())
		for i := range v.NumField() {
			if f := v.Field(i); !f.IsZero() && f.Type() != spanType {
				write(b, f, v.Type().Field(i).Name+": ", depth+1)
			}
		}
	case reflect.Slice:
		fmt.Fprintf(b, "%s%s[%d]\n", pad, strings.TrimSuffix(name, " "), v.Len())
		for i := range v.Len() {
			write(b, v.Index(i), "", depth+1)
		}
	case reflect.String:
		fmt.Fprintf(b, "%s%s%q\n", pad, name, v)
	default:
		fmt.Fprintf(b, "%s%s%v\n", pad, name, v)
	}
}

// spans holds every span of a tree against the file.
func spans(t *testing.T, q *Query, f *source.File) {
	t.Helper()
	walk(reflect.ValueOf(q), func(s source.Span) { inside(t, s, f) })
}

func walk(v reflect.Value, visit func(source.Span)) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	case reflect.Struct:
		if v.Type() == spanType {
			visit(v.Interface().(source.Span))
			return
		}
		for i := range v.NumField() {
			walk(v.Field(i), visit)
		}
	}
}
