package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets"
)

// selectTargets returns the targets of the given names; without names, all.
func selectTargets(names []string) ([]*target.Target, error) {
	all := targets.All()
	if len(names) == 0 {
		return all, nil
	}
	var out []*target.Target
	for _, name := range names {
		i := slices.IndexFunc(all, func(t *target.Target) bool { return t.Name == name })
		if i < 0 {
			return nil, unknownName("target", name, targetNames())
		}
		if !slices.Contains(out, all[i]) {
			out = append(out, all[i])
		}
	}
	return out, nil
}

func targetNames() []string {
	var names []string
	for _, t := range targets.All() {
		names = append(names, t.Name)
	}
	return names
}

// checkFormats reports a format that none of the targets has.
func checkFormats(ts []*target.Target, formats []string) error {
	var names []string
	for _, t := range ts {
		for _, f := range t.Formats {
			if !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	for _, f := range formats {
		if !slices.Contains(names, f) {
			return unknownName("format", f, names)
		}
	}
	return nil
}

func unknownName(what, name string, names []string) error {
	if near := diag.Nearest(name, names); near != "" {
		return usageError("unknown %s %q; did you mean %q?", what, name, near)
	}
	return usageError("unknown %s %q; there are %s", what, name, strings.Join(names, ", "))
}

// oneOf reports a value of a flag that is none of the words.
func oneOf(flag, value string, words []string) error {
	if slices.Contains(words, value) {
		return nil
	}
	near := ""
	if n := diag.Nearest(value, words); n != "" {
		near = fmt.Sprintf("; did you mean %q?", n)
	}
	return usageError("%s takes %s, not %q%s", flag, alternatives(words), value, near)
}

// alternatives writes words as "a, b or c".
func alternatives(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
