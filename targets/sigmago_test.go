package targets_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/form"
	"github.com/sigc-rules/sigc/compiler/sigma"

	"github.com/bradleyjkemp/sigma-go/evaluator"
)

// secondOpinion asks sigma-go, which has its own idea of every modifier it knows. It is wrong about much of the
// language (wildcards, escapes, absent fields, null), so it is asked only where it is known to follow the
// specification.
func secondOpinion(t *testing.T, k *testCase, e event) (match, ok bool) {
	t.Helper()
	var diags diag.List
	parsed := sigma.Parse(k.file(), &diags).Rules
	if len(parsed) != 1 || parsed[0].Broken || !k.rules[0].OK() {
		return false, false
	}
	read, err := form.Read(form.Auto, e.Event)
	if err != nil {
		return false, false
	}
	flat := map[string]any{}
	for _, s := range parsed[0].Detection.Searches {
		for _, alternative := range s.Body {
			if alternative.Keyword != nil {
				return false, false
			}
			for _, item := range alternative.Items {
				v, ok := scalarAt(read.Fields, item.Field.Value)
				if !ok || !understands(item) {
					return false, false
				}
				flat[item.Field.Value] = v
			}
		}
	}
	result, err := evaluator.ForRule(parsed[0].SigmaGo()).Matches(context.Background(), flat)
	if err != nil {
		t.Errorf("event %q: sigma-go: %v", e.Name, err)
		return false, false
	}
	return result.Match, true
}

// understands reports whether sigma-go knows the modifiers of an item and takes its values as they are meant.
func understands(item *sigma.Item) bool {
	if item.Block != nil || len(item.Values) == 0 {
		return false
	}
	for i, m := range item.Modifiers {
		switch m.Value {
		case "contains", "startswith", "endswith", "re", "cidr", "gt", "gte", "lt", "lte":
			if i > 0 {
				return false
			}
		case "all":
			if i != len(item.Modifiers)-1 {
				return false
			}
		default:
			return false
		}
	}
	operator := ""
	if len(item.Modifiers) > 0 {
		operator = item.Modifiers[0].Value
	}
	for _, v := range item.Values {
		switch {
		case v.Kind == sigma.Null, v.Kind == sigma.Float, v.Text == "":
			return false
		case v.Kind == sigma.Int && len(v.Canon()) > 6: // from a million on it compares 1e+06
			return false
		case operator == "cidr" && !strings.Contains(v.Text, "/"):
			return false
		case operator != "re" && strings.ContainsAny(v.Text, `*?\%`):
			return false
		}
	}
	return true
}

// scalarAt follows a dotted name through objects to a scalar that sigma-go sees as we do.
func scalarAt(fields map[string]any, name string) (any, bool) {
	if v, ok := fields[name]; ok {
		switch v := v.(type) {
		case string:
			return v, v != "" && !strings.HasPrefix(v, "::ffff:") // which it takes for an address of IPv4
		case bool:
			return v, true
		case json.Number:
			f, err := v.Float64()
			return f, err == nil && f < 1e6
		}
		return nil, false
	}
	for i := len(name) - 1; i > 0; i-- {
		if name[i] != '.' {
			continue
		}
		if below, ok := fields[name[:i]].(map[string]any); ok {
			return scalarAt(below, name[i+1:])
		}
	}
	return nil, false
}
