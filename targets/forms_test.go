package targets_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/golden"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// dataForms are the forms that are chosen by an option, and how many verdicts there are at least.
var dataForms = []struct {
	settings      map[string]string
	judged, found int
}{
	{map[string]string{"entra": "azure-add-on"}, 100, 30},
	{map[string]string{"activity": "audit-input"}, 8, 3},
	{map[string]string{"windows": "cim"}, 10, 3},
	{map[string]string{"windows": "classic"}, 8, 2},
}

// TestForms puts the events of all cases through every data form of their log: a rule finds an event in one form when, and
// only when, it finds it in the other, or it is refused there.
func TestForms(t *testing.T) {
	for _, f := range dataForms {
		judged, found, refused := 0, 0, map[string]int{}
		golden.Read(t, "../testdata/compile", func(t *testing.T, c *golden.Case) {
			k := newTestCase(t, c)
			compiled := k.inForm(f.settings, refused)
			for _, c := range compiled {
				for _, e := range k.events {
					n, hit := k.judgeForm(t, c, e)
					judged += n
					if hit {
						found++
					}
				}
			}
		})
		t.Logf("%v: %d verdicts, %d of them true", f.settings, judged, found)
		for why, n := range refused {
			t.Logf("refused %d times: %s", n, why)
		}
		if judged < f.judged || found < f.found {
			t.Error("that proves little")
		}
	}
}

// inForm compiles the case for Splunk with a data form.
func (k *testCase) inForm(settings map[string]string, refused map[string]int) []*target.Compiled {
	lists := compiler.Values(k.lists)
	p := compiler.Load([]compiler.Input{{File: k.file(), Path: "rule.yml"}}, compiler.Options{Lists: lists})
	out := p.Compile([]*target.Target{splunk.Target().With(settings)}, compiler.CompileOptions{})[0]
	for _, r := range out.Refused {
		refused[r.Reason.Message]++
	}
	return out.Compiled
}

func (k *testCase) judgeForm(t *testing.T, c *target.Compiled, e event) (judged int, found bool) {
	t.Helper()
	if c.Bound == nil || e.SPL != nil || forms.Choose(c.Target.Settings).Data(c.Log).Default {
		return 0, false
	}
	read, err := form.ReadAs(form.Auto, c.Log, e.Event)
	if err != nil || read.Log != c.Log || read.Form != form.EventHub && read.Form != form.Windows {
		return 0, false
	}
	whole := e.Event
	if read.Form == form.EventHub && c.Log.Name != "AzureActivity" {
		whole = complete(c.Log, e.Event)
	}
	want, known := k.matches(t, whole, read.Form)
	rows, ok, err := c.Target.Judge(c, []map[string]any{whole})
	switch {
	case err != nil:
		t.Errorf("event %q: %v in:\n%s", e.Name, err, c.Text)
	case !known || !ok:
	case rows > 0 != want:
		t.Errorf("event %q in another form: found %v, want %v, by\n%s\n%s", e.Name, rows > 0, want, c.Text, encoded(t, whole))
	default:
		return 1, want
	}
	return 0, false
}

// complete fills in what a record repeats of its own fields and the events of the cases, which are cut down, leave out.
func complete(log *schema.Log, record map[string]any) map[string]any {
	out := maps.Clone(record)
	properties, _ := record["properties"].(map[string]any)
	properties = maps.Clone(properties)
	if properties == nil {
		properties = map[string]any{}
	}
	out["properties"] = properties
	same := func(top, below string) {
		path := strings.Split(below, ".")
		in := properties
		for _, key := range path[:len(path)-1] {
			inner, _ := in[key].(map[string]any)
			inner = maps.Clone(inner)
			if inner == nil {
				if _, ok := out[top]; !ok {
					return
				}
				inner = map[string]any{}
			}
			in[key] = inner
			in = inner
		}
		last := path[len(path)-1]
		if v, ok := out[top]; ok {
			in[last] = v
		} else if v, ok := in[last]; ok {
			out[top] = v
		}
	}
	switch log.Name {
	case "AuditLogs":
		if _, ok := properties["activityDateTime"].(string); !ok {
			properties["activityDateTime"] = "2024-05-06T07:08:09Z"
		}
		same("operationName", "activityDisplayName")
		same("time", "activityDateTime")
		out["time"] = properties["activityDateTime"]
		if reason, _ := properties["resultReason"].(string); reason != "" {
			out["resultDescription"] = reason
		} else {
			delete(out, "resultDescription")
		}
	case "AADUserRiskEvents":
		out["operationName"] = "User Risk Detection"
	case "AADRiskyUsers":
		out["operationName"] = "Risky user"
	case "SigninLogs":
		if _, ok := properties["createdDateTime"].(string); !ok {
			properties["createdDateTime"] = "2024-05-06T07:08:09Z"
		}
		out["operationName"] = "Sign-in activity"
		same("identity", "userDisplayName")
		same("location", "location.countryOrRegion")
		same("resultType", "status.errorCode")
		same("resultDescription", "status.failureReason")
	}
	if log.Name == "AuditLogs" || log.Name == "SigninLogs" {
		same("correlationId", "correlationId")
	}
	return out
}
