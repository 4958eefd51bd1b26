package target

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
)

// Option is a setting of a target that its user may change: on the command line, in the configuration, and, where
// PerRule says so, in a rule.
type Option struct {
	Name    string
	Doc     string // one line
	Default string
	// Values are the words that are allowed; nil allows any text.
	Values []string
	// Check says what a value must be that it is not, such as "a number from 1 to 5"; "" when nothing is wrong. It may
	// be nil.
	Check func(value string) string
	// PerRule says that a rule may set the option for itself, below "sigc".
	PerRule bool
}

// Wrong says what is wrong with a value; "" when nothing is.
func (o Option) Wrong(value string) string {
	switch {
	case o.Values != nil && !slices.Contains(o.Values, value):
		if near := diag.Nearest(value, o.Values); near != "" {
			return fmt.Sprintf("%q is no value of the option %q: did you mean %q?", value, o.Name, near)
		}
		return fmt.Sprintf("%q is no value of the option %q: allowed are %s", value, o.Name, strings.Join(o.Values, ", "))
	case o.Check != nil:
		if want := o.Check(value); want != "" {
			return fmt.Sprintf("the option %q must be %s, not %q", o.Name, want, value)
		}
	}
	return ""
}

// Option returns the option of the given name.
func (t *Target) Option(name string) (Option, bool) {
	if o := t.option(name); o != nil {
		return *o, true
	}
	return Option{}, false
}

// option is the option of the given name, nil when there is none.
func (t *Target) option(name string) *Option {
	for i := range t.Options {
		if t.Options[i].Name == name {
			return &t.Options[i]
		}
	}
	return nil
}

// OptionNames returns the names of the options, in the order in which they are shown.
func (t *Target) OptionNames() []string {
	var names []string
	for _, o := range t.Options {
		names = append(names, o.Name)
	}
	return names
}

// With returns the target with some of its options set; all others keep what they are.
func (t *Target) With(settings map[string]string) *Target {
	out := *t
	out.Settings = maps.Clone(t.Settings)
	if out.Settings == nil {
		out.Settings = map[string]string{}
	}
	maps.Copy(out.Settings, settings)
	if out.Configure != nil {
		out.Configure(&out)
	}
	return &out
}

// Setting returns the value of an option for all rules.
func (t *Target) Setting(name string) string { return t.setting(t.mustHave(name)) }

// SettingFor returns the value of an option for a rule, which may have set it for itself.
func (t *Target) SettingFor(m *ir.Meta, name string) string { return t.settingFor(m, t.mustHave(name)) }

// mustHave is the option of the given name.
func (t *Target) mustHave(name string) *Option {
	o := t.option(name)
	if o == nil {
		panic(fmt.Sprintf("%s has no option %q", t.Name, name))
	}
	return o
}

func (t *Target) setting(o *Option) string {
	if v, set := t.Settings[o.Name]; set {
		return v
	}
	return o.Default
}

func (t *Target) settingFor(m *ir.Meta, o *Option) string {
	if o.PerRule {
		for _, s := range m.Settings {
			if s.Target.Value == t.Name && s.Option.Value == o.Name {
				return s.Value.Value
			}
		}
	}
	return t.setting(o)
}

// Setting returns the value of an option for this rule.
func (c *Compiled) Setting(name string) string { return c.Target.SettingFor(c.Meta, name) }

// AllSettings yields the values of all options for this rule.
func (c *Compiled) AllSettings(yield func(value string) bool) {
	for i := range c.Target.Options {
		if !yield(c.Target.settingFor(c.Meta, &c.Target.Options[i])) {
			return
		}
	}
}

// CheckSettings reports what the rule sets for the target and cannot.
func (c *Compiled) CheckSettings(diags *diag.List) {
	t := c.Target
	for _, s := range c.Meta.Settings {
		if s.Target.Value != t.Name {
			continue
		}
		o, known := t.Option(s.Option.Value)
		switch {
		case !known:
			perRule := t.perRule()
			d := diags.Errorf("target/unknown-option", s.Option.At, "%s has no option %q%s", t.Name, s.Option.Value, allowed(perRule))
			d.Target = t.Name
			if near := diag.Nearest(s.Option.Value, perRule); near != "" {
				d.Label = fmt.Sprintf("did you mean %q?", near)
			}
		case !o.PerRule:
			d := diags.Errorf("target/unknown-option", s.Option.At, "the option %q of %s is one for all rules: set it in sigc.yml or with -O", o.Name, t.Name)
			d.Target = t.Name
		default:
			if wrong := o.Wrong(s.Value.Value); wrong != "" {
				diags.Errorf("target/bad-option", s.Value.At, "%s", wrong).Target = t.Name
			}
		}
	}
}

// perRule are the names of the options that a rule may set.
func (t *Target) perRule() []string {
	var names []string
	for _, o := range t.Options {
		if o.PerRule {
			names = append(names, o.Name)
		}
	}
	return names
}

// allowed lists the options that a rule may set.
func allowed(names []string) string {
	if len(names) == 0 {
		return ", and none that a rule may set"
	}
	return ": a rule may set " + strings.Join(names, ", ")
}
