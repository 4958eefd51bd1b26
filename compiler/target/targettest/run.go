package targettest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

// Reader reads a query back as the platform does and returns the texts of its literals and the names of members. The
// error says that it is no query.
type Reader func(query string) (texts []string, err error)

// Run runs the suite on a target. A target whose language nothing reads has no reader; its quoting must be tried on
// events, then.
func Run(t *testing.T, tg *target.Target, read Reader) {
	t.Run("features", func(t *testing.T) { features(t, tg, read) })
	t.Run("strings", func(t *testing.T) { hostileTexts(t, tg, read) })
	t.Run("stable", func(t *testing.T) { stable(t, tg) })
}

// features asks for each feature by a rule that needs it.
func features(t *testing.T, tg *target.Target, read Reader) {
	for _, f := range ir.AllFeatures.Features() {
		t.Run(f.String(), func(t *testing.T) {
			x, ok := samples[f]
			if !ok {
				t.Fatal("no sample of this feature")
			}
			r := rule(x, "sample")
			if !slices.ContainsFunc(ir.Needs(r), func(n ir.Need) bool { return n.Feature == f }) {
				t.Fatalf("%s does not need it", ir.String(x))
			}
			var diags diag.List
			bound := bind(t, tg, r, &diags)
			_, approximates := tg.Approximates[f]
			switch supports := approximates || tg.Supports&f != 0; {
			case !supports && bound != nil:
				t.Fatal("accepted although it is not supported")
			case !supports && !refused(&diags, "target/unsupported"):
				t.Errorf("refused without a reason: %v", diags.Sorted())
			case supports && bound == nil && tg.Inexact == nil:
				t.Fatalf("refused although it is supported: %v", diags.Sorted())
			case approximates && bound != nil && !refused(&diags, "target/approximated"):
				t.Error("the loss is not told")
			}
			if bound == nil {
				return
			}
			query := tg.Query(bound).String()
			if strings.TrimSpace(query) == "" {
				t.Error("the query is empty")
			}
			if read != nil {
				if _, err := read(query); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func refused(diags *diag.List, id string) bool {
	return slices.ContainsFunc(diags.Sorted(), func(d diag.Diagnostic) bool { return d.ID == id })
}

// hostileTexts puts each text wherever a rule can have one and looks for it in the query.
func hostileTexts(t *testing.T, tg *target.Target, read Reader) {
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			for _, place := range places(h.text) {
				var diags diag.List
				bound := bind(t, tg, place.rule, &diags)
				if bound == nil {
					continue // a refusal lets nothing through
				}
				query := tg.Query(bound).String()
				if read == nil {
					continue
				}
				texts, err := read(query)
				if err != nil {
					t.Errorf("%s: %v", place.name, err)
				} else if place.find != nil && !slices.ContainsFunc(texts, place.find) {
					t.Errorf("%s: %.200q is not in the literals %.400q of\n%.2000s", place.name, h.text, texts, query)
				}
			}
		})
	}
}

// stable writes the same rule again and again, also at the same time, in every format.
func stable(t *testing.T, tg *target.Target) {
	var all []ir.Expr
	for _, f := range tg.Supports.Features() {
		all = append(all, samples[f])
	}
	r := rule(&ir.Or{X: []ir.Expr{&ir.And{X: all}, &ir.Not{X: &ir.Or{X: all}}}}, "everything at once")
	var diags diag.List
	bound := bind(t, tg, r, &diags)
	if bound == nil {
		t.Fatalf("refused: %v", diags.Sorted())
	}
	want := output(t, tg, bound)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := output(t, tg, bound); !bytes.Equal(got, want) {
				t.Error("another output for the same rule")
			}
		})
	}
	wg.Wait()
}

// output is everything that a target writes of a rule.
func output(t *testing.T, tg *target.Target, bound *target.Bound) []byte {
	c := &target.Compiled{Meta: bound.Rule.Meta, Bound: bound, Target: tg, Query: tg.Query(bound), Path: "folder/rule"}
	c.Text = c.Query.String() + "\n"
	var out bytes.Buffer
	var diags diag.List
	tg.Check(c, &diags)
	c.Noted = diags.From(0)
	fmt.Fprintln(&out, diags.Sorted())
	for _, f := range tg.Formats {
		if f.Rule != nil {
			data, err := f.Rule(c)
			if err != nil {
				t.Errorf("format %s: %v", f.Name, err)
			}
			out.Write(data)
		}
		if f.Pack != nil {
			for _, file := range Pack(t, f, c, c) {
				out.WriteString(file.Path)
				out.Write(file.Data)
			}
		}
	}
	return out.Bytes()
}

// Pack returns the files that deploy rules together.
func Pack(t *testing.T, f target.Format, rules ...*target.Compiled) []target.File {
	t.Helper()
	var files []target.File
	err := f.Pack(rules, func(file target.File) error {
		files = append(files, file)
		return nil
	}, &diag.List{})
	if err != nil {
		t.Errorf("format %s: %v", f.Name, err)
	}
	return files
}

// bind locates and binds a rule, which must be in order.
func bind(t *testing.T, tg *target.Target, r *ir.Rule, diags *diag.List) *target.Bound {
	t.Helper()
	l := target.Locate(r, nil, diags)
	if l == nil {
		t.Fatalf("%s: %v", ir.String(r.Expr()), diags.Sorted())
	}
	return target.Bind(tg, l, diags)
}

// rule is a rule about the audit log, which every target keeps.
func rule(x ir.Expr, title string) *ir.Rule {
	log := schema.ByName("AuditLogs").Logsources[0]
	r := &ir.Rule{Meta: &ir.Meta{}, Logsource: ir.Logsource{Category: log.Category, Product: log.Product, Service: log.Service}}
	r.Title = source.Text{Value: title}
	r.Level = source.Text{Value: "high"}
	r.Conditions = []ir.Expr{x}
	return r
}
