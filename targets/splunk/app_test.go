package splunk

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	lists "github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/compiler/target/targettest"
	"github.com/sigc-rules/sigc/targets/splunk/apptest"
)

// installable are rules of every kind that becomes something of its own in an app: texts that mean something to one of its
// files, lists that are kept, schedules, a correlation, a data model.
const installable = `
title: "$tok$ 'a' \"b\" [c] <d> & \\"
id: 11111111-0000-4000-8000-000000000001
description: "` + "`m`" + ` $x$ and \\"
level: high
tags: [attack.t1078]
logsource: {product: azure, service: signinlogs}
detection:
    selection: {UserPrincipalName: 'a$b$c` + "`x`" + `"]]>&<', IPAddress|cidr|expand: '%office%'}
    condition: selection
---
title: "$TOK$ 'a' \"b\" (c) <d> & /"
id: 11111111-0000-4000-8000-000000000002
logsource: {product: azure, service: auditlogs}
detection:
    selection: {OperationName: Add user}
    filter: {InitiatedBy.user.userPrincipalName|expand: '%admins%'}
    condition: selection and not filter
---
title: Failed
name: failed
id: 11111111-0000-4000-8000-000000000003
logsource: {product: azure, service: signinlogs}
detection:
    selection: {ResultType: '50126'}
    condition: selection
---
title: Many failed
id: 11111111-0000-4000-8000-000000000004
correlation:
    type: event_count
    rules: [failed]
    group-by: [IPAddress]
    timespan: 36h
    condition: {gte: 3}
---
title: Whoami
id: 11111111-0000-4000-8000-000000000005
logsource: {product: windows, category: process_creation}
detection:
    selection: {Image|endswith: '\whoami.exe'}
    condition: selection
`

// TestInstallable builds an app with each value of the options that change its files: nothing is found that is named and
// not there, and the runs of every search touch.
func TestInstallable(t *testing.T) {
	kept := func(name string, kind lists.Type, values ...string) *lists.List {
		return &lists.List{Name: name, Type: kind, Values: values, As: map[string]lists.Delivery{"splunk": lists.Lookup}}
	}
	p := compiler.Load([]compiler.Input{{File: source.NewFile("rules.yml", []byte(installable)), Path: "rules.yml"}}, compiler.Options{
		Lists: map[string]*lists.List{"admins": kept("admins", lists.UPN, "a@contoso.example"), "office": kept("office", lists.IP, "192.0.2.0/24")},
	})
	try := func(set map[string]string, bins bool) {
		t.Helper()
		var rules []*target.Compiled
		for _, r := range p.Compile([]*target.Target{Target().With(set)}, compiler.CompileOptions{Bins: bins}) {
			rules = append(rules, r.Compiled...)
		}
		if len(rules) < 3 { // classic events tell of no processes
			t.Fatalf("%q: %d rules\n%v", set, len(rules), p.Diagnostics())
		}
		files := packFiles(t, rules...)
		archive := files[len(files)-1]
		app, err := apptest.Open(strings.TrimPrefix(archive.Path, appFolder), archive.Data)
		if err != nil {
			t.Fatal(err)
		}
		if len(app.Confs["default/transforms.conf"]) != 2 {
			t.Errorf("%q: not both lists are lookups", set)
		}
		for _, found := range apptest.Inspect(app) {
			t.Errorf("%q, bins %t: %s", set, bins, found)
		}
	}
	for _, bins := range []bool{false, true} {
		for _, es := range []string{noES, esNotable, esRisk, esBoth} {
			try(map[string]string{optES: es, optThrottle: "1h"}, bins)
			try(map[string]string{optES: es, optAlerts: perResult, optLate: "7d"}, bins)
		}
	}
	for _, o := range Target().Options {
		if o.Values == nil {
			continue
		}
		for _, v := range o.Values {
			try(map[string]string{o.Name: v, optES: esBoth}, false)
		}
	}
}

// packFiles are the files of the app of some rules, the archive at last.
func packFiles(t *testing.T, rules ...*target.Compiled) []target.File {
	t.Helper()
	f, _ := Target().Format("app")
	return targettest.Pack(t, f, rules...)
}
