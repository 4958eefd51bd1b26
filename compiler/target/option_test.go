package target_test

import (
	"slices"
	"testing"

	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
)

func TestOptionWrong(t *testing.T) {
	level := target.Option{Name: "level", Values: []string{"low", "high"}}
	number := target.Option{Name: "number", Check: func(v string) string {
		if v == "1" {
			return ""
		}
		return "1"
	}}
	for _, c := range []struct {
		option      target.Option
		value, want string
	}{
		{level, "low", ""},
		{level, "hihg", `"hihg" is no value of the option "level": did you mean "high"?`},
		{level, "Low", `"Low" is no value of the option "level": did you mean "low"?`},
		{level, "", `"" is no value of the option "level": allowed are low, high`},
		{number, "1", ""},
		{number, "2", `the option "number" must be 1, not "2"`},
		{target.Option{Name: "text"}, "anything", ""},
	} {
		if got := c.option.Wrong(c.value); got != c.want {
			t.Errorf("%s = %q: %s, want %s", c.option.Name, c.value, got, c.want)
		}
	}
}

// A rule goes before the settings of the target, these before the default, and an option for all rules heeds no rule.
func TestSetting(t *testing.T) {
	plain := &target.Target{Name: "here", Options: []target.Option{
		{Name: "own", Default: "a", PerRule: true}, {Name: "all", Default: "a"}, {Name: "kept", Default: "a"},
	}}
	configured := plain.With(map[string]string{"own": "b", "all": "b"})
	set := func(on, option string) ir.Setting {
		return ir.Setting{Target: source.Text{Value: on}, Option: source.Text{Value: option}, Value: source.Text{Value: "c"}}
	}
	rule := &ir.Meta{Settings: []ir.Setting{set("here", "own"), set("here", "all"), set("elsewhere", "kept")}}
	got := func(on *target.Target, m *ir.Meta) []string {
		c := &target.Compiled{Meta: m, Target: on}
		return []string{c.Setting("own"), c.Setting("all"), c.Setting("kept")}
	}
	for _, c := range []struct {
		on   *target.Target
		rule *ir.Meta
		want []string
	}{
		{plain, &ir.Meta{}, []string{"a", "a", "a"}},
		{configured, &ir.Meta{}, []string{"b", "b", "a"}},
		{configured, rule, []string{"c", "b", "a"}},
		{configured.With(map[string]string{"own": "d"}), &ir.Meta{}, []string{"d", "b", "a"}},
	} {
		if got := got(c.on, c.rule); !slices.Equal(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// Configure works on the copy: what the target was stays.
func TestConfigure(t *testing.T) {
	plain := &target.Target{
		Name: "here", Doc: "plain", Options: []target.Option{{Name: "doc", Default: "plain"}},
		Configure: func(t *target.Target) { t.Doc = t.Setting("doc") },
	}
	if got := plain.With(map[string]string{"doc": "other"}); got.Doc != "other" || plain.Doc != "plain" {
		t.Errorf("configured %q, plain %q", got.Doc, plain.Doc)
	}
}
