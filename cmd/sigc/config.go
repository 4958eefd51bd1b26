package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/rules"
)

// list is the values of a placeholder.
type list struct {
	doc    string
	values []string
}

// config is what sigc.yml says.
type config struct {
	lists map[string]list
}

// options reads the configuration that applies to the paths and the --var flags. The lists of the embedded pack stand
// behind those of the user when the pack itself is compiled.
func (env *Env) options(paths []string, file string, vars []string) (compiler.Options, error) {
	opts := compiler.Options{Lists: map[string][]string{}}
	add := func(c *config) {
		for name, l := range c.lists {
			opts.Lists[name] = l.values
		}
	}
	if len(paths) == 0 {
		pack, err := packConfig()
		if err != nil {
			return opts, err
		}
		add(pack)
	}
	if file == "" {
		file = env.findConfig(paths)
	}
	if file != "" {
		c, err := env.readConfig(file)
		if err != nil {
			return opts, err
		}
		add(c)
	}
	for _, v := range vars {
		name, values, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return opts, usageError("--var takes NAME=VALUE,..., not %q", v)
		}
		opts.Lists[name] = nil
		if values != "" {
			opts.Lists[name] = strings.Split(values, ",")
		}
	}
	return opts, nil
}

func packConfig() (*config, error) {
	text, err := fs.ReadFile(rules.FS(), configName)
	if err != nil {
		return nil, failure("read the embedded pack", err)
	}
	return parseConfig("rules/"+configName, text)
}

// findConfig looks for a configuration in the folder of the first path and in those above it.
func (env *Env) findConfig(paths []string) string {
	start := env.Dir
	if len(paths) > 0 && paths[0] != "-" {
		start = env.path(paths[0])
	}
	dir, err := filepath.Abs(start)
	if err != nil {
		return ""
	}
	for {
		file := filepath.Join(dir, configName)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return env.short(file)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// short returns a path below the working folder without that folder, as the user would write it.
func (env *Env) short(file string) string {
	if dir, err := filepath.Abs(env.Dir); err == nil {
		if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return file
}

func (env *Env) readConfig(file string) (*config, error) {
	text, err := env.readFile(file)
	if err != nil {
		return nil, err
	}
	return parseConfig(file, text)
}

// topKeys are the keys of a configuration; those that are false are part of the form, but nothing reads them yet.
var topKeys = map[string]bool{
	"lists": true, "extends": false, "mappings": false, "schemas": false, "targets": false, "env": false, "lint": false,
}

// parseConfig reads a configuration. Its mistakes are wrong usage: nothing is compiled with half a configuration.
func parseConfig(file string, text []byte) (*config, error) {
	p := &configParser{file: file}
	c := &config{lists: map[string]list{}}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, usageError("%s: %v", file, err)
	}
	if doc.Kind == 0 { // an empty file
		return c, nil
	}
	p.pairs(doc.Content[0], "the configuration", func(key, value *yaml.Node) {
		known, ok := topKeys[key.Value]
		switch {
		case !ok:
			p.unknown(key, topKeys)
		case !known:
			p.fail(key, "%q is not supported yet", key.Value)
		default:
			p.pairs(value, `"lists"`, func(key, value *yaml.Node) { c.lists[key.Value] = p.list(value) })
		}
	})
	if len(p.problems) > 0 {
		return nil, &exitError{exitUsage, errors.New(strings.Join(p.problems, "\n      "))}
	}
	return c, nil
}

type configParser struct {
	file     string
	problems []string
}

func (p *configParser) fail(at *yaml.Node, format string, args ...any) {
	p.problems = append(p.problems, fmt.Sprintf("%s:%d:%d: %s", p.file, at.Line, at.Column, fmt.Sprintf(format, args...)))
}

func (p *configParser) unknown(key *yaml.Node, known map[string]bool) {
	names := make([]string, 0, len(known))
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	if near := diag.Nearest(key.Value, names); near != "" {
		p.fail(key, "unknown key %q; did you mean %q?", key.Value, near)
		return
	}
	p.fail(key, "unknown key %q; allowed are %s", key.Value, strings.Join(names, ", "))
}

// pairs calls each with the keys and values of a map.
func (p *configParser) pairs(n *yaml.Node, what string, each func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be a map", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			p.fail(key, "%q is given twice", key.Value)
		}
		seen[key.Value] = true
		each(key, n.Content[i+1])
	}
}

// list reads the values of a placeholder: one value, several, or a map that also describes them.
func (p *configParser) list(n *yaml.Node) list {
	switch n.Kind {
	case yaml.ScalarNode:
		return list{values: []string{n.Value}}
	case yaml.SequenceNode:
		l := list{}
		for _, v := range n.Content {
			if v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
				p.fail(v, "a value of a list must be a text or a number")
				continue
			}
			l.values = append(l.values, v.Value)
		}
		return l
	}
	l := list{}
	p.pairs(n, "a list", func(key, value *yaml.Node) {
		switch key.Value {
		case "doc":
			l.doc = value.Value
		case "values":
			l.values = p.list(value).values
		default:
			p.unknown(key, map[string]bool{"doc": true, "values": true})
		}
	})
	return l
}
