package sigma_test

import (
	"math/big"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"

	"github.com/rogpeppe/go-internal/txtar"
	"gopkg.in/yaml.v3"
)

// FuzzParse reads anything: nothing panics, and every place in the rules and the messages lies inside of the file.
func FuzzParse(f *testing.F) {
	paths, err := filepath.Glob("../../testdata/sigma/*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	f.Add([]byte("\uFEFFtitle: 'ä\u2028b'\r\nlogsource: {category: x}\rdetection: {a: [\"\\\r\n x\"], condition: a}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.NewFile("rule.yml", text)
		var diags diag.List
		docs := sigma.Parse(file, &diags)
		if len(docs.Rules)+len(docs.Correlations)+len(docs.Filters) == 0 && diags.Len() == 0 {
			t.Error("neither a document nor a message")
		}
		inside(t, file, reflect.ValueOf(docs))
		inside(t, file, reflect.ValueOf(diags.Sorted()))
		for _, d := range diags.Sorted() {
			if d.Span.IsZero() || d.Message == "" || d.ID == "" {
				t.Errorf("an unfinished message: %+v", d)
			}
		}
		for _, r := range docs.Rules {
			if !r.Broken && r.Detection == nil {
				t.Error("a rule without a detection is not broken")
			}
			r.SigmaGo()
		}
		for _, c := range docs.Correlations {
			if !c.Broken {
				completeCorrelation(t, c)
			}
		}
		for _, f := range docs.Filters {
			if !f.Broken && (f.Detection == nil || len(f.Detection.Conditions) != 1 || f.Any == (len(f.Rules) > 0)) {
				t.Error("an incomplete filter is not broken")
			}
		}
	})
}

// completeCorrelation checks what can be relied on in a correlation that is not broken.
func completeCorrelation(t *testing.T, c *sigma.Correlation) {
	t.Helper()
	if !slices.Contains(sigma.CorrelationTypes, c.Type.Value) || c.Window <= 0 || len(c.Rules) == 0 {
		t.Errorf("an incomplete correlation is not broken: %+v", c)
	}
	given := !c.Condition.At.IsZero()
	if c.Temporal() {
		if given && (len(c.Condition.Thresholds) > 0) == (c.Condition.Expr != nil) {
			t.Error("a temporal condition has neither thresholds nor an expression, or both")
		}
	} else if len(c.Condition.Thresholds) == 0 || c.Condition.Expr != nil {
		t.Error("a condition has no thresholds")
	}
	if strings.HasPrefix(c.Type.Value, "value_") != (len(c.Condition.Field) > 0) {
		t.Error("a field is missing or too many")
	}
	for _, x := range c.Condition.Thresholds {
		if _, ok := new(big.Rat).SetString(x.Number.Value); !ok {
			t.Errorf("the threshold %q is no number", x.Number.Value)
		}
	}
	if b := c.Baseline; b != nil && (b.N < 1 || b.N > 30 || b.Interval < c.Window || b.Percent < 0) {
		t.Errorf("an incomplete baseline is not broken: %+v", b)
	}
}

// inside checks every span and map that can be reached from a value.
func inside(t *testing.T, file *source.File, v reflect.Value) {
	switch x := v.Interface().(type) {
	case source.Span:
		if x.IsZero() {
			return
		}
		if x.File != file || x.Start() < 0 || x.End() < x.Start() || x.End() > len(file.Text) {
			t.Fatalf("the span %d-%d is not in the file", x.Start(), x.End())
		}
		return
	case sigma.Value:
		for i := range len(x.Text) + 1 {
			inside(t, file, reflect.ValueOf(x.Map().Span(i, i+1)))
		}
		if s := x.Map().Span(0, len(x.Text)); s.Start() < x.At.Start() && s.End() > s.Start() {
			t.Fatalf("the text at %d-%d begins before its value at %d", s.Start(), s.End(), x.At.Start())
		}
		inside(t, file, reflect.ValueOf(x.At))
		return
	case *yaml.Node, *source.File:
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			inside(t, file, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			inside(t, file, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				inside(t, file, v.Field(i))
			}
		}
	}
}
