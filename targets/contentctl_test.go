package targets_test

import (
	"encoding/csv"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

// oddRules are what a pack seldom has: titles that are no names, names that are taken, no id, no date, lists that are kept.
const oddRules = `
title: "Sign-in (of $user$) [x] by 'admin' / Ünïcode: 100% of it"
logsource: {product: azure, service: signinlogs}
detection: {s: {UserPrincipalName|expand: '%vip-users%', IPAddress|cidr|expand: '%net_works%'}, condition: s}
falsepositives: [x]
references: ["no link", "https://example.com/a b", "http://example.com/x"]
---
title: Sigma detection rules
date: 2024/02/28
description: "Two lines,\nof which the second ends in \\"
logsource: {product: azure, service: auditlogs}
detection: {s: {OperationName|contains: "a\nb ${}"}, condition: s}
level: critical
sigc: {targets: {splunk: {throttle: 2d, throttle-fields: "user,src_ip"}}}
---
title: azure monitor.aad
id: 1628CADC-D7B4-4952-AC2C-734E12EDBED3
modified: 2024-02-29
logsource: {product: azure, service: auditlogs}
detection: {s: {OperationName: 'true'}, condition: s}
---
title: Azure Monitor AAD
logsource: {product: windows, category: process_creation}
detection: {s: {CommandLine|contains: 'a%b'}, condition: s}
---
title: 日本語
logsource: {product: azure, service: auditlogs}
detection: {s: {OperationName|expand: '%vip_users%'}, condition: s}
---
title: A very long title that goes on and on until it is longer than a name of contentctl may be
logsource: {product: azure, service: auditlogs}
detection: {s: {OperationName: x}, condition: s}
---
title: A very long title that goes on and on until it is longer than a name of contentctl may be
logsource: {product: azure, service: auditlogs}
detection: {s: {OperationName: y}, condition: s}
`

// contentOf writes rules for contentctl.
func contentOf(t *testing.T, rules map[string]string, lists map[string]*list.List) (map[string][]byte, []*target.Compiled) {
	t.Helper()
	var inputs []compiler.Input
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		inputs = append(inputs, compiler.Input{File: source.NewFile(name, []byte(rules[name])), Path: name})
	}
	p := compiler.Load(inputs, compiler.Options{Lists: lists})
	outputs := p.Compile(targets.All()[2:], compiler.CompileOptions{})
	for _, r := range outputs[0].Refused {
		t.Fatalf("%s: %s", r.Rule.Title, r.Reason.Message)
	}
	files, err := p.Files(outputs, []string{"contentctl"}, "sigc")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		if in, ok := strings.CutPrefix(f.Path, "splunk/contentctl/"); ok {
			out[in] = f.Data
		}
	}
	return out, outputs[0].Compiled
}

// TestContentctl holds what is written for contentctl against its schema, and against what contentctl asks of files
// together: a file has the name of its content, a name is of one thing, and what a search uses is there.
func TestContentctl(t *testing.T) {
	pack := map[string]string{}
	for name, text := range packRules(t) {
		pack[name] = string(text)
	}
	for _, test := range []struct {
		name   string
		rules  map[string]string
		lists  map[string]*list.List
		counts map[string]int // of files, by folder
	}{
		{"pack", pack, packLists(t), map[string]int{"data_sources": 3, "macros": 6, "stories": 1}},
		{"odd", map[string]string{"odd.yml": oddRules}, map[string]*list.List{
			"vip-users": {Name: "vip-users", Values: []string{"a,b", `c"d`}, As: map[string]list.Delivery{"splunk": list.Lookup}},
			"vip_users": {Name: "vip_users", Doc: "People\nof note", Values: []string{"x*"}, As: map[string]list.Delivery{"splunk": list.Lookup}},
			"net_works": {Name: "net_works", Type: list.IP, Values: []string{"10.0.0.0/8"}, As: map[string]list.Delivery{"splunk": list.Lookup}},
		}, map[string]int{"data_sources": 2, "macros": 2, "stories": 1, "lookups": 6, "detections/cloud": 6, "detections/endpoint": 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files, compiled := contentOf(t, test.rules, test.lists)
			content := readContent(t, files)
			counts := map[string]int{}
			for name := range files {
				counts[path.Dir(name)]++
			}
			for folder, want := range test.counts {
				if counts[folder] != want {
					t.Errorf("%s has %d files, want %d", folder, counts[folder], want)
				}
			}
			if n := counts["detections/cloud"] + counts["detections/endpoint"]; n != len(compiled) {
				t.Errorf("%d detections of %d rules", n, len(compiled))
			}
			for name, c := range content {
				if strings.HasPrefix(name, "detections/") {
					checkDetection(t, name, c, content)
				}
			}
		})
	}
}

// readContent reads the files back and holds each against the schema of its folder.
func readContent(t *testing.T, files map[string][]byte) map[string]map[string]any {
	t.Helper()
	content, names := map[string]map[string]any{}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, ".csv") {
			rows, err := csv.NewReader(strings.NewReader(string(files[name]))).ReadAll()
			if err != nil || len(rows) < 2 || files[strings.TrimSuffix(name, ".csv")+".yml"] == nil {
				t.Errorf("%s: %d rows, %v", name, len(rows), err)
			}
			continue
		}
		var c map[string]any
		if err := yaml.Unmarshal(files[name], &c); err != nil {
			t.Fatal(err)
		}
		folder, _, _ := strings.Cut(name, "/")
		s, err := jsonschema.NewCompiler().Compile("../testdata/schema/contentctl.json#/$defs/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(c); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		own := c["name"].(string)
		if before := names[own]; before != "" || path.Base(name) != fileOf(own)+".yml" {
			t.Errorf("%s: the name %q, that of %s", name, own, before)
		}
		names[own] = name
		content[name] = c
	}
	return content
}

// fileOf is what contentctl calls the file of content (contentNameToFileName).
func fileOf(name string) string {
	return strings.ToLower(strings.NewReplacer(" ", "_", "-", "_", ".", "_", "/", "_").Replace(name))
}

var (
	macroUsed  = regexp.MustCompile("`([^\\s`]+)`")
	lookupUsed = regexp.MustCompile(`\blookup ([\w]+)`) // get_lookups of contentctl
)

// checkDetection looks for what a search uses, by the expressions of contentctl.
func checkDetection(t *testing.T, name string, c map[string]any, content map[string]map[string]any) {
	t.Helper()
	search := c["search"].(string)
	has := func(folder, of string) {
		if x := content[folder+"/"+fileOf(of)+".yml"]; x == nil || x["name"] != of {
			t.Errorf("%s: no %s in %s", name, of, folder)
		}
	}
	for _, m := range macroUsed.FindAllStringSubmatch(search, -1) {
		macro, _, _ := strings.Cut(m[1], "(")
		if macro != fileOf(c["name"].(string))+"_filter" {
			has("macros", macro)
		}
	}
	for _, m := range lookupUsed.FindAllStringSubmatch(search, -1) {
		has("lookups", m[1])
	}
	for _, s := range c["data_source"].([]any) {
		has("data_sources", s.(string))
	}
	tags := c["tags"].(map[string]any)
	for _, s := range tags["analytic_story"].([]any) {
		has("stories", s.(string))
	}
	var columns []any
	if rba, ok := c["rba"].(map[string]any); ok {
		for _, o := range slices.Concat(rba["risk_objects"].([]any), rba["threat_objects"].([]any)) {
			columns = append(columns, o.(map[string]any)["field"])
		}
	}
	if th, ok := tags["throttling"].(map[string]any); ok {
		columns = append(columns, th["fields"].([]any)...)
	}
	for _, column := range columns {
		if !regexp.MustCompile(`\b` + column.(string) + `\b`).MatchString(search) {
			t.Errorf("%s: no column %s in the search", name, column)
		}
	}
}

// TestContentctlSearch: the search is that of the other formats, with a filter behind it.
func TestContentctlSearch(t *testing.T) {
	rule := "title: T\nlogsource: {product: azure, service: auditlogs}\ndetection: {s: {OperationName|contains: \"x'y $a$\"}, condition: s}\n"
	files, compiled := contentOf(t, map[string]string{"r.yml": rule}, nil)
	c := readContent(t, files)["detections/cloud/t.yml"]
	if want := strings.TrimSpace(compiled[0].Text) + "\n| `t_filter`"; c["search"] != want {
		t.Errorf("got\n%s\nwant\n%s", c["search"], want)
	}
	if c["date"] != "1970-01-01" || c["known_false_positives"] != "Not known." {
		t.Errorf("%q", c)
	}
}
