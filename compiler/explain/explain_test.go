package explain_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/sigc-rules/sigc/compiler"

	"github.com/sigc-rules/sigc/compiler/check"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/explain"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/lang"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

// The bad example is reported under its id and nothing worse than the catalogue says; the good one is not.
func TestExamples(t *testing.T) {
	for _, c := range explain.All() {
		if c.Settings { // for the command to try
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			bad := report(c, c.Bad)
			if !reports(bad, c.ID) {
				t.Errorf("the bad example is not reported; what is:\n%s", listing(bad))
			}
			for _, d := range bad {
				if d.ID == c.ID && d.Severity > c.Severity {
					t.Errorf("reported as %s, listed as %s", d.Severity, c.Severity)
				}
			}
			if good := report(c, c.Good); reports(good, c.ID) {
				t.Errorf("the good example is reported too:\n%s", listing(good))
			}
		})
	}
}

// A good example is one that a reader may copy: it compiles, at least for Sentinel.
func TestGoodExamplesCompile(t *testing.T) {
	for _, c := range explain.All() {
		if c.Settings || c.Whole && !strings.Contains(c.Good, "detection:") {
			continue
		}
		for _, d := range report(c, c.Good) {
			if d.Severity == diag.Error && (d.Target == "" || d.Target == "sentinel" && !strings.Contains(c.Good, "product: windows")) {
				t.Errorf("%s: %s: %s", c.ID, d.ID, d.Message)
			}
		}
	}
}

func report(c explain.Check, example string) []diag.Diagnostic {
	text := []byte(c.File(example))
	if strings.HasPrefix(c.ID, "kql/") {
		var diags diag.List
		kql.Parse(source.NewFile("query.kql", text), &diags)
		return diags.Sorted()
	}
	options := compiler.Options{Lists: lists(), Targets: []string{"sentinel", "azuremonitor", "splunk", "partial"}, Translations: translations()}
	var before *compiler.Program
	files, old := current(inputs(string(text)))
	if old != nil {
		before = compiler.Load(old, options)
	}
	p := compiler.Load(files, options)
	p.Judge()
	// An example that is about an option has it in a comment.
	opts := compiler.CompileOptions{Bins: strings.Contains(example, "-c bins")}
	all := targets.All()
	if m := optionOf.FindStringSubmatch(example); m != nil {
		all[2] = all[2].With(map[string]string{m[1]: m[2]})
	}
	outputs := p.Compile(append(all, partial()), opts)
	formats := map[string]string{"sentinel/split": "arm", "sentinel/terraform-text": "terraform", "splunk/contentctl-macro": "contentctl"}
	if formats[c.ID] != "" { // said of the files
		of := slices.DeleteFunc(slices.Clone(outputs), func(o *compiler.Output) bool { return !strings.HasPrefix(c.ID, o.Target.Name) })
		if _, err := p.Files(of, []string{formats[c.ID]}, "sigc"); err != nil {
			panic(err)
		}
	}
	return p.Lint(compiler.LintOptions{Today: "2026-02-01", IDs: ids, Before: before})
}

// optionOf is the option of Splunk that an example is about.
var optionOf = regexp.MustCompile(`-O ([a-z-]+)=([a-z0-9_-]+)`)

// current parts the files of an example from those of an earlier version, which stand in the folder "before".
func current(inputs []compiler.Input) (files, before []compiler.Input) {
	for _, in := range inputs {
		name, old := strings.CutPrefix(in.File.Name, "before/")
		if old {
			before = append(before, compiler.Input{File: source.NewFile(name, in.File.Text), Path: name})
		} else {
			files = append(files, in)
		}
	}
	return files, before
}

// translations are of a rule of that id.
func translations() []*lang.Catalogue {
	c, err := lang.Read("it", []byte("0e1d3a54-7c7e-4c19-9c9e-5b1b3d2c4a10:\n  title: {of: "+lang.Digest("Account locked out")+", text: Account bloccato}\n"))
	if err != nil {
		panic(err)
	}
	return []*lang.Catalogue{c}
}

func ids() []string {
	var out []string
	for _, c := range explain.All() {
		out = append(out, c.ID)
	}
	return out
}

// inputs are the files of an example, of which most are one.
func inputs(text string) []compiler.Input {
	if !strings.HasPrefix(text, "-- ") {
		return []compiler.Input{{File: source.NewFile("rule.yml", []byte(text)), Path: "rule.yml"}}
	}
	var out []compiler.Input
	for _, f := range txtar.Parse([]byte(text)).Files {
		out = append(out, compiler.Input{File: source.NewFile(f.Name, f.Data), Path: f.Name})
	}
	return out
}

// lists are those that the examples may name. Sentinel is to keep the patterns, and one that is too large for a template.
func lists() map[string]*list.List {
	out := compiler.Values(map[string][]string{
		"nothing": {}, "operations": {"Add user"}, "admins": {"alice@contoso.example"}, "admin_patterns": {"adm-*@contoso.example", `a\*b@contoso.example`},
	})
	out["large"] = &list.List{Name: "large"}
	for n := range 4_000 {
		out["large"].Values = append(out["large"].Values, fmt.Sprintf("%0300d", n))
	}
	for _, name := range []string{"admins", "admin_patterns", "large"} {
		out[name].As = map[string]list.Delivery{"sentinel": list.Watchlist}
	}
	out["large"].As["splunk"] = list.Lookup
	out["business_hours"] = &list.List{Name: "business_hours", Type: list.Schedule, Hours: &list.Hours{
		Zone: time.UTC, Days: []time.Weekday{time.Monday, time.Friday}, From: 8 * 60, To: 18 * 60,
	}}
	return out
}

// partial is a platform that lacks a field of a log that it keeps, and correlations, which no real one may do today. It
// has options of which rules may set one.
func partial() *target.Target {
	t := *targets.All()[0]
	t.Name = "partial"
	t.Missing = func(_ *schema.Log, ref target.Ref) string {
		if ref.Canonical == "FlaggedForReview" {
			return "the add-on drops it"
		}
		return ""
	}
	t.Correlation, t.Reads = nil, nil
	t.Keeps = func(log *schema.Log) bool { return !log.Has(schema.ByName("AADNonInteractiveUserSignInLogs")) }
	t.Options = []target.Option{
		{Name: "priority", Values: []string{"low", "high"}, Default: "low", PerRule: true}, {Name: "folder"},
	}
	t.Check = func(*target.Compiled, *diag.List) {}
	return &t
}

func reports(diags []diag.Diagnostic, id string) bool {
	return slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.ID == id })
}

func listing(diags []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(d.Severity.String() + " " + d.ID + ": " + d.Message + "\n")
	}
	return b.String()
}

// Every id in the sources has an entry, and every entry an id.
func TestCatalogueIsComplete(t *testing.T) {
	found := idsInSources(t, filepath.Join("..", ".."))
	for _, c := range check.All() {
		found[c.ID] = "compiler/check"
	}
	listed := map[string]bool{}
	for _, c := range explain.All() {
		if listed[c.ID] {
			t.Errorf("%s is listed twice", c.ID)
		}
		listed[c.ID] = true
		if found[c.ID] == "" {
			t.Errorf("%s is listed, but nothing reports it", c.ID)
		}
	}
	for id, at := range found {
		if !listed[id] {
			t.Errorf("%s: %s has no entry in the catalogue", at, id)
		}
	}
}

// Entries read alike: a summary that begins in lower case and has no full stop, reasons that are sentences.
func TestTone(t *testing.T) {
	for _, c := range explain.All() {
		if c.Summary == "" || strings.HasSuffix(c.Summary, ".") || strings.HasPrefix(c.Summary, "The ") {
			t.Errorf("%s: summary %q", c.ID, c.Summary)
		}
		if !strings.HasSuffix(c.Why, ".") || len(c.Why) > 320 {
			t.Errorf("%s: why %q", c.ID, c.Why)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"condition/unknown-serach", "condition/unknown-search"},
		{"rule/bad-regex", "value/bad-regex"},
		{"unknown-search", "condition/unknown-search"},
		{"modifiers/unknown", "modifier/unknown"},
		{"never-hold", "field/never-holds"},
		{"something/else-entirely", ""},
	} {
		if got := explain.Nearest(tt.in); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

var (
	id = regexp.MustCompile(`^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$`)
	// suffix is what is put behind the name of a target.
	suffix = regexp.MustCompile(`^/[a-z]+(-[a-z]+)+$`)
)

// kustoTargets are the targets for which package kusto reports under their own area.
var kustoTargets = []string{"sentinel", "azuremonitor"}

// idsInSources returns the ids in the Go sources below a folder, each with a place. An id is a text of the form
// area/name that is handed to a function of diag.List, or whose area is that of such a one.
func idsInSources(t *testing.T, root string) map[string]string {
	ids := map[string]string{}
	type text struct{ value, at string }
	var others []text
	areas := map[string]bool{}
	files := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && (name == "explain" || name == "node_modules" || len(name) > 2 && name[0] == '.') {
			return filepath.SkipDir
		}
		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		at := func(n ast.Node) string { return files.Position(n.Pos()).String() }
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.CallExpr:
				s, ok := n.Fun.(*ast.SelectorExpr)
				if !ok || len(n.Args) == 0 || !slices.Contains([]string{"Errorf", "Warnf", "Notef"}, s.Sel.Name) {
					return true
				}
				if v, ok := literal(n.Args[0]); ok && id.MatchString(v) {
					ids[v] = at(n)
					area, _, _ := strings.Cut(v, "/")
					areas[area] = true
				} else if x, ok := n.Args[0].(*ast.BinaryExpr); ok {
					if v, ok := literal(x.Y); ok && suffix.MatchString(v) {
						for _, target := range kustoTargets {
							ids[target+v] = at(n)
						}
					}
				}
			case *ast.BasicLit:
				if v, ok := literal(n); ok && id.MatchString(v) {
					others = append(others, text{v, at(n)})
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) < 50 {
		t.Fatalf("only %d ids found: the scan looks into the wrong place", len(ids))
	}
	for _, o := range others {
		if area, _, _ := strings.Cut(o.value, "/"); areas[area] && ids[o.value] == "" {
			ids[o.value] = o.at
		}
	}
	return ids
}

func literal(x ast.Expr) (string, bool) {
	lit, ok := x.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	v, err := strconv.Unquote(lit.Value)
	return v, err == nil
}
