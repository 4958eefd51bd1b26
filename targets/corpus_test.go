package targets_test

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
	kqljudge "github.com/sigc-rules/sigc/targets/kusto/judge"
)

var corpus = flag.String("corpus", "", "a folder of rules to compile and to report on in testdata/corpus.md")

// TestCorpus compiles rules that others have written, of which this repository holds none, and reports how many of each
// logsource compile for Sentinel and for Splunk, and why the others do not. Where the parser of Microsoft is installed
// (npm ci in .ci/kqlcheck), it reads every query.
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
	r := &corpusReport{logsources: map[string]*row{}, reasons: map[string]*row{}}
	logsources := map[string]string{} // by the path of a rule
	for _, i := range in {
		path := strings.TrimSuffix(i.Path, ".yml")
		logsources[path] = logsource(i.File.Text)
		r.row(logsources[path]).rules++
	}
	for _, out := range p.Compile(targets.All(), compiler.CompileOptions{}) {
		n := slices.Index(reported[:], out.Target.Name)
		if n < 0 {
			continue
		}
		if out.Target.Name == "sentinel" {
			r.bound = bind(t, out.Compiled)
		}
		compiled := map[string]bool{}
		for _, c := range out.Compiled {
			if compiled[c.Path] {
				continue // a second query of the rule
			}
			compiled[c.Path] = true
			r.compiled[n]++
			r.row(logsources[c.Path]).compiled[n]++
		}
		for _, refused := range out.Refused {
			id := refused.Reason.ID
			if id == "" || refused.Reason.Span.File == nil {
				t.Errorf("%s is refused for %s without an id or a place: %s", refused.Rule.Path, out.Target.Name, refused.Reason.Message)
			}
			r.refuse(logsources[refused.Rule.Path], id, n)
		}
	}
	if err := os.WriteFile("../testdata/corpus.md", []byte(r.text(len(in))), 0o644); err != nil {
		t.Fatal(err)
	}
}

// bind has all queries read by our own parser, and by Microsoft's where that is installed. It says what came of the latter.
func bind(t *testing.T, compiled []*target.Compiled) string {
	dir := t.TempDir()
	for i, c := range compiled {
		if _, err := kqljudge.Parse(c.Text); err != nil {
			t.Errorf("%s: %v", c.Path, err)
		}
		name := filepath.Join(dir, "sentinel", fmt.Sprintf("%s-%d.kql", c.Path, i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(c.Text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat("../.ci/kqlcheck/node_modules"); err != nil {
		return "Microsoft's parser was not at hand."
	}
	schemas := filepath.Join(dir, "schemas.json")
	tables, err := exec.Command("go", "run", "../.ci/kqlcheck/schemas").Output()
	if err == nil {
		err = os.WriteFile(schemas, tables, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("node", "../.ci/kqlcheck/check.js", schemas, dir).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	return "Microsoft's parser and binder on the queries for Sentinel: " + lines[len(lines)-1] + ".\n" + unlisted(compiled)
}

// connectorTable finds the table that a query reads if a connector makes it: Log Analytics has the name of such a table end
// in _CL, https://learn.microsoft.com/azure/azure-monitor/logs/create-custom-table.
var connectorTable = regexp.MustCompile(`(?m)^\w+_CL$`)

// unlisted says how many queries were bound against columns that Microsoft's reference of tables does not confirm.
func unlisted(compiled []*target.Compiled) string {
	queries := 0
	tables := map[string]bool{}
	for _, c := range compiled {
		if table := connectorTable.FindString(c.Text); table != "" {
			queries++
			tables["`"+table+"`"] = true
		}
	}
	return fmt.Sprintf("The columns are those that sigc's own files give: %d of the queries read tables that connectors make and that\n"+
		"Microsoft's reference of tables does not list:\n%s.", queries, strings.Join(slices.Sorted(maps.Keys(tables)), ", "))
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

// reported are the targets of the report.
var reported = [...]string{"sentinel", "splunk"}

// row counts rules of a logsource: all, those that compile for each target, and the others by what was found first.
type row struct {
	rules    int
	compiled [len(reported)]int
	refused  map[string][len(reported)]int
}

type corpusReport struct {
	compiled   [len(reported)]int
	bound      string
	logsources map[string]*row
	reasons    map[string]*row
}

func (r *corpusReport) row(logsource string) *row {
	if r.logsources[logsource] == nil {
		r.logsources[logsource] = &row{refused: map[string][len(reported)]int{}}
	}
	return r.logsources[logsource]
}

func (r *corpusReport) refuse(logsource, id string, target int) {
	refused := r.row(logsource).refused
	counts := refused[id]
	counts[target]++
	refused[id] = counts
	if r.reasons[id] == nil {
		r.reasons[id] = &row{}
	}
	r.reasons[id].compiled[target]++
}

func (r *corpusReport) text(total int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Rules of others\n\nOf %d rules of a part of SigmaHQ, %d compile for Sentinel and %d for Splunk, as both are without a setting; the others\n", total, r.compiled[0], r.compiled[1])
	fmt.Fprintf(&b, "are refused with a reason. %s\n", r.bound)
	b.WriteString("No rule is kept here. With the rules at hand, this is written by\n\n    go test ./targets -run TestCorpus -corpus DIR\n\n")
	b.WriteString("| reason | Sentinel | Splunk |\n|---|---|---|\n")
	for _, id := range slices.SortedFunc(maps.Keys(r.reasons), func(a, b string) int {
		x, y := r.reasons[a].compiled, r.reasons[b].compiled
		return cmp.Or(cmp.Compare(y[0]+y[1], x[0]+x[1]), cmp.Compare(a, b))
	}) {
		n := r.reasons[id].compiled
		fmt.Fprintf(&b, "| `%s` | %d | %d |\n", id, n[0], n[1])
	}
	b.WriteString("\n| logsource | rules | Sentinel | Splunk | refused (Sentinel, Splunk) |\n|---|---|---|---|---|\n")
	for _, name := range slices.SortedFunc(maps.Keys(r.logsources), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.logsources[b].rules, r.logsources[a].rules), cmp.Compare(a, b))
	}) {
		o := r.logsources[name]
		var why []string
		for _, id := range slices.Sorted(maps.Keys(o.refused)) {
			why = append(why, fmt.Sprintf("`%s` %d, %d", id, o.refused[id][0], o.refused[id][1]))
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %s |\n", name, o.rules, o.compiled[0], o.compiled[1], strings.Join(why, "; "))
	}
	return b.String()
}
