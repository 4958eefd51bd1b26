package targets_test

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/rules"
	"github.com/sigc-rules/sigc/targets"
	"github.com/sigc-rules/sigc/targets/splunk/apptest"

	"gopkg.in/yaml.v3"
)

// TestPack writes the embedded pack for every target in all its formats.
func TestPack(t *testing.T) {
	var inputs []compiler.Input
	pack := packRules(t)
	for _, path := range slices.Sorted(maps.Keys(pack)) { // the templates hold the rules in the order of the input
		text := pack[path]
		inputs = append(inputs, compiler.Input{File: source.NewFile(path, text), Path: path})
	}
	p := compiler.Load(inputs, compiler.Options{Lists: packLists(t)})
	outputs := p.Compile(targets.All(), compiler.CompileOptions{})
	for _, out := range outputs {
		for _, r := range out.Refused {
			t.Errorf("%s refuses %s: %s", out.Target.Name, r.Rule.Title, r.Reason.Message)
		}
	}
	files, err := p.Files(outputs, nil, "sigc")
	if err != nil {
		t.Fatal(err)
	}
	onRequest, err := p.Files(outputs[:1], []string{"solution", "repository"}, "sigc")
	if err != nil {
		t.Fatal(err)
	}
	requested, err := p.Files(outputs, []string{"bicep", "terraform"}, "sigc")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range requested {
		if f.Path == "sentinel/main.bicep" || strings.HasPrefix(f.Path, "sentinel/terraform/") { // those of single rules say the same
			files = append(files, f)
		}
	}
	content, err := p.Files(outputs[2:], []string{"contentctl"}, "sigc")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range content { // one detection of each kind; their searches stand in the folders of the rules too
		if in, ok := strings.CutPrefix(f.Path, "splunk/contentctl/detections/cloud/"); !ok || slices.Contains(contentShown, in) {
			files = append(files, f)
		}
	}
	got := map[string][]byte{}
	for _, f := range slices.Concat(files, onRequest) {
		switch { // checksums of the other files say nothing to a reviewer, nor does an archive of them
		case f.Path == "manifest.json" || strings.HasSuffix(f.Path, ".zip"):
		case path.Dir(f.Path) == "splunk/app":
			inspectApp(t, f.Path, f.Data, files, len(outputs[len(outputs)-1].Compiled))
		default:
			got[f.Path] = f.Data
		}
	}
	golden.Folder(t, "../testdata/pack", got)
}

// contentShown are the detections for contentctl among the golden files: a rule, a correlation, one about nobody.
var contentShown = []string{
	"account_created_or_deleted_by_an_unapproved_actor.yml", "many_failed_sign_ins_of_a_b2c_account.yml", "failed_b2c_sign_ins_increased_by_a_tenth.yml",
}

// inspectApp opens the Splunk app of the pack: it is what stands in the folder beside it, AppInspect's checks find nothing,
// and every rule has a search and a filter.
func inspectApp(t *testing.T, name string, archive []byte, files []target.File, rules int) {
	t.Helper()
	p, err := apptest.Open(name, archive)
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range apptest.Inspect(p) {
		t.Error(found)
	}
	folder := strings.TrimSuffix(name, ".spl") + "/"
	n := 0
	for _, f := range files {
		if in, ok := strings.CutPrefix(f.Path, folder); ok {
			n++
			if !bytes.Equal(p.Files[in], f.Data) {
				t.Errorf("%s is not the same in the archive", f.Path)
			}
		}
	}
	if n != len(p.Files) || n < 9 {
		t.Errorf("%d files in the folder, %d in the archive", n, len(p.Files))
	}
	macros := map[string]bool{}
	for _, m := range p.Confs["default/macros.conf"] {
		macros[m.Name] = true
	}
	searches := p.Confs["default/savedsearches.conf"]
	for _, s := range searches {
		used := regexp.MustCompile("`[^`]*`").FindAllString(s.Of["search"], -1)
		if len(used) < 2 || !strings.HasSuffix(s.Of["search"], "_filter`") {
			t.Errorf("[%s] has no filter", s.Name)
		}
		for _, m := range used {
			name, _, one := strings.Cut(strings.Trim(m, "`"), "(")
			if one { // an argument
				name += "(1)"
			}
			if !macros[name] {
				t.Errorf("[%s] uses %s, which is not defined", s.Name, m)
			}
		}
	}
	if len(searches) != rules {
		t.Errorf("%d searches of %d rules", len(searches), rules)
	}
}

// TestPackEvents tries the rules of the pack on the events that stand beside them, as sigc test does: everyone must be able
// to tell, and be right.
func TestPackEvents(t *testing.T) {
	suite := compiler.Suite{Targets: targets.All(), Options: compiler.Options{Lists: packLists(t)}}
	files := map[*source.File]*compiler.Cases{}
	for path, text := range packRules(t) {
		in := compiler.Input{File: source.NewFile(path, text), Path: path}
		suite.Inputs = append(suite.Inputs, in)
		files[in.File] = packCases(t, path)
	}
	for _, run := range suite.Run(files) {
		t.Run(run.Input.Path, func(t *testing.T) {
			for _, d := range run.Diagnostics {
				if d.Severity == diag.Error {
					t.Errorf("%s: %s", d.ID, d.Message)
				}
			}
			for _, r := range run.Results {
				if !r.OK() || r.Skipped != "" {
					t.Errorf("%s: %s, %s%s: %s%s", r.Rule.Title, r.Case, r.Form, r.Target, r.Wrong(), r.Skipped)
				}
			}
			enough(t, run)
		})
	}
}

// Every rule has at least this many events that it matches, and that it nearly does.
const matching, nearMisses = 3, 4

func enough(t *testing.T, run compiler.Run) {
	t.Helper()
	want := map[*compiler.Rule]map[string]bool{} // what is wanted of each case
	for _, r := range run.Results {
		if want[r.Rule] == nil {
			want[r.Rule] = map[string]bool{}
		}
		want[r.Rule][r.Case] = r.Want
	}
	if len(want) == 0 {
		t.Error("nothing is tried")
	}
	for rule, cases := range want {
		n := 0
		for _, match := range cases {
			if match {
				n++
			}
		}
		if misses := len(cases) - n; !rule.Part && (n < matching || misses < nearMisses) {
			t.Errorf("%s: %d cases match and %d do not; at least %d and %d are wanted", rule.Title, n, misses, matching, nearMisses)
		}
	}
	if run.Cases.Shape == "" {
		t.Error("\"shape\" must name the source of the form of the events")
	}
}

// TestPackKeptLists asks the targets once more, where they keep the lists that they can.
func TestPackKeptLists(t *testing.T) {
	asked := tally{}
	for path, text := range packRules(t) {
		t.Run(path, func(t *testing.T) {
			cases := packCases(t, path)
			if len(cases.Lists) == 0 {
				return
			}
			kept := &testCase{text: text, lists: cases.Lists, keep: true}
			kept.compile()
			for _, c := range cases.Cases {
				if !c.Sequence && c.Rule == "" {
					kept.judge(t, event{Name: c.Name, Match: &c.Match, Event: c.Events[0]}, asked)
				}
			}
		})
	}
	for _, j := range judges(t) {
		if asked[j.name] == 0 && j.name != "sigma-go" { // which knows none of the arrays and lists of the pack
			t.Errorf("%s has judged no event", j.name)
		}
	}
}

// packCases reads the cases beside a rule of the pack.
func packCases(t *testing.T, rule string) *compiler.Cases {
	t.Helper()
	open := func(name string) ([]byte, error) { return fs.ReadFile(rules.FS(), name) }
	name := strings.TrimSuffix(rule, ".yml") + ".events.json"
	text, err := open(name)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := compiler.ReadCases(source.NewFile(name, text), open)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func packRules(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := fs.WalkDir(rules.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".yml") || path == "sigc.yml" {
			return err
		}
		out[path], err = fs.ReadFile(rules.FS(), path)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d rules in the pack, %v", len(out), err)
	}
	return out
}

// packLists are the lists of the pack as the configuration beside it declares them.
func packLists(t *testing.T) map[string]*list.List {
	t.Helper()
	text, err := fs.ReadFile(rules.FS(), "sigc.yml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Lists map[string]struct {
			Type, File, From, To string
			Days                 []string
			TimeZone             string `yaml:"time_zone"`
		}
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	out := map[string]*list.List{}
	for name, l := range config.Lists {
		made := &list.List{Name: name, Type: list.Text}
		if l.File != "" {
			made.Values = packValues(t, l.File)
		}
		if l.Type == string(list.Schedule) {
			zone, known := list.ReadZone(l.TimeZone)
			from, begins := list.ReadClock(l.From)
			to, ends := list.ReadClock(l.To)
			if !known || !begins || !ends {
				t.Fatalf("%s: no schedule", name)
			}
			made.Type, made.Hours = list.Schedule, &list.Hours{Zone: zone, From: from, To: to}
			for _, d := range l.Days {
				day, _ := list.ReadDay(d)
				made.Hours.Days = append(made.Hours.Days, day)
			}
		}
		out[name] = made
	}
	return out
}

// packValues are the values of a list that the pack has in a file.
func packValues(t *testing.T, file string) []string {
	t.Helper()
	text, err := fs.ReadFile(rules.FS(), file)
	if err != nil {
		t.Fatal(err)
	}
	values, err := list.ReadCSV(text, "")
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var out []string
	for _, v := range values {
		out = append(out, v.Text)
	}
	return out
}
