package compiler_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

// corpus is where the rules of SigmaHQ may stand.
const corpus = "../../shared/corpus/sigmahq"

// readCorpus returns the rules of SigmaHQ, which are not part of this repository. Without them the test is skipped.
func readCorpus(t testing.TB) []compiler.Input {
	t.Helper()
	var inputs []compiler.Input
	err := filepath.WalkDir(corpus, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".yml") {
			return err
		}
		text, err := os.ReadFile(path)
		name := filepath.ToSlash(strings.TrimPrefix(path, corpus+"/"))
		inputs = append(inputs, compiler.Input{File: source.NewFile(name, text), Path: name})
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if len(inputs) == 0 {
		t.Skip("the corpus is not here")
	}
	return inputs
}

var percentName = regexp.MustCompile(`%([^%\s]+)%`)

// placeholders gives a value to every name between percent signs.
func placeholders(inputs []compiler.Input) map[string][]string {
	lists := map[string][]string{}
	for _, in := range inputs {
		for _, m := range percentName.FindAllSubmatch(in.File.Text, -1) {
			lists[string(m[1])] = []string{"one", "two*"}
		}
	}
	return lists
}

// located are the errors of rules that mean something, but not in the log they name: package target finds them.
var located = []string{"field/unknown", "field/object-compared", "field/never-holds"}

// TestCorpus gives a meaning to all of the real rules: with every placeholder filled, nothing is refused but fields that
// a log does not have.
func TestCorpus(t *testing.T) {
	inputs := readCorpus(t)
	for _, tt := range []struct {
		name    string
		lists   map[string][]string
		allowed []string
	}{
		{"with values for placeholders", placeholders(inputs), located},
		{"without", nil, append([]string{"placeholder/unresolved"}, located...)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := compiler.Load(inputs, compiler.Options{Lists: compiler.Values(tt.lists)})
			if len(p.Rules) != len(inputs) {
				t.Errorf("%d rules in %d files", len(p.Rules), len(inputs))
			}
			count := map[string]int{}
			refused := map[string]bool{}
			for _, d := range p.Diagnostics() {
				count[d.Severity.String()+" "+d.ID]++
				if d.Severity != diag.Error {
					continue
				}
				refused[d.Span.File.Name] = true
				if !slices.Contains(tt.allowed, d.ID) {
					t.Errorf("%s: %s: %s", d.Span.File.Name, d.ID, d.Message)
				}
				if d.ID == "placeholder/unresolved" && !strings.Contains(string(d.Span.File.Text), "|expand") {
					t.Errorf("%s: a placeholder without \"expand\": %s", d.Span.File.Name, d.Span.Text())
				}
			}
			for _, r := range p.Rules {
				if r.OK() == refused[r.File] {
					t.Errorf("%s: without errors: %v, with errors: %v", r.File, r.OK(), refused[r.File])
				}
				if r.OK() && (r.Meaning() == "" || r.Meaning() == "true" || r.Meaning() == "false") {
					t.Errorf("%s means %q", r.File, r.Meaning())
				}
			}
			t.Logf("%d rules, %d refused", len(p.Rules), len(refused))
			for _, id := range slices.Sorted(maps.Keys(count)) {
				t.Logf("%6d %s", count[id], id)
			}
		})
	}
}

// TestCorpusCompiles writes the real rules for every target: each is there or has a reason, and the second run writes
// the same.
func TestCorpusCompiles(t *testing.T) {
	inputs := readCorpus(t)
	lists := placeholders(inputs)
	run := func() (*compiler.Program, []*compiler.Output) {
		p := compiler.Load(inputs, compiler.Options{Lists: compiler.Values(lists)})
		return p, p.Compile(targets.All(), compiler.CompileOptions{})
	}
	p, first := run()
	_, second := run()
	for i, out := range first {
		reasons := map[string]int{}
		for _, r := range out.Refused {
			reasons[r.Reason.ID]++
			if r.Reason.ID == "" {
				t.Errorf("%s: %s is refused without a reason", out.Target.Name, r.Rule.File)
			}
		}
		if n := outcomes(out); n != len(p.Rules) {
			t.Errorf("%s: %d outcomes for %d rules", out.Target.Name, n, len(p.Rules))
		}
		for j, c := range out.Compiled {
			if again := second[i].Compiled[j]; again.Text != c.Text || again.Path != c.Path {
				t.Errorf("%s: %s differs between two runs", out.Target.Name, c.Path)
			}
		}
		t.Logf("%s: %d compiled, refused: %v", out.Target.Name, len(out.Compiled), reasons)
	}
}

// outcomes counts the rules that have been compiled, into however many queries, or refused.
func outcomes(out *compiler.Output) int {
	n := len(out.Refused)
	for _, c := range out.Compiled {
		if c.Nth == 0 {
			n++
		}
	}
	return n
}
