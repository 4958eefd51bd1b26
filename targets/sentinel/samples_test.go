package sentinel_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/sentinel"
)

// hostile are texts that mean something in one of the forms that a rule takes.
var hostile = []string{
	"[concat('a')]", "[[a]]", "[Sigma] x", "${var.a}", "$${a}", "%{if a}", "%%{a}", "it's", "''' '''", `"quoted"`, `back\slash \n \u0041`, "*/ /* // #",
	"{{AppName}}", "a: b # c", "- a", "<<KQL", "KQL", "漢字", "😀 é", "\u202e x", "tab\tx", "@description('x')", "null", "{", "%",
}

const correlation = `title: Many consents
correlation:
    type: event_count
    rules: consent
    group-by: InitiatedBy.user.userPrincipalName
    timespan: 30m
    condition:
        gte: 10
---
title: Consent
name: consent
` + about

// samples are rules that use what there is, by name.
func samples(t *testing.T) map[string]*target.Compiled {
	t.Helper()
	out := map[string]*target.Compiled{}
	for name, text := range map[string]string{
		"plain":      head + about,
		"tagged":     tagged,
		"critical":   "title: x\nlevel: critical\ntags: [attack.stealth, attack.t1685]\n" + about,
		"nrt":        tagged + option("nrt: true, suppression: 1h"),
		"options":    tagged + option("frequency: 30m, period: 90m, threshold: 5, alerts: SingleAlert, grouping: 'Account,IP', reopen: true, groupingPeriod: 1d, suppression: 2h, severity: Low, version: 2.0.1"),
		"texts":      tagged + option("alertName: 'By {{AccountName}} from {{InitiatingIPAddress}}', alertDescription: 'What: {{OperationName}}'"),
		"silent":     tagged + option("incidents: false, grouping: none, alertName: Consent"),
		"any":        tagged + option("grouping: AnyAlert"),
		"disabled":   tagged + option("enabled: false"),
		"seldom":     tagged + option("frequency: 2d"),
		"paragraphs": head + "description: \"One.\\n\\nTwo ${a} %{b} 'c'.\\n  indented\"\n" + about,
		"quotes":     head + "description: \"'''\\n'\"\n" + about,
	} {
		out[name] = mustCompile(t, text)
	}
	for _, s := range hostile {
		quoted, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		value := strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`).Replace(s)
		written, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		out["hostile "+s] = mustCompile(t, "title: "+string(quoted)+"\ndescription: "+string(quoted)+"\nauthor: "+string(quoted)+"\n"+
			strings.Replace(about, "Consent to application", string(written), 1))
		out["hostile lines "+s] = mustCompile(t, "title: x\ndescription: "+strings.TrimSuffix(string(quoted), `"`)+"\\n\\n"+strings.TrimPrefix(string(quoted), `"`)+"\n"+about)
	}
	for _, c := range compileAll(t, correlation, nil) {
		out["correlation"] = c
	}
	for _, c := range compileAll(t, head+listed, map[string]*list.List{"approved": approved(3)}) {
		out["watchlist"] = c
	}
	return out
}

const listed = "logsource: {product: azure, service: auditlogs}\ndetection:\n  selection:\n    OperationName: Consent to application\n" +
	"  approved:\n    InitiatedBy.user.userPrincipalName|expand: '%approved%'\n  condition: selection and not approved\n"

// approved is a list of so many accounts, which Sentinel keeps as a watchlist.
func approved(n int) *list.List {
	l := &list.List{Name: "approved", Doc: "[who may]", As: map[string]list.Delivery{"sentinel": list.Watchlist}}
	for i := range n {
		l.Values = append(l.Values, "user"+string(rune('a'+i/26/26%26))+string(rune('a'+i/26%26))+string(rune('a'+i%26))+"@contoso.example")
	}
	return l
}

func compileAll(t *testing.T, text string, lists map[string]*list.List) []*target.Compiled {
	t.Helper()
	p := compiler.Load([]compiler.Input{{File: source.NewFile("r.yml", []byte(text)), Path: "r.yml"}}, compiler.Options{Lists: lists})
	out := p.Compile([]*target.Target{sentinel.Target()}, compiler.CompileOptions{})[0].Compiled
	if len(out) != 1 {
		t.Fatalf("%d rules: %v", len(out), p.Diagnostics())
	}
	return out
}

// object is what JSON, YAML, Bicep and HCL all have.
type object = map[string]any

// armProperties are the properties of the rule in its template, as the resource manager hands them to Sentinel.
func armProperties(t *testing.T, c *target.Compiled) (kind, name string, properties object) {
	t.Helper()
	r := resourceOf(t, write(t, "arm", c))
	return r["kind"].(string), r["name"].(string), r["properties"].(object)
}

// resourceOf is the first rule of a template.
func resourceOf(t *testing.T, template []byte) object {
	t.Helper()
	var arm struct {
		Resources []struct {
			Name, Kind string
			Properties object
		}
	}
	if err := json.Unmarshal(template, &arm); err != nil {
		t.Fatal(err)
	}
	r := arm.Resources[0]
	name := strings.TrimSuffix(strings.TrimPrefix(r.Name, "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/"), "')]")
	return object{"kind": r.Kind, "name": name, "properties": unescaped(t, r.Properties)}
}

// unescaped takes the second bracket away that keeps ARM from reading an expression, of which the properties have none.
func unescaped(t *testing.T, v any) any {
	switch v := v.(type) {
	case object:
		for k, x := range v {
			v[k] = unescaped(t, x)
		}
	case []any:
		for i, x := range v {
			v[i] = unescaped(t, x)
		}
	case string:
		if strings.HasPrefix(v, "[") && strings.HasSuffix(v, "]") {
			if !strings.HasPrefix(v, "[[") {
				t.Errorf("ARM reads an expression: %s", v)
			}
			return v[1:]
		}
	}
	return v
}
