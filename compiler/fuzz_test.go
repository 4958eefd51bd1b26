package compiler_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzLoad takes anything as a file of rules: nothing panics, every place lies inside of the file, a rule without
// errors has a meaning, and a rule without a meaning has a reason.
func FuzzLoad(f *testing.F) {
	for _, folder := range []string{"sigma", "compile"} {
		paths, err := filepath.Glob("../testdata/" + folder + "/*.txtar")
		if err != nil || len(paths) == 0 {
			f.Fatal("no seeds", err)
		}
		for _, path := range paths {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range archive.Files {
				if strings.HasSuffix(file.Name, ".yml") {
					f.Add(file.Data)
				}
			}
		}
	}
	for _, line := range []string{
		`A|re|i: '(?=a)(\1[b]++'`, `A|wide|base64offset|contains: 'a\*b'`, `A|contains|windash|all: [' -a /b', '–c']`,
		`A|expand: 'x%one%%two%\%'`, `A|cidr|neq: ['10.0.0.1/8', '::']`, `A|hour: 23`, `'|all': [1, "\0", x*y]`, `A|fieldref|endswith: B[0]`,
	} {
		f.Add([]byte(anItem(line)))
		f.Add([]byte("sigma-version: 3\n" + anItem("'a[any].b[-1]"+line)))
	}
	event := `{"A":["x","{\"b\":[1,{\"c\":null}]}",5,true,null,{}],"B":"x","a":[{"b":[1]}]}`
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.NewFile("rule.yml", text)
		start := time.Now()
		p := compiler.Load([]compiler.Input{{File: file, Path: "rule.yml"}}, compiler.Options{Lists: compiler.Values(map[string][]string{"one": {"x", "y*"}, "two": {}})})
		outputs := p.Compile(targets.All(), compiler.CompileOptions{})
		if took := time.Since(start); took > 2*time.Minute {
			t.Errorf("took %v", took)
		}
		found := p.Diagnostics()
		for _, d := range found {
			if d.ID == "" || d.Message == "" {
				t.Errorf("an unfinished message: %+v", d)
			}
			inside(t, file, d.Span)
			for _, r := range d.Related {
				inside(t, file, r.Span)
			}
			for _, fix := range d.Fixes {
				for _, e := range fix.Edits {
					inside(t, file, e.Span)
				}
			}
		}
		e := anEvent(t, event)
		for _, r := range p.Rules {
			if !r.OK() && !anyError(found) {
				t.Errorf("rule %q has no meaning and no error", r.Key())
			}
			r.Match(e)
			if r.OK() && !r.IsCorrelation() && r.Meaning() == "" {
				t.Errorf("rule %q has no errors and no meaning", r.Key())
			}
		}
		for _, out := range outputs {
			if n := outcomes(out); n > len(p.Rules) {
				t.Errorf("%s: %d outcomes for %d rules", out.Target.Name, n, len(p.Rules))
			}
			for _, refusal := range out.Refused {
				if refusal.Reason.ID == "" {
					t.Errorf("%s refuses %q without a reason", out.Target.Name, refusal.Rule.Key())
				}
			}
		}
	})
}

func anyError(found []diag.Diagnostic) bool {
	for _, d := range found {
		if d.Severity == diag.Error {
			return true
		}
	}
	return false
}

func inside(t *testing.T, file *source.File, at source.Span) {
	t.Helper()
	if at.IsZero() {
		return
	}
	if at.File != file || at.Start() < 0 || at.End() < at.Start() || at.End() > len(file.Text) {
		t.Errorf("the place %d-%d is not in the file", at.Start(), at.End())
	}
}
