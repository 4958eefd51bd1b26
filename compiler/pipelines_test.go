package compiler_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/pipeline"
	"github.com/sigc-rules/sigc/compiler/source"
)

// through loads a rule with pipelines.
func through(t *testing.T, rule string, pipelines ...string) *compiler.Program {
	t.Helper()
	var read []*pipeline.Pipeline
	for _, text := range pipelines {
		var diags diag.List
		p := pipeline.Read(source.NewFile("pipeline.yml", []byte(text)), &diags)
		if p == nil {
			t.Fatal(diags.Sorted())
		}
		read = append(read, p)
	}
	pipeline.Sort(read)
	in := compiler.Input{File: source.NewFile("rule.yml", []byte(rule)), Path: "rule.yml"}
	return compiler.Load([]compiler.Input{in}, compiler.Options{Pipelines: read, Lists: compiler.Values(map[string][]string{"ours": {"a", "b"}})})
}

// header begins a rule about a log that sigc does not know, so that any name is a field.
const header = "title: Example\nstatus: test\nlevel: high\ntags: [attack.t1059]\nlogsource: {product: acme, category: proxy}\n"

// What pipelines make of a rule means what the second rule means by itself.
func TestPipelines(t *testing.T) {
	for _, tt := range []struct{ name, pipeline, rule, same string }{
		{"names", `type: field_name_mapping
mapping: {a: x, b: [y, z]}`, "{s: {a: 1, b: 2, c: 3}, condition: s}", "{s: [{x: 1, y: 2, c: 3}, {x: 1, z: 2, c: 3}], condition: s}"},
		{"names are whole and in their case", `type: field_name_mapping
mapping: {a: x}`, "{s: {A: 1, aa: 2}, condition: s}", "{s: {A: 1, aa: 2}, condition: s}"},
		{"names in values", `type: field_name_mapping
mapping: {a: x, b: y}`, "{s: {a|fieldref: b}, condition: s}", "{s: {x|fieldref: y}, condition: s}"},
		{"keywords become a field", `type: field_name_mapping
mapping: {null: message}`, "{k: [one, two], condition: k}", "{k: [{message|contains: one}, {message|contains: two}], condition: k}"},
		{"prefixes", `type: field_name_prefix_mapping
mapping: {win.: data., win: w}`, "{s: {win.a: 1, winb: 2, c: 3}, condition: s}", "{s: {data.a: 1, wb: 2, c: 3}, condition: s}"},
		{"suffix", "type: field_name_suffix\nsuffix: _s", "{s: {a: 1}, k: [word], condition: s and k}", "{s: {a_s: 1}, k: [word], condition: s and k}"},
		{"prefix of some", `type: field_name_prefix
prefix: x.
field_name_conditions:
  - {type: include_fields, fields: ['a.*'], mode: re}`, "{s: {ab: 1, b: 2}, condition: s}", "{s: {x.ab: 1, b: 2}, condition: s}"},
		{"fields that are left out", `type: field_name_prefix
prefix: x.
field_name_conditions:
  - {type: exclude_fields, fields: [a]}`, "{s: {a: 1, b: 2}, condition: s}", "{s: {a: 1, x.b: 2}, condition: s}"},
		{"drop", `type: drop_detection_item
field_name_conditions:
  - {type: include_fields, fields: [EventID]}`, "{s: {EventID: 1, b: 2}, condition: s}", "{s: {b: 2}, condition: s}"},
		{"drop by value", `type: drop_detection_item
detection_item_conditions:
  - {type: match_value, cond: any, value: 4688}`, "{s: {a: 4688, b: 4689}, condition: s}", "{s: {b: 4689}, condition: s}"},
		{"a text is no number", `type: drop_detection_item
detection_item_conditions:
  - {type: match_value, cond: any, value: '4688'}`, "{s: {a: 4688, b: '4688', c: x}, condition: s}", "{s: {a: 4688, c: x}, condition: s}"},
		{"nor is it in a rule", `type: field_name_suffix
suffix: _s
rule_conditions: [{type: contains_detection_item, field: a, value: '7'}]`, "{s: {a: 7, b: 1}, condition: s}", "{s: {a: 7, b: 1}, condition: s}"},
		{"an attribute that is set", `type: nest
items:
  - {type: set_custom_attribute, attribute: team, value: blue}
  - {type: field_name_suffix, suffix: _s, rule_conditions: [{type: rule_attribute, attribute: team, value: blue}]}
  - {type: field_name_suffix, suffix: _t, rule_conditions: [{type: rule_attribute, attribute: team, value: red}]}`, "{s: {a: 1}, condition: s}", "{s: {a_s: 1}, condition: s}"},
		{"not for correlations", `type: field_name_suffix
suffix: _s
rule_conditions: [{type: is_sigma_correlation_rule}]
rule_cond_not: true`, "{s: {a: 1}, condition: s}", "{s: {a_s: 1}, condition: s}"},
		{"lower case is the usual one", "type: case", "{s: {a|cased: Ab}, condition: s}", "{s: {a|cased: ab}, condition: s}"},
		{"replace", `type: replace_string
regex: '^\\Device\\(\w+)'
replacement: '\1:'`, `{s: {a: '\Device\C\x*', b: 'x\Device\C'}, condition: s}`, `{s: {a: 'C:\x*', b: 'x\Device\C'}, condition: s}`},
		{"replace sees what modifiers add", `type: replace_string
regex: '^\*\\'
replacement: 'C:\\'`, `{s: {a|endswith: '\x.exe'}, condition: s}`, `{s: {a: 'C:\x.exe'}, condition: s}`},
		{"replace between wildcards", `type: replace_string
regex: a
replacement: '*'
skip_special: true`, `{s: {f|contains: bar}, condition: s}`, `{s: {f: '*b\*r*'}, condition: s}`},
		{"replace leaves networks", "type: replace_string\nregex: '0'\nreplacement: '1'", "{s: {a|cidr: 10.0.0.0/8}, condition: s}", "{s: {a|cidr: 10.0.0.0/8}, condition: s}"},
		{"map", "type: map_string\nmapping: {x: y, u: [v, w]}", "{s: {a: [x, u, X]}, condition: s}", "{s: {a: [y, v, w, X]}, condition: s}"},
		{"map sees wildcards", "type: map_string\nmapping: {'*x*': y, x: z}", "{s: {a|contains: x, b: x}, condition: s}", "{s: {a: y, b: z}, condition: s}"},
		{"set", `type: set_value
value: 5
field_name_conditions: [{type: include_fields, fields: [a]}]`, "{s: {a|contains: x, b: x}, condition: s}", "{s: {a: 5, b: x}, condition: s}"},
		{"set null", "type: set_value\nvalue: null", "{s: {a: x}, condition: s}", "{s: {a: null}, condition: s}"},
		{"set a text", "type: set_value\nvalue: 5\nforce_type: str", "{s: {a: x}, condition: s}", "{s: {a: '5'}, condition: s}"},
		{"numbers", "type: convert_type\ntarget_type: num", "{s: {a: '05', b: null}, condition: s}", "{s: {a: 5, b: null}, condition: s}"},
		{"texts", "type: convert_type\ntarget_type: str", "{s: {a: 5, b: true}, condition: s}", "{s: {a: '5', b: 'true'}, condition: s}"},
		{"case", "type: case\nmethod: snake_case", "{s: {a|cased: UserLoggedIn}, condition: s}", "{s: {a|cased: user_logged_in}, condition: s}"},
		{"hashes", "type: hashes_fields\nvalid_hash_algos: [MD5, SHA1]\nfield_prefix: File", "{s: {Hashes|contains: [SHA1=AB, MD5=CD], b: 1}, condition: s}",
			"{s: [{FileSHA1: 'AB*', b: 1}, {FileMD5: 'CD*', b: 1}], condition: s}"},
		{"a condition more", "type: add_condition\nconditions: {i: windows, j|startswith: [a, b]}", "{s: {a: 1}, t: {b: 1}, condition: 1 of them}",
			"{s: {a: 1}, t: {b: 1}, _c: {i: windows, j|startswith: [a, b]}, condition: _c and (s or t)}"},
		{"a condition less", "type: add_condition\nnegated: true\ntemplate: true\nconditions: {i: $product-$category}", "{s: {a: 1}, condition: [s, not s]}",
			"{s: {a: 1}, _c: {i: acme-proxy}, condition: [not _c and s, not _c and not s]}"},
		{"if the logsource is so", `type: field_name_suffix
suffix: _s
rule_conditions:
  - {type: logsource, product: acme}
  - {type: logsource, product: acme, service: x}
rule_cond_op: or`, "{s: {a: 1}, condition: s}", "{s: {a_s: 1}, condition: s}"},
		{"if it is not", `type: field_name_suffix
suffix: _s
rule_conditions:
  - {type: logsource, product: acme}
rule_cond_not: true`, "{s: {a: 1}, condition: s}", "{s: {a: 1}, condition: s}"},
		{"an expression", `type: field_name_suffix
suffix: _s
rule_cond_expr: (a or b) and not c
rule_conditions:
  a: {type: tag, tag: attack.t1059}
  b: {type: contains_detection_item, field: a, value: 7}
  c: {type: rule_attribute, attribute: level, op: lt, value: medium}`, "{s: {a: 1}, condition: s}", "{s: {a_s: 1}, condition: s}"},
		{"a value that is so", `type: field_name_suffix
suffix: _s
detection_item_cond_not: true
detection_item_conditions:
  - {type: match_string, cond: all, pattern: '\*x'}`, "{s: {a|endswith: [x, xy], b|endswith: [x, y], c: 1}, condition: s}",
			"{s: {a|endswith: [x, xy], b_s|endswith: [x, y], c_s: 1}, condition: s}"},
		{"wildcards and null", `type: drop_detection_item
detection_item_cond_op: or
detection_item_conditions:
  - {type: contains_wildcard, cond: any}
  - {type: is_null, cond: any}`, `{s: {a: 'x*', b: null, c: 'x\*', d: y}, condition: s}`, `{s: {c: 'x\*', d: y}, condition: s}`},
		{"numbers keep their digits", "type: convert_type\ntarget_type: num", "{s: {a: ['9007199254740993', '1.50', '2e1', '-0']}, condition: s}", "{s: {a: [9007199254740993, 1.5, 20, 0]}, condition: s}"},
		{"nested", `type: nest
rule_conditions: [{type: contains_field, field: a}]
items:
  - {type: field_name_mapping, mapping: {a: b}}
  - {type: field_name_mapping, mapping: {b: c}}`, "{s: {a: 1}, condition: s}", "{s: {c: 1}, condition: s}"},
		{"anything", "type: wildcard_placeholders\ninclude: [x]", "{s: {a|expand: 'is %x%', b|expand: '%ours%'}, condition: s}", "{s: {a: 'is *', b|expand: '%ours%'}, condition: s}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := "transformations:\n  - " + strings.ReplaceAll(tt.pipeline, "\n", "\n    ") + "\n"
			got, want := through(t, header+"detection: "+tt.rule, p), through(t, header+"detection: "+tt.same)
			for _, d := range append(got.Diagnostics(), want.Diagnostics()...) {
				if d.Severity == diag.Error {
					t.Errorf("%s: %s", d.ID, d.Message)
				}
			}
			if g, w := got.Rules[0].Meaning(), want.Rules[0].Meaning(); g != w {
				t.Errorf("means %s\n want %s", g, w)
			}
		})
	}
}

// Pipelines follow each other by their priority, and know what those before have done.
func TestPipelinesInOrder(t *testing.T) {
	last := `
priority: 30
vars: {tools: [one, two*], ours: c}
transformations:
  - {type: field_name_suffix, suffix: _s, field_name_conditions: [{type: processing_item_applied, processing_item_id: names}]}
  - {type: add_condition, conditions: {f: 1}, rule_conditions: [{type: processing_state, key: k, val: 2, op: gte}]}
  - {type: add_condition, conditions: {g: 1}, rule_conditions: [{type: processing_item_applied, processing_item_id: nobody}]}
  - {type: value_placeholders}
`
	first := `
priority: 10
transformations:
  - {id: names, type: field_name_mapping, mapping: {a: b}}
  - {type: set_state, key: k, val: 3}
  - {type: change_logsource, category: web}
`
	p := through(t, header+"detection: {s: {a|expand: '%tools%', c|expand: '%ours%'}, condition: s}", last, first)
	want := through(t, header+"detection: {s: {b_s|expand: '%tools%', c|expand: '%ours%'}, t: {f: 1}, condition: t and s}", "vars: {tools: [one, two*]}\ntransformations: [{type: value_placeholders}]")
	if g, w := p.Rules[0].Meaning(), want.Rules[0].Meaning(); g != w {
		t.Errorf("means %s\n want %s", g, w)
	}
}

// What cannot be kept is an error about the rule, which is not compiled.
func TestPipelineRefuses(t *testing.T) {
	for _, tt := range []struct{ pipeline, rule, id, message string }{
		{"{type: rule_failure, message: no proxies here}", "{s: {a: 1}, condition: s}", "pipeline/failure", "the pipeline refuses the rule: no proxies here"},
		{"{type: detection_item_failure, message: no a, field_name_conditions: [{type: include_fields, fields: [a]}]}", "{s: {a: 1}, condition: s}", "pipeline/failure", "the pipeline refuses this: no a"},
		{"{type: strict_field_mapping_failure}", "{s: {a: 1}, condition: s}", "pipeline/failure", `no pipeline has mapped the field "a", and strict_field_mapping_failure asks for it`},
		{"{type: convert_type, target_type: num}", "{s: {a: x}, condition: s}", "pipeline/failure", `"x" is no number, and the pipeline makes one of it`},
		{"{type: convert_type, target_type: num}", "{s: {a: nan}, condition: s}", "pipeline/failure", `"nan" is no number, and the pipeline makes one of it`},
		{"{type: convert_type, target_type: num}", "{s: {a: inf}, condition: s}", "pipeline/failure", `"inf" is no number, and the pipeline makes one of it`},
		{"{type: convert_type, target_type: num}", "{s: {a: '0x1p4'}, condition: s}", "pipeline/failure", `"0x1p4" is no number, and the pipeline makes one of it`},
		{"{type: convert_type, target_type: num}", "{s: {a: '1e999'}, condition: s}", "pipeline/failure", `"1e999" is no number, and the pipeline makes one of it`},
		{"{type: drop_detection_item}", "{s: {a: 1}, condition: s}", "pipeline/inexact", `nothing is left of the search "s", so that it is not known what it should mean`},
		{"{type: case, method: lower}", "{s: {a|base64offset|contains: X}, condition: s}", "pipeline/inexact", `the transformation "case" cannot be applied here: what the value is after its modifiers is not known to a pipeline`},
		{"{type: hashes_fields, valid_hash_algos: [MD5]}", "{s: {Hashes: SHA1=AB}, condition: s}", "pipeline/inexact", `the transformation "hashes_fields" cannot be applied here: "SHA1=AB" is no hash of MD5`},
		{"{type: hashes_fields, valid_hash_algos: [MD5, SHA1]}", "{s: {Hashes|contains|all: [SHA1=AB, MD5=CD]}, condition: s}", "pipeline/inexact", `the transformation "hashes_fields" cannot be applied here: of several fields any is meant, and not "all"`},
	} {
		p := through(t, header+"detection: "+tt.rule, "transformations: ["+tt.pipeline+"]")
		found := p.Diagnostics()
		if len(found) != 1 || found[0].ID != tt.id || found[0].Message != tt.message || found[0].Severity != diag.Error {
			t.Errorf("%s: found %v, want %s: %s", tt.pipeline, found, tt.id, tt.message)
		}
		if p.Rules[0].OK() {
			t.Errorf("%s: the rule is compiled", tt.pipeline)
		}
	}
}

// A few lines of a pipeline that double what they find are refused before they have taken all memory, and what they are
// written for stays possible.
func TestPipelinesGrow(t *testing.T) {
	const limit = "pipelines add more than 20000 values and items, or 4 MB of text, to the rule"
	for _, tt := range []struct {
		name, transformation string
		times                int
		rule, want           string
	}{
		{"values", "{type: map_string, mapping: {x: [x, x]}}", 24, "{s: {a: x}, condition: s}", limit},
		{"a few values", "{type: map_string, mapping: {x: [x, x]}}", 4, "{s: {a: x}, condition: s}", ""},
		{"text", "{type: replace_string, regex: '.', replacement: 0123456789}", 9, "{s: {a: x}, condition: s}", limit},
		{"a little text", "{type: replace_string, regex: '.', replacement: 0123456789}", 3, "{s: {a: x}, condition: s}", ""},
		{"text between wildcards", "{type: replace_string, regex: '.', replacement: 0123456789, skip_special: true}", 9, "{s: {a: 'x*y'}, condition: s}", limit},
		{"groups", `{type: replace_string, regex: '(.+)', replacement: '\1\1\1\1\1\1\1\1\1\1'}`, 9, "{s: {a: x}, condition: s}", limit},
		{"items", "{type: field_name_mapping, mapping: {a: [a, a]}}", 24, "{s: {a: x}, condition: s}", limit},
		{"fields compared with", "{type: field_name_mapping, mapping: {b: [b, b]}}", 24, "{s: {a|fieldref: b}, condition: s}", limit},
		{"fields to show", "{type: field_name_mapping, mapping: {b: [b, b]}}", 24, "{s: {a: x}, condition: s}\nfields: [b]", limit},
		{"alternatives", "{type: field_name_mapping, mapping: {a: [b, c], d: [e, f]}}", 1, "{s: [" + strings.Repeat("{a: 1, d: 2}, ", 7_000) + "], condition: s}", limit},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := through(t, header+"detection: "+tt.rule, "transformations:\n"+strings.Repeat("  - "+tt.transformation+"\n", tt.times))
			said := ""
			for _, d := range p.Diagnostics() {
				if d.Severity == diag.Error {
					said += d.Message
				}
			}
			if said != tt.want || p.Rules[0].OK() != (tt.want == "") {
				t.Errorf("compiled is %v, said %q, want %q", p.Rules[0].OK(), said, tt.want)
			}
		})
	}
}

// A correlation asks what its fields are called: of names without end it is enough that they are several.
func TestPipelinesGrowNames(t *testing.T) {
	text := "title: Example\nname: one\nlogsource: {product: acme, category: proxy}\ndetection: {s: {b: 1}, condition: s}\n" +
		"---\ntitle: Many\ncorrelation: {type: event_count, rules: [one], group-by: [a], timespan: 1m, condition: {gte: 2}}\n"
	found := through(t, text, "transformations:\n"+strings.Repeat("  - {type: field_name_prefix_mapping, mapping: {a: [aa, ab]}}\n", 26)).Diagnostics()
	if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
		return d.ID == "pipeline/inexact" && strings.HasPrefix(d.Message, `pipelines make several fields of "a"`)
	}) {
		t.Errorf("found %v", found)
	}
}

// Filters and correlations speak of the fields that pipelines rename.
func TestPipelinesBeyondRules(t *testing.T) {
	names := "transformations: [{type: field_name_mapping, mapping: {a: x, u: user}}, {type: change_logsource, category: web}]"
	text := "title: Example\nname: one\nlogsource: {product: acme, category: proxy}\ndetection: {s: {a: 1}, condition: s}\n" +
		"---\ntitle: Without\nlogsource: {category: proxy}\nfilter: {rules: any, f: {u: me}, condition: not f}\n" +
		"---\ntitle: Many\ncorrelation: {type: event_count, rules: [one], group-by: [u], timespan: 1m, condition: {gte: 2}}\n"
	p := through(t, text, names)
	want := through(t, "title: Example\nlogsource: {category: web}\ndetection: {s: {x: 1}, f: {user: me}, condition: s and not f}\n")
	for _, d := range p.Diagnostics() {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s", d.ID, d.Message)
		}
	}
	if g, w := p.Rules[0].Meaning(), want.Rules[0].Meaning(); g != w {
		t.Errorf("means %s\n want %s", g, w)
	}
	events, err := compiler.ReadEvents([]byte(`[{"time": "2026-03-02T10:00:00Z", "x": 1, "user": "you"}, {"time": "2026-03-02T10:00:01Z", "x": 1, "user": "you"}, {"time": "2026-03-02T10:00:02Z", "x": 1, "user": "they"}]`), "raw")
	if err != nil {
		t.Fatal(err)
	}
	fired, err := p.Fire(p.Rules[1], events)
	if err != nil || len(fired) != 1 || fired[0].Group[0].Value != "you" {
		t.Errorf("fires %v, error %v", fired, err)
	}
}

// No rule without errors is another one because of a pipeline that has nothing for it.
func TestIdlePipeline(t *testing.T) {
	idle := "transformations: [{type: field_name_mapping, mapping: {nothing: x}}]"
	for _, rule := range []string{
		"{s: [{a: [1, '2*']}, {b|re: x.*}], k: [word, 5], '_t': {'|all': [x, y]}, condition: 1 of s or all of them}",
		"{s: {a|exists: true, b|windash|contains: ' -x', c|cidr: 10.0.0.0/8}, condition: s}",
		"{k: word, condition: not k}",
	} {
		if g, w := through(t, header+"detection: "+rule, idle).Rules[0].Meaning(), through(t, header+"detection: "+rule).Rules[0].Meaning(); g != w || g == "" {
			t.Errorf("means %s\n want %s", g, w)
		}
	}
}
