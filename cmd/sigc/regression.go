package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
)

// regressionPath is the key by which rules of SigmaHQ name the file that describes their tests.
var regressionPath = regexp.MustCompile(`(?m)^regression_tests_path:[ \t]*['"]?([^'"\r\n#]+?)['"]?[ \t]*(?:#.*)?\r?$`)

// ruleID is the id of a rule.
var ruleID = regexp.MustCompile(`(?m)^id:[ \t]*['"]?([^'"\s#]+)`)

// regressions reads the tests that rules name as those of SigmaHQ do. Paths start from the folder of the rule or from one
// above it, which is the root of a repository.
type regressions struct {
	env      *Env
	findings diag.List     // about the rules
	wrong    diag.List     // mistakes in descriptions of tests
	away     []source.Span // paths of tests that are not here at all
	changed  []*changed
}

// changed are tests of rules that pipelines and filters change.
type changed struct {
	pipelines, filters []string
	tests              map[*source.File]*compiler.Cases
}

// of reads the tests that a file of rules names; nil when it names none that are here.
func (r *regressions) of(in compiler.Input) (*compiler.Cases, error) {
	var out *compiler.Cases
	for _, m := range regressionPath.FindAllSubmatchIndex(in.File.Text, -1) {
		at := in.File.Span(m[2], m[3])
		name, ok := r.env.above(in.File.Name, at.Text())
		if !ok {
			r.lost(at)
			continue
		}
		text, err := r.env.readFile(name)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = &compiler.Cases{Shape: regressionShape}
		}
		r.read(in, source.NewFile(filepath.ToSlash(name), text), out)
	}
	return out, nil
}

const regressionShape = "regression tests in the form of SigmaHQ"

// lost reports tests that are not where the rule says. Rules are often copied without any tests; where the folder of the
// tests is there, the path is a mistake.
func (r *regressions) lost(at source.Span) {
	path := at.Text()
	if first, _, _ := strings.Cut(strings.TrimLeft(path, "./"), "/"); r.env.folderAbove(at.File.Name, first) {
		r.findings.Errorf("test/missing", at, "there is no file %q in the folder of this rule or above it, where its tests should be", path)
		return
	}
	r.away = append(r.away, at)
}

// told are the findings about the rules. Rules without their tests are told once.
func (r *regressions) told() []diag.Diagnostic {
	if n := len(r.away); n > 0 {
		path := r.away[0].Text()
		first, _, _ := strings.Cut(path, "/")
		d := r.findings.Warnf("test/missing", r.away[0], "the tests that this rule names are not here: there is no folder %q beside it or above it", first)
		if n > 1 {
			d.Hint = fmt.Sprintf("the same holds of %s", count(n-1, "other rule"))
		}
	}
	return r.findings.Sorted()
}

// regressionTest is an entry of the description of tests.
type regressionTest struct {
	name, kind, path   string
	least              int
	pipelines, filters []*yaml.Node
	pathAt, kindAt     *yaml.Node
}

// read reads the description of tests.
func (r *regressions) read(in compiler.Input, file *source.File, out *compiler.Cases) {
	i := &infoReader{regressions: r, file: file.Name}
	var ok bool
	if i.tree, ok = compiler.Document(file, &r.wrong); !ok {
		return
	}
	rule, tests := i.info()
	if rule == nil {
		return
	}
	if !slices.ContainsFunc(ruleID.FindAllSubmatch(in.File.Text, -1), func(m [][]byte) bool { return strings.EqualFold(string(m[1]), rule.Value) }) {
		i.fail(rule, "these tests are about the rule %s, which is not in %s", rule.Value, in.File.Name)
		return
	}
	for _, t := range tests {
		i.add(in, rule.Value, t, out)
	}
}

// infoReader reads one description.
type infoReader struct {
	*regressions
	file string
	tree compiler.Tree
}

func (i *infoReader) fail(at *yaml.Node, format string, args ...any) {
	i.wrong.Errorf("test/value", i.tree.Span(at), format, args...)
}

// infoKeys are the keys that the repository of SigmaHQ documents, at the top and of a test.
var (
	infoKeys = []string{"author", "date", "description", "id", "modified", "regression_tests_info", "rule_metadata"}
	testKeys = []string{"filters", "match_count", "name", "path", "pipelines", "provider", "type"}
)

// info returns the id of the rule that the tests are about, and the tests; nil where something is wrong.
func (i *infoReader) info() (rule *yaml.Node, tests []regressionTest) {
	before := i.wrong.Len()
	root := i.tree.Root
	if root == nil {
		i.wrong.Errorf("test/value", source.Span{File: i.tree.File()}, "an empty file describes no tests")
		return nil, nil
	}
	parts := i.keys(root, infoKeys)
	if n := parts["rule_metadata"]; n != nil && n.Kind == yaml.SequenceNode && len(n.Content) > 0 {
		rule = i.keys(n.Content[0], nil)["id"]
	}
	list := parts["regression_tests_info"]
	if rule == nil || rule.Value == "" || list == nil || list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		i.fail(root, `"rule_metadata" with the id of the rule and "regression_tests_info" with tests are needed`)
		return nil, nil
	}
	for n, item := range list.Content {
		tests = append(tests, i.test(n, item))
	}
	if i.wrong.FailedSince(before) {
		return nil, nil
	}
	return rule, tests
}

// keys returns the values of a map by their keys. An unknown one is told; nil knows all.
func (i *infoReader) keys(n *yaml.Node, known []string) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	if n.Kind != yaml.MappingNode {
		i.fail(n, "a map belongs here")
	}
	for k := 0; n.Kind == yaml.MappingNode && k+1 < len(n.Content); k += 2 {
		key := n.Content[k]
		if known != nil && !slices.Contains(known, key.Value) {
			i.wrong.Warnf("test/unknown-key", i.tree.Span(key), "the key %q means nothing to the tests%s", key.Value, diag.Meant(key.Value, known))
		}
		out[key.Value] = n.Content[k+1]
	}
	return out
}

func (i *infoReader) test(n int, item *yaml.Node) regressionTest {
	parts := i.keys(item, testKeys)
	t := regressionTest{least: 1, kindAt: item, pathAt: item}
	texts := map[string]*string{"name": &t.name, "type": &t.kind, "path": &t.path}
	for key, into := range texts {
		if v := parts[key]; v != nil {
			if *into = v.Value; v.Kind != yaml.ScalarNode {
				i.fail(v, "%q must be a text", key)
			}
		}
	}
	if t.name == "" {
		t.name = fmt.Sprintf("test %d", n+1)
	}
	if v := parts["type"]; v != nil {
		t.kindAt = v
	}
	if v := parts["path"]; v != nil && v.Value != "" {
		t.pathAt = v
	} else {
		i.fail(item, `the test needs a "path" to a file of events`)
	}
	if kinds := []string{"evtx", "json", "ndjson", "jsonl"}; !slices.Contains(kinds, t.kind) {
		i.fail(t.kindAt, "there is no type %q of tests%s", t.kind, diag.Meant(t.kind, kinds))
	}
	if v := parts["match_count"]; v != nil && (v.Decode(&t.least) != nil || t.least < 0) {
		i.fail(v, "match_count is %s: how many events the rule matches, and 0 or more", v.Value)
	}
	for key, into := range map[string]*[]*yaml.Node{"pipelines": &t.pipelines, "filters": &t.filters} {
		switch v := parts[key]; {
		case v == nil || v.ShortTag() == "!!null":
		case v.Kind == yaml.SequenceNode:
			*into = v.Content
		default:
			*into = []*yaml.Node{v}
		}
	}
	return t
}

// add adds a test to those of the rule as it stands, or to those of the rule that pipelines and filters change.
func (i *infoReader) add(in compiler.Input, rule string, t regressionTest, out *compiler.Cases) {
	label := t.name + ", " + filepath.Base(filepath.FromSlash(t.path))
	name, binary := i.events(in.File.Name, t)
	switch {
	case name == "":
		i.wrong.Errorf("test/missing", i.tree.Span(t.pathAt), "there is no file %q in the folder of the rule or of this file, or above", t.path)
		return
	case binary:
		out.AddSkipped(label, rule, "binary event logs (EVTX) are not read; the same events as JSON beside it would be")
		return
	}
	if pipelines, filters := i.changing(in.File.Name, t.pipelines), i.found(in.File.Name, t.filters); len(pipelines)+len(filters) > 0 {
		out = i.set(pipelines, filters, in.File)
	}
	text, err := i.env.readFile(name)
	if err == nil {
		err = out.AddFile(label, rule, t.least, text)
	}
	if err != nil {
		i.fail(t.pathAt, "%s: %v", name, err)
	}
}

// events returns the file with the events of a test; those of a binary event log are in the JSON beside it, which SigmaHQ
// keeps. It is "" for none.
func (i *infoReader) events(rule string, t regressionTest) (name string, binary bool) {
	if t.kind == "evtx" {
		if name, ok := i.either(rule, strings.TrimSuffix(t.path, filepath.Ext(t.path))+".json"); ok {
			return name, false
		}
	}
	name, _ = i.either(rule, t.path)
	return name, t.kind == "evtx"
}

func (i *infoReader) either(rule, path string) (string, bool) {
	if name, ok := i.env.above(rule, path); ok {
		return name, true
	}
	return i.env.above(i.file, path)
}

// found are files that the test names, as far as there are such.
func (i *infoReader) found(rule string, names []*yaml.Node) []string {
	var out []string
	for _, n := range names {
		if name, ok := i.either(rule, n.Value); ok {
			out = append(out, name)
		} else {
			i.wrong.Errorf("test/missing", i.tree.Span(n), "there is no file %q in the folder of the rule or of this file, or above", n.Value)
		}
	}
	return out
}

// changing are the pipelines that change what a rule means. The others only say where in the JSON of an event of Windows a
// field stands, which sigc knows by itself.
func (i *infoReader) changing(rule string, names []*yaml.Node) []string {
	return slices.DeleteFunc(i.found(rule, names), func(name string) bool {
		text, err := i.env.readFile(name)
		return err == nil && placesOnly(text)
	})
}

// set returns the tests of a file of rules that these pipelines and filters change.
func (r *regressions) set(pipelines, filters []string, file *source.File) *compiler.Cases {
	at := slices.IndexFunc(r.changed, func(c *changed) bool { return slices.Equal(c.pipelines, pipelines) && slices.Equal(c.filters, filters) })
	if at < 0 {
		at = len(r.changed)
		r.changed = append(r.changed, &changed{pipelines, filters, map[*source.File]*compiler.Cases{}})
	}
	tests := r.changed[at].tests
	if tests[file] == nil {
		tests[file] = &compiler.Cases{Shape: regressionShape}
	}
	return tests[file]
}

// placesOnly reports whether all that a pipeline does is to name the place of each field: Event.EventData.Image for Image.
func placesOnly(pipeline []byte) bool {
	var p struct {
		Transformations []struct {
			Type    string
			Mapping map[string]string
		}
	}
	if yaml.Unmarshal(pipeline, &p) != nil {
		return false
	}
	for _, t := range p.Transformations {
		for from, to := range t.Mapping {
			if to != "Event.EventData."+from && to != "Event.System."+from {
				return false
			}
		}
		if t.Type != "field_name_mapping" || len(t.Mapping) == 0 {
			return false
		}
	}
	return true
}
