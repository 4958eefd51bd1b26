package main

import (
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

// settings are the options of targets that are set, by target and name.
type settings map[string]map[string]string

// add lets what others set take the place of what is set here.
func (s settings) add(other settings) {
	for name, options := range other {
		if s[name] == nil {
			s[name] = map[string]string{}
		}
		maps.Copy(s[name], options)
	}
}

// configure returns the targets with their options set; what stands on the command line goes before the rest. The flags
// have been checked.
func (s settings) configure(ts []*target.Target, flags []string) []*target.Target {
	var out []*target.Target
	for _, t := range ts {
		set := maps.Clone(s[t.Name])
		if set == nil {
			set = map[string]string{}
		}
		for _, f := range flags {
			name, value, _ := strings.Cut(f, "=")
			if _, has := t.Option(name); has {
				set[name] = value
			}
		}
		out = append(out, t.With(set))
	}
	return out
}

// checkOptions reports flags that set what none of the targets has, or to what it cannot be.
func checkOptions(flags []string, ts []*target.Target) error {
	for _, f := range flags {
		name, value, ok := strings.Cut(f, "=")
		if !ok || name == "" {
			return usageError("-O takes NAME=VALUE, not %q", f)
		}
		known := false
		var names []string
		for _, t := range ts {
			names = append(names, t.OptionNames()...)
			o, has := t.Option(name)
			if !has {
				continue
			}
			known = true
			if wrong := o.Wrong(value); wrong != "" {
				return usageError("-O %s: %s", f, wrong)
			}
		}
		switch {
		case known:
		case len(names) == 0:
			return usageError("unknown option %q: %s has none", name, ts[0].Name)
		default:
			slices.Sort(names)
			return unknownName("option", name, slices.Compact(names))
		}
	}
	return nil
}

// settings reads the options of targets:
//
//	targets:
//	  sentinel:
//	    OPTION: VALUE
func (p *configParser) settings(n *yaml.Node) settings {
	out := settings{}
	all := targets.All()
	p.pairs(n, `"targets"`, func(name, value *yaml.Node) {
		i := slices.IndexFunc(all, func(t *target.Target) bool { return t.Name == name.Value })
		if i < 0 {
			p.fail(name, "unknown target %q%s", name.Value, diag.Meant(name.Value, targetNames()))
			return
		}
		t := all[i]
		out[t.Name] = map[string]string{}
		p.pairs(value, `the options of "`+t.Name+`"`, func(key, value *yaml.Node) {
			o, has := t.Option(key.Value)
			if !has {
				p.fail(key, "%s has no option %q%s", t.Name, key.Value, diag.Meant(key.Value, t.OptionNames()))
				return
			}
			v, ok := p.setting(key, value)
			if !ok {
				return
			}
			if wrong := o.Wrong(v); wrong != "" {
				p.fail(value, "%s", wrong)
				return
			}
			out[t.Name][o.Name] = v
		})
	})
	return out
}

// setting returns the value of an option: a scalar, or a list of them, which stands for its items with commas between
// them, as in a rule.
func (p *configParser) setting(key, n *yaml.Node) (string, bool) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	var values []string
	for _, item := range items {
		if item.Kind != yaml.ScalarNode || item.ShortTag() == "!!null" {
			p.fail(item, "%q must be a value or a list of values", key.Value)
			return "", false
		}
		values = append(values, item.Value)
	}
	return strings.Join(values, ","), true
}
