package azuremonitor_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/compiler/target/targettest"
	"github.com/sigc-rules/sigc/targets/azuremonitor"
	"github.com/sigc-rules/sigc/targets/bicep"
	"github.com/sigc-rules/sigc/targets/bicep/biceptest"
)

func readBicep(t *testing.T, c *target.Compiled) *bicep.File {
	t.Helper()
	format, _ := azuremonitor.Target().Format("bicep")
	text, err := format.Rule(c)
	if err != nil {
		t.Fatal(err)
	}
	f, err := biceptest.Read(string(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return f
}

// asARM is a value as the template has it: a text that would be an expression there begins with one more bracket.
func asARM(v bicep.Value) any {
	return biceptest.Plain(v, func(s string) string {
		if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
			return "[" + s
		}
		return s
	}, func(s string) string { return "[parameters('" + s + "')]" })
}

// TestBicep: what Bicep says is what the template says.
func TestBicep(t *testing.T) {
	for name, text := range map[string]string{
		"plain":    head + about,
		"learnt":   dynamicRule("dynamic: high, ignoreDataBefore: '2026-02-01'"),
		"full":     head + about + option("autoMitigate: true, resolveAfter: 1h, tags: 'a=[b],x-y=it is', identity: '"+agents+"a', actionProperties: 'a=[b]', threshold: 3"),
		"brackets": "title: '[concat(1)]'\ndescription: \"it's ${x}\\n'''\"\n" + about,
	} {
		c := mustCompile(t, text)
		f := readBicep(t, c)
		want := resourceOf(t, c)
		if len(f.Resources) != 1 || len(f.Params) != 3 {
			t.Fatalf("%s: %v", name, f)
		}
		if r := f.Resources[0]; r.Type != want["type"].(string)+"@"+want["apiVersion"].(string) || r.Doc != c.Title.Value {
			t.Errorf("%s: %s, %q", name, r.Type, r.Doc)
		}
		delete(want, "type")
		delete(want, "apiVersion")
		if diff := cmp.Diff(any(want), asARM(f.Resources[0].Body)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestBicepParams: what the options do not say is asked for.
func TestBicepParams(t *testing.T) {
	c := *mustCompile(t, head+about)
	want := []bicep.Param{
		{Name: "workspaceResourceId"}, {Name: "location", Default: bicep.Expression("resourceGroup().location")},
		{Name: "actionGroupIds", Type: "array", Default: bicep.Array{}},
	}
	check := func() {
		t.Helper()
		got := readBicep(t, &c).Params
		for i := range got {
			got[i].Doc = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	check()
	c.Target = c.Target.With(map[string]string{"scope": space, "location": "westeurope", "actionGroups": called + "a"})
	want[0].Default, want[1].Default, want[2].Default = bicep.String(space), bicep.String("westeurope"), bicep.Array{bicep.String(called + "a")}
	check()
}

// TestBicepPack: all rules in one file.
func TestBicepPack(t *testing.T) {
	format, _ := azuremonitor.Target().Format("bicep")
	files := targettest.Pack(t, format, mustCompile(t, head+about), mustCompile(t, "title: Other\n"+about))
	if len(files) != 1 || files[0].Path != "main.bicep" {
		t.Fatal(files)
	}
	f, err := biceptest.Read(string(files[0].Data))
	if err != nil || len(f.Resources) != 2 || f.Resources[0].Symbol == f.Resources[1].Symbol {
		t.Errorf("%v, %v", f, err)
	}
}
