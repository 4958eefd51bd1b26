package compiler_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/sigc-rules/sigc/"

// mayImport says which of our packages each of our packages may import. A package that is not listed fails the test: a
// new one is a decision. Where diag may be imported, so may source, of whose places diag speaks.
var mayImport = map[string][]string{
	"compiler/source": {},
	"compiler/diag":   {"compiler/source"},

	"compiler/block":     {},
	"compiler/sigma":     {"compiler/block", "compiler/slab", "compiler/diag"},
	"compiler/layout":    {"compiler/sigma", "compiler/diag"},
	"compiler/kql":       {"compiler/slab", "compiler/diag"},
	"compiler/kql/eval":  {"compiler/kql"},
	"compiler/kql/types": {"compiler/kql", "compiler/diag"},
	"compiler/ir":        {"compiler/slab", "compiler/diag"},
	"compiler/witness":   {"compiler/ir"},
	"compiler/schema":    {"compiler/block", "compiler/diag"},

	"compiler/pipeline": {"compiler/sigma", "compiler/ir", "compiler/diag"},

	"compiler/lower":             {"compiler/sigma", "compiler/ir", "compiler/slab", "compiler/diag"},
	"compiler/form":              {"compiler/schema", "compiler/ir", "compiler/source"},
	"compiler/target":            {"compiler/ir", "compiler/slab", "compiler/schema", "compiler/list", "compiler/catalogue", "compiler/diag"},
	"compiler/target/targettest": {"compiler/target", "compiler/schema", "compiler/ir", "compiler/diag"},
	"compiler/check":             {"compiler/sigma", "compiler/kql", "compiler/ir", "compiler/slab", "compiler/attack", "compiler/catalogue", "compiler/diag"},

	"compiler/catalogue":     {},
	"compiler/slab":          {},
	"compiler/jsontext":      {"compiler/slab"},
	"compiler/list":          {},
	"compiler/report":        {"compiler/diag"},
	"compiler/explain":       {"compiler/check", "compiler/diag"}, // the pages of checks stand beside them
	"compiler/cases":         {"compiler/diag"},
	"compiler/attack":        {},
	"compiler/coverage":      {"compiler/attack", "compiler/schema"},
	"compiler/coverage/page": {"compiler/attack", "compiler/coverage"},
	"compiler/coverage/docs": {"compiler/attack", "compiler/coverage", "compiler/schema"},
	"compiler/lang":          {},
	"compiler/jsonschema":    {"compiler/target", "compiler/list"},
	"compiler/golden":        {},

	"compiler": {
		"compiler/jsontext", "compiler/sigma", "compiler/kql", "compiler/ir", "compiler/schema", "compiler/lower", "compiler/form", "compiler/target",
		"compiler/check", "compiler/pipeline", "compiler/list", "compiler/cases", "compiler/coverage", "compiler/lang", "compiler/witness", "compiler/diag",
	},

	"targets":                 {"compiler/target", "compiler/schema", "targets/azuremonitor", "targets/sentinel", "targets/splunk", "targets/kusto/homes", "targets/kusto/judge", "targets/splunk/forms"},
	"targets/bicep":           {},
	"targets/yamltext":        {"compiler/slab"},
	"targets/bicep/biceptest": {"targets/bicep"},
	"targets/kusto":           {"compiler/jsontext", "compiler/target", "compiler/ir", "compiler/schema", "compiler/list", "compiler/kql", "compiler/slab", "compiler/diag", "targets/kusto/homes"},
	"targets/kusto/homes":     {"compiler/target", "compiler/ir", "compiler/slab", "compiler/schema", "compiler/kql", "compiler/kql/types", "compiler/diag", "compiler/source"},
	"targets/workbook":        {"compiler/jsontext", "compiler/target", "compiler/kql", "targets/kusto"},
	"targets/azuremonitor":    {"compiler/jsontext", "compiler/target", "compiler/ir", "compiler/schema", "compiler/kql", "compiler/diag", "targets/kusto", "targets/kusto/homes", "targets/kusto/judge", "targets/workbook", "targets/bicep"},
	"targets/sentinel": {
		"compiler/jsontext", "compiler/target", "compiler/ir", "compiler/schema", "compiler/list", "compiler/kql", "compiler/diag", "targets/kusto", "targets/kusto/homes", "targets/kusto/judge",
		"targets/workbook", "targets/bicep", "targets/yamltext", "targets/sentinel/portal", "targets/sentinel/solution",
	},
	"targets/sentinel/solution": {"compiler/jsontext", "compiler/target", "targets/kusto", "targets/sentinel/portal"},
	"targets/sentinel/portal":   {},
	"targets/splunk":            {"compiler/target", "compiler/ir", "compiler/slab", "compiler/schema", "compiler/list", "compiler/diag", "targets/splunk/app", "targets/splunk/contentctl", "targets/splunk/forms", "targets/splunk/judge"},
	"targets/splunk/forms":      {"compiler/schema", "compiler/diag"},
	"targets/splunk/eval":       {},
	"targets/kusto/judge":       {"compiler/target", "compiler/form", "compiler/ir", "targets/kusto/homes", "compiler/schema", "compiler/kql", "compiler/kql/eval", "compiler/diag"},
	"targets/splunk/judge":      {"compiler/target", "compiler/form", "compiler/ir", "compiler/schema", "compiler/diag", "targets/splunk/eval", "targets/splunk/forms"},

	"targets/splunk/app":        {},
	"targets/splunk/apptest":    {},
	"targets/splunk/contentctl": {},

	"rules": {},
	"cmd/sigc": { // the facade, what it hands out, and what shows it; not sigma, ir or lower
		"compiler", "compiler/target", "compiler/schema", "compiler/pipeline", "compiler/list", "compiler/coverage", "compiler/coverage/docs", "compiler/coverage/page", "compiler/lang", "compiler/diag", "compiler/report", "compiler/explain", "compiler/jsonschema", "compiler/layout", "targets", "rules",
	},
}

// homes says where a dependency may be imported. Tests may import all of them.
var homes = map[string][]string{
	"github.com/spf13/cobra":              {"cmd/sigc/*"},
	"github.com/aymanbagabas/go-udiff":    {"cmd/sigc/*"},
	"github.com/bradleyjkemp/sigma-go":    {"compiler/sigma/*"},
	"github.com/alecthomas/participle/v2": {"compiler/kql/*"},
	"gopkg.in/yaml.v3":                    {"compiler/block/*", "compiler/sigma/*", "compiler/schema/*", "targets/yamltext/*", "targets/splunk/forms/*", "targets/kusto/homes/*", "targets/splunk/contentctl/*", "compiler/coverage/*", "compiler/layout/*", "compiler/lang/*", "compiler/pipeline/*", "compiler/coverage/page/*", "cmd/sigc/*"},
	"github.com/google/uuid":              {"cmd/sigc/*", "targets/kusto/*", "targets/splunk/contentctl/*"},
	"github.com/hashicorp/hcl/v2":         {"targets/*/format_terraform*.go"},
	"github.com/zclconf/go-cty":           {"targets/*/format_terraform*.go"},
	"golang.org/x/sync":                   {"cmd/sigc/*"},
	"github.com/google/go-cmp":            {"compiler/golden/*"},
	"github.com/rogpeppe/go-internal":     {"compiler/golden/*"},
}

// testsOnly are packages that only tests may import.
var testsOnly = []string{"compiler/golden", "compiler/target/targettest", "targets/bicep/biceptest", "targets/splunk/apptest"}

// outside is what only the command may touch: files, the environment, the network, other programs.
var outside = []string{"os", "os/exec", "os/signal", "net", "net/http", "syscall", "log", "math/rand", "math/rand/v2"}

// TestImports keeps to the import table of the architecture.
func TestImports(t *testing.T) {
	eachGoFile(t, func(name string, file *ast.File) {
		pkg := path.Dir(name)
		allowed, known := mayImport[pkg]
		if !known {
			t.Errorf("%s: the package %s is not in the import table", name, pkg)
			return
		}
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		if slices.Contains(allowed, "compiler/diag") {
			allowed = append(slices.Clip(allowed), "compiler/source")
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if ours, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(testsOnly, ours) {
				if !slices.Contains(allowed, ours) {
					t.Errorf("%s imports %s: the table does not allow it", name, ours)
				}
				continue
			}
			if problem := foreign(name, imported); problem != "" {
				t.Errorf("%s imports %s: %s", name, imported, problem)
			}
		}
	})
}

// foreign says what is wrong with an import from outside of the module.
func foreign(name, imported string) string {
	if slices.Contains(testsOnly, strings.TrimPrefix(imported, module)) {
		return "it is for tests"
	}
	for dependency, places := range homes {
		if imported != dependency && !strings.HasPrefix(imported, dependency+"/") {
			continue
		}
		for _, place := range places {
			if ok, err := path.Match(place, name); ok && err == nil {
				return ""
			}
		}
		return "its home is " + strings.Join(places, ", ")
	}
	inner := !strings.HasPrefix(name, "cmd/") && !strings.HasPrefix(name, "compiler/golden/")
	switch first, _, _ := strings.Cut(imported, "/"); {
	case strings.Contains(first, "."):
		return "a new dependency needs a home in this test"
	case inner && slices.Contains(outside, imported):
		return "only the command touches what is outside"
	}
	return ""
}

// TestForeign has imports on both sides of the line.
func TestForeign(t *testing.T) {
	tests := []struct {
		file, imported string
		allowed        bool
	}{
		{"cmd/sigc/env.go", "github.com/spf13/cobra", true},
		{"compiler/load.go", "github.com/spf13/cobra", false},
		{"compiler/kql/parse.go", "github.com/alecthomas/participle/v2/lexer", true},
		{"compiler/lower/lower.go", "github.com/alecthomas/participle/v2", false},
		{"targets/sentinel/format_terraform.go", "github.com/hashicorp/hcl/v2/hclwrite", true},
		{"targets/sentinel/rule.go", "github.com/hashicorp/hcl/v2/hclwrite", false},
		{"compiler/ir/eval.go", "strings", true},
		{"compiler/ir/eval.go", "os", false},
		{"cmd/sigc/main.go", "os", true},
		{"compiler/ir/eval.go", "example.org/new", false},
		{"compiler/report/text.go", "github.com/sigc-rules/sigc/compiler/golden", false},
	}
	for _, tt := range tests {
		if problem := foreign(tt.file, tt.imported); (problem == "") != tt.allowed {
			t.Errorf("%s imports %s: %q, allowed: %v", tt.file, tt.imported, problem, tt.allowed)
		}
	}
}

// TestClock finds calls that would make the output depend on the time: only the command has a clock.
func TestClock(t *testing.T) {
	eachGoFile(t, func(name string, file *ast.File) {
		if strings.HasPrefix(name, "cmd/") || strings.HasSuffix(name, "_test.go") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := call.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, call.Sel.Name) {
					t.Errorf("%s: time.%s", name, call.Sel.Name)
				}
			}
			return true
		})
	})
}

// eachGoFile parses the Go files of the module; names are slash-separated and start at its root.
func eachGoFile(t *testing.T, f func(name string, file *ast.File)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir("..", func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := e.Name(); e.IsDir() && name != ".." && (strings.HasPrefix(name, ".") || name == "testdata") {
			return fs.SkipDir
		}
		if e.IsDir() || !strings.HasSuffix(file, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		n++
		f(strings.TrimPrefix(filepath.ToSlash(file), "../"), parsed)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 100 {
		t.Errorf("only %d files were found", n)
	}
}
