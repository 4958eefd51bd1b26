package sigma_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"

	sigmago "github.com/bradleyjkemp/sigma-go"
	"github.com/google/go-cmp/cmp"
)

const corpus = "../../../shared/corpus"

type corpusFile struct {
	name string
	text []byte
}

// readCorpus returns the rules of SigmaHQ, which are not part of this repository. Without them the test is skipped.
func readCorpus(t testing.TB) []corpusFile {
	t.Helper()
	var files []corpusFile
	err := filepath.WalkDir(filepath.Join(corpus, "sigmahq"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".yml") {
			return err
		}
		text, err := os.ReadFile(path)
		files = append(files, corpusFile{path, text})
		return err
	})
	if os.IsNotExist(err) {
		t.Skip("the corpus is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the corpus is empty")
	}
	return files
}

// TestCorpus reads real rules: none has an error, and every scalar is found in the file where it is said to be.
func TestCorpus(t *testing.T) {
	for _, f := range readCorpus(t) {
		var diags diag.List
		rules := sigma.Parse(source.NewFile(f.name, f.text), &diags).Rules
		if diags.Errors() > 0 || len(rules) != 1 || rules[0].Broken {
			t.Errorf("%s: %d rules\n%s", f.name, len(rules), renderDiags(&diags))
			continue
		}
		checkSpans(t, rules[0])
	}
}

// checkSpans compares every value of a rule with the text at its place. The values of the corpus need no escape but
// doubled single quotes, or are written in double quotes, which are left out.
func checkSpans(t *testing.T, r *sigma.Rule) {
	t.Helper()
	check := func(name, value string, at source.Span) {
		raw := at.Text()
		switch {
		case strings.HasPrefix(raw, "'"):
			raw = strings.ReplaceAll(raw[1:len(raw)-1], "''", "'")
		case strings.HasPrefix(raw, `"`), strings.HasPrefix(raw, "|"), strings.HasPrefix(raw, ">"):
			return
		}
		if strings.Join(strings.Fields(raw), " ") != strings.Join(strings.Fields(value), " ") {
			t.Errorf("%s: the place of %s %q holds %q", r.File.Name, name, value, raw)
		}
	}
	check("title", r.Title.Value, r.Title.At)
	for _, s := range r.Detection.Searches {
		check("search", s.Name.Value, s.Name.At)
		for _, a := range s.Body {
			if a.Keyword != nil {
				check("keyword", a.Keyword.Text, a.Keyword.At)
			}
			for _, i := range a.Items {
				check("field", i.Field.Value, i.Field.At)
				for _, m := range i.Modifiers {
					check("modifier", m.Value, m.At)
				}
				for _, v := range i.Values {
					if v.Kind != sigma.Null {
						check("value", v.Text, v.At)
					}
					if inner := v.Map().Span(0, len(v.Text)); v.Text != "" && v.At.Start() > inner.Start() || inner.End() > v.At.End() {
						t.Errorf("%s: the text of %q lies outside of it", r.File.Name, v.Text)
					}
				}
			}
		}
	}
	for _, c := range r.Detection.Conditions {
		eachCond(c.Expr, func(x sigma.Cond) {
			switch x := x.(type) {
			case *sigma.CondRef:
				check("search", x.Name, x.At)
			case *sigma.CondQuant:
				if !x.Them {
					check("pattern", x.Pattern, x.Target)
				}
			}
		})
	}
}

// TestSigmaGo compares our conditions with those of sigma-go, where it accepts the rule.
func TestSigmaGo(t *testing.T) {
	accepted := 0
	for _, f := range readCorpus(t) {
		theirs, err := sigmago.ParseRule(f.text)
		if err != nil {
			continue
		}
		accepted++
		var diags diag.List
		ours := sigma.Parse(source.NewFile(f.name, f.text), &diags).Rules[0].SigmaGo()
		got, want := expressions(ours.Detection.Conditions), expressions(theirs.Detection.Conditions)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: condition (-sigma-go +sigc)\n%s", f.name, diff)
		}
		if ours.Title != theirs.Title || ours.ID != theirs.ID || ours.Level != theirs.Level || !cmp.Equal(ours.Tags, theirs.Tags) {
			t.Errorf("%s: the headers differ", f.name)
		}
		for name, search := range theirs.Detection.Searches {
			if len(search.EventMatchers) != len(ours.Detection.Searches[name].EventMatchers) {
				t.Errorf("%s: search %q differs", f.name, name)
			}
		}
	}
	if accepted < 1000 {
		t.Errorf("sigma-go accepts only %d rules: the comparison shows nothing", accepted)
	}
}

func expressions(conditions sigmago.Conditions) []any {
	var out []any
	for _, c := range conditions {
		out = append(out, c.Search)
	}
	return out
}

// eachCond calls f for a condition and everything in it.
func eachCond(c sigma.Cond, f func(sigma.Cond)) {
	if c == nil {
		return
	}
	f(c)
	switch c := c.(type) {
	case *sigma.CondAnd:
		for _, x := range c.X {
			eachCond(x, f)
		}
	case *sigma.CondOr:
		for _, x := range c.X {
			eachCond(x, f)
		}
	case *sigma.CondNot:
		eachCond(c.X, f)
	}
}
