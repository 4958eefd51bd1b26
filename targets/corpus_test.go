package targets_test

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
	kqljudge "github.com/sigc-rules/sigc/targets/kusto/judge"
)

var corpus = flag.String("corpus", "", "a folder of rules to compile and to report on in testdata/corpus.md")

// TestCorpus compiles rules that others have written, of which this repository holds none, and reports how many of each
// logsource compile for Sentinel and why the others do not.
func TestCorpus(t *testing.T) {
	if *corpus == "" {
		t.Skip("no corpus is named")
	}
	var in []compiler.Input
	err := filepath.WalkDir(*corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".yml" {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(*corpus, path)
		in = append(in, compiler.Input{File: source.NewFile(rel, text), Path: filepath.ToSlash(rel)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	p := compiler.Load(in, compiler.Options{})
	r := &corpusReport{logsources: map[string]*outcome{}}
	compiled := map[string]bool{}
	for _, out := range p.Compile(targets.All(), compiler.CompileOptions{}) {
		if out.Target.Name != "sentinel" {
			continue
		}
		for _, c := range out.Compiled {
			compiled[c.Path] = true
			if _, err := kqljudge.Parse(c.Text); err != nil {
				t.Errorf("%s: %v", c.Path, err)
			}
		}
	}
	reasons := map[string]string{}
	for _, d := range p.Diagnostics() {
		file := d.Span.File
		if d.Severity == diag.Error && (d.Target == "" || d.Target == "sentinel") && file != nil && reasons[file.Name] == "" {
			reasons[file.Name] = d.ID
		}
	}
	for _, i := range in {
		r.add(logsource(i.File.Text), compiled[strings.TrimSuffix(i.Path, ".yml")], cmp.Or(reasons[i.File.Name], "none is told"))
	}
	if err := os.WriteFile("../testdata/corpus.md", []byte(r.text()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// logsource is the log source that a rule names, as one reads it: every rule of the corpus writes it over several lines.
func logsource(text []byte) string {
	parts := map[string]string{}
	_, below, _ := strings.Cut(string(text), "\nlogsource:")
	for _, line := range strings.Split(below, "\n")[1:] {
		if line != "" && line[0] != ' ' {
			break
		}
		line, _, _ = strings.Cut(line, " #")
		if key, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			parts[key] = strings.Trim(strings.TrimSpace(value), `'"`)
		}
	}
	var out []string
	for _, key := range []string{"product", "category", "service"} {
		if parts[key] != "" {
			out = append(out, key+" "+parts[key])
		}
	}
	return strings.Join(out, ", ")
}

// outcome is what became of the rules of a logsource.
type outcome struct {
	compiled int
	refused  map[string]int // by the id of the first error
}

func (o *outcome) all() int {
	n := o.compiled
	for _, m := range o.refused {
		n += m
	}
	return n
}

type corpusReport struct {
	total      outcome
	logsources map[string]*outcome
}

func (r *corpusReport) add(logsource string, compiled bool, reason string) {
	o := r.logsources[logsource]
	if o == nil {
		o = &outcome{}
		r.logsources[logsource] = o
	}
	for _, o := range []*outcome{o, &r.total} {
		if compiled {
			o.compiled++
			continue
		}
		if o.refused == nil {
			o.refused = map[string]int{}
		}
		o.refused[reason]++
	}
}

func (r *corpusReport) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Rules of others\n\n%d of %d rules of a part of SigmaHQ compile for Sentinel; all others are refused with a reason. No rule is\n", r.total.compiled, r.total.all())
	b.WriteString("kept here. With the rules at hand, this is written by\n\n    go test ./targets -run TestCorpus -corpus DIR\n\n")
	b.WriteString("| reason | rules |\n|---|---|\n")
	for _, id := range slices.SortedFunc(maps.Keys(r.total.refused), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.total.refused[b], r.total.refused[a]), cmp.Compare(a, b))
	}) {
		fmt.Fprintf(&b, "| `%s` | %d |\n", id, r.total.refused[id])
	}
	b.WriteString("\n| logsource | rules | compiled | refused |\n|---|---|---|---|\n")
	for _, name := range slices.SortedFunc(maps.Keys(r.logsources), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.logsources[b].all(), r.logsources[a].all()), cmp.Compare(a, b))
	}) {
		o := r.logsources[name]
		var why []string
		for _, id := range slices.Sorted(maps.Keys(o.refused)) {
			why = append(why, fmt.Sprintf("%d `%s`", o.refused[id], id))
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s |\n", name, o.all(), o.compiled, strings.Join(why, ", "))
	}
	return b.String()
}
