package pipeline_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/pipeline"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"
)

func TestReadProblems(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", "p.yml:1:1: an empty file is no pipeline"},
		{"[]", "p.yml:1:1: a pipeline must be a map"},
		{"transformations: [\n", "p.yml:2:1: invalid YAML: did not find expected node content"},
		{"transformatons: []", `p.yml:1:1: a pipeline has no "transformatons"; did you mean "transformations"?`},
		{"priority: high", `p.yml:1:11: "high" is no whole number`},
		{"transformations: {}", "p.yml:1:18: a list of transformations belongs here"},
		{"transformations: [{id: a}]", `p.yml:1:19: a transformation needs a "type"`},
		{"transformations: [{type: field_name_maping}]", `p.yml:1:26: there is no transformation "field_name_maping"; did you mean "field_name_mapping"?`},
		{"transformations: [{type: field_name_mapping}]", `p.yml:1:19: the transformation "field_name_mapping" needs "mapping"`},
		{"transformations: [{type: field_name_mapping, maping: {}}]", `p.yml:1:46: the transformation "field_name_mapping" has no "maping"; did you mean "mapping"?`},
		{"transformations: [{type: field_name_mapping, mapping: {a: {}}}]", "p.yml:1:59: a text belongs here"},
		{"transformations: [{type: regex}]", `p.yml:1:26: the transformation "regex" cannot be kept: it emulates comparisons that do not mind case, which every target has`},
		{"transformations: [{type: query_expression_placeholders, expression: x}]", `p.yml:1:26: the transformation "query_expression_placeholders" cannot be kept: it writes a piece of the query of one product.`},
		{"transformations: [{type: http_placeholders, url: x}]", `p.yml:1:26: the transformation "http_placeholders" cannot be kept: rules are compiled without a network: fetch the values into a file`},
		{"transformations: [{type: set_state, key: a, value: b}]", `p.yml:1:45: the transformation "set_state" has no "value"; there are id, type, key, val,`},
		{"transformations: [{type: set_state, key: a, val: [1, 2]}]", "p.yml:1:50: a text belongs here"},
		{"transformations: [{type: set_custom_attribute, attribute: a, value: {b: c}}]", "p.yml:1:69: a text belongs here"},
		{"transformations: [{type: add_condition, conditions: {a: [1, 0x17]}}]", `p.yml:1:61: "0x17" is no number`},
		{"transformations: [{type: set_value, value: inf, force_type: num}]", `p.yml:1:44: "inf" is no number`},
		{"transformations: [{type: case, method: title}]", `p.yml:1:40: "title" is none of lower, upper, snake_case`},
		{"transformations: [{type: replace_string, regex: '(?=a)', replacement: b}]", "p.yml:1:49: the regular expression cannot be read: invalid or unsupported Perl syntax: `(?=`; look-around and back-references are not supported"},
		{"transformations: [{type: value_placeholders, include: [a], exclude: [b]}]", `p.yml:1:69: "include" and "exclude" cannot both be given`},
		{"transformations: [{type: change_logsource}]", "p.yml:1:19: a logsource needs a category, a product or a service"},
		{"transformations: [{type: add_condition, conditions: {}}]", `p.yml:1:19: "conditions" are empty`},
		{"transformations: [{type: set_state, key: a, val: b, field_name_conditions: [{type: include_fields, fields: a}]}]", `p.yml:1:19: the transformation "set_state" is applied to whole rules: conditions on fields and items have no effect`},
		{"transformations: [{type: case, method: lower, rule_conditions: [{type: logsorce}]}]", `p.yml:1:65: there is no condition "logsorce" of this kind; did you mean "logsource"?`},
		{"transformations: [{type: case, method: lower, rule_conditions: [{type: logsource, produkt: a}]}]", `p.yml:1:83: the condition "logsource" has no "produkt"; did you mean "product"?`},
		{"transformations: [{type: case, method: lower, rule_conditions: [{type: tag}]}]", `p.yml:1:65: the condition "tag" needs "tag"`},
		{"transformations: [{type: case, method: lower, rule_cond_op: xor}]", `p.yml:1:61: "xor" is none of and, or`},
		{"transformations: [{type: case, method: lower, rule_cond_expr: a, rule_conditions: [{type: is_sigma_rule}]}]", `p.yml:1:63: "rule_conditions" must be a map, whose keys the expression names`},
		{"transformations: [{type: case, method: lower, rule_cond_expr: a and, rule_conditions: {a: {type: is_sigma_rule}}}]", "p.yml:1:63: the expression ends where the name of a condition belongs"},
		{"transformations: [{type: case, method: lower, rule_cond_expr: a b, rule_conditions: {a: {type: is_sigma_rule}}}]", `p.yml:1:63: "b" is one too many`},
		{"transformations: [{type: case, method: lower, rule_cond_expr: (a, rule_conditions: {a: {type: is_sigma_rule}}}]", `p.yml:1:63: a ")" is missing`},
		{"transformations: [{type: case, method: lower, rule_cond_expr: aa, rule_conditions: {ab: {type: is_sigma_rule}}}]", `p.yml:1:63: no condition is called "aa"; did you mean "ab"?`},
		{"transformations: [{type: case, method: lower, rule_cond_expr: a, rule_conditions: {a: {type: is_sigma_rule}, b: {type: is_sigma_rule}}}]", `p.yml:1:63: the expression does not speak of the condition "b"`},
		{"transformations: []\n---\ntransformations: [{type: rule_failure, message: no}]", "p.yml:3:1: a file of settings is one document: this is a second"},
		{"transformations: &a\n  - type: nest\n    items: *a\n", `p.yml:3:12: the anchor "a" contains itself`},
		{`transformations: [{type: replace_string, regex: "(a)", replacement: '\3'}]`, `p.yml:1:69: the regular expression has no group "3"`},
		{`transformations: [{type: replace_string, regex: "(?P<b>a)", replacement: '\g<c>'}]`, `p.yml:1:74: the regular expression has no group "c"`},
		{"postprocessing: [{type: embed, prefix: 'index=a '}]", `p.yml:1:17: "postprocessing" changes the text of queries, which cannot be kept exact`},
	} {
		var diags diag.List
		if p := pipeline.Read(source.NewFile("p.yml", []byte(tt.text)), &diags); p != nil {
			t.Errorf("%s: a pipeline", tt.text)
		}
		if got := told(diags.From(0)); len(got) == 0 || !strings.HasPrefix(got[0], tt.want) {
			t.Errorf("%s\n got %q\nwant %q", tt.text, got, tt.want)
		}
	}
}

// told are the diagnostics in lines.
func told(diags []diag.Diagnostic) []string {
	var out []string
	for _, d := range diags {
		line, column := d.Span.File.Position(d.Span.Start())
		out = append(out, fmt.Sprintf("%s:%d:%d: %s", d.Span.File.Name, line, column, d.Message))
	}
	return out
}

func TestReadWarnings(t *testing.T) {
	for text, want := range map[string]string{
		"finalizers: [{type: concat}]":                                                                               `p.yml:1:13: "finalizers" have no effect: the formats of sigc say how its output looks ("sigc list formats")`,
		"transformations: [{type: set_custom_attribute, attribute: a, value: b}]":                                    `p.yml:1:19: the attribute "a" is only looked at by conditions of pipelines: options of targets are set in sigc.yml or in the rule`,
		"transformations: [{type: rule_failure, message: no, rule_conditions: [{type: is_sigma_correlation_rule}]}]": `p.yml:1:78: a correlation is changed as the rules that it is about: nothing is done to it alone`,
		"transformations: [{type: set_state, key: query_table, val: SigninLogs}]":                                    `p.yml:1:19: the state "query_table" is only looked at by conditions of pipelines: "mappings" in sigc.yml say which table keeps a log`,
	} {
		var diags diag.List
		p := pipeline.Read(source.NewFile("p.yml", []byte(text)), &diags)
		if got := told(diags.From(0)); p == nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// Priorities are compared, and not subtracted: the difference of these is beyond the numbers of 64 bits.
func TestSort(t *testing.T) {
	first, last := &pipeline.Pipeline{Priority: math.MinInt64}, &pipeline.Pipeline{Priority: math.MaxInt64}
	both := []*pipeline.Pipeline{last, first}
	if pipeline.Sort(both); both[0] != first {
		t.Error("the highest priority comes first")
	}
}

// Whatever a pipeline and a rule say, nothing panics.
func FuzzApply(f *testing.F) {
	f.Add("transformations: [{type: field_name_mapping, mapping: {a: [b, c], null: d}}, {type: case, method: upper}]", "s: {a: [x, '*y'], b|re: z}\nk: [w]\ncondition: s or k")
	f.Add("transformations: [{type: replace_string, regex: '(.)', replacement: '\\1\\g<0>', skip_special: true}]", "s: {a|contains: 'x\\'}\ncondition: 1 of them")
	f.Add("vars: {a: [b]}\ntransformations: [{type: value_placeholders}, {type: add_condition, conditions: {a|re: b}}]", "s: {a|expand: '%a%%'}\ncondition: s")
	f.Fuzz(func(t *testing.T, text, detection string) {
		var diags diag.List
		p := pipeline.Read(source.NewFile("p.yml", []byte(text)), &diags)
		if p == nil {
			return
		}
		rule := "title: T\nlogsource: {product: a}\ndetection:\n    " + strings.ReplaceAll(detection, "\n", "\n    ") + "\n"
		for _, r := range sigma.Parse(source.NewFile("r.yml", []byte(rule)), &diags).Rules {
			if made := pipeline.Apply([]*pipeline.Pipeline{p}, r, &diags); made.Rule == nil {
				t.Fatal("no rule")
			}
		}
	})
}
