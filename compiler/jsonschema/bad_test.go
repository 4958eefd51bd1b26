package jsonschema_test

import (
	"strings"
	"testing"
)

// good are files of every schema that are in order; each bad one differs from one of them in one place.
var good = map[string]string{
	"rule": `title: Example
id: 8b6a2f3e-6a4f-4a8e-9d5b-0b6f0a1c2d3e
status: test
level: high
date: 2026-11-22
tags: [attack.t1098]
team: identity
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName|contains: [Add, 5]
        Result: null
    words: [evil, {Result: success}]
    condition: selection or words
sigc:
    targets:
        sentinel: {enabled: false, frequency: 30m}
        splunk: {severity: 3}
`,
	"rule 3": `title: Example
sigma-version: 3
logsource: {product: azure}
detection:
    selection:
        TargetResources[any]:
            displayName: Global
            modifiedProperties[any]:
                name: {key: Role}
                condition: name
    condition: selection
`,
	"correlation": `title: Example
correlation:
    type: value_count
    rules: [sign_in_failed]
    group-by: [IPAddress]
    timespan: 1h
    condition:
        gte: 10
        field: UserPrincipalName
baseline:
    periods: 7
    every: 1d
    increase: 10%
`,
	"correlation temporal": `title: Example
correlation:
    type: temporal
    timespan: 1h
    group-by: []
    condition: first and second
`,
	"filter": `title: Example
logsource: {product: azure, service: auditlogs}
filter:
    rules: [user_added]
    selection:
        Result: success
    condition: not selection
`,
	"config": `extends: base.yml
lists:
    admins: [alice@contoso.example, 5]
    office:
        type: ip
        file: lists/office.csv
        column: Network
        as: {sentinel: watchlist, splunk: inline}
    hours:
        type: schedule
        time_zone: Europe/Rome
        days: [mon, tue]
        from: '08:00'
        to: '24:00'
targets:
    sentinel: {workspace: soc, nrt: 'false'}
mappings:
    Acme:
        logsources: [{category: proxy}]
        columns: {c-ip: string, tags: {is: 'string[]', aliases: [labels]}}
        loganalytics: {table: Acme_CL, where: {Kind_s: [a, b]}, fields: {c-ip: Source_s, tags: {missing: no column}}}
        splunk: {sourcetype: 'acme:proxy', fields: {c-ip: src_ip}}
pipelines: acme.yml
schemas: [schemas, more/Other_CL.json]
lang: ja
env:
    test: {lists: {admins: []}}
lint:
    severity: {style/title-case: off, 'attack/*': note}
    ignores: {'old/**': [rule/missing-title]}
`,
	"tests": `shape: documentation
bases: ../bases/audit.json
base:
    other: {from: record, set: {a.b: 1}}
cases:
    - {name: one, match: true, event: {a: 1}, time: '2026-11-02T08:00:00Z'}
    - name: two
      match: true
      fires: 1
      events:
        - {from: other, repeat: {times: 3, every: 20s, vary: {a.b: 'x-{n}'}}}
        - {from: other, after: 90s}
`,
	"bases": `bases: [more.json]
base:
    one: {shape: documentation, event: {a: 1}}
    two: {from: one, remove: [a]}
`,
}

// bad are changes that take a good file out of order: what is written, and what is written instead.
var bad = []struct{ file, what, old, new string }{
	{"bases", "cases", "bases: [more.json]", "cases: []"},
	{"bases", "a base of nothing", "{from: one, remove: [a]}", "{remove: [a]}"},
	{"rule", "no title", "title: Example\n", ""},
	{"rule", "a title that is a number", "title: Example", "title: 5"},
	{"rule", "id", "8b6a2f3e-", "8b6a2f3-"},
	{"rule", "status", "status: test", "status: testing"},
	{"rule", "level", "level: high", "level: severe"},
	{"rule", "date", "2026-11-22", "22.11.2026"},
	{"rule", "month", "2026-11-22", "2026-22-11"},
	{"rule", "tag", "attack.t1098", "T1098"},
	{"rule", "no logsource", "logsource: {product: azure, service: auditlogs}\n", ""},
	{"rule", "a logsource of nothing", "{product: azure, service: auditlogs}", "{definition: audit}"},
	{"rule", "no condition", "    condition: selection or words\n", ""},
	{"rule", "an empty condition", "selection or words", "''"},
	{"rule", "a search called and", "    words:", "    and:"},
	{"rule", "an empty list", "[Add, 5]", "[]"},
	{"rule", "null in a list", "[Add, 5]", "[Add, null]"},
	{"rule", "a list in a list", "[Add, 5]", "[[Add]]"},
	{"rule", "no modifier", "|contains:", "|:"},
	{"rule", "a map before version 3", "Result: null", "Result: {a: b}"},
	{"rule", "a map before version 3, in a list", "{Result: success}", "{Result: {a: b}}"},
	{"rule", "a key of sigc", "    targets:", "    target:"},
	{"rule", "a target", "sentinel:", "sentinell:"},
	{"rule", "an option", "frequency:", "frequenzy:"},
	{"rule", "an option of no rule", "frequency: 30m", "workspace: soc"},
	{"rule", "a word of an option", "enabled: false", "enabled: maybe"},
	{"rule 3", "version 2", "sigma-version: 3", "sigma-version: 2"},
	{"rule 3", "version 4", "sigma-version: 3", "sigma-version: 4"},
	{"rule 3", "an empty block", "{key: Role}", "{}"},
	{"correlation", "type", "value_count", "valuecount"},
	{"correlation", "no rules", "    rules: [sign_in_failed]\n", ""},
	{"correlation", "timespan", "1h", "1h30m"},
	{"correlation", "unknown key", "group-by", "groupby"},
	{"correlation", "operator", "gte", "ge"},
	{"correlation", "no operator", "        gte: 10\n", ""},
	{"correlation", "a number that is none", "gte: 10", "gte: many"},
	{"correlation", "no field", "        field: UserPrincipalName\n", ""},
	{"correlation", "a field that is not looked at", "value_count", "event_count"},
	{"correlation", "no percentile", "value_count", "value_percentile"},
	{"correlation", "too many periods", "periods: 7", "periods: 31"},
	{"correlation", "no increase", "    increase: 10%\n", ""},
	{"correlation", "detection", "baseline:", "detection: {}\nbaseline:"},
	{"correlation temporal", "no rules", "first and second", "{gte: 2}"},
	{"correlation temporal", "a condition over names", "temporal", "event_count"},
	{"filter", "no rules", "    rules: [user_added]\n", ""},
	{"filter", "no search", "    selection:\n        Result: success\n", ""},
	{"filter", "no logsource", "logsource: {product: azure, service: auditlogs}\n", ""},
	{"filter", "several conditions", "not selection", "[not selection]"},
	{"config", "unknown key", "lang: ja", "language: ja"},
	{"config", "key of a log", "logsources:", "logsource:"},
	{"config", "logsource", "{category: proxy}", "{categry: proxy}"},
	{"config", "type of a field", "c-ip: string", "c-ip: text"},
	{"config", "no table", "table: Acme_CL, ", ""},
	{"config", "key of a table", "where:", "were:"},
	{"config", "neither index nor source type", "{sourcetype: 'acme:proxy', ", "{"},
	{"config", "pipelines", "pipelines: acme.yml", "pipelines: {}"},
	{"config", "schemas", "[schemas, more/Other_CL.json]", "{a: b}"},
	{"config", "key of a list", "column:", "colum:"},
	{"config", "type of a list", "type: ip", "type: ips"},
	{"config", "delivery", "watchlist", "lookup"},
	{"config", "values and a file", "column: Network", "values: [a]"},
	{"config", "hours of another type", "column: Network", "days: [mon]"},
	{"config", "no hours", "        to: '24:00'\n", ""},
	{"config", "day", "[mon, tue]", "[monday]"},
	{"config", "time of day", "'24:00'", "'24:30'"},
	{"config", "schedule with values", "        to: '24:00'\n", "        to: '24:00'\n        values: [a]\n"},
	{"config", "option", "workspace:", "workspaze:"},
	{"config", "word of an option", "nrt: 'false'", "nrt: maybe"},
	{"config", "key of an environment", "{lists: {admins: []}}", "{lang: ja}"},
	{"config", "severity", "note}", "info}"},
	{"config", "id", "'attack/*'", "attack"},
	{"tests", "unknown key", "bases:", "basis:"},
	{"tests", "no match", "name: one, match: true", "name: one"},
	{"tests", "match that is a text", "name: one, match: true", "name: one, match: 'yes'"},
	{"tests", "no name", "name: one, ", ""},
	{"tests", "two origins", "event: {a: 1}", "event: {a: 1}, from: other"},
	{"tests", "no origin", "event: {a: 1}, ", ""},
	{"tests", "unknown key of a case", "event: {a: 1},", "event: {a: 1}, chnage: {},"},
	{"tests", "time", "2026-11-02T08", "2026-11-02 08"},
	{"tests", "fires without events", "event: {a: 1}", "event: {a: 1}, fires: 1"},
	{"tests", "fires and does not match", "match: true\n", "match: false\n"},
	{"tests", "fires never and matches", "fires: 1", "fires: 0"},
	{"tests", "no events", "    - name: two", "    - {name: three, match: false, events: []}\n    - name: two"},
	{"tests", "time and after", "after: 90s", "after: 90s, time: '2026-11-02T08:00:00Z'"},
	{"tests", "no times", "times: 3, ", ""},
	{"tests", "vary", "'x-{n}'", "x"},
	{"tests", "key of a base", "{from: record, set", "{from: record, name: x, set"},
}

// Each good file has the form, and with one change it does not.
func TestBad(t *testing.T) {
	schemas := compiled(t)
	validate := func(file, text string) error {
		name, _, _ := strings.Cut(file, " ")
		return schemas[name].Validate(documents(t, []byte(text))[0])
	}
	for file, text := range good {
		if err := validate(file, text); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	for _, b := range bad {
		t.Run(b.file+"/"+b.what, func(t *testing.T) {
			if strings.Count(good[b.file], b.old) == 0 {
				t.Fatalf("the file has no %q", b.old)
			}
			if validate(b.file, strings.Replace(good[b.file], b.old, b.new, 1)) == nil {
				t.Errorf("%q in place of %q has the form", b.new, b.old)
			}
		})
	}
}

// The schema of any document tells the kinds apart.
func TestDocument(t *testing.T) {
	schema := compiled(t)["document"]
	for _, file := range []string{"rule", "rule 3", "correlation", "filter"} {
		if err := schema.Validate(documents(t, []byte(good[file]))[0]); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	for _, text := range []string{"{}", "title: Example", good["config"], strings.Replace(good["filter"], "rules: [user_added]", "", 1)} {
		if schema.Validate(documents(t, []byte(text))[0]) == nil {
			t.Errorf("this is no document of Sigma:\n%s", text)
		}
	}
}
