package sentinel_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

// The rules by which the one form is the other are those of the portal and of the converters that are in use: times in
// ISO 8601, long names of operators, techniques apart from sub-techniques, and what a template must say beside.
var (
	operators = map[string]string{"gt": "GreaterThan", "lt": "LessThan", "eq": "Equal", "ne": "NotEqual"}
	sameKeys  = []string{
		"severity", "tactics", "entityMappings", "customDetails", "alertDetailsOverride", "eventGroupingSettings", "incidentConfiguration",
		"triggerThreshold", "suppressionEnabled", "description",
	}
	times = []string{"queryFrequency", "queryPeriod", "suppressionDuration"}
	short = regexp.MustCompile(`^(\d+)([mhd])$`)
	iso   = regexp.MustCompile(`^P(?:T(\d+)([HM])|(\d+)(D))$`)
)

// toARM turns a rule in YAML into the kind, the name and the properties of its resource.
func toARM(t *testing.T, y object) object {
	t.Helper()
	p := object{"displayName": y["name"], "query": strings.TrimSuffix(y["query"].(string), "\n"), "enabled": true}
	for _, k := range sameKeys {
		if v, ok := y[k]; ok {
			p[k] = v
		}
	}
	if d := y["description"].(string); strings.Count(d, "\n") > 0 { // a block ends with a line break that is not part of it
		p["description"] = strings.TrimSuffix(d, "\n")
	}
	for _, k := range times {
		if v, ok := y[k].(string); ok {
			m := short.FindStringSubmatch(v)
			if m == nil {
				t.Fatalf("%s is %q", k, v)
			}
			p[k] = map[string]string{"m": "PT" + m[1] + "M", "h": "PT" + m[1] + "H", "d": "P" + m[1] + "D"}[m[2]]
		}
	}
	if o, ok := y["triggerOperator"].(string); ok {
		p["triggerOperator"] = operators[o]
	}
	var techniques, sub []any
	list, _ := y["relevantTechniques"].([]any)
	for _, v := range list {
		parent, _, isSub := strings.Cut(v.(string), ".")
		if !slices.Contains(techniques, any(parent)) {
			techniques = append(techniques, parent)
		}
		if isSub {
			sub = append(sub, v)
		}
	}
	if techniques != nil {
		p["techniques"] = techniques
	}
	if sub != nil && y["kind"] == "NRT" { // stable versions have no place for them
		p["subTechniques"] = sub
	}
	if y["suppressionEnabled"] == nil {
		p["suppressionEnabled"], p["suppressionDuration"] = false, "PT5H"
	}
	return object{"kind": y["kind"], "name": y["id"], "properties": p}
}

// toYAML turns a resource into a rule in YAML. What a resource has no place for is not in it.
func toYAML(t *testing.T, r object) object {
	t.Helper()
	p := r["properties"].(object)
	y := object{"id": r["name"], "kind": r["kind"], "name": p["displayName"], "query": p["query"].(string) + "\n"}
	for _, k := range sameKeys {
		if v, ok := p[k]; ok {
			y[k] = v
		}
	}
	if d := p["description"].(string); strings.Contains(d, "\n") {
		y["description"] = d + "\n"
	}
	for _, k := range times {
		if v, ok := p[k].(string); ok {
			m := iso.FindStringSubmatch(v)
			if m == nil {
				t.Fatalf("%s is %q", k, v)
			}
			y[k] = m[1] + m[3] + strings.ToLower(m[2]+m[4])
		}
	}
	for from, to := range operators {
		if to == p["triggerOperator"] {
			y["triggerOperator"] = from
		}
	}
	var techniques []any
	parents, _ := p["techniques"].([]any)
	sub, _ := p["subTechniques"].([]any)
	for _, parent := range parents {
		n := len(techniques)
		for _, s := range sub {
			if strings.HasPrefix(s.(string), parent.(string)+".") {
				techniques = append(techniques, s)
			}
		}
		if len(techniques) == n {
			techniques = append(techniques, parent)
		}
	}
	if techniques != nil {
		y["relevantTechniques"] = techniques
	}
	if p["suppressionEnabled"] == false {
		delete(y, "suppressionEnabled")
		delete(y, "suppressionDuration")
	}
	return y
}

// identical holds YAML and ARM of one rule against each other, there and back.
func identical(t *testing.T, text []byte, resource object) {
	t.Helper()
	var y object
	if err := yaml.Unmarshal(text, &y); err != nil {
		t.Fatal(err)
	}
	y = plainJSON(t, y).(object)
	if diff := cmp.Diff(toARM(t, y), resource); diff != "" {
		t.Errorf("YAML as ARM (-), and ARM (+): %s", diff)
	}
	for _, k := range []string{"version", "status", "requiredDataConnectors"} { // of templates of rules, which a rule is not
		if _, ok := y[k]; !ok {
			t.Errorf("the YAML has no %s", k)
		}
		delete(y, k)
	}
	if list, ok := y["relevantTechniques"].([]any); ok && y["kind"] == "Scheduled" {
		var parents []any
		for _, v := range list {
			if parent, _, _ := strings.Cut(v.(string), "."); !slices.Contains(parents, any(parent)) {
				parents = append(parents, parent)
			}
		}
		y["relevantTechniques"] = parents
	}
	if diff := cmp.Diff(y, toYAML(t, resource)); diff != "" {
		t.Errorf("YAML (-), and ARM as YAML (+): %s", diff)
	}
}

// plainJSON is a value with the types of JSON.
func plainJSON(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestIdentity: YAML to ARM and back is the identity, for the samples.
func TestIdentity(t *testing.T) {
	for name, c := range samples(t) {
		if name == "disabled" || name == "seldom" { // YAML cannot say the one; the other needs a longer suppression in ARM alone
			continue
		}
		t.Run(name, func(t *testing.T) {
			kind, id, properties := armProperties(t, c)
			identical(t, write(t, "yaml", c), object{"kind": kind, "name": id, "properties": properties})
		})
	}
}

// TestIdentityOfPack: the same for the golden files of the pack.
func TestIdentityOfPack(t *testing.T) {
	n := 0
	err := filepath.WalkDir("../../testdata/pack/sentinel", func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Name() == "solution" { // which has the same files, and no templates beside them
			return fs.SkipDir
		}
		if err != nil || filepath.Ext(path) != ".yaml" {
			return err
		}
		template, err := os.ReadFile(strings.TrimSuffix(path, ".yaml") + ".json")
		if errors.Is(err, fs.ErrNotExist) { // a solution has its rules in YAML alone
			return nil
		}
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		t.Run(path, func(t *testing.T) { identical(t, text, resourceOf(t, template)) })
		return nil
	})
	if err != nil || n == 0 {
		t.Fatalf("%d rules, %v", n, err)
	}
}
